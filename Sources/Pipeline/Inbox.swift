import ByteStreams
import Domain
import Feeds
import Ledger

/// A file of the inbox that is to be taken in.
struct DeliveredFeed {
  /// Where its bytes are read.
  var path: String
  /// As the ledger will know it.
  var name: String
  /// As it was delivered.
  var deliveredAs: String
  var digest: SHA256Digest
  /// What it was when it was digested.
  var status: FileStatus
  /// The bytes of its control file.
  var sidecar: [UInt8]?
}

/// Finds out what waits in the inbox.
struct Inbox {
  /// A feed in the inbox that was taken in before; the note F110.
  struct Known {
    var deliveredAs: String
    /// The name under which it goes to the archive.
    var name: String
    var note: Finding
    /// The feed of the same inbox whose bytes it has; nil where the ledger has them.
    var twin: String?
    /// Whether it stays in the inbox, as its twin does.
    var staysThere = false
  }

  private let paths: WorkspacePaths
  /// Where files are kept while they are taken in; nil if they are only looked at.
  private let pins: PinnedFeeds?
  private(set) var feeds: [DeliveredFeed] = []
  private(set) var known: [Known] = []
  /// Files that are refused without being read: F101, or F108 because of their control file.
  private(set) var unreadable: [(name: String, finding: Finding)] = []
  /// Control files whose feed is not there: F117.
  private(set) var controlsAlone: [Finding] = []
  /// By digest, and by name: what the ledger has and what was found here.
  private var digests: [SHA256Digest: (name: String, period: Period)] = [:]
  private var names: Set<String> = []

  /// Lists the feeds in the inbox by name.
  ///
  /// - Parameter refused: The archives whose files could not be unpacked.
  /// - Throws: ``RunFailure`` with code 66 if there is no inbox; ``FileError``.
  init(
    paths: WorkspacePaths, period: Period, taken: [LedgerFeed], pins: PinnedFeeds? = nil,
    refused: [String: Finding] = [:]
  ) throws {
    self.paths = paths
    self.pins = pins
    for feed in taken {
      digests[feed.digest] = (feed.name, feed.period)
      names.insert(feed.name)
    }
    // Where it is not mounted, say, nobody may take it for an empty one night after night.
    guard FileSystem.isDirectory(paths.inbox) else {
      throw RunFailure(
        .noInput, "the inbox \(paths.inbox) is missing, or is no directory: make it, or mount it")
    }
    for name in try FileSystem.listDirectory(paths.inbox) where WorkspacePaths.isFeed(name) {
      try Interruption.check()
      do {
        if let finding = refused[name] { throw FeedRefusal(finding) }
        try add(name, period)
      } catch let refusal as FeedRefusal {
        try pins?.release(name)
        unreadable.append((name, refusal.finding))
      }
    }
    controlsAlone = try Inbox.controlsAlone(in: paths.inbox)
  }

  /// Whether nothing waits that could be taken in, or that is to be said.
  var isEmpty: Bool { feeds.isEmpty && unreadable.isEmpty && controlsAlone.isEmpty }

  private mutating func add(_ name: String, _ period: Period) throws {
    if let finding = Inbox.refusal(of: name, in: paths.inbox) { throw FeedRefusal(finding) }
    let path = try hold(name, feed: name, .F101)
    let (digest, status) = try Inbox.reading(name, .F101) { () throws(FileError) in
      let status = try FileSystem.status(path)
      return (try SHA256Digest.ofFile(path).0, status)
    }
    let unique = name + "~" + digest.hex.prefix(8)
    if let earlier = digests[digest] {
      let sidecar = WorkspacePaths.sidecar(name)
      if FileSystem.entryKind(paths.inbox + "/" + sidecar) == .file {
        _ = try hold(sidecar, feed: name, .F108)
      }
      let message = "taken in before as \(SafeText.shown(earlier.name)) in \(earlier.period.text)"
      known.append(
        Known(
          deliveredAs: name, name: unique, note: Finding(.F110, feed: name, message: message),
          twin: feeds.contains { $0.name == earlier.name } ? earlier.name : nil))
      return
    }
    let feed = DeliveredFeed(
      path: path, name: names.contains(name) ? unique : name, deliveredAs: name,
      digest: digest, status: status, sidecar: try sidecar(name))
    digests[digest] = (feed.name, period)
    names.insert(feed.name)
    feeds.append(feed)
  }

  /// Keeps copies of feeds that were refused where they are: nothing was taken in of either.
  mutating func keepTwins(of refused: Set<String>) {
    for index in known.indices {
      guard let twin = known[index].twin, refused.contains(twin) else { continue }
      known[index].staysThere = true
      known[index].note.message =
        "has the same bytes as \(SafeText.shown(twin)), which is refused; it stays in the inbox, too"
    }
  }

  private func sidecar(_ name: String) throws -> [UInt8]? {
    let sidecar = WorkspacePaths.sidecar(name)
    guard try Inbox.hasSidecar(paths.inbox + "/" + name, feed: name) else { return nil }
    let path = try hold(sidecar, feed: name, .F108)
    return try Inbox.readSidecar(path, feed: name)
  }

  /// Where a file is read: if it is to be taken in, it is held there.
  ///
  /// - Throws: ``FeedRefusal`` with the code if the file is the reason; ``FileError``.
  private func hold(_ name: String, feed: String, _ code: FindingCode) throws -> String {
    guard let pins else { return paths.inbox + "/" + name }
    try pins.hold(name, feed: feed, code)
    return pins.path(name)
  }
}
