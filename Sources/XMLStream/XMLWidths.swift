/// How many bytes the characters of an encoding take.
enum XMLWidths {
  /// All as many.
  case fixed(Int)
  /// Two, or four for those that have four bytes in UTF-8, too.
  case utf16
  /// Some bytes, by their value, are always a character of their own; nothing else is known.
  case alone([Bool])

  /// What a byte is at the beginning of a text.
  enum Probe {
    case character, beginning, invalid
  }

  /// - Parameter probe: Tries a byte.
  init(_ encoding: String, probe: (UInt8) -> Probe) {
    if encoding.hasPrefix("UTF-16") {
      self = .utf16
    } else if encoding.hasPrefix("UTF-32") {
      self = .fixed(4)
    } else {
      self = XMLWidths(probes: (0...UInt8.max).map(probe))
    }
  }

  private init(probes: [Probe]) {
    // Where an ASCII character begins something longer, what bytes mean depends on what came before.
    let isStateful = probes.prefix(0x80).contains(.beginning)
    if !probes.contains(.beginning) {
      self = .fixed(1)
    } else {
      self = .alone(probes.map { $0 == .character && !isStateful })
    }
  }

  /// Bytes of a character that has so many bytes in UTF-8.
  func width(units: Int) -> Int {
    switch self {
    case .fixed(let width): width
    case .utf16: units == 4 ? 4 : 2
    case .alone: 1
    }
  }
}
