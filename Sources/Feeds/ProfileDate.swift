import Domain
import Foundation

/// Turns a date as a profile says it is written into the day in UTC.
struct ProfileDate {
  private let patterns: [DatePattern]
  private let zone: Zone?
  /// Whether canonical dates are the only ones.
  let isCanonical: Bool

  private enum Zone {
    case offset(Int)
    case named(TimeZone)
  }

  /// - Returns: Nil where this machine does not know the profile's time zone.
  init?(_ profile: FeedProfile) {
    patterns = profile.dates
    isCanonical = profile.dates == [.iso]
    switch profile.zone {
    case nil: zone = nil
    case .offset(let minutes): zone = .offset(minutes)
    case .named(let name):
      guard let known = TimeZone(identifier: name) else { return nil }
      zone = .named(known)
    }
  }

  /// The day in UTC.
  ///
  /// - Returns: Nil where no pattern fits, or two of them say different days.
  func day(_ text: Span<UInt8>) -> Day? {
    var found: Day?
    for pattern in patterns {
      guard let day = day(text, pattern) else { continue }
      if let found, found != day { return nil }
      found = day
    }
    return found
  }

  private func day(_ text: Span<UInt8>, _ pattern: DatePattern) -> Day? {
    guard pattern != .iso else { return DayText.day(text) }
    guard let reading = pattern.read(text) else { return nil }
    guard let minutes = reading.minutes else { return reading.day }
    guard let offset = reading.offset ?? offset(reading.day, minutes) else { return nil }
    let inUTC = minutes - offset
    let shift = inUTC < 0 ? -1 : inUTC >= 1440 ? 1 : 0
    let day = reading.day.advanced(by: shift)
    return (1...9999).contains(day.date.year) ? day : nil
  }

  /// Minutes east of UTC at a time of the clocks of the zone.
  private func offset(_ day: Day, _ minutes: Int) -> Int? {
    switch zone {
    case nil: return nil
    case .offset(let minutes): return minutes
    case .named(let zone):
      let clock = Int(day.number) * 86_400 + minutes * 60
      // Seconds are whole, and a double holds them; an hour that the clocks skip or repeat has
      // the offset of before.
      let guess = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(clock)))
      let at = Date(timeIntervalSince1970: TimeInterval(clock - guess))
      return zone.secondsFromGMT(for: at) / 60
    }
  }
}
