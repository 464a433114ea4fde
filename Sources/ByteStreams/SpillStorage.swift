import Glibc

/// What the files of spills are called.
package enum SpillNames {
  /// A file has a name, which begins with this, for the moment between its making and its removal; a
  /// process that ends there leaves it.
  package static let prefix = ".spill-"
}

/// The file of a ``SpillFile``: it has no name and dies with the process.
struct SpillStorage: ~Copyable {
  private let file: OpenFile

  /// - Throws: ``FileError``.
  init(directory: String) throws(FileError) {
    file = try SpillStorage.createFile(in: directory)
  }

  private static func createFile(in directory: String) throws(FileError) -> OpenFile {
    while true {
      do throws(FileError) {
        let path = directory + "/" + SpillNames.prefix + "\(UInt64.random(in: 0...UInt64.max))"
        let file = try OpenFile(path, O_RDWR | O_CREAT | O_EXCL, operation: "create")
        try FileSystem.removeFile(path)
        return file
      } catch {
        // Another file has the name: another name, then.
        guard error.errno == EEXIST else { throw error }
      }
    }
  }

  /// Writes bytes at a place.
  ///
  /// - Throws: ``FileError``.
  func write(
    _ memory: UnsafeMutableRawPointer, count: Int, at offset: UInt64
  ) throws(FileError) {
    var done = 0
    while done < count {
      let written = unsafe pwrite(
        file.descriptor, memory + done, count - done, off_t(offset) + off_t(done))
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("write", file.path)
      }
      done += written
    }
  }

  /// Reads as many bytes as the target takes.
  ///
  /// - Throws: ``FileError``, also where there are fewer.
  func read(at offset: UInt64, into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    var done = 0
    while done < target.count {
      let read = unsafe pread(
        file.descriptor, target.baseAddress?.advanced(by: done), target.count - done,
        off_t(offset) + off_t(done))
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .last("read", file.path) }
      guard read > 0 else { throw FileError(path: file.path, operation: "read", errno: EIO) }
      done += read
    }
  }
}
