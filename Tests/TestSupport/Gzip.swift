/// Writes gzip data in two simple ways, so that the tests need no compressor.
package enum Gzip {
  /// A member that holds the bytes as they are.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var blocks: [UInt8] = []
    var start = 0
    repeat {
      let count = min(bytes.count - start, 0xFFFF)
      let isLast = start + count == bytes.count
      blocks +=
        [isLast ? 1 : 0] + LittleEndian.bytes(UInt16(count)) + LittleEndian.bytes(~UInt16(count))
      blocks += bytes[start..<(start + count)]
      start += count
    } while start < bytes.count
    return member(blocks, CRC32.of(bytes), bytes.count)
  }

  /// A member that holds `1 + 258 * copies` zeros in about 13 bits for every 258 of them.
  package static func zeros(copies: Int) -> [UInt8] {
    let count = 1 + 258 * copies
    return member(
      deflatedZeros(copies: copies), CRC32.of([UInt8](repeating: 0, count: count)), count)
  }

  /// The same zeros as ``zeros(copies:)`` has, deflated, with nothing around them.
  package static func deflatedZeros(copies: Int) -> [UInt8] {
    var bits = Bits()
    // The last block, with the fixed codes.
    bits.append(0b1, 1)
    bits.append(0b01, 2)
    // A zero, then "258 bytes from 1 back" again and again, then the end. Codes come highest bit
    // first: 00110000; 11000101 and 00000; 0000000.
    bits.append(0b0000_1100, 8)
    for _ in 0..<copies { bits.append(0b0_0000_1010_0011, 13) }
    bits.append(0, 7)
    return bits.bytes
  }

  private static func member(_ deflated: [UInt8], _ checksum: UInt32, _ count: Int) -> [UInt8] {
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + deflated + LittleEndian.bytes(checksum)
      + LittleEndian.bytes(UInt32(truncatingIfNeeded: count))
  }

  /// Bits, the first in the lowest place of the first byte.
  private struct Bits {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func append(_ value: Int, _ count: Int) {
      for place in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> place & 1) << UInt8(used)
        used += 1
      }
    }
  }
}
