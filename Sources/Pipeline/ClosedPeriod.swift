import ByteStreams
import Domain
import Ledger
import Workspace

/// A period that was closed, drawn again from the archive and the copies that were kept.
struct ClosedPeriod {
  let period: Period
  let ledger: Ledger
  let paths: WorkspacePaths

  /// Draws the period again and puts its directory where it belongs: an ended process had closed
  /// it and not shown it yet, or somebody changed what stood there.
  ///
  /// - Parameter final: Where it is put instead.
  /// - Throws: ``RunFailure`` if the bytes are not those that were closed; ``FileError``; what the
  ///   ledger throws.
  func publishAgain(to final: String? = nil) throws {
    let directory = try StagedDirectory(final: final ?? paths.outbox(period))
    do {
      let digest = try write(to: directory)
      guard digest == ledger.closes.first(where: { $0.period == period })?.manifestDigest else {
        throw RunFailure(
          .sumsDisagree,
          "period \(period.text), which is closed, cannot be drawn again to the same bytes:"
            + " archive, ledger/closed or ledger/segments were changed; nothing was published")
      }
    } catch {
      directory.discard()
      throw error
    }
    try directory.publish()
  }

  /// Writes what the close wrote.
  ///
  /// - Returns: The digest of `run.json`.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func write(to directory: StagedDirectory) throws -> SHA256Digest {
    let workspace = try KeptCopies(paths: paths, ledger: ledger).workspace(of: period)
    let asOf = ledger.closes.first { $0.period == period }?.asOf
    var session = try PeriodSession(
      workspace, ledger, period: period, asOf: asOf, paths: paths)
    session.drawing = try ledger.drawing(of: period)
    try session.readTakenFeeds()
    try session.readRevivedRows()
    let publication = Publication(session: session, state: .final)
    return try publication.write(to: directory, statements: true).manifest
  }
}
