import Domain
import Testing

@Suite("Validity intervals")
struct ValidityTests {
  static let cases: [(from: String, to: String?, day: String, holds: Bool)] = [
    // From the first of the month in which it began, not a day earlier.
    ("2026-10-20", nil, "2026-10-20", true),
    ("2026-10-20", nil, "2026-10-19", true),
    ("2026-10-20", nil, "2026-10-01", true),
    ("2026-10-20", nil, "2026-09-30", false),
    ("2026-10-31", nil, "2026-10-01", true),
    ("2026-10-01", nil, "2026-09-30", false),
    // Open for ever.
    ("2026-10-20", nil, "2099-12-31", true),
    // The last day itself counts; it is exact to the day.
    ("2026-10-20", "2026-12-15", "2026-12-15", true),
    ("2026-10-20", "2026-12-15", "2026-12-16", false),
    ("2026-10-20", "2026-12-15", "2026-12-31", false),
    // One day long: the days before it in its month count too.
    ("2026-10-20", "2026-10-20", "2026-10-01", true),
    ("2026-10-20", "2026-10-20", "2026-10-20", true),
    ("2026-10-20", "2026-10-20", "2026-10-21", false),
    // Over the end of a year.
    ("2027-01-15", nil, "2027-01-01", true),
    ("2027-01-15", nil, "2026-12-31", false),
  ]

  @Test("month rule and last day", arguments: cases)
  func holds(from: String, to: String?, day: String, holds: Bool) throws {
    let begin = try #require(DayText.plainDay(from))
    let end = try to.map { try #require(DayText.plainDay($0)) }
    let date = try #require(DayText.plainDay(day))
    #expect(Validity(from: begin, to: end).holds(on: date) == holds)
  }
}
