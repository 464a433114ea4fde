/// Reads the dates of feeds and registries.
package enum DayText {
  /// Reads `2026-10-31`, or an ISO 8601 timestamp with `Z` or an offset, whose day in UTC counts.
  ///
  /// - Returns: The day, or nil for anything else: a timestamp without an offset, another order of
  ///   day and month, blanks, a day that does not exist or is not of the years 1 to 9999 in UTC.
  package static func day(_ text: Span<UInt8>) -> Day? {
    guard let date = date(text) else { return nil }
    if text.count == 10 { return date }
    guard let shift = dayShift(text) else { return nil }
    let day = date.advanced(by: shift)
    return inUTC.contains(day) ? day : nil
  }

  /// Reads `2026-10-31` and nothing else.
  package static func plainDay(_ text: String) -> Day? {
    let bytes = Array(text.utf8)
    return bytes.count == 10 ? date(bytes.span) : nil
  }

  /// The days of the years 1 to 9999, beyond which an offset can move a timestamp.
  private static let inUTC = Day(number: -719_162)...Day(number: 2_932_896)

  private static func date(_ text: Span<UInt8>) -> Day? {
    guard text.count >= 10, text[4] == 0x2D, text[7] == 0x2D,
      let century = number(text, 0), let years = number(text, 2),
      let month = number(text, 5), let day = number(text, 8)
    else { return nil }
    return Day(year: century * 100 + years, month: month, day: day)
  }

  /// How many days the time and offset after the date move it in UTC: -1, 0 or 1.
  private static func dayShift(_ text: Span<UInt8>) -> Int? {
    guard text[10] == 0x54, let hour = number(text, 11), byte(text, 13) == 0x3A,
      let minute = number(text, 14), hour < 24, minute < 60
    else { return nil }
    var position = 16
    if byte(text, position) == 0x3A {
      guard let second = number(text, position + 1), second < 60 else { return nil }
      position += 3
      if byte(text, position) == 0x2E {
        let first = position + 1
        position = first
        while let digit = byte(text, position), digit &- 0x30 <= 9 { position += 1 }
        guard position > first else { return nil }
      }
    }
    guard let offset = offsetMinutes(text, position) else { return nil }
    let minutes = hour * 60 + minute - offset
    return minutes < 0 ? -1 : minutes >= 1440 ? 1 : 0
  }

  /// `Z`, `+09:00`, `+0900` or `+09` up to the end of the text, in minutes.
  private static func offsetMinutes(_ text: Span<UInt8>, _ start: Int) -> Int? {
    let left = text.count - start
    let sign = byte(text, start)
    if sign == 0x5A { return left == 1 ? 0 : nil }
    guard sign == 0x2B || sign == 0x2D, let hours = number(text, start + 1) else { return nil }
    var minutes = 0
    switch left {
    case 3: break
    case 5:
      guard let read = number(text, start + 3) else { return nil }
      minutes = read
    case 6:
      guard byte(text, start + 3) == 0x3A, let read = number(text, start + 4) else { return nil }
      minutes = read
    default: return nil
    }
    // No zone is further than 14 hours from UTC.
    guard hours * 60 + minutes <= 14 * 60, minutes < 60 else { return nil }
    return (sign == 0x2D ? -1 : 1) * (hours * 60 + minutes)
  }

  private static func byte(_ text: Span<UInt8>, _ position: Int) -> UInt8? {
    position < text.count ? text[position] : nil
  }

  private static func number(_ text: Span<UInt8>, _ position: Int) -> Int? {
    guard position + 1 < text.count else { return nil }
    let tens = text[position] &- 0x30
    let ones = text[position + 1] &- 0x30
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }
}
