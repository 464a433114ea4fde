/// Writes Zstandard frames in two simple ways, so that the tests need no compressor.
package enum Zstd {
  private static let blockBytes = 1 << 17
  /// The magic number; no size, no checksum; the window descriptor comes next.
  private static let beginning: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0]

  /// A frame that holds the bytes as they are.
  ///
  /// - Parameter windowLog: The window that the frame asks for, as a power of two.
  package static func stored(_ bytes: [UInt8], windowLog: UInt8 = 17) -> [UInt8] {
    var frame = beginning + [(windowLog - 10) << 3]
    var start = 0
    repeat {
      let count = min(bytes.count - start, blockBytes)
      let isLast = start + count == bytes.count
      frame += header(kind: 0, count, isLast) + bytes[start..<(start + count)]
      start += count
    } while start < bytes.count
    return frame
  }

  /// A frame that holds `blocks` times 128 KiB of one byte, in four bytes each.
  package static func repeated(_ byte: UInt8, blocks: Int) -> [UInt8] {
    var frame = beginning + [(17 - 10) << 3]
    for block in 1...blocks { frame += header(kind: 1, blockBytes, block == blocks) + [byte] }
    return frame
  }

  /// A frame that every reader passes over.
  package static func skippable(_ bytes: [UInt8]) -> [UInt8] {
    [0x50, 0x2A, 0x4D, 0x18] + LittleEndian.bytes(UInt32(bytes.count)) + bytes
  }

  private static func header(kind: UInt32, _ count: Int, _ isLast: Bool) -> [UInt8] {
    let bits = UInt32(count) << 3 | kind << 1 | (isLast ? 1 : 0)
    return Array(LittleEndian.bytes(bits).prefix(3))
  }
}
