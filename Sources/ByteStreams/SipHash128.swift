/// SipHash-2-4 with 128 bits of output: whoever does not know the key cannot make two texts fall
/// together.
///
/// Of the algorithm's sixteen bytes of output the first eight, little-endian, are
/// ``Hash128/high``, the others ``Hash128/low``.
package struct SipHash128: Sendable {
  private let key0: UInt64
  private let key1: UInt64

  /// - Parameters:
  ///   - key0: The first eight bytes of the key, little-endian.
  ///   - key1: The other eight.
  package init(key0: UInt64, key1: UInt64) {
    self.key0 = key0
    self.key1 = key1
  }

  /// The digest of bytes that lie together.
  package func hash(_ bytes: Span<UInt8>) -> Hash128 {
    var rounds = Rounds(key0, key1)
    let whole = bytes.count & ~7
    rounds.absorb(bytes, 0..<whole)
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    for offset in whole..<bytes.count {
      last |= UInt64(bytes[offset]) << UInt64((offset - whole) * 8)
    }
    rounds.absorb(last)
    return rounds.finish()
  }

  /// Begins a digest of bytes that come piece by piece.
  package func stream() -> Stream {
    Stream(rounds: Rounds(key0, key1))
  }

  /// A digest that is being worked out piece by piece.
  package struct Stream: Sendable {
    private var rounds: Rounds
    /// The bytes since the last whole word, the first in the lowest place.
    private var pending: UInt64 = 0
    private var count = 0

    fileprivate init(rounds: Rounds) {
      self.rounds = rounds
    }

    /// Appends bytes; where the pieces are cut makes no difference.
    package mutating func append(_ bytes: Span<UInt8>) {
      var offset = 0
      while offset < bytes.count, count & 7 != 0 {
        append(bytes[offset])
        offset += 1
      }
      let whole = offset + (bytes.count - offset) & ~7
      rounds.absorb(bytes, offset..<whole)
      count += whole - offset
      for offset in whole..<bytes.count { append(bytes[offset]) }
    }

    private mutating func append(_ byte: UInt8) {
      pending |= UInt64(byte) << UInt64((count & 7) * 8)
      count += 1
      guard count & 7 == 0 else { return }
      rounds.absorb(pending)
      pending = 0
    }

    /// The digest of all bytes appended so far.
    package func finish() -> Hash128 {
      var rounds = rounds
      rounds.absorb(pending | UInt64(truncatingIfNeeded: count) << 56)
      return rounds.finish()
    }
  }
}

private struct Rounds: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  @inline(__always)
  init(_ key0: UInt64, _ key1: UInt64) {
    v0 = key0 ^ 0x736f_6d65_7073_6575
    v1 = key1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
    v2 = key0 ^ 0x6c79_6765_6e65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  /// Takes in whole words.
  @inline(__always)
  mutating func absorb(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count && range.count & 7 == 0)
    let raw = unsafe bytes.bytes
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      absorb(UInt64(littleEndian: word))
    }
  }

  @inline(__always)
  mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  @inline(__always)
  mutating func finish() -> Hash128 {
    v2 ^= 0xee
    for _ in 0..<4 { round() }
    let first = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xdd
    for _ in 0..<4 { round() }
    return Hash128(high: first, low: v0 ^ v1 ^ v2 ^ v3)
  }

  @inline(__always)
  private mutating func round() {
    v0 = v0 &+ v1
    v2 = v2 &+ v3
    v1 = rotate(v1, 13) ^ v0
    v3 = rotate(v3, 16) ^ v2
    v0 = rotate(v0, 32)
    v2 = v2 &+ v1
    v0 = v0 &+ v3
    v1 = rotate(v1, 17) ^ v2
    v3 = rotate(v3, 21) ^ v0
    v2 = rotate(v2, 32)
  }

  @inline(__always)
  private func rotate(_ word: UInt64, _ by: UInt64) -> UInt64 {
    word << by | word >> (64 - by)
  }
}
