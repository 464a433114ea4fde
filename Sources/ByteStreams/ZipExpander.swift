import CZlib

/// Expands one file of a zip archive.
///
/// The sizes and the checksum are those of the archive's directory: the file's own header may lack
/// them (a data descriptor after its bytes has them then), so they need not be looked for there.
final class ZipExpander: Expander {
  private static let deflated = 8

  private let limit: ExpansionLimit
  private let path: String
  private let entry: ZipEntry
  /// Nil where the bytes stand in the archive as they are.
  private let stream: DeflateStream?
  private var input: CompressedInput
  private var expanded = 0
  private var checksum: UInt = 0
  private var isAtEnd = false
  private var mayHoldMore = false

  /// Expands the only file of an archive.
  ///
  /// - Throws: ``ByteSourceFault``, also if there is another one.
  convenience init(_ file: borrowing OpenFile, limit: ExpansionLimit) throws(ByteSourceFault) {
    let directory = try ZipDirectory(file)
    try self.init(
      file, ZipExpander.onlyFile(directory), before: directory.offset, limit: limit)
  }

  /// Leaves the archive at the place where the bytes of the file begin.
  ///
  /// - Parameter end: Where the archive's directory begins.
  /// - Throws: ``ByteSourceFault``.
  init(
    _ file: borrowing OpenFile, _ entry: ZipEntry, before end: Int, limit: ExpansionLimit
  ) throws(ByteSourceFault) {
    try ZipExpander.checkKind(entry)
    self.limit = limit
    self.entry = entry
    path = file.path
    let start = try entry.start(file, end: end)
    do throws(FileError) { try file.seek(to: start) } catch { throw .io(error) }
    input = CompressedInput(count: entry.compressedSize)
    let isDeflated = entry.method == ZipExpander.deflated
    stream = isDeflated ? try DeflateStream(.raw, path: file.path) : nil
  }

  /// The file that the archive was sent for.
  ///
  /// - Throws: ``ByteSourceFault`` unless there is exactly one.
  static func onlyFile(_ directory: ZipDirectory) throws(ByteSourceFault) -> ZipEntry {
    let files = directory.entries.filter(\.isContent)
    guard let file = files.first else { throw .unsupported("it holds no file") }
    guard files.count == 1 else {
      throw .unsupported("it holds \(files.count) files, which are feeds of their own")
    }
    return file
  }

  private static func checkKind(_ entry: ZipEntry) throws(ByteSourceFault) {
    guard !entry.isEncrypted else {
      throw .unsupported("the file in it is encrypted; send it without a password")
    }
    let isPatch = entry.flags & 1 << 5 != 0
    guard [0, deflated].contains(entry.method), !isPatch else {
      throw .unsupported(
        "the file in it is compressed by method \(entry.method); compress it by deflate, the usual"
          + " method")
    }
    guard entry.method == deflated || entry.compressedSize == entry.size else {
      throw ZipFields.damaged
    }
  }

  func read(
    from file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    var done = 0
    while done < count, !isAtEnd {
      let made = try expand(file, into: &buffer, at: start + done, count: count - done)
      addToChecksum(buffer, (start + done)..<(start + done + made))
      done += made
      expanded += made
      guard limit.allows(expanded, of: input.total) else { throw .expansionLimit(path) }
      guard expanded <= entry.size else { throw ZipExpander.otherContent }
      if isAtEnd { try checkEnd() }
    }
    return done
  }

  /// Expands what was read of the archive, and reads on where nothing is left of that.
  private func expand(
    _ file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    if stream == nil, expanded == entry.size {
      isAtEnd = true
      return 0
    }
    if input.unused.isEmpty, !mayHoldMore {
      try input.refill(file)
      guard !input.unused.isEmpty else { throw .damaged("it ends too early") }
    }
    guard let stream else { return copy(into: &buffer, at: start, count: count) }
    let step = stream.inflate(&input, into: &buffer, at: start, count: count)
    mayHoldMore = step.mayHoldMore
    switch step.result {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isAtEnd = true
    case Z_MEM_ERROR: throw .outOfMemory(path)
    default: throw .damaged("the bytes of its file are not valid deflated data")
    }
    return step.made
  }

  private func copy(into buffer: inout [UInt8], at start: Int, count: Int) -> Int {
    let from = input.unused.lowerBound
    let copied = min(count, input.unused.count)
    buffer.replaceSubrange(start..<(start + copied), with: input.bytes[from..<(from + copied)])
    input.unused = (from + copied)..<input.unused.upperBound
    return copied
  }

  private func addToChecksum(_ buffer: [UInt8], _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    checksum = unsafe buffer.withUnsafeBufferPointer { bytes in
      unsafe crc32_z(checksum, bytes.baseAddress?.advanced(by: range.lowerBound), range.count)
    }
  }

  private func checkEnd() throws(ByteSourceFault) {
    guard expanded == entry.size, Int(checksum) == entry.checksum,
      input.unused.isEmpty, input.total == entry.compressedSize
    else { throw ZipExpander.otherContent }
  }

  private static let otherContent = ByteSourceFault.damaged(
    "the size or the checksum of its file does not match")
}
