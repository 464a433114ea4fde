import Domain
import TestSupport
import Testing

@Suite("The rejected rows of a feed")
struct RejectionsTests {
  private static let codes = FindingCode.allCases.filter(\.rejectsRow)

  /// Rows in the order of a feed; some have no place and some are far from the one before.
  private func rows(_ generator: inout SeededGenerator, count: Int) -> [Rejections.Row] {
    var row = -1
    return (0..<count).map { _ in
      row += Int.random(in: 1...3, using: &generator)
      let faults = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        RowFault(
          row: 0, code: Self.codes.randomElement(using: &generator) ?? .R212,
          field: Bool.random(using: &generator)
            ? EarningField.all.randomElement(using: &generator) : nil
        )
      }
      let isFar = Int.random(in: 0..<50, using: &generator) == 0
      return Rejections.Row(
        row: row, line: Int.random(in: 1...Int(UInt32.max), using: &generator),
        byteOffset: isFar ? Int.random(in: 0...Int.max, using: &generator) : row * 100,
        bytes: Int.random(in: 0...1_048_576, using: &generator), faults: faults)
    }
  }

  @Test("come back as they were, over many chunks", arguments: [0, 1, 4095, 4096, 4097, 20_000])
  func roundTrip(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let rows = rows(&generator, count: count)
    var rejections = Rejections()
    for row in rows { rejections.append(row) }
    #expect(rejections.count == count)
    #expect(Array(rejections) == rows)
  }

  @Test("late ones come in the order of the feed", arguments: 0..<20)
  func merge(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = rows(&generator, count: Int.random(in: 0...9000, using: &generator))
    var rejections = Rejections()
    var late = Rejections()
    let share = Int.random(in: 0...4, using: &generator)
    for row in rows {
      if Int.random(in: 0..<4, using: &generator) < share {
        late.append(row)
      } else {
        rejections.append(row)
      }
    }
    rejections.merge(late)
    #expect(rejections.count == rows.count)
    #expect(Array(rejections) == rows)
  }
}
