import ByteStreams
import Domain
import Ledger

/// Reads the output directory of a period again and adds everything in it up, with code that shares
/// nothing with what wrote it.
struct VerifyOutbox {
  let period: Period
  let paths: WorkspacePaths
  /// Nil of the open period.
  let close: LedgerClosing?
  /// What the archive and the ledger say of the feeds taken in in the period; nil where that could
  /// not be found out.
  var buckets: VerifyBuckets?
  /// Nil where the ledger is damaged.
  var ledger: Ledger?
  private var manifest: WrittenManifest?
  var register: VerifyRegister?
  /// The balances that stand on statements.
  var seen: Set<[UInt8]> = []

  init(period: Period, paths: WorkspacePaths, close: LedgerClosing?) {
    self.period = period
    self.paths = paths
    self.close = close
  }

  var directory: String { paths.outbox(period) }

  /// What writes the directory again.
  var remedy: VerifyReport.Remedy { close == nil ? .run : .close(period) }

  /// - Throws: ``FileError`` other than for files that are not there; what the ledger throws.
  mutating func check(_ report: inout VerifyReport) throws {
    try checkManifest(&report)
    guard let manifest else { return }
    try checkFiles(manifest, &report)
    try checkInputs(manifest, &report)
    try checkRegister(&report)
    try checkStatements(manifest, &report)
    try checkBuckets(manifest, &report)
    checkPayments(manifest, &report)
    try checkLedger(&report)
    try checkOpenings(&report)
  }

  // MARK: The manifest

  private mutating func checkManifest(_ report: inout VerifyReport) throws {
    let path = directory + "/run.json"
    guard let bytes = try read(path) else {
      // An open period may not have been drawn yet.
      if close != nil || FileSystem.exists(directory) {
        report.add(.files, path, "the file is missing", remedy)
      }
      return
    }
    if let close, SHA256Digest.of(bytes) != close.manifestDigest {
      report.add(.files, path, "it is not the one that the ledger has of the close", remedy)
    }
    manifest = WrittenManifest(json: bytes)
    guard let manifest else {
      return report.add(.files, path, "it is no manifest of a run", remedy)
    }
    let state = close == nil ? "draft" : "final"
    if manifest.period != period.text || manifest.state != state {
      report.add(
        .files, path,
        "it is of \(manifest.period), \(manifest.state), not of"
          + " \(period.text), \(state)", remedy)
    }
  }

  func read(_ path: String) throws(FileError) -> [UInt8]? {
    guard FileSystem.kind(path) == .file else { return nil }
    return try FileSystem.readFile(path, limit: Int.max - 1)
  }
}
