import CLinux
import Glibc

/// The few things that are done with whole files and directories.
package enum FileSystem {
  /// What is at a path, links followed.
  package static func kind(_ path: String) -> FileKind {
    do throws(FileError) {
      return try status(path).kind
    } catch {
      // Only what is surely not there is missing: a ledger that may not be looked at is no new one.
      return error.errno == ENOENT || error.errno == ENOTDIR ? .missing : .other
    }
  }

  /// What is at a path, links not followed: a link is `.other`.
  package static func entryKind(_ path: String) -> FileKind {
    var status = stat()
    if unsafe lstat(path, &status) == 0 { return FileStatus(status).kind }
    return errno == ENOENT || errno == ENOTDIR ? .missing : .other
  }

  /// Whether anything is at a path, be it a link that leads nowhere.
  package static func entryExists(_ path: String) -> Bool {
    entryKind(path) != .missing
  }

  /// Whether anything is at a path.
  package static func exists(_ path: String) -> Bool {
    kind(path) != .missing
  }

  /// Whether a directory, or a link to one, is at a path.
  package static func isDirectory(_ path: String) -> Bool {
    kind(path) == .directory
  }

  /// What is at a path, links followed, and its size.
  ///
  /// - Throws: ``FileError``, also if there is nothing.
  package static func status(_ path: String) throws(FileError) -> FileStatus {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last("look at", path) }
    return FileStatus(status)
  }

  /// The bytes of a whole file.
  ///
  /// - Parameter limit: More bytes than this are an error.
  /// - Throws: ``FileError``.
  package static func readFile(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    let file = try openRegularFile(path)
    // One byte more than is expected, so that the end is met at once; at least a page, as files
    // of the kernel say no size and some can only be read in one piece.
    let expected = min(max(try file.status().size, 4095), limit) + 1
    var bytes = [UInt8](repeating: 0, count: expected)
    var count = try file.read(into: &bytes, at: 0, count: expected)
    while count == bytes.count, count <= limit {
      bytes += [UInt8](repeating: 0, count: min(count, limit + 1 - count))
      count += try file.read(into: &bytes, at: count, count: bytes.count - count)
    }
    guard count <= limit else { throw FileError(path: path, operation: "read", errno: EFBIG) }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Opens a file for reading, and nothing that would make the run wait.
  static func openRegularFile(_ path: String) throws(FileError) -> OpenFile {
    let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
    guard try file.status().kind == .file else {
      throw FileError(path: path, operation: "read, as it is no regular file,", errno: 0)
    }
    return file
  }

  /// Replaces a file: readers see the old bytes or the new ones, also after a power cut.
  ///
  /// The new file is for its owner only, whatever the old one was.
  ///
  /// - Parameter isPublic: Others may read it, too.
  /// - Precondition: No other process writes the same file; the lock of the workspace is held.
  /// - Throws: ``FileError``; the old file is then as it was.
  package static func writeFileAtomically(
    _ path: String, _ bytes: [UInt8], isPublic: Bool = false
  ) throws(FileError) {
    let temporary = path + ".tmp"
    // What an ended process left may have other permissions, or be a link.
    try removeFile(temporary)
    do throws(FileError) {
      try writeNewFile(temporary, bytes)
      if isPublic, unsafe chmod(temporary, 0o644) != 0 { throw .last("make readable", temporary) }
      guard unsafe rename(temporary, path) == 0 else { throw .last("rename", temporary) }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    try syncDirectory(parent(of: path))
  }

  private static func writeNewFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, operation: "create")
    try file.write(bytes, 0..<bytes.count)
    try file.sync()
  }

  /// Moves a file and makes the move survive a power cut; never over another file.
  ///
  /// - Throws: ``FileError``.
  package static func moveFile(_ from: String, to: String) throws(FileError) {
    try renameFile(from, to: to)
    try syncDirectory(parent(of: to))
    if parent(of: from) != parent(of: to) { try syncDirectory(parent(of: from)) }
  }

  /// Gives a file another name, never that of another file; the caller syncs the directories.
  ///
  /// - Throws: ``FileError``.
  package static func renameFile(_ from: String, to: String) throws(FileError) {
    let noReplace: UInt32 = 1
    if unsafe renameat2(AT_FDCWD, from, AT_FDCWD, to, noReplace) != 0 {
      guard errno == EINVAL || errno == ENOSYS else {
        throw errno == EEXIST ? .last("create", to) : .last("rename", from)
      }
      guard !exists(to) else { throw FileError(path: to, operation: "create", errno: EEXIST) }
      guard unsafe rename(from, to) == 0 else { throw .last("rename", from) }
    }
  }

  /// Removes a file, or a link itself; nothing happens where there is none.
  ///
  /// - Throws: ``FileError``.
  package static func removeFile(_ path: String) throws(FileError) {
    // A name that is too long is that of no file.
    guard unsafe unlink(path) == 0 || errno == ENOENT || errno == ENAMETOOLONG else {
      throw .last("remove", path)
    }
  }
}
