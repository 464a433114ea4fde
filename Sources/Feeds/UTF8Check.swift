/// Finds bytes that are not UTF-8.
enum UTF8Check {
  /// The offset of the first byte that does not belong to a character, or nil if all do.
  ///
  /// A character beyond ASCII has no ASCII byte in it, so each stretch of such bytes is judged by
  /// itself; in most feeds there is little of them.
  static func firstInvalid(_ bytes: Span<UInt8>) -> Int? {
    var position = 0
    while true {
      position = endOfASCII(bytes, from: position)
      guard position < bytes.count else { return nil }
      let start = position
      while position < bytes.count, bytes[position] >= 0x80 { position &+= 1 }
      do {
        _ = try UTF8Span(validating: bytes.extracting(start..<position))
      } catch {
        return start + error.byteOffsets.lowerBound
      }
    }
  }

  /// The first byte at or after `start` that is not ASCII; the count if there is none.
  private static func endOfASCII(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let blockBytes = 64
    var position = start
    while bytes.count - position >= blockBytes {
      let block = bytes.extracting(position..<(position + blockBytes))
      var found: UInt8 = 0
      for offset in block.indices { found |= block[offset] }
      if found >= 0x80 { break }
      position += blockBytes
    }
    while position < bytes.count, bytes[position] < 0x80 { position &+= 1 }
    return position
  }

  /// Whether a control character, a tab, a line break or a DEL may be in the bytes.
  ///
  /// C1 characters begin with the byte C2, which begins others too: those are looked at closely
  /// later. No branches, so that the compiler can look at many bytes at a time.
  static func mayHaveControls(_ bytes: Span<UInt8>) -> Bool {
    var found: UInt8 = 0
    for position in bytes.indices {
      let byte = bytes[position]
      found |= (byte < 0x20 ? 1 : 0) | (byte == 0x7F ? 1 : 0) | (byte == 0xC2 ? 1 : 0)
    }
    return found != 0
  }

  /// Whether a character that no value may have stands in it.
  ///
  /// - Parameter identifier: Tabs and line breaks are not allowed either.
  static func hasControl(_ bytes: Span<UInt8>, identifier: Bool) -> Bool {
    for position in 0..<bytes.count {
      switch bytes[position] {
      case 0x09, 0x0A, 0x0D: if identifier { return true }
      case 0..<0x20, 0x7F: return true
      case 0xC2:
        if position + 1 < bytes.count, bytes[position + 1] < 0xA0 { return true }
      default: continue
      }
    }
    return false
  }

  /// Whether a carriage return stands in it that no line feed follows.
  static func hasLoneCarriageReturn(_ bytes: Span<UInt8>) -> Bool {
    for position in 0..<bytes.count where bytes[position] == 0x0D {
      if position + 1 >= bytes.count || bytes[position + 1] != 0x0A { return true }
    }
    return false
  }
}
