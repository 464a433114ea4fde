import ByteStreams
import Domain
import Ledger

/// A feed that a run reads, and what is to become of its file.
struct PlannedFeed {
  var path: String
  var digest: SHA256Digest
  /// As the ledger will know it.
  var taken: TakenFeed
  var sidecar: [UInt8]?
  /// It was taken in by an earlier run.
  var isTaken: Bool
  /// Where the file is to be moved; nil where it is in the archive already.
  var destination: String?
}

/// Finds out which feeds a run has to read.
struct Inbox {
  let paths: WorkspacePaths
  let period: Period

  /// A feed in the inbox that was taken in before; the note F110.
  struct Known {
    var path: String
    var destination: String
    var note: Finding
  }

  private(set) var feeds: [PlannedFeed] = []
  private(set) var known: [Known] = []
  /// Files that could not even be digested: the finding F101.
  private(set) var unreadable: [(name: String, finding: Finding)] = []

  /// Lists the feeds taken in earlier, in their order, then those in the inbox by name.
  ///
  /// - Throws: ``FileError``.
  init(paths: WorkspacePaths, period: Period, taken: TakenFeeds) throws {
    self.paths = paths
    self.period = period
    var pending: Set<SHA256Digest> = []
    for feed in taken.feeds where feed.period == period {
      try addTaken(feed, &pending)
    }
    var all = taken
    for name in try FileSystem.listDirectory(paths.inbox) where WorkspacePaths.isFeed(name) {
      try addDelivered(name, &all, pending)
    }
  }

  private mutating func addTaken(
    _ feed: TakenFeed, _ pending: inout Set<SHA256Digest>
  ) throws {
    let archived = paths.archive(period) + "/" + feed.name
    var path = archived
    var destination: String?
    // A run that was ended after its commit left the file in the inbox.
    if !FileSystem.exists(archived) {
      path = paths.inbox + "/" + feed.deliveredAs
      destination = archived
      pending.insert(feed.digest)
    }
    guard FileSystem.exists(path) else {
      throw RunFailure(
        .inputOutput,
        "the archived feed \(archived) is missing: restore it, the ledger says it was taken in")
    }
    feeds.append(
      PlannedFeed(
        path: path, digest: feed.digest, taken: feed, sidecar: try sidecar(path), isTaken: true,
        destination: destination))
  }

  private mutating func addDelivered(
    _ name: String, _ all: inout TakenFeeds, _ pending: Set<SHA256Digest>
  ) throws {
    let path = paths.inbox + "/" + name
    let digest: SHA256Digest
    do {
      guard FileSystem.kind(path) == .file else {
        throw FileError(path: path, operation: "read, as it is no regular file,", errno: 0)
      }
      digest = try SHA256Digest.ofFile(path).0
    } catch {
      unreadable.append((name, Finding(.F101, feed: name, message: RunFailure(error).message)))
      return
    }
    if pending.contains(digest), feeds.contains(where: { $0.path == path }) { return }
    if let earlier = all.feed(digest: digest) {
      let copy = name + "~" + digest.hex.prefix(8)
      known.append(
        Known(
          path: path, destination: paths.archive(period) + "/" + copy,
          note: Finding(
            .F110, feed: name,
            message: "taken in before as \(SafeText.shown(earlier.name)) in \(earlier.period.text)"
          )))
      return
    }
    let feed = TakenFeed(
      period: period, name: all.name(for: name, digest: digest), deliveredAs: name,
      digest: digest, feedId: nil)
    all.append(feed)
    feeds.append(
      PlannedFeed(
        path: path, digest: digest, taken: feed, sidecar: try sidecar(path), isTaken: false,
        destination: paths.archive(period) + "/" + feed.name))
  }

  private func sidecar(_ path: String) throws -> [UInt8]? {
    let path = path + ".control.json"
    guard FileSystem.kind(path) == .file else { return nil }
    return try FileSystem.readFile(path, limit: 1 << 24)
  }
}
