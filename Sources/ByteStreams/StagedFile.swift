/// A file of a staged directory while it is written.
package struct StagedFile: ~Copyable {
  private static let bufferBytes = 1 << 18

  private let path: String
  private let file: OpenFile
  private var hasher = SHA256Hasher()
  private var buffer: [UInt8] = []
  private var written = 0

  init(path: String, file: consuming OpenFile) {
    self.path = path
    self.file = file
  }

  /// Appends bytes; few at a time cost little.
  ///
  /// - Throws: ``FileError``.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    if buffer.count + bytes.count > StagedFile.bufferBytes { try flush() }
    if bytes.count >= StagedFile.bufferBytes {
      try put(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  private mutating func flush() throws(FileError) {
    guard !buffer.isEmpty else { return }
    try put(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes bytes after those of the buffer, which must be empty.
  mutating func put(_ bytes: [UInt8]) throws(FileError) {
    try file.write(bytes, 0..<bytes.count)
    hasher.update(bytes.span)
    written += bytes.count
  }

  consuming func close(synced: Bool = false) throws(FileError) -> StagedDirectory.Output {
    try flush()
    if synced { try file.sync() }
    let path = path
    let written = written
    return StagedDirectory.Output(path: path, digest: hasher.finish(), bytes: written)
  }
}
