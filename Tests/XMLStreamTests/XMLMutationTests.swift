import TestSupport
import Testing
import XMLStream

@Suite("Damaged documents")
struct XMLMutationTests {
  private static let pieces = [
    "<", ">", "&", ";", "'", "\"", "/", "<!--", "-->", "<![CDATA[", "]]>", "<?a", "?>", "\r", "\n",
    "\u{0}", "é", "<id>", "</id>", "&#", "=", "xmlns:p='q'", "p:", "<!DOCTYPE a>",
  ]

  @Test("end the same way for every cut", arguments: 0..<20 as Range<UInt64>)
  func damaged(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for sample in XMLEventTests.samples {
      for _ in 0..<20 {
        var bytes = Array(sample.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          Self.damage(&bytes, &generator)
        }
        let whole = read([bytes], detail: .places)
        let cut = Int.random(in: 0...bytes.count, using: &generator)
        for chunks in [[Array(bytes[..<cut]), Array(bytes[cut...])], bytes.map { [$0] } + [[]]] {
          let reading = read(chunks, detail: .places)
          #expect(reading.events == whole.events, "\(String(decoding: bytes, as: UTF8.self))")
          #expect(reading.fault == whole.fault, "\(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
  }

  /// What libFuzzer found.
  @Test(
    "small documents end the same way for every cut",
    arguments: ["<!--><", "<!---><", "<!-->", "<a><!--><"])
  func small(document: String) {
    let bytes = Array(document.utf8)
    let whole = read([bytes], detail: .places)
    for chunks in splits(bytes) {
      let reading = read(chunks, detail: .places)
      #expect(
        reading.events == whole.events && reading.fault == whole.fault, "\(chunks.map(\.count))")
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
    let end = min(place + Int.random(in: 1...4, using: &generator), bytes.count)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes.removeSubrange(min(place, end)..<end)
    case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: min(place, end))
    case 2: bytes.removeSubrange(min(place, end)...)
    default:
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      bytes.insert(contentsOf: Array(piece.utf8), at: min(place, end))
    }
  }
}
