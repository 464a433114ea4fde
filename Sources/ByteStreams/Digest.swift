/// A SHA-256 digest, ordered by its bytes.
package struct SHA256Digest: Hashable, Comparable, Sendable {
  // Big-endian words, so that they are ordered as the bytes are.
  private let word0: UInt64
  private let word1: UInt64
  private let word2: UInt64
  private let word3: UInt64

  /// - Precondition: There are 32 bytes.
  init(bytes: [UInt8]) {
    precondition(bytes.count == 32)
    let words = (0..<4).map { word in
      bytes[(word * 8)..<(word * 8 + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    (word0, word1, word2, word3) = (words[0], words[1], words[2], words[3])
  }

  /// The digest with these 64 hex digits, or nil.
  package init?(hex: String) {
    let digits = hex.utf8.compactMap(SHA256Digest.value)
    guard digits.count == 64, hex.utf8.count == 64 else { return nil }
    self.init(bytes: (0..<32).map { digits[$0 * 2] << 4 | digits[$0 * 2 + 1] })
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    [word0, word1, word2, word3].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
  }

  /// Two small hex digits per byte.
  package var hex: String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for word in [word0, word1, word2, word3] {
      for shift in stride(from: UInt64(60), through: 0, by: -4) {
        text.append(digit(UInt8(truncatingIfNeeded: word >> shift & 15)))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  package static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    (left.word0, left.word1, left.word2, left.word3)
      < (right.word0, right.word1, right.word2, right.word3)
  }
}
