/// Makes text from outside, such as names, fit to stand in a page: one line of a bearable length, without
/// characters that turn the order of others.
///
/// CSV and XML have the whole text as it came.
package enum DisplayText {
  /// The longest names of companies that registers and banks know have some 140 characters; what is
  /// longer than this many code points is cut.
  package static let lengthMax = 160

  /// The text in one line, its end replaced by `…` where it is too long.
  package static func of(_ text: String) -> String {
    if text.utf8.count <= lengthMax, !text.utf8.contains(where: mayBreak) { return text }
    return cut(inOneLine(text))
  }

  /// Whether bytes of UTF-8 may be shown as they are.
  package static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count <= lengthMax else { return false }
    for position in bytes.indices where mayBreak(bytes[position]) { return false }
    return true
  }

  /// C0; of other characters that end lines NEL begins with C2, the separators U+2028 and U+2029 with
  /// E2, as do those that turn directions.
  private static func mayBreak(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0xC2 || byte == 0xE2
  }

  /// What ends a line, with the blanks behind it, becomes one blank.
  private static func inOneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { breaksLine($0) || turnsDirection($0) }) else {
      return text
    }
    var line = String.UnicodeScalarView()
    var isBroken = false
    for scalar in text.unicodeScalars where !turnsDirection(scalar) {
      if breaksLine(scalar) || isBroken && scalar == " " {
        isBroken = true
        continue
      }
      if isBroken, !line.isEmpty, line.last != " " { line.append(" ") }
      isBroken = false
      line.append(scalar)
    }
    return String(line)
  }

  private static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Embeddings, overrides and isolates: they cannot be seen, and show letters in an order in which they
  /// are not.
  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Cuts between characters; one that alone is too long is cut inside.
  private static func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars
    if scalars.dropFirst(lengthMax).isEmpty { return text }
    var shown = ""
    var length = 0
    for character in text {
      length += character.unicodeScalars.count
      guard length < lengthMax else { break }
      shown.append(character)
    }
    return (shown.isEmpty ? String(scalars.prefix(lengthMax - 1)) : shown) + "…"
  }
}
