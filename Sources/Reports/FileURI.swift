/// Paths as references of RFC 3986.
enum FileURI {
  /// A relative path as a relative reference, an absolute one as a `file` URI.
  static func reference(_ path: String) -> String {
    let escaped = path.utf8.map(escape).joined()
    return path.utf8.first == 0x2F ? "file://" + escaped : escaped
  }

  /// Letters, digits and what needs no escape in a segment; not `:`, which would end a scheme.
  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
      return String(UnicodeScalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
  }
}
