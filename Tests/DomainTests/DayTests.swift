import Domain
import TestSupport
import Testing

@Suite("Days")
struct DayTests {
  static let numbers: [(year: Int, month: Int, day: Int, number: Int32)] = [
    (1970, 1, 1, 0),
    (1969, 12, 31, -1),
    (1970, 2, 1, 31),
    // A leap day, and the day after it: 30 years with 7 leap days, then 31 + 28.
    (2000, 2, 29, 11_016),
    (2000, 3, 1, 11_017),
    // Both ends of what has four digits.
    (1, 1, 1, -719_162),
    (9999, 12, 31, 2_932_896),
  ]

  @Test("are counted from 1970-01-01", arguments: numbers)
  func count(year: Int, month: Int, day: Int, number: Int32) throws {
    let date = try #require(Day(year: year, month: month, day: day))
    #expect(date.number == number)
    #expect(Day(number: number).date == (year, month, day))
  }

  static let impossible: [(year: Int, month: Int, day: Int)] = [
    // Months and days out of range.
    (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32), (2026, 4, 31), (2026, -1, 1),
    (2026, 1, -1),
    // Not leap years: by 4, by 100. The year 2000 is one.
    (2026, 2, 29), (1900, 2, 29), (2100, 2, 29), (2000, 2, 30),
    // Years out of range.
    (0, 1, 1), (10_000, 1, 1), (-1, 1, 1),
  ]

  @Test("that do not exist", arguments: impossible)
  func doNotExist(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
  }

  @Test(
    "agree with a calendar that goes day by day",
    arguments: [1, 399, 1582, 1899, 1969, 1999, 2023, 2099, 2399, 9990])
  func slowCalendar(firstYear: Int) throws {
    var calendar = SlowCalendar(year: firstYear)
    let end = firstYear + 9
    while calendar.year < end {
      let day = try #require(
        Day(year: calendar.year, month: calendar.month, day: calendar.day))
      guard day.number == Int32(calendar.number),
        day.date == (calendar.year, calendar.month, calendar.day)
      else {
        Issue.record("\(calendar) is \(day)")
        return
      }
      calendar.advance()
    }
  }

  @Test("are written, read and put into periods alike", arguments: UInt64(1)...4)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let day = Day(number: Int32.random(in: -719_162...2_932_896, using: &generator))
      let (year, month, dayOfMonth) = day.date
      #expect(DayText.plainDay(day.text) == day)
      #expect(Day(year: year, month: month, day: dayOfMonth) == day)
      #expect(day.firstOfMonth.date == (year, month, 1))
      #expect(day.period == Period(year: year, month: month))
      #expect(day.period.firstDay <= day && day <= day.period.lastDay)
      #expect(day.advanced(by: 1) > day)
    }
  }

  static let texts: [(year: Int, month: Int, day: Int, text: String)] = [
    (2026, 10, 31, "2026-10-31"),
    (2026, 1, 2, "2026-01-02"),
    // Four digits, always.
    (7, 3, 4, "0007-03-04"),
    (9999, 12, 31, "9999-12-31"),
  ]

  @Test("as text", arguments: texts)
  func text(year: Int, month: Int, day: Int, text: String) throws {
    #expect(try #require(Day(year: year, month: month, day: day)).text == text)
  }

  @Test("last days of months")
  func lastDay() {
    for year in [1900, 2000, 2023, 2024, 2100] {
      let expected = SlowCalendar.daysOfMonths(year)
      #expect((1...12).map { Day.lastDay(year: year, month: $0) } == expected)
    }
  }
}
