import CLinux
import Glibc

extension FileSystem {
  /// Writes a new file for its owner only; if that fails, it is removed again.
  ///
  /// - Parameters:
  ///   - path: A file that stands there, or a link, is removed before.
  ///   - synced: Whether its bytes survive a power cut; its name is the caller's to sync.
  /// - Throws: ``FileError``; what `body` throws.
  package static func writeNewFile(
    _ path: String, synced: Bool, _ body: (inout StagedFile) throws -> Void
  ) throws {
    try removeFile(path)
    let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, operation: "create")
    do {
      var staged = StagedFile(path: path, file: file)
      try body(&staged)
      _ = try staged.close(synced: synced)
    } catch {
      _ = unsafe unlink(path)
      throw error
    }
  }

  /// Exchanges what two paths name in one step.
  ///
  /// - Returns: False where the file system cannot do that; nothing has happened then.
  /// - Throws: ``FileError``.
  static func exchange(_ one: String, _ other: String) throws(FileError) -> Bool {
    let renameExchange: UInt32 = 2
    if unsafe renameat2(AT_FDCWD, one, AT_FDCWD, other, renameExchange) == 0 { return true }
    guard errno == EINVAL || errno == ENOSYS else { throw .last("rename", one) }
    return false
  }

  /// Puts a directory in the place of another, which is moved away first.
  ///
  /// Between the two steps the place is empty; ``StagedDirectory`` fills it again if the process
  /// ends there.
  ///
  /// - Throws: ``FileError``; the old directory is then back in its place, if that can be.
  package static func replaceInSteps(
    _ place: String, by new: String, movingOldTo old: String
  ) throws(FileError) {
    guard unsafe rename(place, old) == 0 else { throw .last("rename", place) }
    guard unsafe rename(new, place) == 0 else {
      let error = FileError.last("rename", new)
      _ = unsafe rename(old, place)
      throw error
    }
  }
}
