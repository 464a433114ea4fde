import Domain

/// Makes text from outside, such as names, ready to stand between our own words on paper.
enum OutsideText {
  /// The text in one line, cut if it is long, without what changes the order of other text; in letters
  /// that go from right to left it is isolated, so that what stands beside it stays where it is.
  static func shown(_ text: String) -> String {
    let text = DisplayText.of(text)
    // Most is ASCII without controls.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var shown = String.UnicodeScalarView()
    var isRightToLeft = false
    for scalar in text.unicodeScalars {
      if isDirection(scalar) { continue }
      isRightToLeft = isRightToLeft || OutsideText.isRightToLeft(scalar)
      shown.append(isControl(scalar) ? "\u{FFFD}" : scalar)
    }
    return isRightToLeft ? "\u{2068}\(String(shown))\u{2069}" : String(shown)
  }

  /// Characters that cannot be seen and only say where others go.
  private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// C0, DEL, C1 and what ends a line, but for the tab none of it is text.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFFF9...0xFFFB: true
    default: false
    }
  }

  /// The blocks of letters that go from right to left.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }
}
