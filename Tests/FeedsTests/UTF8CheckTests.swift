import TestSupport
import Testing

@testable import Feeds

@Suite("Check of UTF-8")
struct UTF8CheckTests {
  /// Whole characters of one to four bytes, and pieces of some.
  private static let pieces: [[UInt8]] = [
    [0x41], Array(repeating: 0x2C, count: 70), [0xC3, 0xA9], [0xEA, 0xB3, 0xA0],
    [0xF0, 0x9F, 0x98, 0x80], [0x80], [0xC3], [0xEA, 0xB3], [0xF0, 0x9F, 0x98], [0xC0, 0x80],
    [0xED, 0xA0, 0x80], [0xFF],
  ]

  @Test("finds what a check of the whole finds", arguments: 0..<200 as Range<UInt64>)
  func likeSlowTwin(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    // Mostly whole characters: with more pieces, the first byte is nearly always at fault.
    for _ in 0..<Int.random(in: 0...30, using: &generator) {
      let last = Int.random(in: 0..<20, using: &generator) == 0 ? 11 : 4
      text += UTF8CheckTests.pieces[Int.random(in: 0...last, using: &generator)]
    }
    #expect(UTF8Check.firstInvalid(text.span) == UTF8CheckTests.firstInvalid(text))
  }

  private static func firstInvalid(_ text: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
