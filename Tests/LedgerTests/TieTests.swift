import Domain
import TestSupport
import Testing

@testable import Ledger

/// Refunds are settled one by one where that is all there is to them: the same must come out where
/// everything that is entangled is settled together.
@Suite("Refunds settled one by one")
struct TieTests {
  private static let days = ["2026-09-03", "2026-10-05", "2026-10-20", "2026-11-03"]

  /// Rows over a few ids, so that ids occur often, in between some that occur once.
  private func row(_ number: Int, _ generator: inout SeededGenerator) -> BooksRow {
    func oneOf<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &generator)]
    }
    let ids = ["A", "B", "C", "D", "only-\(number)", "only-\(number)", "only-\(number)"]
    let isRefund = Bool.random(using: &generator)
    let related = oneOf(["A", "B", "C", "Z", "only-\(number - 1)", "only-\(number + 2)"])
    var row = BooksRow(
      oneOf(ids), isRefund ? oneOf([-10, -11]) : oneOf([100, 100, 101]), oneOf(TieTests.days),
      related: isRefund ? related : "")
    row.partner = oneOf([0, 0, 0, 1])
    row.reasons = oneOf([[], [], .agreement])
    row.isRejected = oneOf([false, false, false, false, true])
    return row
  }

  private struct End: Equatable {
    var ends: [String] = []
    var late: [String] = []
    var changes: [LedgerFateChange] = []
  }

  /// Two runs, the first of them with two feeds.
  private func end(
    _ feeds: [[BooksRow]], separatesTies: Bool, comparedMax: Int = 1 << 13
  ) throws -> End {
    let fixture = try BooksFixture()
    fixture.separatesTies = separatesTies
    fixture.comparedMax = comparedMax
    // Not every day has a rate.
    let hasRate: (Day) -> Bool = { $0 != DayText.plainDay("2026-10-20") }
    let first = try fixture.run(Array(feeds[..<2]), priced: hasRate)
    let second = try fixture.run([feeds[2]], priced: hasRate)
    var end = End()
    for (feed, rows) in feeds.enumerated() {
      for row in rows.indices { end.ends.append(try second.books.end(feed + 1, row)) }
    }
    for finding in (first.late + second.late).joined() {
      end.late.append(
        "\(finding.row) \(finding.kind) \(finding.day?.text ?? "") \(finding.earlier as Any)")
    }
    end.changes = first.books.fates.changes + second.books.fates.changes
    return end
  }

  @Test("come out as those settled together", arguments: 0..<60 as Range<UInt64>)
  func together(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let feeds = (0..<3).map { feed in
      (0..<Int.random(in: 1...14, using: &generator)).map { row(20 * feed + $0, &generator) }
    }
    let together = try end(feeds, separatesTies: false)
    #expect(try end(feeds, separatesTies: true) == together)
    // However few rows of a partition are compared at a time.
    #expect(try end(feeds, separatesTies: true, comparedMax: 1) == together)
  }

  @Test("are settled however many there are, in more blocks of the spill than one")
  func manyTies() throws {
    let fixture = try BooksFixture()
    let sales = (0..<3000).map { BooksRow("S\($0)", 100, "2026-09-03") }
    let refunds = (0..<3000).map { BooksRow("R\($0)", -10, related: "S\($0)").ineligible }
    let run = try fixture.run([refunds + sales])
    for row in [0, 1, 1500, 2999] {
      #expect(try run.books.end(1, row) == "accepted < 2026-09-03")
      #expect(try run.books.end(1, row + 3000) == "accepted")
    }
    #expect(run.books.fates.changes.count == 3000)
  }
}
