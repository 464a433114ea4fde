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
    let (directory, isSame) = try draw(final: final ?? paths.outbox(period))
    guard isSame else {
      directory.discard()
      throw RunFailure(
        .sumsDisagree,
        "period \(period.text), which is closed, cannot be drawn again to the same bytes:"
          + " archive, ledger/closed or ledger/segments were changed, or with PDFs the fonts;"
          + " nothing was published")
    }
    try directory.publish()
  }

  /// Writes what the close wrote.
  ///
  /// - Parameters:
  ///   - final: Where the directory belongs; it is not shown there.
  ///   - drawsPages: Whether HTML and PDF are drawn, too. Where they are not, those count that the
  ///     close's `run.json` names, which has their digests, as the ledger has that of `run.json`.
  /// - Returns: The directory, and whether its `run.json` is the one of the close.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func draw(
    final: String, drawsPages: Bool = true
  ) throws -> (directory: StagedDirectory, isSame: Bool) {
    let closed = ledger.closes.first { $0.period == period }
    let drawing = try ledger.drawing(of: period)
    var formats = formats(drawing)
    while true {
      let directory = try StagedDirectory(final: final)
      do {
        let digest = try write(
          to: directory, drawing, formats.removeFirst(), drawsPages: drawsPages)
        let isSame = digest == closed?.manifestDigest
        if isSame || formats.isEmpty { return (directory, isSame) }
      } catch {
        directory.discard()
        throw error
      }
      directory.discard()
    }
  }

  /// The formats of statements that the close may have written, of which the digest tells; nil stands
  /// for those of the configuration.
  ///
  /// - Parameter drawing: What the ledger says of the close.
  private func formats(_ drawing: Int) -> [[String]?] {
    // Who knew no reports may have known CSV only, whatever the configuration says.
    drawing < 2 ? [["csv"], nil] : [nil]
  }

  private func write(
    to directory: StagedDirectory, _ drawing: Int, _ formats: [String]?, drawsPages: Bool
  ) throws -> SHA256Digest {
    var workspace = try KeptCopies(paths: paths, ledger: ledger).workspace(of: period)
    if let formats { workspace.configuration.formats = formats }
    let asOf = ledger.closes.first { $0.period == period }?.asOf
    var session = try PeriodSession(
      workspace, ledger, period: period, asOf: asOf, paths: paths)
    if !drawsPages { session.publishedPages = publishedPages }
    session.drawing = drawing
    try session.readTakenFeeds()
    try session.readRevivedRows()
    let publication = Publication(session: session, state: .final)
    return try publication.write(to: directory, statements: true).manifest
  }

  /// The HTML and the PDFs of the close, none where its `run.json` is not what it was.
  private var publishedPages: [String: StagedDirectory.Output] {
    var pages: [String: StagedDirectory.Output] = [:]
    for file in publishedManifest?.outputs ?? [] {
      guard file.path.hasSuffix(".html") || file.path.hasSuffix(".pdf"),
        let digest = SHA256Digest(hex: file.sha256)
      else { continue }
      pages[file.path] = .init(path: file.path, digest: digest, bytes: file.bytes)
    }
    return pages
  }

  /// The `run.json` of the close; nil where it is not what it was.
  private var publishedManifest: WrittenManifest? {
    guard let close = ledger.closes.first(where: { $0.period == period }),
      Publication.isPublished(close, paths: paths)
    else { return nil }
    return try? WrittenManifest(directory: paths.outbox(period))
  }
}
