import CLinux
import Glibc

extension FileSystem {
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
