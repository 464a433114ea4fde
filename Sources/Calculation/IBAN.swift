/// International bank account numbers, ISO 13616.
package enum IBAN {
  /// Whether the check digits are right: the number with its first four characters moved to the
  /// end and letters as 10 to 35 leaves 1 when divided by 97 (ISO 7064).
  package static func hasValidCheckDigits(_ text: String) -> Bool {
    let characters = Array(text.utf8)
    guard (15...34).contains(characters.count) else { return false }
    var rest = 0
    for (position, byte) in (characters.dropFirst(4) + characters.prefix(4)).enumerated() {
      switch byte {
      case 0x30...0x39: rest = (rest * 10 + Int(byte - 0x30)) % 97
      case 0x41...0x5A: rest = (rest * 100 + Int(byte - 0x41) + 10) % 97
      default: return false
      }
      // The country is two letters, the check digits are two digits.
      let fromEnd = characters.count - position
      if fromEnd > 2, fromEnd <= 4, !(0x41...0x5A).contains(byte) { return false }
      if fromEnd <= 2, !(0x30...0x39).contains(byte) { return false }
    }
    return rest == 1
  }
}
