import Domain

/// Writes names of ours so that hledger reads them as one name each, and two different ones as two.
///
/// What means something to hledger (`:` between the parts of an account, `;` before a comment, two
/// blanks after an account, `|` after a payee …), blanks of other kinds, control and direction
/// characters are written as the bytes of their UTF-8, `%3A`; so is `%` itself.
enum JournalName {
  static func encoded(_ name: String) -> String {
    var bytes: [UInt8] = []
    append(name, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ name: String, to bytes: inout [UInt8]) {
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
