import Glibc

/// An operation on a file that the operating system refused.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// What was tried, as a verb: `open`, `read`, `create`.
  package let operation: String
  /// The error number, 0 where the program itself refused.
  package let errno: Int32

  package init(path: String, operation: String, errno: Int32) {
    self.path = path
    self.operation = operation
    self.errno = errno
  }

  /// The error of the system call that just failed.
  static func last(_ operation: String, _ path: String) -> FileError {
    FileError(path: path, operation: operation, errno: Glibc.errno)
  }

  package var description: String {
    guard errno != 0 else { return "cannot \(operation) \(path)" }
    let text = unsafe String(cString: strerror(errno))
    return "cannot \(operation) \(path): \(text)"
  }
}
