import Glibc

/// What a path or an open file stands for, and how large it is.
package struct FileStatus: Hashable, Sendable {
  /// Which file it is, whatever its names.
  package struct Identity: Hashable, Sendable {
    fileprivate let device: UInt64
    fileprivate let number: UInt64
  }

  package let kind: FileKind
  /// In bytes; of no meaning for anything but a regular file.
  package let size: Int
  package let identity: Identity
  /// How many names it has.
  package let names: Int
  /// The bits that say who may do what.
  let permissions: mode_t
  /// When its bytes were changed last, in nanoseconds.
  private let modified: Int64
  /// When anything of it was changed last, its names and permissions too, in nanoseconds: nobody can
  /// set that.
  private let changed: Int64

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    default: kind = .other
    }
    size = Int(status.st_size)
    identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    names = Int(status.st_nlink)
    permissions = status.st_mode & 0o777
    modified = FileStatus.nanoseconds(status.st_mtim)
    changed = FileStatus.nanoseconds(status.st_ctim)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Whether it has been as it is since before another file became what that is.
  ///
  /// Two changes in the same tick of the file system's clock are in doubt, and not in order.
  package func wasChanged(before other: FileStatus) -> Bool {
    changed < other.changed
  }

  /// Whether both are in one file system, whose clock they have in common.
  package func isOnDevice(of other: FileStatus) -> Bool {
    identity.device == other.identity.device
  }

  /// Whether a file that was looked at earlier seems to have the bytes that it had.
  package func hasBytes(of earlier: FileStatus) -> Bool {
    (identity, size, modified) == (earlier.identity, earlier.size, earlier.modified)
  }
}
