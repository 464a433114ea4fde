/// A text in the characters that banks take, and what had to be done to it.
///
/// These are `a–z A–Z 0–9 / - ? : ( ) . , ' +` and the blank: the set of SEPA, which payments across
/// borders have in common, too.
package struct BankText: Hashable, Sendable {
  package private(set) var text = ""
  /// Characters of the original that were written by others.
  package private(set) var replaced = 0
  /// Characters of the original that have no others; each is a dot.
  package private(set) var lost = 0
  package private(set) var isShortened = false

  /// - Parameter max: The most characters that the bank's field has.
  package init(_ original: String, max: Int) {
    var written: [UInt8] = []
    for scalar in original.unicodeScalars { append(scalar, to: &written) }
    while written.first == 0x20 { written.removeFirst() }
    while written.last == 0x20 { written.removeLast() }
    isShortened = written.count > max
    if isShortened {
      written.removeLast(written.count - max)
      while written.last == 0x20 { written.removeLast() }
    }
    text = String(decoding: written, as: UTF8.self)
  }

  private mutating func append(_ scalar: Unicode.Scalar, to written: inout [UInt8]) {
    if BankText.isAllowed(scalar) {
      written.append(UInt8(scalar.value))
    } else if let others = Transliteration.of(scalar) {
      replaced += 1
      written += Array(others.utf8)
    } else {
      lost += 1
      written.append(0x2E)
    }
  }

  /// Whether anybody can tell what it says: it has letters or digits, more of them than were lost.
  package var isReadable: Bool {
    let told = text.utf8.count { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: false
      }
    }
    return told > lost
  }

  /// The text as a reference: no slash begins or ends it, and no two stand together.
  package var reference: String {
    String(
      decoding: text.utf8.map { $0 == 0x2F ? 0x2D : $0 }, as: UTF8.self)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "?", ":", "(", ")", ".", ",", "'", "+", " ":
      true
    default: false
    }
  }
}
