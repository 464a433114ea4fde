import Domain
import Testing

@Suite("Periods")
struct PeriodTests {
  static let bounds: [(text: String, first: String, last: String, next: String)] = [
    ("2026-10", "2026-10-01", "2026-10-31", "2026-11"),
    // The year ends.
    ("2026-12", "2026-12-01", "2026-12-31", "2027-01"),
    // February with and without a leap day.
    ("2026-02", "2026-02-01", "2026-02-28", "2026-03"),
    ("2028-02", "2028-02-01", "2028-02-29", "2028-03"),
    ("2026-01", "2026-01-01", "2026-01-31", "2026-02"),
  ]

  @Test("from the first day to the last", arguments: bounds)
  func fromFirstToLast(text: String, first: String, last: String, next: String) throws {
    let period = try #require(Period(text))
    #expect(period.text == text)
    #expect(period.firstDay.text == first)
    #expect(period.lastDay.text == last)
    #expect(period.next.text == next)
    #expect(period.lastDay.advanced(by: 1) == period.next.firstDay)
    #expect(period < period.next)
  }

  @Test("follow each other without a gap, year after year")
  func succession() {
    var period = Period(year: 1999, month: 1)
    for year in 1999..<2032 {
      for month in 1...12 {
        #expect(period.year == year && period.month == month)
        #expect(Period(number: period.number) == period)
        #expect(Period(period.text) == period)
        period = period.next
      }
    }
  }

  static let refused: [String] = [
    // Not a month.
    "2026-00", "2026-13", "0000-01",
    // Other lengths and marks, a day.
    "2026-1", "2026-010", "202610", "2026/10", "26-10", "2026-10-01", "", "2026-10 ", " 2026-10",
    "2026-1x", "October",
  ]

  @Test("are not", arguments: refused)
  func refuses(text: String) {
    #expect(Period(text) == nil)
  }
}
