/// The directory at the end of a zip archive (APPNOTE.TXT 4.3.12 to 4.3.16), zip64 included.
struct ZipDirectory {
  private static let split = ByteSourceFault.unsupported(
    "it is one part of several; put them together first")

  /// A directory of more bytes is not looked at: it bounds the memory that an archive can ask for.
  private static let bytesMax = 1 << 20
  /// What the last record begins with, and its bytes without the comment of at most 65,535.
  private static let end: (signature: Int, bytes: Int) = (0x0605_4B50, 22)
  /// The two records that stand before it where numbers are too large for it.
  private static let locator: (signature: Int, bytes: Int) = (0x0706_4B50, 20)
  private static let end64: (signature: Int, bytes: Int) = (0x0606_4B50, 56)

  /// In the order of the directory.
  private(set) var entries: [ZipEntry] = []
  /// Where the directory begins: the files' own bytes end before.
  let offset: Int

  /// - Throws: ``ByteSourceFault``.
  init(_ file: borrowing OpenFile) throws(ByteSourceFault) {
    let (count, size, offset) = try ZipDirectory.findEnd(file)
    guard size <= ZipDirectory.bytesMax else {
      throw .unsupported("its directory is larger than 1 MiB; send fewer files in it")
    }
    self.offset = offset
    let fields = ZipFields(try file.zipBytes(at: offset, count: size)[...])
    var position = 0
    for _ in 0..<count {
      let (entry, next) = try ZipEntry.read(fields, at: position)
      entries.append(entry)
      position = next
    }
    guard position == size else { throw ZipFields.damaged }
  }

  private typealias Extent = (count: Int, size: Int, offset: Int)

  /// Finds the last record, which has a comment of any length after it.
  private static func findEnd(_ file: borrowing OpenFile) throws(ByteSourceFault) -> Extent {
    let fileSize = try file.zipSize()
    let count = min(fileSize, end.bytes + 0xFFFF)
    let tail = ZipFields(try file.zipBytes(at: fileSize - count, count: count)[...])
    var position = count - end.bytes
    while position >= 0 {
      if try tail.number(at: position, bytes: 4) == end.signature,
        try tail.number(at: position + 20, bytes: 2) == count - position - end.bytes
      {
        let record = try tail.part(at: position, count: end.bytes)
        return try extent(file, record, at: fileSize - count + position)
      }
      position -= 1
    }
    throw .damaged("it is no zip archive, or its end is missing")
  }

  private static func extent(
    _ file: borrowing OpenFile, _ record: ZipFields, at position: Int
  ) throws(ByteSourceFault) -> Extent {
    if let extent = try extent64(file, before: position) { return extent }
    guard try record.number(at: 4, bytes: 4) == 0 else { throw split }
    let extent: Extent = (
      count: try record.number(at: 10, bytes: 2), size: try record.number(at: 12, bytes: 4),
      offset: try record.number(at: 16, bytes: 4)
    )
    return try checked(extent, end: position)
  }

  /// What the records of zip64 say; nil where there are none.
  private static func extent64(
    _ file: borrowing OpenFile, before position: Int
  ) throws(ByteSourceFault) -> Extent? {
    let start = position - locator.bytes
    guard start >= 0 else { return nil }
    let pointer = ZipFields(try file.zipBytes(at: start, count: locator.bytes)[...])
    guard try pointer.number(at: 0, bytes: 4) == locator.signature else { return nil }
    let place = try pointer.number(at: 8, bytes: 8)
    let record = ZipFields(try file.zipBytes(at: place, count: end64.bytes)[...])
    guard try record.number(at: 0, bytes: 4) == end64.signature else { throw ZipFields.damaged }
    guard try record.number(at: 16, bytes: 8) == 0 else { throw split }
    let extent: Extent = (
      count: try record.number(at: 32, bytes: 8), size: try record.number(at: 40, bytes: 8),
      offset: try record.number(at: 48, bytes: 8)
    )
    return try checked(extent, end: place)
  }

  /// A directory that does not end where the record after it begins is of another archive, or two
  /// programs could find two directories in the same bytes.
  private static func checked(_ extent: Extent, end: Int) throws(ByteSourceFault) -> Extent {
    guard extent.offset <= end, extent.size == end - extent.offset else { throw ZipFields.damaged }
    return extent
  }
}
