/// Numbers as compressed files have them.
package enum LittleEndian {
  /// The lowest byte first.
  package static func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<(Value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
  }
}

/// The checksum of gzip and zip, the plain way.
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
      rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1
    }
  }

  package static func of(_ bytes: [UInt8]) -> UInt32 {
    var rest = UInt32.max
    for byte in bytes { rest = table[Int((rest ^ UInt32(byte)) & 0xFF)] ^ (rest >> 8) }
    return ~rest
  }
}
