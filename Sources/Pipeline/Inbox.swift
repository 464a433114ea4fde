import ByteStreams
import Domain
import Feeds
import Ledger

/// A file of the inbox that is to be taken in.
struct DeliveredFeed {
  var path: String
  /// As the ledger will know it.
  var name: String
  /// As it was delivered.
  var deliveredAs: String
  var digest: SHA256Digest
  /// Of the file before its digest was taken.
  var stamp: FileStamp
  /// The bytes of its control file.
  var sidecar: [UInt8]?
}

/// Finds out what waits in the inbox.
struct Inbox {
  /// A feed in the inbox that was taken in before; the note F110.
  struct Known {
    var path: String
    /// The name under which it goes to the archive.
    var name: String
    var note: Finding
  }

  private let paths: WorkspacePaths
  private(set) var feeds: [DeliveredFeed] = []
  private(set) var known: [Known] = []
  /// Files that could not even be digested, or whose control file cannot be read: F101, F108.
  private(set) var unreadable: [(name: String, finding: Finding)] = []
  /// By digest, and by name: what the ledger has and what was found here.
  private var digests: [SHA256Digest: (name: String, period: Period)] = [:]
  private var names: Set<String> = []

  /// Lists the feeds in the inbox by name.
  ///
  /// - Throws: ``FileError``.
  init(paths: WorkspacePaths, period: Period, taken: [LedgerFeed]) throws {
    self.paths = paths
    for feed in taken {
      digests[feed.digest] = (feed.name, feed.period)
      names.insert(feed.name)
    }
    for name in try FileSystem.listDirectory(paths.inbox) where WorkspacePaths.isFeed(name) {
      try add(name, period)
    }
  }

  /// Whether nothing waits that could be taken in.
  var isEmpty: Bool { feeds.isEmpty && unreadable.isEmpty }

  private mutating func add(_ name: String, _ period: Period) throws {
    try Interruption.check()
    let path = paths.inbox + "/" + name
    let stamp: FileStamp
    let digest: SHA256Digest
    do throws(FileError) {
      (stamp, digest) = try look(at: path)
    } catch {
      unreadable.append((name, Finding(.F101, feed: name, message: error.description)))
      return
    }
    let unique = name + "~" + digest.hex.prefix(8)
    if let earlier = digests[digest] {
      let message =
        "taken in before as \(SafeText.shown(earlier.name)) in \(earlier.period.text)"
      known.append(
        Known(path: path, name: unique, note: Finding(.F110, feed: name, message: message)))
      return
    }
    let sidecar: [UInt8]?
    do throws(FeedRefusal) {
      sidecar = try ControlFile.read(beside: path, name: name)
    } catch {
      unreadable.append((name, error.finding))
      return
    }
    let feed = DeliveredFeed(
      path: path, name: names.contains(name) ? unique : name, deliveredAs: name,
      digest: digest, stamp: stamp, sidecar: sidecar)
    digests[digest] = (feed.name, period)
    names.insert(feed.name)
    feeds.append(feed)
  }

  /// A link is no delivery: what it points to may be any file of the machine, and may change after
  /// it was taken in, while the archive has to keep the bytes themselves.
  private func look(at path: String) throws(FileError) -> (FileStamp, SHA256Digest) {
    for file in [path, path + ".control.json"] where FileSystem.isLink(file) {
      throw FileError(path: file, operation: "take, as it is a symbolic link,", errno: 0)
    }
    guard FileSystem.kind(path) == .file else {
      throw FileError(path: path, operation: "read, as it is no regular file,", errno: 0)
    }
    let stamp = try FileStamp(path)
    return (stamp, try SHA256Digest.ofFile(path).0)
  }
}
