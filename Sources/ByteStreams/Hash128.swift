/// A 128-bit digest of an id or a content, for tables of many.
package struct Hash128: Hashable, Comparable, Sendable, BitwiseCopyable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static func < (left: Hash128, right: Hash128) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// SipHash-2-4 with 128 bits of output: whoever does not know the key cannot make two texts fall
/// together.
package struct SipHash128: Sendable {
  private let key0: UInt64
  private let key1: UInt64

  package init(key0: UInt64, key1: UInt64) {
    self.key0 = key0
    self.key1 = key1
  }

  package func hash(_ bytes: Span<UInt8>) -> Hash128 {
    var state = State(key0, key1)
    let raw = unsafe bytes.bytes
    let whole = bytes.count & ~7
    var offset = 0
    while offset < whole {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state.absorb(word)
      offset += 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    while offset < bytes.count {
      last |= UInt64(bytes[offset]) << UInt64((offset - whole) * 8)
      offset += 1
    }
    state.absorb(last)
    return state.finish()
  }

  private struct State {
    var v0, v1, v2, v3: UInt64

    init(_ key0: UInt64, _ key1: UInt64) {
      v0 = key0 ^ 0x736f_6d65_7073_6575
      v1 = key1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
      v2 = key0 ^ 0x6c79_6765_6e65_7261
      v3 = key1 ^ 0x7465_6462_7974_6573
    }

    @inline(__always)
    mutating func absorb(_ word: UInt64) {
      v3 ^= word
      round()
      round()
      v0 ^= word
    }

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
}
