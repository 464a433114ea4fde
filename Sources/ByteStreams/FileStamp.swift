import Glibc

/// Which file a path names and when it was last written: what is the same before and after means
/// that what was read in between is the file as it is now.
package struct FileStamp: Hashable, Sendable {
  private let device: UInt
  private let number: UInt
  private let size: Int
  /// Of the bytes, and of everything about the file; the latter cannot be set back.
  private let modified: [Int]
  private let changed: [Int]

  /// Looks at what is at a path, links followed.
  ///
  /// - Throws: ``FileError``.
  package init(_ path: String) throws(FileError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last("look at", path) }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
    size = Int(status.st_size)
    modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }
}
