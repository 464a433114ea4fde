import Glibc

/// Holds a workspace for one process; the operating system lets go of it when the process ends.
package struct FileLock: ~Copyable {
  /// Another process holds it.
  package struct Busy: Error {
    package let path: String
  }

  private let file: OpenFile

  /// Takes the lock without waiting; the file is created for its owner only.
  ///
  /// - Throws: ``Busy``; ``FileError``.
  package init(_ path: String) throws {
    let opened = try OpenFile(path, O_RDWR | O_CREAT | O_NONBLOCK, operation: "create")
    try FileLock.take(opened, LOCK_EX)
    file = opened
  }

  /// Takes the lock together with others that only read; the file exists and is left as it is.
  ///
  /// - Throws: ``Busy``; ``FileError``.
  package init(shared path: String) throws {
    let opened = try OpenFile(path, O_RDONLY | O_NONBLOCK)
    try FileLock.take(opened, LOCK_SH)
    file = opened
  }

  private static func take(_ file: borrowing OpenFile, _ kind: Int32) throws {
    while flock(file.descriptor, kind | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { throw Busy(path: file.path) }
      guard errno == EINTR else { throw FileError.last("lock", file.path) }
    }
  }
}
