/// Text as a cell can hold it.
enum WorkbookText {
  /// The most UTF-16 units of a cell, by Excel's rule; some of them are kept for the note of a cut.
  static let unitsMax = 32_767
  private static let cutNote = " … cut here: the CSV has the whole text"

  /// The text for a cell: characters that XML cannot hold in Excel's own way, `_x001B_`, and so what
  /// happens to look like that; too long a text cut, with a note that says so.
  static func cell(_ text: String) -> String {
    isPlain(text.utf8.span) ? text : escaped(text)
  }

  /// Whether nothing has to be done: short, and neither control characters nor `_x` nor U+FFFE.
  private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count < unitsMax else { return false }
    var previous: UInt8 = 0
    for position in bytes.indices {
      let byte = bytes[position]
      if byte < 0x20 || byte == 0x78 && previous == 0x5F || byte == 0xBF && previous == 0xEF {
        return false
      }
      previous = byte
    }
    return true
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    var units = 0
    let isLong = text.utf16.count > unitsMax
    let room = isLong ? unitsMax - cutNote.utf16.count : unitsMax
    for (position, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
      units += scalar.value > 0xFFFF ? 2 : 1
      guard units <= room else { break }
      switch scalar {
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "_" where looksEscaped(text.unicodeScalars[position...]): result += "_x005F_"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      case _ where scalar.value < 0x20: result += code(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return isLong ? result + cutNote : result
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
  }

  /// Whether a text begins with what Excel would read as one character, `_x0041_`.
  private static func looksEscaped(_ rest: Substring.UnicodeScalarView) -> Bool {
    let start = Array(rest.prefix(7))
    return start.count == 7 && start[1] == "x" && start[6] == "_"
      && start[2..<6].allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
