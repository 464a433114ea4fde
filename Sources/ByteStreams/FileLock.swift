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
    while flock(opened.descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { throw Busy(path: path) }
      guard errno == EINTR else { throw FileError.last("lock", path) }
    }
    file = opened
  }
}
