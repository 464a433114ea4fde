import ByteStreams
import Domain
import Feeds
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
  func roundTrip(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let rows = rows(&generator, count: count)
    let directory = try TestDirectory()
    var rejections = Rejections(in: try Rejections.makeFile(directory: directory.path))
    for row in rows { try rejections.append(row) }
    #expect(rejections.count == count)
    #expect(try all(rejections) == rows)
    #expect(try all(rejections) == rows)
  }

  private func all(_ rejections: Rejections) throws -> [Rejections.Row] {
    var reader = rejections.makeReader()
    var rows: [Rejections.Row] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test("of several feeds share a file, and those that are only counted need none")
  func shared() throws {
    let directory = try TestDirectory()
    let file = try Rejections.makeFile(directory: directory.path)
    var generator = SeededGenerator(seed: 7)
    let wanted = (0..<3).map { _ in rows(&generator, count: 9000) }
    var kept = wanted.map { _ in Rejections(in: file) }
    var counted = Rejections(in: nil)
    for row in 0..<9000 {
      for feed in wanted.indices { try kept[feed].append(wanted[feed][row]) }
      try counted.append(wanted[0][row])
    }
    for feed in wanted.indices { #expect(try all(kept[feed]) == wanted[feed]) }
    try counted.merge(kept[1])
    #expect(counted.count == 18_000)
    #expect(try all(counted).isEmpty)
  }

  @Test("late ones come in the order of the feed", arguments: 0..<20)
  func merge(seed: UInt64) throws {
    let directory = try TestDirectory()
    let file = try Rejections.makeFile(directory: directory.path)
    var generator = SeededGenerator(seed: seed)
    let rows = rows(&generator, count: Int.random(in: 0...9000, using: &generator))
    var rejections = Rejections(in: file)
    var late = Rejections(in: file)
    let share = Int.random(in: 0...4, using: &generator)
    for row in rows {
      if Int.random(in: 0..<4, using: &generator) < share {
        try late.append(row)
      } else {
        try rejections.append(row)
      }
    }
    try rejections.merge(late)
    #expect(rejections.count == rows.count)
    #expect(try all(rejections) == rows)
  }
}
