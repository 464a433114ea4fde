/// Finds bytes that are not UTF-8.
enum UTF8Check {
  /// The offset of the first byte that does not belong to a character, or nil if all do.
  static func firstInvalid(_ bytes: Span<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
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
