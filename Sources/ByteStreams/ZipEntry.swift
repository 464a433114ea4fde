/// A file in a zip archive, as the archive's directory describes it.
struct ZipEntry {
  private static let signature = 0x0201_4B50
  private static let bytes = 46
  private static let local: (signature: Int, bytes: Int) = (0x0403_4B50, 30)
  /// What stands in place of a number that is in the extra field of zip64.
  private static let elsewhere = 0xFFFF_FFFF
  private static let zip64Tag = 1

  /// As it stands in the archive; it is compared and shown, and never becomes a path.
  let name: [UInt8]
  let flags: Int
  /// By the numbers of the zip format: 0 stored, 8 deflated.
  let method: Int
  /// CRC-32 of the expanded bytes.
  let checksum: Int
  /// In bytes, in the archive.
  private(set) var compressedSize: Int
  /// In bytes, expanded.
  private(set) var size: Int
  /// Where its own header stands in the archive.
  private(set) var offset: Int

  /// Whether it is encrypted, in one of three ways.
  var isEncrypted: Bool { flags & (1 << 0 | 1 << 6 | 1 << 13) != 0 }

  /// Whether it is a file that somebody meant to send: no directory, and none of the files that
  /// systems put beside them.
  var isContent: Bool {
    let last = lastComponent
    guard last.first != 0x2E, !last.isEmpty else { return false }
    return !name.starts(with: "__MACOSX/".utf8)
  }

  /// The name without directories; empty of a directory itself.
  var lastComponent: ArraySlice<UInt8> {
    // Some systems write a backslash for a slash.
    let slash = name.lastIndex { $0 == 0x2F || $0 == 0x5C }
    return name[(slash.map { $0 + 1 } ?? 0)...]
  }

  /// Reads an entry of the directory (APPNOTE.TXT 4.3.12).
  ///
  /// - Returns: It, and where the next one begins.
  /// - Throws: ``ByteSourceFault``.
  static func read(
    _ fields: ZipFields, at position: Int
  ) throws(ByteSourceFault) -> (entry: ZipEntry, next: Int) {
    let record = try fields.part(at: position, count: bytes)
    guard try record.number(at: 0, bytes: 4) == signature else { throw ZipFields.damaged }
    let nameBytes = try record.number(at: 28, bytes: 2)
    let extraBytes = try record.number(at: 30, bytes: 2)
    let commentBytes = try record.number(at: 32, bytes: 2)
    let afterName = position + bytes + nameBytes
    let name = try fields.part(at: position + bytes, count: nameBytes)
    let extra = try fields.part(at: afterName, count: extraBytes)
    var entry = try ZipEntry(record, name: name.array)
    if let large = try extra.extraField(zip64Tag) { try entry.take(large) }
    return (entry, afterName + extraBytes + commentBytes)
  }

  private init(_ record: ZipFields, name: [UInt8]) throws(ByteSourceFault) {
    self.name = name
    flags = try record.number(at: 8, bytes: 2)
    method = try record.number(at: 10, bytes: 2)
    checksum = try record.number(at: 16, bytes: 4)
    compressedSize = try record.number(at: 20, bytes: 4)
    size = try record.number(at: 24, bytes: 4)
    offset = try record.number(at: 42, bytes: 4)
  }

  /// Takes the numbers that were too large, in their order (APPNOTE.TXT 4.5.3).
  private mutating func take(_ large: ZipFields) throws(ByteSourceFault) {
    var position = 0
    for number in [\ZipEntry.size, \.compressedSize, \.offset]
    where self[keyPath: number] == ZipEntry.elsewhere {
      self[keyPath: number] = try large.number(at: position, bytes: 8)
      position += 8
    }
  }

  /// Where its bytes begin, by its own header, which has to say the same as the directory.
  ///
  /// - Parameter end: Where they have to end at the latest.
  /// - Throws: ``ByteSourceFault``.
  func start(_ file: borrowing OpenFile, end: Int) throws(ByteSourceFault) -> Int {
    let fixed = ZipFields(try file.zipBytes(at: offset, count: ZipEntry.local.bytes)[...])
    guard try fixed.number(at: 0, bytes: 4) == ZipEntry.local.signature,
      try fixed.number(at: 8, bytes: 2) == method,
      try fixed.number(at: 26, bytes: 2) == name.count,
      try file.zipBytes(at: offset + ZipEntry.local.bytes, count: name.count) == name
    else { throw .damaged("the header of its file is not what its directory says") }
    let extraBytes = try fixed.number(at: 28, bytes: 2)
    let start = offset + ZipEntry.local.bytes + name.count + extraBytes
    guard start <= end, compressedSize <= end - start else { throw ZipFields.damaged }
    return start
  }
}
