/// The characters that no text of a workspace has.
enum ControlCharacters {
  /// Whether there is a control character (C0, DEL, C1) other than tab and line breaks.
  static func isIn(_ text: String) -> Bool {
    isIn(text) { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// Whether there is any control character, tabs and line breaks included.
  static func isInIdentifier(_ text: String) -> Bool {
    isIn(text) { _ in false }
  }

  private static func isIn(_ text: String, except isAllowed: (UInt8) -> Bool) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F, !isAllowed(byte) { return true }
      // C1 in UTF-8: C2 80 to C2 9F.
      if previous == 0xC2, byte < 0xA0 { return true }
      previous = byte
    }
    return false
  }
}
