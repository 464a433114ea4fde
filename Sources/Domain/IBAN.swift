/// International bank account numbers, ISO 13616.
package enum IBAN {
  /// Whether the check digits are right: the number with its first four characters moved to the
  /// end and letters as 10 to 35 leaves 1 when divided by 97 (ISO 7064).
  package static func hasValidCheckDigits(_ text: String) -> Bool {
    let characters = Array(text.utf8)
    guard (15...34).contains(characters.count), hasCheckDigits(characters) else { return false }
    var rest = 0
    for byte in characters.dropFirst(4) + characters.prefix(4) {
      switch byte {
      case 0x30...0x39: rest = (rest * 10 + Int(byte - 0x30)) % 97
      case 0x41...0x5A: rest = (rest * 100 + Int(byte - 0x41) + 10) % 97
      default: return false
      }
    }
    return rest == 1
  }

  /// Whether two letters begin it and two digits from 02 to 98 follow.
  ///
  /// Check digits are 98 less a remainder of 97, so there are no others: 00, 01 and 99 leave 1
  /// wherever 97, 98 and 02 do.
  private static func hasCheckDigits(_ characters: [UInt8]) -> Bool {
    guard characters[..<2].allSatisfy({ (0x41...0x5A).contains($0) }),
      characters[2..<4].allSatisfy({ (0x30...0x39).contains($0) })
    else { return false }
    let number = Int(characters[2] - 0x30) * 10 + Int(characters[3] - 0x30)
    return (2...98).contains(number)
  }
}
