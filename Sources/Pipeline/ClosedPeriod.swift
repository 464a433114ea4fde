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
    let final = final ?? paths.outbox(period)
    // A program that knew CSV only may have closed it, and its manifest may be gone.
    if try publish(to: final) { return }
    if try publish(to: final, formats: ["csv"]) { return }
    throw RunFailure(
      .sumsDisagree,
      "period \(period.text), which is closed, cannot be drawn again to the same bytes:"
        + " archive, ledger/closed or ledger/segments were changed, or with PDFs the fonts;"
        + " nothing was published")
  }

  /// - Returns: Whether the bytes are those that were closed; otherwise nothing is published.
  private func publish(to final: String, formats: [String]? = nil) throws -> Bool {
    let directory = try StagedDirectory(final: final)
    do {
      let digest = try write(to: directory, formats: formats)
      guard digest == ledger.closes.first(where: { $0.period == period })?.manifestDigest else {
        directory.discard()
        return false
      }
    } catch {
      directory.discard()
      throw error
    }
    try directory.publish()
    return true
  }

  /// Writes what the close wrote.
  ///
  /// - Parameters:
  ///   - formats: Of statements; nil = those that the close wrote as far as it can be seen, else those
  ///     that were configured.
  ///   - drawsPages: Whether HTML and PDF are drawn, too. Where they are not, those count that the
  ///     close's `run.json` names, which has their digests, as the ledger has that of `run.json`.
  /// - Returns: The digest of `run.json`.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func write(
    to directory: StagedDirectory, formats: [String]? = nil, drawsPages: Bool = true
  ) throws -> SHA256Digest {
    var workspace = try KeptCopies(paths: paths, ledger: ledger).workspace(of: period)
    if let formats = formats ?? publishedFormats { workspace.configuration.formats = formats }
    let asOf = ledger.closes.first { $0.period == period }?.asOf
    var session = try PeriodSession(
      workspace, ledger, period: period, asOf: asOf, paths: paths)
    if !drawsPages { session.publishedPages = publishedPages }
    session.drawing = try ledger.drawing(of: period)
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

  /// The formats that were published; nil where that cannot be seen.
  private var publishedFormats: [String]? { publishedManifest?.formats }

  /// The `run.json` of the close; nil where it is not what it was.
  private var publishedManifest: WrittenManifest? {
    guard let close = ledger.closes.first(where: { $0.period == period }),
      Publication.isPublished(close, paths: paths)
    else { return nil }
    return try? WrittenManifest(directory: paths.outbox(period))
  }
}
