/// Finds the bytes that end or change a value, sixty-four at a time.
///
/// To the next reader: a word holds eight bytes, and all are compared at once. `word ^ pattern` is
/// zero in the bytes that equal the pattern's; adding 0x7F carries into the top bit of all others.
/// Nothing can carry out of a byte, because the top bits are cleared before; so each byte is judged
/// exactly, and bytes beyond ASCII, which never match, are taken out at the end. Eight such words
/// give one bit per byte of a block. The eight loads look slow and are one instruction: the range
/// is checked once, and the compiler joins the bytes.
struct CSVMarks: Sendable {
  static let blockBytes = 64
  private static let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let topBits: UInt64 = 0x8080_8080_8080_8080
  /// Moves the top bits of eight bytes, shifted down by seven, next to each other.
  private static let gather: UInt64 = 0x0102_0408_1020_4080

  let delimiter: UInt8
  /// What looks for quotes; a line feed, looked for twice, where there are none.
  private let quote: UInt8

  /// - Precondition: The marks of the dialect are ASCII, differ, and are no line ending.
  init(_ dialect: CSVDialect) {
    let marks = [dialect.delimiter, dialect.quote ?? 0]
    precondition(marks.allSatisfy { $0 < 0x80 && $0 != 0x0A && $0 != 0x0D })
    precondition(dialect.delimiter != dialect.quote)
    delimiter = dialect.delimiter
    quote = dialect.quote ?? 0x0A
  }

  /// The marks in the next 64 bytes, or as many as there are: bit n is set for byte `base + n`.
  @inline(__always)
  func block(_ bytes: Span<UInt8>, at base: Int) -> UInt64 {
    guard base >= 0, bytes.count >= 64, base <= bytes.count &- 64 else {
      return lastBlock(bytes, at: base)
    }
    return marks(in: word(bytes, base)) | marks(in: word(bytes, base + 8)) &<< 8
      | marks(in: word(bytes, base + 16)) &<< 16 | marks(in: word(bytes, base + 24)) &<< 24
      | marks(in: word(bytes, base + 32)) &<< 32 | marks(in: word(bytes, base + 40)) &<< 40
      | marks(in: word(bytes, base + 48)) &<< 48 | marks(in: word(bytes, base + 56)) &<< 56
  }

  @inline(never)
  private func lastBlock(_ bytes: Span<UInt8>, at base: Int) -> UInt64 {
    var found: UInt64 = 0
    for position in base..<bytes.count {
      found |= (marks(in: UInt64(bytes[position])) & 1) << UInt64(position - base)
    }
    return found
  }

  /// One bit per byte of a word.
  @inline(__always)
  private func marks(in word: UInt64) -> UInt64 {
    let low = word & CSVMarks.lowBits
    var others = (low ^ CSVMarks.repeated(delimiter)) &+ CSVMarks.lowBits
    others &= (low ^ CSVMarks.repeated(quote)) &+ CSVMarks.lowBits
    others &= (low ^ CSVMarks.repeated(0x0A)) &+ CSVMarks.lowBits
    others &= (low ^ CSVMarks.repeated(0x0D)) &+ CSVMarks.lowBits
    let found = ~(others | word) & CSVMarks.topBits
    return ((found &>> 7) &* CSVMarks.gather) &>> 56
  }

  @inline(__always)
  private func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
    let low =
      UInt64(bytes[at]) | UInt64(bytes[at + 1]) &<< 8 | UInt64(bytes[at + 2]) &<< 16
      | UInt64(bytes[at + 3]) &<< 24
    let high =
      UInt64(bytes[at + 4]) | UInt64(bytes[at + 5]) &<< 8 | UInt64(bytes[at + 6]) &<< 16
      | UInt64(bytes[at + 7]) &<< 24
    return low | high &<< 32
  }

  @inline(__always)
  private static func repeated(_ byte: UInt8) -> UInt64 {
    UInt64(byte) &* 0x0101_0101_0101_0101
  }
}
