/// Text as Cairo accepts it: it refuses a whole document for one code point that is no character.
enum DrawableText {
  /// The text with U+FFFD for each noncharacter and each control character but the line feed.
  static func of(_ text: String) -> String {
    // Noncharacters begin with EF or F0 to F4.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || (0x80..<0xEF) ~= $0 }) {
      return text
    }
    var drawable = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      drawable.append(isDrawable(scalar) ? scalar : "\u{FFFD}")
    }
    return String(drawable)
  }

  private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: true
    case 0..<0x20, 0x7F, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}
