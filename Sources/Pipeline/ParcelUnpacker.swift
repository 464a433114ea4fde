import ByteStreams
import Domain
import Feeds
import Logging

/// Unpacks the archives of the inbox that hold several feeds: in their place come these.
///
/// This is done before anything is taken in, and by itself. The files are written beside their
/// places, proved and synced; then they get their names, control files first; then the archive goes
/// to `archive/parcels`. As the names depend on the archive alone, the same again after any end
/// gives the same.
struct ParcelUnpacker {
  let paths: WorkspacePaths
  let limits: Limits
  let pins: PinnedFeeds
  let logger: Logger

  /// What the names of files that are not whole yet begin with.
  static let stagedPrefix = ".unpacking~"

  /// Unpacks all of them.
  ///
  /// - Returns: Why the others could not be, by their names; they stay as they are.
  /// - Throws: ``FileError``; ``Interruption``.
  func unpackAll() throws -> [String: Finding] {
    var refused: [String: Finding] = [:]
    for name in try FileSystem.listDirectory(paths.inbox) where isParcel(name) {
      try Interruption.check()
      do {
        try unpack(name)
      } catch let refusal as FeedRefusal {
        try pins.release(name)
        refused[name] = refusal.finding
      }
    }
    return refused
  }

  private func isParcel(_ name: String) -> Bool {
    WorkspacePaths.isFeed(name) && Inbox.refusal(of: name, in: paths.inbox) == nil
      && Parcel.isParcel(paths.inbox + "/" + name, name: name)
  }

  private func unpack(_ name: String) throws {
    if FileSystem.entryExists(paths.inbox + "/" + WorkspacePaths.sidecar(name)) {
      throw Parcel.controlBeside(name)
    }
    try pins.hold(name, feed: name, .F101)
    let digest = try self.digest(name)
    let parcel = try Parcel(
      FeedFile(path: pins.path(name), name: name, limits: limits))
    let files = try stage(parcel, ParcelNames.prefix(archive: name, digest: digest))
    do {
      guard try self.digest(name) == digest else {
        throw Parcel.refusal("it changed while it was read", name)
      }
      try putInPlace(files, archive: name)
    } catch {
      for file in files { try? FileSystem.removeFile(file.staged) }
      throw error
    }
    try pins.archive(parcel: name, digest: digest)
    logger.info("unpacked \(SafeText.shown(name))", metadata: ["files": "\(files.count)"])
  }

  private typealias Unpacked = (staged: String, name: String, isControl: Bool)

  private func stage(_ parcel: borrowing Parcel, _ prefix: String) throws -> [Unpacked] {
    let staged = { (member: Parcel.Member) in
      paths.inbox + "/" + ParcelUnpacker.stagedPrefix + prefix + member.label
    }
    try parcel.unpack(synced: true, to: staged)
    return parcel.members.map { (staged($0), prefix + $0.label, $0.isControl) }
  }

  /// Gives the files their names; those that have them already are left as they are.
  private func putInPlace(_ files: [Unpacked], archive: String) throws {
    let missing = try files.filter { try !isThere($0.name, as: $0.staged, archive: archive) }
    // A feed without its control file would be another one.
    for file in missing.filter(\.isControl) + missing.filter({ !$0.isControl }) {
      try FileSystem.renameFile(file.staged, to: paths.inbox + "/" + file.name)
    }
    try FileSystem.syncDirectory(paths.inbox)
    for file in files where FileSystem.entryExists(file.staged) {
      try FileSystem.removeFile(file.staged)
    }
  }

  private func digest(_ name: String) throws(FeedRefusal) -> SHA256Digest {
    try Inbox.reading(name, .F101) { () throws(FileError) in
      try SHA256Digest.ofFile(pins.path(name)).0
    }
  }

  /// Whether a file has its place already, from a run that was ended.
  ///
  /// - Throws: ``FeedRefusal`` with F101 if another one has it.
  private func isThere(_ name: String, as staged: String, archive: String) throws -> Bool {
    let path = paths.inbox + "/" + name
    switch FileSystem.entryKind(path) {
    case .missing: return false
    case .file where try SHA256Digest.ofFile(path).0 == SHA256Digest.ofFile(staged).0: return true
    default:
      throw FeedRefusal(
        Finding(
          .F101, feed: archive,
          message: "the archive cannot be unpacked: \(name) in the inbox has other bytes",
          remedy: "Move that file away, or the archive, if the file was corrected there."))
    }
  }
}
