import ByteStreams
import Domain
import Ledger

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
