import ByteStreams
import Domain
import Ledger

extension WorkspacePaths {
  /// Makes sure that an archived feed is, to the byte, what was taken in, before it is read: what
  /// is paid by it was decided for those bytes.
  ///
  /// - Throws: ``RunFailure`` with code 74; ``FileError``.
  func prove(_ feed: LedgerFeed) throws {
    let path = archived(feed)
    guard FileSystem.kind(path) == .file else { throw damaged(feed, "it is missing") }
    guard try SHA256Digest.ofFile(path).0 == feed.digest else {
      throw damaged(feed, "it has another digest")
    }
  }

  func damaged(_ feed: LedgerFeed, _ what: String) -> RunFailure {
    RunFailure(
      .inputOutput,
      "the archived feed \(archived(feed)) is not what was taken in: \(what); restore it")
  }
}

/// Finishes what a run that was ended after its commit left of its feeds.
struct Archive {
  let paths: WorkspacePaths

  /// Moves the feeds that are not in the archive yet, and lets go of those that were not taken in.
  ///
  /// - Throws: ``RunFailure`` if a feed is nowhere; ``FileError``.
  func finishMoves(of feeds: [LedgerFeed]) throws {
    let pins = PinnedFeeds(paths: paths)
    try pins.putAllBack()
    for feed in feeds where !FileSystem.exists(paths.archived(feed)) {
      let name = feed.deliveredAs
      if try !isFeed(feed, pins.path(name)) {
        guard try isFeed(feed, paths.inbox + "/" + name) else {
          throw RunFailure(
            .inputOutput,
            "the archived feed \(paths.archived(feed)) is missing: restore it, the ledger says it"
              + " was taken in")
        }
        try pins.release(name)
        for file in [name, WorkspacePaths.sidecar(name)]
        where FileSystem.entryKind(paths.inbox + "/" + file) == .file {
          try pins.pin(file)
        }
      }
      try pins.archive(name, as: feed.name, in: feed.period, isKnown: false)
    }
    try pins.releaseAll()
  }

  private func isFeed(_ feed: LedgerFeed, _ path: String) throws -> Bool {
    guard FileSystem.entryKind(path) == .file else { return false }
    return try SHA256Digest.ofFile(path).0 == feed.digest
  }
}
