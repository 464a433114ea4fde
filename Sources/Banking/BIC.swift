/// Business identifier codes of banks, ISO 9362.
enum BIC {
  /// Whether a text has the form of one: four letters or digits, two letters, two and, where a branch
  /// is meant, three more letters or digits, all in capitals.
  static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 8 || bytes.count == 11 else { return false }
    return bytes.indices.allSatisfy { position in
      let isLetter = (0x41...0x5A).contains(bytes[position])
      let isDigit = (0x30...0x39).contains(bytes[position])
      return isLetter || isDigit && position != 4 && position != 5
    }
  }
}
