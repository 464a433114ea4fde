import ByteStreams
import Domain
import Ledger

/// The files of the inbox while a run takes them in: linked in `archive/.taking`, read there, and
/// moved from there to the archive. So what is archived is what was read, whatever becomes of its
/// name in the inbox meanwhile; a file that took its place there stays, and is another feed.
struct PinnedFeeds {
  let paths: WorkspacePaths

  private var directory: String { paths.archive + "/.taking" }

  /// Where a file of the inbox is while it is taken in.
  func path(_ name: String) -> String { directory + "/" + name }

  /// Makes the place where files are pinned.
  ///
  /// - Throws: ``FileError``.
  func makePlace() throws(FileError) {
    try FileSystem.createDirectory(directory)
  }

  /// Pins a file of the inbox.
  ///
  /// - Throws: ``FileError``.
  func pin(_ name: String) throws(FileError) {
    try makePlace()
    try FileSystem.linkOrCopyFile(paths.inbox + "/" + name, to: path(name))
  }

  /// Lets go of a file that is not taken in, and of its control file.
  ///
  /// - Throws: ``FileError``.
  func release(_ name: String) throws(FileError) {
    try FileSystem.removeFile(path(name))
    try FileSystem.removeFile(path(WorkspacePaths.sidecar(name)))
  }

  /// Makes what is pinned survive a power cut, so that the ledger may say that it was taken in.
  ///
  /// - Parameter names: Of the feeds.
  /// - Throws: ``FileError``.
  func sync(_ names: [String]) throws(FileError) {
    guard FileSystem.isDirectory(directory) else { return }
    for name in names {
      for file in [name, WorkspacePaths.sidecar(name)] where FileSystem.exists(path(file)) {
        try FileSystem.syncFile(path(file))
      }
    }
    try FileSystem.syncDirectory(directory)
  }

  /// Lets go of everything.
  ///
  /// - Throws: ``FileError``.
  func releaseAll() throws(FileError) {
    try FileSystem.removeDirectory(directory)
  }

  /// Moves a feed and its control file to the archive, and takes their names from the inbox.
  ///
  /// A feed that the ledger has leaves the inbox first: it is not finished as long as it is not in
  /// the archive. One that is known is not finished as long as it is in the inbox. Of either the
  /// control file goes first: a feed without it in the inbox would be another feed.
  ///
  /// - Parameters:
  ///   - name: In the inbox.
  ///   - archived: Its name in the archive.
  ///   - isKnown: Whether it was taken in before.
  /// - Throws: ``FileError``.
  func archive(
    _ name: String, as archived: String, in period: Period, isKnown: Bool
  ) throws(FileError) {
    try self.archive(name, as: archived, in: paths.archive(period), isKnown: isKnown)
  }

  /// Moves an archive whose files were unpacked to the other ones.
  ///
  /// - Parameter digest: Of its bytes: another one of its name may be there.
  /// - Throws: ``FileError``.
  func archive(parcel name: String, digest: SHA256Digest) throws(FileError) {
    let usual = paths.parcels + "/" + name
    var archived = name
    if FileSystem.entryExists(usual), try SHA256Digest.ofFile(usual).0 != digest {
      archived += "~" + digest.hex.prefix(8)
    }
    try archive(name, as: archived, in: paths.parcels, isKnown: true)
  }

  private func archive(
    _ name: String, as archived: String, in archive: String, isKnown: Bool
  ) throws(FileError) {
    try FileSystem.createDirectory(archive)
    let sidecar = (WorkspacePaths.sidecar(name), WorkspacePaths.sidecar(archived))
    for (name, archived) in [sidecar, (name, archived)]
    where FileSystem.entryKind(path(name)) == .file {
      let (delivered, final) = (paths.inbox + "/" + name, archive + "/" + archived)
      if isKnown {
        let isTaken = try Self.isSame(delivered, path(name))
        try move(path(name), to: final)
        if isTaken { try takeAway(name, of: final) }
      } else {
        if try Self.isSame(delivered, path(name)) { try takeAway(name, of: path(name)) }
        try move(path(name), to: final)
      }
    }
  }

  /// Whether a name of the inbox is still that of what is pinned; of a copy, whether it has its bytes.
  private static func isSame(_ delivered: String, _ pinned: String) throws(FileError) -> Bool {
    guard FileSystem.entryKind(delivered) == .file else { return false }
    return try FileSystem.haveSameBytes(delivered, pinned)
  }

  // MARK: Leaving the inbox

  private var leaving: String { directory + "/.leaving" }

  /// What the names begin with that files have in the inbox where it is on another file system.
  private static let leavingPrefix = ".leaving~"

  /// Takes a name from the inbox, if it is still that of a file.
  ///
  /// It is moved aside before it is looked at for the last time: whatever the sender puts into the
  /// inbox between a look and a removal would be removed.
  private func takeAway(_ name: String, of file: String) throws(FileError) {
    let aside = try moveAside(name)
    if try Self.isSame(aside, file) {
      try FileSystem.removeFile(aside)
    } else {
      try putBack(name, from: aside)
    }
  }

  /// - Returns: Where the file is then.
  private func moveAside(_ name: String) throws(FileError) -> String {
    try FileSystem.createDirectory(leaving)
    let (delivered, aside) = (paths.inbox + "/" + name, leaving + "/" + name)
    do throws(FileError) {
      try FileSystem.moveFile(delivered, to: aside)
      return aside
    } catch {
      guard error.isOtherFileSystem else { throw error }
      let aside = paths.inbox + "/" + Self.leavingPrefix + name
      try FileSystem.moveFile(delivered, to: aside)
      return aside
    }
  }

  private func putBack(_ name: String, from aside: String) throws(FileError) {
    let delivered = paths.inbox + "/" + name
    if FileSystem.entryExists(delivered) {
      // The sender has replaced it once more.
      try FileSystem.removeFile(aside)
    } else {
      try FileSystem.moveFile(aside, to: delivered)
    }
  }

  /// Puts back into the inbox what an ended run had moved aside.
  ///
  /// - Throws: ``FileError``.
  func putAllBack() throws(FileError) {
    for name in try FileSystem.listDirectory(leaving) {
      try putBack(name, from: leaving + "/" + name)
    }
    for name in try FileSystem.listDirectory(paths.inbox) where name.hasPrefix(Self.leavingPrefix) {
      try putBack(
        String(name.dropFirst(Self.leavingPrefix.count)), from: paths.inbox + "/" + name)
    }
  }

  private func move(_ from: String, to: String) throws(FileError) {
    if FileSystem.kind(to) == .file, try FileSystem.haveSameBytes(from, to) {
      try FileSystem.removeFile(from)
    } else {
      try FileSystem.moveFile(from, to: to)
    }
  }
}
