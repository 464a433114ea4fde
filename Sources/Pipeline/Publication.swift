import ByteStreams
import Calculation
import Domain
import ExactMoney
import Feeds
import Ledger
import Reports
import Statements
import Workspace

/// Writes the output directory of a period, which becomes visible as a whole.
struct Publication {
  let session: PeriodSession
  let state: DraftState
  /// The feeds refused just now, and what else is to be said of the inbox.
  var refused: [(name: String, findings: [Finding])] = []

  /// Writes everything into the directory.
  ///
  /// - Returns: The draft, and the digest of its `run.json`.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func write(
    to directory: StagedDirectory, statements: Bool
  ) throws -> (draft: PeriodDraft, manifest: SHA256Digest) {
    var draft = try PeriodDraft(session, state: state, writesStatements: statements)
    try draft.write(to: directory)
    try writeErrors(directory)
    try writeRejects(directory)
    try draft.reports?.finish(draft, refused: refused)
    try PeriodReports.writeDigests(reportFiles, directory)
    return (draft, try writeManifest(draft, directory))
  }

  /// Writes the directory, makes what it says count, and shows it.
  ///
  /// - Parameters:
  ///   - final: Where it becomes visible.
  ///   - commit: The commit point, with the draft and the digest of `run.json`; what it throws
  ///     leaves everything as it was.
  /// - Throws: As ``write(to:statements:)``; what `commit` throws.
  func publish(
    to final: String, statements: Bool,
    commit: (PeriodDraft, SHA256Digest) throws -> Void
  ) throws -> PeriodDraft {
    let directory = try StagedDirectory(final: final)
    let draft: PeriodDraft
    do {
      let drawn = try write(to: directory, statements: statements)
      draft = drawn.draft
      try Interruption.check()
      try commit(draft, drawn.manifest)
    } catch {
      directory.discard()
      throw error
    }
    Interruption.commit()
    try directory.publish()
    return draft
  }

  /// The feeds taken in in the period, in the order of their names.
  private var feeds: [PeriodSession.SessionFeed] {
    session.feeds.filter { $0.feed.period == session.period }
  }

  private var reportFiles: Set<String> { Set(session.reports.flatMap(\.files)) }

  private func writeErrors(_ directory: StagedDirectory) throws {
    var lists = feeds.map { (name: $0.feed.name, findings: $0.findings.listed) } + refused
    lists.sort { precedesInBytes($0.name, $1.name) }
    var errors = ErrorsCSV()
    for finding in lists.flatMap(\.findings) { errors.add(finding) }
    try directory.write("errors.csv", errors.bytes)
    guard session.workspace.configuration.formats.contains("xml") else { return }
    var xml = ErrorsXML()
    for finding in lists.flatMap(\.findings) { xml.add(finding) }
    try directory.write("errors.xml", xml.finish())
  }

  private func writeRejects(_ directory: StagedDirectory) throws {
    var names: Set<String> = []
    for taken in feeds {
      guard let path = session.ledger.rejectsPath(of: taken.feed) else { continue }
      var name = taken.file.uncompressedName
      // `a.csv` and `a.csv.gz` may both have been delivered.
      if !names.insert(name).inserted { name += "~" + taken.feed.digest.hex.prefix(8) }
      try directory.copy(path, to: "rejects/" + name)
    }
  }

  private func writeManifest(
    _ draft: PeriodDraft, _ directory: StagedDirectory
  ) throws -> SHA256Digest {
    let workspace = session.workspace
    var manifest = Manifest(
      state: state.rawValue, period: session.period, asOf: session.asOf,
      rounding: workspace.configuration.rounding.rawValue)
    manifest.inputs = workspace.inputs.map {
      .init(path: $0.path, sha256: SHA256Digest.of($0.bytes).hex, bytes: $0.bytes.count)
    }
    manifest.feeds = feeds.map { taken in
      .init(
        name: taken.feed.name, sha256: taken.feed.digest.hex, feedId: taken.feed.feedId,
        rows: taken.feed.rows,
        findings: Dictionary(
          uniqueKeysWithValues: taken.findings.counts.map { ($0.key.rawValue, $0.value) }),
        findingsListed: taken.findings.listed.count)
    }
    let reports = reportFiles
    manifest.outputs = directory.outputs.filter {
      !reports.contains($0.path) && $0.path != PeriodReports.digests
    }.map { .init(path: $0.path, sha256: $0.digest.hex, bytes: $0.bytes) }
    if !reports.isEmpty { manifest.reports = reports.sorted(by: precedesInBytes) }
    for bucket in Bucket.allCases { manifest.rows[bucket.name] = draft.rows(bucket) }
    for (currency, amount) in draft.proof.paid { manifest.paid[currency.code] = amount.text }
    manifest.payments = draft.payments
    manifest.holds = draft.held
    manifest.proof = draft.proof.checks.map { .init(rule: $0.rule, checked: $0.checked) }
    let json = try manifest.json()
    try directory.write(Publication.manifestName, json)
    return SHA256Digest.of(json)
  }

  private static let manifestName = "run.json"

  /// Whether the final directory of a closed period is what the ledger says.
  static func isPublished(_ close: LedgerClosing, paths: WorkspacePaths) -> Bool {
    let manifest = paths.outbox(close.period) + "/" + manifestName
    guard let digest = try? SHA256Digest.ofFile(manifest).0 else { return false }
    return digest == close.manifestDigest
  }

  /// Whether every file of a closed period's directory is what was published, and no other there.
  static func isWhole(_ close: LedgerClosing, paths: WorkspacePaths) -> Bool {
    let directory = paths.outbox(close.period)
    guard isPublished(close, paths: paths),
      let json = try? FileSystem.readFile(directory + "/" + manifestName, limit: Int.max - 1),
      let manifest = WrittenManifest(json: json), let found = try? VerifyFiles.list(directory)
    else { return false }
    return found.count == manifest.outputs.count + 1 + manifest.reportFiles.count
      && manifest.outputs.allSatisfy {
        VerifyFiles.fault(directory + "/" + $0.path, sha256: $0.sha256, bytes: $0.bytes) == nil
      } && VerifyReports.faults(manifest, directory).isEmpty
  }
}
