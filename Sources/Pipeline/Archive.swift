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

/// Moves feeds that were taken in to the archive.
struct Archive {
  let paths: WorkspacePaths

  /// Moves the feeds that a run which was ended after its commit left in the inbox.
  ///
  /// - Throws: ``RunFailure`` if a feed is neither here nor there; ``FileError``.
  func finishMoves(of feeds: [LedgerFeed]) throws {
    for feed in feeds {
      let archived = paths.archive(feed.period) + "/" + feed.name
      if FileSystem.exists(archived) { continue }
      let delivered = paths.inbox + "/" + feed.deliveredAs
      guard FileSystem.kind(delivered) == .file,
        try SHA256Digest.ofFile(delivered).0 == feed.digest
      else {
        throw RunFailure(
          .inputOutput,
          "the archived feed \(archived) is missing: restore it, the ledger says it was taken in")
      }
      try move(delivered, as: feed.name, in: feed.period)
    }
  }

  /// Moves a feed and its control file.
  ///
  /// - Throws: ``FileError``.
  func move(_ path: String, as name: String, in period: Period) throws {
    let directory = paths.archive(period)
    try FileSystem.createDirectory(directory)
    // The control file goes first: a feed without it in the inbox would be another feed.
    try move(path + ".control.json", to: directory + "/" + name + ".control.json")
    try move(path, to: directory + "/" + name)
  }

  private func move(_ from: String, to: String) throws {
    guard FileSystem.exists(from) else { return }
    if FileSystem.kind(to) == .file,
      try SHA256Digest.ofFile(from).0 == SHA256Digest.ofFile(to).0
    {
      try FileSystem.removeFile(from)
    } else {
      try FileSystem.moveFile(from, to: to)
    }
  }
}
