import Domain
import Testing

@testable import Ledger

/// Rows against each other: in one feed, in two feeds of one run, in two runs, the second of which
/// knows the first through the key index.
@Suite("Comparing rows with all known ones")
struct FeedResolverTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var first: [BooksRow]
    var second: [BooksRow]
    var ends: [String]

    init(_ title: String, _ first: [BooksRow], then second: [BooksRow], _ ends: String...) {
      (testDescription, self.first, self.second, self.ends) = (title, first, second, ends)
    }
  }

  private static let september = "2026-09-03"
  private static let november = "2026-11-03"

  static let cases: [Case] = [
    Case(
      "the same id and content", [BooksRow("A")], then: [BooksRow("A")], "accepted", "duplicate"),
    Case(
      "the alias and the default lever, spelt out", [BooksRow("A")],
      then: [BooksRow("A").written("Direct 1T", "Core")], "accepted", "duplicate"),
    Case(
      "another id of the same content is another earning", [BooksRow("A")], then: [BooksRow("a")],
      "accepted", "accepted"),
    Case(
      "other content than an accepted one", [BooksRow("A")], then: [BooksRow("A", 101)],
      "accepted", "rejected"),
    Case(
      "of another partner it is other content", [BooksRow("A")],
      then: [BooksRow("A").of(partner: 1)], "accepted", "rejected"),
    Case(
      "what was rejected stands in nobody's way", [BooksRow("A").rejected],
      then: [BooksRow("A", 101)], "rejected", "accepted"),
    Case(
      "an ineligible one is replaced", [BooksRow("A").ineligible], then: [BooksRow("A", 101)],
      "duplicate", "accepted"),
    Case(
      "by an ineligible one too", [BooksRow("A").ineligible],
      then: [BooksRow("A", 101).ineligible], "duplicate", "ineligible"),
    Case(
      "the same ineligible one is a duplicate", [BooksRow("A").ineligible],
      then: [BooksRow("A")], "ineligible", "duplicate"),
    Case(
      "one that is not due yet is replaced", [BooksRow("A", 100, november)],
      then: [BooksRow("A", 100, september)], "duplicate", "accepted"),
    Case(
      "after a replacement the new one counts: to it the old one is other content",
      [BooksRow("A").ineligible, BooksRow("A", 101)], then: [BooksRow("A"), BooksRow("A", 101)],
      "duplicate", "accepted", "rejected", "duplicate"),
    Case(
      "twice replaced", [BooksRow("A", 1).ineligible, BooksRow("A", 2).ineligible],
      then: [BooksRow("A", 3).ineligible, BooksRow("A", 2)],
      "duplicate", "duplicate", "duplicate", "accepted"),
    Case(
      "a conflict does not hide what comes after it", [BooksRow("A"), BooksRow("A", 101)],
      then: [BooksRow("A", 101), BooksRow("A")], "accepted", "rejected", "rejected", "duplicate"),
    Case(
      "a refund follows its sale", [BooksRow("A", 100, september)],
      then: [BooksRow("B", -10, related: "A").ineligible], "accepted", "accepted < 2026-09-03"),
    Case(
      "a refund before its sale", [BooksRow("B", -10, related: "A").ineligible],
      then: [BooksRow("A", 100, september)], "accepted < 2026-09-03", "accepted"),
    Case(
      "an eligible refund takes the day of the sale", [BooksRow("B", -10, related: "A")],
      then: [BooksRow("A", 100, september)], "accepted < 2026-09-03", "accepted"),
    Case(
      "a refund that is not due yet stays so, with the day",
      [BooksRow("B", -10, november, related: "A")], then: [BooksRow("A", 100, september)],
      "notYetDue < 2026-09-03", "accepted"),
    Case(
      "a sale that is not accepted helps nobody", [BooksRow("A").ineligible],
      then: [BooksRow("B", -10, related: "A").ineligible], "ineligible", "ineligible"),
    Case(
      "nor does one that is not due", [BooksRow("A", 100, november)],
      then: [BooksRow("B", -10, related: "A").ineligible], "notYetDue", "ineligible"),
    Case(
      "nor one of another partner", [BooksRow("A").of(partner: 1)],
      then: [BooksRow("B", -10, related: "A").ineligible], "accepted", "ineligible"),
    Case(
      "a positive row follows nothing", [BooksRow("A")],
      then: [BooksRow("B", 10, related: "A").ineligible], "accepted", "ineligible"),
    Case(
      "a row that names itself", [BooksRow("A", -10, related: "A").ineligible],
      then: [BooksRow("A", -10, related: "A")], "ineligible", "duplicate"),
    Case(
      "a chain, the last one first",
      [
        BooksRow("C", -1, "2026-10-07", related: "B").ineligible,
        BooksRow("B", -10, "2026-10-06", related: "A").ineligible,
      ], then: [BooksRow("A", 100, september)],
      "accepted < 2026-10-06", "accepted < 2026-09-03", "accepted"),
    Case(
      "a chain in its order", [BooksRow("A", 100, september)],
      then: [
        BooksRow("B", -10, "2026-10-06", related: "A").ineligible,
        BooksRow("C", -1, "2026-10-07", related: "B").ineligible,
      ],
      "accepted", "accepted < 2026-09-03", "accepted < 2026-10-06"),
    Case(
      "two refunds of one sale", [BooksRow("B", -10, related: "A").ineligible],
      then: [BooksRow("A", 100, september), BooksRow("C", -20, related: "A").ineligible],
      "accepted < 2026-09-03", "accepted", "accepted < 2026-09-03"),
    Case(
      "a replaced sale brings its refund along",
      [BooksRow("A").ineligible, BooksRow("B", -10, related: "A").ineligible],
      then: [BooksRow("A", 100, september)],
      "duplicate", "accepted < 2026-09-03", "accepted"),
    Case(
      "a replaced refund does not follow any more",
      [BooksRow("B", -10, related: "A").ineligible, BooksRow("B", -11, related: "X").ineligible],
      then: [BooksRow("A", 100, september)], "duplicate", "ineligible", "accepted"),
    Case(
      "a refund known with other content is a conflict",
      [BooksRow("A", 100, september), BooksRow("B", -10, related: "A").ineligible],
      then: [BooksRow("B", -11, related: "A"), BooksRow("B", -10, related: "A")],
      "accepted", "accepted < 2026-09-03", "rejected", "duplicate"),
  ]

  private func ends(_ fixture: BooksFixture, _ places: [(feed: Int, row: Int)]) throws -> [String] {
    let books = try fixture.books(.october)
    return try places.map { try books.end($0.feed, $0.row) }
  }

  @Test("however they come", arguments: cases)
  func arrangements(_ test: Case) throws {
    let rows = test.first + test.second
    let one = try BooksFixture()
    try one.run([rows])
    #expect(try ends(one, rows.indices.map { (1, $0) }) == test.ends, "in one feed")
    let places = test.first.indices.map { (1, $0) } + test.second.indices.map { (2, $0) }
    let two = try BooksFixture()
    try two.run([test.first, test.second])
    #expect(try ends(two, places) == test.ends, "in two feeds of one run")
    let runs = try BooksFixture()
    try runs.run([test.first])
    try runs.run([test.second])
    #expect(try ends(runs, places) == test.ends, "in two runs")
    // Nothing is left to change, and the same feeds again bring only duplicates and conflicts.
    let after = try runs.run([])
    #expect(after.books.fates.changes.isEmpty)
  }

  @Test("a row of a feed that is refused leaves no trace")
  func rollback() throws {
    let fixture = try BooksFixture()
    try fixture.run([[BooksRow("B", -10, related: "A").ineligible, BooksRow("C").ineligible]])
    let books = try fixture.books(.october)
    try fixture.refuse([BooksRow("A"), BooksRow("C", 101)], books)
    #expect(try books.end(1, 0) == "ineligible" && books.end(1, 1) == "ineligible")
    #expect(books.fates.changes.isEmpty)
    for partition in 0..<KnownKey.partitions {
      #expect(try books.knownKeys(partition: partition).isEmpty)
    }
  }

  @Test("the place of the first one stands in the finding")
  func places() throws {
    let fixture = try BooksFixture()
    try fixture.run([[BooksRow("X"), BooksRow("A")], [BooksRow("I").ineligible]])
    let late = try fixture.run([[BooksRow("A"), BooksRow("A", 101), BooksRow("I", 5)]]).late[0]
    #expect(late.map(\.kind) == [.conflict, .duplicate, .replaces])
    #expect(late.map(\.row) == [1, 0, 2])
    // Rows begin on line 2.
    #expect(
      late.map(\.earlier) == [
        LateFinding.Place(feed: 1, line: 3), LateFinding.Place(feed: 1, line: 3),
        LateFinding.Place(feed: 2, line: 2),
      ])
  }

  @Test("a refund without a rate on the day of its sale is rejected, with that day")
  func pricing() throws {
    let fixture = try BooksFixture()
    try fixture.run([[BooksRow("A", 100, Self.september)]])
    let day = try #require(DayText.plainDay(Self.september))
    let run = try fixture.run(
      [[BooksRow("B", -10, related: "A"), BooksRow("C", -10, related: "Z")]]
    ) { $0 != day }
    #expect(run.late[0].map(\.kind) == [.pricing])
    #expect(run.late[0].map(\.day) == [day])
    #expect(try run.books.end(2, 0) == "rejected")
    #expect(try run.books.end(2, 1) == "accepted", "its own day has one")
  }
}
