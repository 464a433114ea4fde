import Domain
import Testing

@testable import Ledger

@Suite("Books over several periods")
struct EarningBooksTests {
  private static let first = RowKey(feed: 1, row: 0)
  private static let second = RowKey(feed: 1, row: 1)

  @Test("what was posted stays as it was; what was not follows its sale in a later period")
  func followersOfLaterPeriods() throws {
    let fixture = try BooksFixture()
    try fixture.run([
      [BooksRow("B", -10, related: "A"), BooksRow("C", -10, related: "A").ineligible]
    ])
    let run = try fixture.run([[BooksRow("A", 100, "2026-10-01")]], in: .november)
    // B was accepted on its own, and is on October's statement at its own day's rate.
    #expect(try run.books.end(1, 0) == "accepted" && run.books.fates.isSettled(Self.first))
    #expect(try run.books.end(1, 1) == "accepted < 2026-10-01")
    #expect(run.books.fates.changes.map(\.row) == [1])
    // In the period after that all of them are settled.
    let december = try fixture.books(Period(year: 2026, month: 12))
    for row in [Self.first, Self.second, RowKey(feed: 2, row: 0)] {
      #expect(try december.fates.isSettled(row))
    }
  }

  @Test("a sale that becomes eligible takes its refunds along, and what follows these")
  func newlyAccepted() throws {
    let fixture = try BooksFixture()
    try fixture.run([
      [
        BooksRow("A", 100, "2026-10-01").ineligible,
        BooksRow("B", -10, "2026-10-02", related: "A").ineligible,
      ]
    ])
    try fixture.run(
      [
        [
          BooksRow("C", -1, "2026-10-03", related: "B").ineligible,
          BooksRow("D", -1, "2026-12-01", related: "A"),
          BooksRow("E", -1, related: "A").of(partner: 1).ineligible,
        ]
      ], in: .november)
    let run = try fixture.run([], in: .november, accepting: [Self.first])
    #expect(try run.books.end(1, 0) == "accepted")
    #expect(try run.books.end(1, 1) == "accepted < 2026-10-01")
    #expect(try run.books.end(2, 0) == "accepted < 2026-10-02")
    #expect(try run.books.end(2, 1) == "notYetDue < 2026-10-01")
    #expect(try run.books.end(2, 2) == "ineligible")
    // Drawn again there is nothing to change.
    #expect(try fixture.run([], in: .november).books.fates.changes.isEmpty)
  }

  @Test("an earning of a closed period is known for ever", arguments: [100, 101] as [Int64])
  func knownForEver(amount: Int64) throws {
    let fixture = try BooksFixture()
    try fixture.run([[BooksRow("A")]])
    for month in 11...12 {
      let period = Period(year: 2026, month: month)
      let run = try fixture.run([[BooksRow("A", amount), BooksRow("M\(month)")]], in: period)
      #expect(try run.books.end(month - 9, 0) == (amount == 100 ? "duplicate" : "rejected"))
      #expect(try run.books.end(month - 9, 1) == "accepted")
    }
  }

  @Test("a row replaced in a later period is a duplicate there, and was open")
  func replacedLater() throws {
    let fixture = try BooksFixture()
    try fixture.run([[BooksRow("A").ineligible]])
    let run = try fixture.run([[BooksRow("A", 101)]], in: .november)
    #expect(try run.books.end(1, 0) == "duplicate" && run.books.fates.wasOpen(Self.first))
    #expect(run.books.fates.changes.map(\.period) == [.november])
    // October drawn again has it as it was; whoever asks for it leaves later changes out.
    let later = try fixture.run([[BooksRow("A"), BooksRow("A", 101)]], in: .november)
    #expect(try later.books.end(3, 0) == "rejected" && later.books.end(3, 1) == "duplicate")
  }

  @Test("only what may be compared with later rows is kept")
  func keys() throws {
    let fixture = try BooksFixture()
    let books = try fixture.run([
      [
        BooksRow("A"), BooksRow("A"), BooksRow("A", 5), BooksRow("B").rejected,
        BooksRow("C").ineligible, BooksRow("D", 1, "2026-12-01"), BooksRow("E", -1, related: "A"),
      ]
    ]).books
    let keys = try (0..<KnownKey.partitions).flatMap { try books.knownKeys(partition: $0) }
    let rows = keys.sorted { ($0.row, $0.kind.rawValue) < ($1.row, $1.kind.rawValue) }
    #expect(rows.map(\.row) == [0, 4, 5, 6, 6])
    #expect(rows.map(\.kind) == [.row, .row, .row, .follower, .reference])
    let reference = try #require(rows.last)
    #expect(reference.id == rows[0].id && reference.content == rows[3].id)
    #expect(rows.map(\.line) == [2, 6, 7, 8, 8])
  }
}
