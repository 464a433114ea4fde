import Domain

/// Writes names of ours so that hledger reads them as one name each, and two different ones as two.
///
/// What means something to hledger (`:` between the parts of an account, `;` before a comment, two
/// blanks after an account, `|` after a payee …), blanks of other kinds, control and direction
/// characters are written as the bytes of their UTF-8, `%3A`; so is `%` itself.
enum JournalName {
  static func encoded(_ name: String) -> String {
    if isWritten(name.utf8) { return name }
    var bytes: [UInt8] = []
    append(name, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ name: String, to bytes: inout [UInt8]) {
    if isWritten(name.utf8) { return bytes.append(contentsOf: name.utf8) }
    var blankBefore = true
    let last = name.unicodeScalars.indices.last
    for position in name.unicodeScalars.indices {
      let scalar = name.unicodeScalars[position]
      let isPlainBlank = scalar == " " && !blankBefore && position != last
      blankBefore = scalar == " "
      if isPlainBlank || isPlain(scalar) {
        bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      } else {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes += [0x25, digit(byte >> 4), digit(byte & 15)]
        }
      }
    }
  }

  /// Whether a name is written as it is without a look at each of its characters: most are.
  private static func isWritten(_ name: String.UTF8View) -> Bool {
    var blankBefore = true
    for byte in name {
      guard byte < 0x80 else { return false }
      let isBlank = byte == 0x20
      guard isBlank ? !blankBefore : isPlain(Unicode.Scalar(byte)) else { return false }
      blankBefore = isBlank
    }
    return !blankBefore
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", "&", "'", "+": true
    case _ where scalar.isASCII: false
    default: !SafeText.isUnsafe(scalar) && !scalar.properties.isWhitespace
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x41 + value - 10
  }
}
