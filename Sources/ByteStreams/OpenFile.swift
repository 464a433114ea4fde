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

  /// Reads bytes that stand anywhere in the file, and leaves the place of ``read(into:at:count:)``
  /// as it is; fewer only at the end of the file.
  ///
  /// - Throws: ``FileError``.
  func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe pread(
          descriptor, bytes.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
      }
      if read == 0 { break }
      if read < 0 {
        if errno == EINTR { continue }
        throw .last("read", path)
      }
      done += read
    }
    bytes.removeLast(count - done)
    return bytes
  }

  /// Makes what is read next begin at an offset.
  ///
  /// - Throws: ``FileError``.
  func seek(to offset: Int) throws(FileError) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw .last("seek", path) }
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
