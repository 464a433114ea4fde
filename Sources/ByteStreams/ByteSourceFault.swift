import Glibc

/// Why no more bytes come.
package enum ByteSourceFault: Error, Hashable, Sendable {
  case io(FileError)
  /// The compressed data is not what it should be: how, as the rest of a sentence.
  case damaged(String)
  /// The compressed data is of a kind that is not read: how, and what to do, as the rest of a
  /// sentence.
  case unsupported(String)
  /// The compressed data expands too far: the path.
  case expansionLimit(String)
  /// A directory, a pipe, a device: the path.
  case notARegularFile(String)

  static func outOfMemory(_ path: String) -> ByteSourceFault {
    .io(FileError(path: path, operation: "expand", errno: ENOMEM))
  }
}
