import CLinux
import Glibc

extension FileSystem {
  /// Gives a file a second name, or makes a copy where that cannot be: on another file system, on
  /// one without links, or of a file of somebody else's. A link is linked, never followed.
  ///
  /// - Throws: ``FileError``, also if the new name is taken.
  package static func linkOrCopyFile(_ from: String, to: String) throws(FileError) {
    if unsafe link(from, to) == 0 { return }
    let error = FileError.last("link", from)
    guard [EXDEV, EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(error.errno) else { throw error }
    try copyFile(from, to: to)
  }

  /// Copies a regular file, with its permissions.
  private static func copyFile(_ from: String, to: String) throws(FileError) {
    let input = try OpenFile(from, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
    let status = try input.status()
    guard status.kind == .file else {
      throw FileError(path: from, operation: "read, as it is no regular file,", errno: 0)
    }
    let output = try OpenFile(to, O_WRONLY | O_CREAT | O_EXCL, operation: "create")
    do throws(FileError) {
      guard fchmod(output.descriptor, status.permissions) == 0 else { throw .last("create", to) }
      var buffer = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = try input.read(into: &buffer, at: 0, count: buffer.count)
        if count == 0 { return }
        try output.write(buffer, 0..<count)
      }
    } catch {
      _ = unsafe unlink(to)
      throw error
    }
  }

  /// Whether two names are those of one file, links not followed.
  package static func isSameFile(_ one: String, _ other: String) -> Bool {
    guard let one = entryStatus(one), let other = entryStatus(other) else { return false }
    return one.identity == other.identity
  }

  /// What is at a path, links not followed; nil if nothing is, or it cannot be looked at.
  package static func entryStatus(_ path: String) -> FileStatus? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? FileStatus(status) : nil
  }

  /// Makes the bytes of a file survive a power cut, whoever wrote them.
  ///
  /// - Throws: ``FileError``.
  package static func syncFile(_ path: String) throws(FileError) {
    try openRegularFile(path).sync()
  }

  /// Whether some process has a file open for writing, as far as that can be found out: not of
  /// files of other users, and only on file systems of this machine, as others refuse a lease for
  /// reasons of their own.
  package static func isOpenForWriting(_ path: String) -> Bool {
    guard let file = try? openRegularFile(path),
      localFileSystems.contains(file_system_type(file.descriptor))
    else { return false }
    // As in <fcntl.h>. A lease to read is given only where nobody writes; whoever wants to write
    // before it is given back makes a signal come, which is to be one that does nothing.
    let (setSignal, setLease) = (Int32(10), Int32(1024))
    guard fcntl(file.descriptor, setSignal, SIGURG) == 0 else { return false }
    guard fcntl(file.descriptor, setLease, Int32(F_RDLCK)) == 0 else { return errno == EAGAIN }
    _ = fcntl(file.descriptor, setLease, Int32(F_UNLCK))
    return false
  }

  /// ext2 to ext4, XFS, Btrfs, tmpfs, overlayfs: the numbers of <linux/magic.h>.
  private static let localFileSystems: Set<Int> = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630,
  ]
}
