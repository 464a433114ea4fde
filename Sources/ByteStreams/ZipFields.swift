/// Reads the numbers of a zip archive, lowest byte first, and never past the end of its bytes.
struct ZipFields {
  static let damaged = ByteSourceFault.damaged("its directory is not valid zip data")

  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  /// A number of at most eight bytes.
  ///
  /// - Throws: ``ByteSourceFault/damaged(_:)`` where it would end past the end, or does not fit.
  func number(at offset: Int, bytes count: Int) throws(ByteSourceFault) -> Int {
    var value: UInt64 = 0
    for byte in try part(at: offset, count: count).bytes.reversed() {
      value = value << 8 | UInt64(byte)
    }
    guard let number = Int(exactly: value) else { throw ZipFields.damaged }
    return number
  }

  /// Some of the bytes.
  ///
  /// - Throws: ``ByteSourceFault/damaged(_:)`` where they would end past the end.
  func part(at offset: Int, count: Int) throws(ByteSourceFault) -> ZipFields {
    guard offset >= 0, count >= 0, count <= bytes.count, offset <= bytes.count - count else {
      throw ZipFields.damaged
    }
    let start = bytes.startIndex + offset
    return ZipFields(bytes[start..<(start + count)])
  }

  /// All of them.
  var array: [UInt8] { Array(bytes) }

  /// The value of an extra field of a file (APPNOTE.TXT 4.5); nil where there is none with the tag.
  ///
  /// - Throws: ``ByteSourceFault/damaged(_:)``.
  func extraField(_ tag: Int) throws(ByteSourceFault) -> ZipFields? {
    var offset = 0
    while offset + 4 <= count {
      let size = try number(at: offset + 2, bytes: 2)
      if try number(at: offset, bytes: 2) == tag { return try part(at: offset + 4, count: size) }
      offset += 4 + size
    }
    return nil
  }
}
