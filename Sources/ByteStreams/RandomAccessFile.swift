import Glibc

/// A regular file that is open to be read in any order.
package struct RandomAccessFile: ~Copyable, Sendable {
  private let file: OpenFile
  /// In bytes, when the file was opened.
  package let size: Int

  /// Opens a regular file; what is read is not what comes next, so nothing is read ahead.
  ///
  /// - Throws: ``FileError``, also if there is none.
  package init(_ path: String) throws(FileError) {
    let file = try FileSystem.openRegularFile(path)
    size = try file.status().size
    // A mere hint; where it is not taken, only more is read than is asked for.
    _ = posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_RANDOM)
    self.file = file
  }

  /// Where the file was when it was opened.
  package var path: String {
    file.path
  }

  /// Reads whole words of eight bytes into the beginning of `words`, as the machine has them.
  ///
  /// - Parameter offset: Where they begin, in bytes.
  /// - Throws: ``FileError``, also if the file ends before.
  package func read(
    into words: inout [UInt64], count: Int, offset: Int
  ) throws(FileError) {
    precondition(count >= 0 && count <= words.count && offset >= 0)
    var done = 0
    while done < count * 8 {
      let read = unsafe words.withUnsafeMutableBytes { raw in
        unsafe pread(
          file.descriptor, raw.baseAddress?.advanced(by: done), count * 8 - done,
          off_t(offset) + off_t(done))
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .last("read", file.path) }
      guard read > 0 else { throw FileError(path: file.path, operation: "read", errno: EIO) }
      done += read
    }
  }
}
