import Domain

/// Text in XML 1.0, without the characters that it cannot hold.
enum XMLText {
  /// The value of an attribute, in quotes.
  static func attribute(_ text: String) -> String {
    "\"" + escaped(SafeText.escaped(text)) + "\""
  }

  /// The text of an element; its lines stay lines.
  static func content(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { escaped(SafeText.escaped(String($0))) }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result.unicodeScalars.append("\u{FFFD}")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
