/// How a feed writes its dates: `dd.MM.yyyy`, `MMM d, yyyy`, `yyyy/MM/dd HH:mm:ss Z`.
package struct DatePattern: Hashable, Sendable {
  /// What canonical feeds have: `2026-10-31`, or a timestamp with `Z` or an offset.
  package static let iso = DatePattern(text: "iso", parts: [])

  enum Part: Hashable, Sendable {
    case year
    /// One or two digits; exactly two where the pattern has two letters.
    case month(exact: Bool)
    case day(exact: Bool)
    case monthName(isShort: Bool)
    case hour, minute, second
    /// `+0900`, `+09:00`, `Z`, `UTC` or `GMT`.
    case offset
    case literal(UInt8)
  }

  /// As it stands in the profile.
  package let text: String
  let parts: [Part]

  private static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private init(text: String, parts: [Part]) {
    self.text = text
    self.parts = parts
  }

  /// Reads a pattern.
  ///
  /// - Returns: Nil where it has other letters than those above, something twice, or no whole day;
  ///   years of two digits could be read in two ways.
  package init?(_ text: String) {
    if text == DatePattern.iso.text {
      self = .iso
      return
    }
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      rest = rest.dropFirst(run.count)
      guard let part = DatePattern.part(run) else { return nil }
      parts += part
    }
    let kinds = parts.compactMap(\.kind)
    guard Set(kinds).count == kinds.count, Set(["year", "month", "day"]).isSubset(of: kinds),
      kinds.contains("hour") || !kinds.contains("offset")
    else { return nil }
    self.init(text: text, parts: parts)
  }

  private static func part(_ run: ArraySlice<UInt8>) -> [Part]? {
    switch (String(decoding: run, as: UTF8.self), run.first) {
    case ("yyyy", _): [.year]
    case ("MM", _): [.month(exact: true)]
    case ("M", _): [.month(exact: false)]
    case ("MMM", _): [.monthName(isShort: true)]
    case ("MMMM", _): [.monthName(isShort: false)]
    case ("dd", _): [.day(exact: true)]
    case ("d", _): [.day(exact: false)]
    case ("HH", _): [.hour]
    case ("mm", _): [.minute]
    case ("ss", _): [.second]
    case ("Z", _): [.offset]
    case (_, .some(let byte)) where isLiteral(byte): run.map { .literal($0) }
    default: nil
    }
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F
      && !(0x41...0x5A).contains(byte & 0xDF) || byte == 0x54
  }

  /// Whether it has a time of day.
  package var hasTime: Bool { parts.contains(.hour) }
  /// Whether it has an offset from UTC.
  package var hasOffset: Bool { parts.contains(.offset) }

  /// What a text says.
  package struct Reading: Hashable, Sendable {
    package var day: Day
    /// Minutes since midnight; nil where there is no time.
    package var minutes: Int?
    /// Minutes east of UTC.
    package var offset: Int?
  }

  /// Reads a text; nil where it does not follow the pattern.
  package func read(_ text: Span<UInt8>) -> Reading? {
    var scan = Scan(position: 0)
    for part in parts where !scan.take(part, text) { return nil }
    guard scan.position == text.count,
      let day = Day(year: scan.year, month: scan.month, day: scan.day)
    else { return nil }
    return Reading(
      day: day, minutes: hasTime ? scan.hour * 60 + scan.minute : nil, offset: scan.offset)
  }

  /// Where the reading of a text stands.
  private struct Scan {
    var position: Int
    var year = 0
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var offset: Int?

    mutating func take(_ part: Part, _ text: Span<UInt8>) -> Bool {
      switch part {
      case .year: number(text, 4...4, 1...9999).map { year = $0 } != nil
      case .month(let exact): number(text, exact ? 2...2 : 1...2, 1...12).map { month = $0 } != nil
      case .day(let exact): number(text, exact ? 2...2 : 1...2, 1...31).map { day = $0 } != nil
      case .hour: number(text, 2...2, 0...23).map { hour = $0 } != nil
      case .minute: number(text, 2...2, 0...59).map { minute = $0 } != nil
      case .second: number(text, 2...2, 0...59) != nil
      case .monthName(let isShort): takeName(text, isShort)
      case .offset: takeOffset(text)
      case .literal(let byte): takeByte(text, byte)
      }
    }

    private mutating func takeByte(_ text: Span<UInt8>, _ byte: UInt8) -> Bool {
      guard position < text.count, text[position] == byte else { return false }
      position += 1
      return true
    }

    private mutating func number(
      _ text: Span<UInt8>, _ digits: ClosedRange<Int>, _ range: ClosedRange<Int>
    ) -> Int? {
      var value = 0
      var count = 0
      while count < digits.upperBound, position < text.count, text[position] &- 0x30 <= 9 {
        value = value * 10 + Int(text[position] - 0x30)
        position += 1
        count += 1
      }
      return count >= digits.lowerBound && range.contains(value) ? value : nil
    }

    /// An English name in any case; short ones have three letters.
    private mutating func takeName(_ text: Span<UInt8>, _ isShort: Bool) -> Bool {
      var letters: [UInt8] = []
      while position < text.count, (0x61...0x7A).contains(text[position] | 0x20) {
        letters.append(text[position] | 0x20)
        position += 1
      }
      let name = String(decoding: letters, as: UTF8.self)
      let found = DatePattern.names.firstIndex { isShort ? $0.prefix(3) == name : $0 == name }
      month = (found ?? -1) + 1
      return found != nil
    }

    private mutating func takeWord(_ text: Span<UInt8>, _ word: String) -> Bool {
      let bytes = Array(word.utf8)
      guard position + bytes.count <= text.count,
        bytes.indices.allSatisfy({ text[position + $0] == bytes[$0] })
      else { return false }
      position += bytes.count
      return true
    }

    private mutating func takeOffset(_ text: Span<UInt8>) -> Bool {
      if takeByte(text, 0x5A) {
        offset = 0
        return true
      }
      for name in ["UTC", "GMT"] where takeWord(text, name) {
        offset = 0
        return true
      }
      guard position < text.count, text[position] == 0x2B || text[position] == 0x2D else {
        return false
      }
      let sign = text[position] == 0x2D ? -1 : 1
      position += 1
      guard let hours = number(text, 2...2, 0...14) else { return false }
      _ = takeByte(text, 0x3A)
      guard let minutes = number(text, 2...2, 0...59), hours * 60 + minutes <= 14 * 60 else {
        return false
      }
      offset = sign * (hours * 60 + minutes)
      return true
    }
  }
}

extension DatePattern.Part {
  /// What it says of the date; nil for a literal.
  fileprivate var kind: String? {
    switch self {
    case .year: "year"
    case .month, .monthName: "month"
    case .day: "day"
    case .hour: "hour"
    case .minute: "minute"
    case .second: "second"
    case .offset: "offset"
    case .literal: nil
    }
  }
}
