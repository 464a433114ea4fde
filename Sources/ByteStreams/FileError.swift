import Glibc

/// An operation on a file that the operating system refused.
@usableFromInline
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

  /// Whether the file itself is the reason, and not the disk or the system: it is gone, may not be
  /// read, is no regular file, or its name is too long.
  package var isAboutTheFile: Bool {
    [0, ENOENT, EACCES, ENAMETOOLONG, ELOOP].contains(errno)
  }

  /// Whether a file cannot go where it should because that is on another file system.
  package var isOtherFileSystem: Bool { errno == EXDEV }

  /// A sentence such as `cannot open inbox/x.csv: Permission denied (EACCES)`.
  @usableFromInline package var description: String {
    guard errno != 0 else { return "cannot \(operation) \(path)" }
    let text = unsafe String(cString: strerror(errno))
    let name = FileError.names[errno] ?? "error \(errno)"
    return "cannot \(operation) \(path): \(text) (\(name))"
  }

  /// The names that operators search for; any other error is shown by its number.
  private static let names: [Int32: String] = [
    EPERM: "EPERM", ENOENT: "ENOENT", EIO: "EIO", ENXIO: "ENXIO", EBADF: "EBADF",
    EAGAIN: "EAGAIN", ENOMEM: "ENOMEM", EACCES: "EACCES", EBUSY: "EBUSY", EEXIST: "EEXIST",
    EXDEV: "EXDEV", ENODEV: "ENODEV", ENOTDIR: "ENOTDIR", EISDIR: "EISDIR", EINVAL: "EINVAL",
    ENFILE: "ENFILE", EMFILE: "EMFILE", ETXTBSY: "ETXTBSY", EFBIG: "EFBIG", ENOSPC: "ENOSPC",
    ESPIPE: "ESPIPE", EROFS: "EROFS", EMLINK: "EMLINK", ENAMETOOLONG: "ENAMETOOLONG",
    ENOLCK: "ENOLCK", ENOSYS: "ENOSYS", ENOTEMPTY: "ENOTEMPTY", ELOOP: "ELOOP",
    EOVERFLOW: "EOVERFLOW", EOPNOTSUPP: "EOPNOTSUPP", ESTALE: "ESTALE", EDQUOT: "EDQUOT",
  ]
}
