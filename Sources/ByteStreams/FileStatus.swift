import Glibc

/// What a path or an open file stands for, and how large it is.
package struct FileStatus: Hashable, Sendable {
  package let kind: FileSystem.Kind
  /// In bytes; of no meaning for anything but a regular file.
  package let size: Int

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    default: kind = .other
    }
    size = Int(status.st_size)
  }
}
