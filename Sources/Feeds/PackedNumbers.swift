/// Numbers in as few bytes as each one needs: seven bits in a byte, the sign in the lowest one.
struct PackedNumbers: Sendable {
  var bytes: [UInt8] = []

  mutating func append(_ number: Int) {
    // The bits of a negative number are turned over, so that small ones are short, too.
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The number at a position, which moves past it.
  ///
  /// - Precondition: A number begins there.
  func number(at position: inout Int) -> Int {
    var bits: UInt = 0
    var shift: UInt = 0
    while bytes[position] >= 0x80 {
      bits |= UInt(bytes[position] & 0x7F) << shift
      shift += 7
      position += 1
    }
    bits |= UInt(bytes[position]) << shift
    position += 1
    return Int(bitPattern: bits >> 1) ^ -Int(bits & 1)
  }
}
