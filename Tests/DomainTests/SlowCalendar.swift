/// A calendar that only knows how to go to the next day.
struct SlowCalendar {
  private(set) var year: Int
  private(set) var month = 1
  private(set) var day = 1
  /// Days since 1970-01-01.
  private(set) var number: Int

  /// The first day of a year, found by adding up the years between it and 1970.
  init(year: Int) {
    self.year = year
    number =
      year >= 1970
      ? (1970..<year).reduce(0) { $0 + SlowCalendar.daysOfYear($1) }
      : -(year..<1970).reduce(0) { $0 + SlowCalendar.daysOfYear($1) }
  }

  mutating func advance() {
    number += 1
    day += 1
    if day > SlowCalendar.daysOfMonths(year)[month - 1] {
      day = 1
      month += 1
    }
    if month > 12 {
      month = 1
      year += 1
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    if year % 400 == 0 { return true }
    if year % 100 == 0 { return false }
    return year % 4 == 0
  }

  static func daysOfMonths(_ year: Int) -> [Int] {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }

  static func daysOfYear(_ year: Int) -> Int {
    daysOfMonths(year).reduce(0, +)
  }
}
