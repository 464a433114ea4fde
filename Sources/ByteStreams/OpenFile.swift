import Glibc

/// An open file descriptor, closed when it goes out of scope.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Opens or creates a file; what is created is for its owner only.
  ///
  /// - Throws: ``FileError``.
  init(_ path: String, _ flags: Int32, operation: String = "open") throws(FileError) {
    var descriptor: Int32
    repeat {
      descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
    } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else { throw .last(operation, path) }
    self.descriptor = descriptor
    self.path = path
  }

  /// Takes over a descriptor.
  init(adopting descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// What the descriptor stands for, whatever has become of its path.
  ///
  /// - Throws: ``FileError``.
  func status() throws(FileError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last("look at", path) }
    return FileStatus(status)
  }

  /// Reads up to `count` bytes into `buffer` from `start` on; fewer only at the end of the file.
  ///
  /// - Throws: ``FileError``.
  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(FileError) -> Int {
    precondition(start >= 0 && count >= 0 && count <= buffer.count - start)
    var done = 0
    while done < count {
      let read = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress?.advanced(by: start + done), count - done)
      }
      if read == 0 { break }
      if read < 0 {
        if errno == EINTR { continue }
        throw .last("read", path)
      }
      done += read
    }
    return done
  }

  /// Writes all bytes of a range.
  ///
  /// - Throws: ``FileError``.
  func write(_ buffer: [UInt8], _ range: Range<Int>) throws(FileError) {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    var done = range.lowerBound
    while done < range.upperBound {
      let written = unsafe buffer.withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.advanced(by: done)
        return unsafe Glibc.write(descriptor, start, range.upperBound - done)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("write", path)
      }
      done += written
    }
  }

  /// Makes what was written survive a power cut.
  ///
  /// - Throws: ``FileError``.
  func sync() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .last("sync", path) }
  }
}
