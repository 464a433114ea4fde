import ByteStreams
import Domain
import TestSupport
import Testing

@testable import Ledger

@Suite("Rows that are rejected late")
struct LateRejectionsTests {
  /// From none in the spill file to all, and more ranges than it has partitions.
  @Test("come in the order of the rows", arguments: [0, 1, 100, 101, 20_000])
  func order(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    var rows: Set<UInt32> = []
    while rows.count < count { rows.insert(UInt32.random(in: 0..<8_000_000, using: &generator)) }
    let wanted = rows.map { row in
      LateFinding(
        kind: row % 3 == 0 ? .pricing : .conflict, row: row, location: UInt64(row) << 20,
        earlier: row % 2 == 0 ? nil : .init(feed: 7, line: row + 1),
        day: row % 5 == 0 ? Day(number: Int32(row)) : nil)
    }
    let directory = FileSystem.temporaryDirectory(preferred: nil)
    var rejections = LateRejections(directory: directory, memoryMax: 100)
    for finding in wanted.shuffled(using: &generator) { try rejections.add(finding) }
    #expect(rejections.count == count)
    var found: [LateFinding] = []
    try rejections.visit { found.append($0) }
    #expect(found.map(\.row) == rows.sorted())
    let byRow = Dictionary(uniqueKeysWithValues: wanted.map { ($0.row, $0) })
    for finding in found {
      let same = byRow[finding.row]
      #expect(finding.kind == same?.kind && finding.location == same?.location)
      #expect(finding.earlier == same?.earlier && finding.day == same?.day)
    }
  }
}
