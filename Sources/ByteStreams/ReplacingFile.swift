import Glibc

/// A file that is written beside its final place and becomes visible as a whole.
package struct ReplacingFile: ~Copyable {
  private var staged: StagedFile

  private init(_ path: String) throws(FileError) {
    // What an ended process left may have other permissions, or be a link.
    try FileSystem.removeFile(path)
    let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, operation: "create")
    staged = StagedFile(path: path, file: file)
  }

  /// Writes a file through `body`; if that fails, all is as it was before.
  ///
  /// - Parameters:
  ///   - path: What stands there is replaced in one step.
  ///   - synced: Whether the file and its name survive a power cut; else the caller sees to it.
  /// - Precondition: No other process writes the same file; the lock of the workspace is held.
  /// - Throws: ``FileError``; what `body` throws.
  package static func write(
    _ path: String, synced: Bool, _ body: (inout ReplacingFile) throws -> Void
  ) throws -> StagedDirectory.Output {
    let temporary = path + ".tmp"
    do {
      var file = try ReplacingFile(temporary)
      try body(&file)
      var output = try file.close(synced: synced)
      output.path = path
      guard unsafe rename(temporary, path) == 0 else { throw FileError.last("rename", temporary) }
      if synced { try FileSystem.syncDirectory(FileSystem.parent(of: path)) }
      return output
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError``.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    try staged.write(bytes)
  }

  /// Appends words of eight bytes, as the machine has them.
  ///
  /// - Throws: ``FileError``.
  package mutating func write(words: [UInt64]) throws(FileError) {
    try staged.write(unsafe words.withUnsafeBytes { raw in unsafe Array(raw) })
  }

  private consuming func close(synced: Bool) throws(FileError) -> StagedDirectory.Output {
    try staged.close(synced: synced)
  }
}
