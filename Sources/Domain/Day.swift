/// A calendar day of the Gregorian calendar, as days since 1970-01-01.
@usableFromInline
package struct Day: Hashable, Comparable, Sendable {
  @usableFromInline package let number: Int32

  @inlinable
  package init(number: Int32) {
    self.number = number
  }

  /// The day with this date, or nil if there is none.
  ///
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12.
  ///   - day: 1 to the month's last.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.lastDay(year: year, month: month)
    else { return nil }
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  @inlinable
  package static func < (left: Day, right: Day) -> Bool {
    left.number < right.number
  }

  package var date: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = shifted.quotientRoundedDown(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The first day of this day's month: a requirement met on any day of a month counts from it.
  package var firstOfMonth: Day {
    Day(number: number - Int32(date.day - 1))
  }

  package func advanced(by days: Int) -> Day {
    Day(number: number + Int32(days))
  }

  /// The date as `2026-10-31`.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the date as `2026-10-31`.
  package func append(to bytes: inout [UInt8]) {
    let (year, month, day) = date
    for divisor in [1000, 100, 10, 1] { bytes.append(0x30 + UInt8(year / divisor % 10)) }
    bytes.append(0x2D)
    bytes.append(0x30 + UInt8(month / 10))
    bytes.append(0x30 + UInt8(month % 10))
    bytes.append(0x2D)
    bytes.append(0x30 + UInt8(day / 10))
    bytes.append(0x30 + UInt8(day % 10))
  }

  package static func lastDay(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

extension Int {
  fileprivate func quotientRoundedDown(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : (self - divisor + 1) / divisor
  }
}
