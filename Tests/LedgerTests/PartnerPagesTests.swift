import ByteStreams
import Domain
import TestSupport
import Testing

@testable import Ledger

@Suite("Pages of partners")
struct PartnerPagesTests {
  /// A record with an id behind it, of so many bytes.
  private static func record(partner: Int, row: Int, idBytes: Int) -> [UInt8] {
    var record = EarningRecord()
    record.partner = Int32(partner)
    record.row = UInt32(row)
    record.earningIdBytes = UInt32(idBytes)
    var bytes: [UInt8] = []
    Packing.append(record, to: &bytes)
    return bytes + [UInt8](repeating: UInt8(row & 127), count: idBytes)
  }

  private static func rows(_ page: EarningPage, of partner: Int) -> [UInt32] {
    page.offsets.map { page.record(at: $0) }.filter { $0.partner == partner }.map(\.row)
  }

  @Test("hold every partner once, its rows in their order, and no more than they should")
  func pages() throws {
    let files = try KeySegmentFixture()
    for seed in 0..<40 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let first = Int.random(in: 0...5, using: &generator)
      let partners = first..<(first + Int.random(in: 1...40, using: &generator))
      let pageBytes = Int.random(in: 200...3000, using: &generator)
      let rows = try SpillFile(
        directory: files.path, partitions: 3, blockBytes: 1 << 10, budgetBytes: 1 << 12)
      var expected: [Int: [UInt32]] = [:]
      for row in 0..<Int.random(in: 0...300, using: &generator) {
        // Some partners have many more rows than others.
        let partner = min(
          Int.random(in: partners, using: &generator), Int.random(in: partners, using: &generator))
        let idBytes = Int.random(in: 0...60, using: &generator)
        try rows.append(1, bytes: Self.record(partner: partner, row: row, idBytes: idBytes))
        expected[partner, default: []].append(UInt32(row))
      }
      var next = partners.lowerBound
      let isShown: (EarningRecord) -> Bool = { _ in true }
      try PartnerPages(directory: files.path, pageBytes: pageBytes)
        .forEach(rows, partition: 1, partners: partners, isShown: isShown) { page, own in
          #expect(own.lowerBound == next && !own.isEmpty)
          #expect(page.bytes.count <= pageBytes || own.count == 1)
          #expect(page.offsets.allSatisfy { own.contains(Int(page.record(at: $0).partner)) })
          for partner in own { #expect(Self.rows(page, of: partner) == expected[partner] ?? []) }
          next = own.upperBound
        }
      #expect(next == partners.upperBound)
    }
  }

  @Test("of one partner hold what may be on a statement; the rest comes in pages of nobody")
  func counted() throws {
    let files = try KeySegmentFixture()
    let rows = try SpillFile(
      directory: files.path, partitions: 1, blockBytes: 1 << 10, budgetBytes: 1 << 12)
    for row in 0..<300 {
      try rows.append(0, bytes: Self.record(partner: 4, row: row, idBytes: 20))
    }
    let isShown: (EarningRecord) -> Bool = { $0.row.isMultiple(of: 50) }
    var (shown, counted): ([UInt32], [UInt32]) = ([], [])
    try PartnerPages(directory: files.path, pageBytes: 2000)
      .forEach(rows, partition: 0, partners: 4..<5, isShown: isShown) { page, own in
        let found = Self.rows(page, of: 4)
        if own.isEmpty {
          #expect(shown.isEmpty && page.bytes.count < 2000 + 1 << 10)
          counted += found
        } else {
          #expect(own == 4..<5)
          shown += found
        }
      }
    #expect(shown == [0, 50, 100, 150, 200, 250])
    #expect(counted == (0..<300).filter { !$0.isMultiple(of: 50) }.map { UInt32($0) })
  }
}
