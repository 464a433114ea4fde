import ByteStreams

/// A table of the output directory that is written while it is made, so that memory does not hold
/// all of it.
final class StagedTable {
  private static let bufferBytes = 1 << 16

  private let directory: StagedDirectory
  private var file: StagedFile?

  /// - Throws: ``FileError``.
  init(_ path: String, in directory: StagedDirectory) throws(FileError) {
    self.directory = directory
    file = try directory.stream(path)
  }

  /// Writes what has been made, if it is worth a write, and empties it.
  ///
  /// - Throws: ``FileError``.
  func drain(_ bytes: inout [UInt8]) throws(FileError) {
    guard bytes.count >= StagedTable.bufferBytes else { return }
    try file?.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes the rest and ends the file.
  ///
  /// - Throws: ``FileError``.
  func finish(_ bytes: [UInt8]) throws(FileError) {
    guard var open = file.take() else { return }
    try open.write(bytes)
    try directory.finish(open)
  }
}
