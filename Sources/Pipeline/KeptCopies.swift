import ByteStreams
import CSV
import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// The copies of registry, plans, rates and configuration that a close keeps: a workspace of its
/// own for each closed period, without feeds.
///
/// The list of their digests, as `sha256sum -c` reads it, lies beside them; the ledger has the
/// digest of the list.
struct KeptCopies {
  /// Rates of periods closed earlier that were no longer in `exchange-rates.csv`; only where there
  /// were some.
  private static let goneRates = "gone-rates.csv"
  private static let list = "copies.sha256"

  /// What is wrong with a copy.
  struct Fault {
    /// Among the copies of the period.
    var path: String
    /// A sentence without its full stop.
    var what: String
    /// The close wrote no such file: it is to be removed, not restored.
    var isExtra = false
  }

  let paths: WorkspacePaths
  let ledger: Ledger

  /// Keeps what a period went by; what an ended process left of an earlier attempt is replaced.
  ///
  /// - Returns: The digest of the list of copies.
  /// - Throws: ``FileError``.
  func keep(_ workspace: LoadedWorkspace, of period: Period) throws -> SHA256Digest {
    let directory = try StagedDirectory(final: paths.closed(period))
    let list: [UInt8]
    do {
      for input in workspace.inputs { try directory.write(input.path, input.bytes) }
      let gone = workspace.goneRates.entries
      if !gone.isEmpty { try directory.write(KeptCopies.goneRates, KeptCopies.csv(gone)) }
      list = directory.outputs.flatMap { Array("\($0.digest.hex)  \($0.path)\n".utf8) }
      try directory.write(KeptCopies.list, list)
    } catch {
      directory.discard()
      throw error
    }
    try directory.publish()
    return SHA256Digest.of(list)
  }

  /// What is wrong with the copies of a closed period.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  func faults(of period: Period) throws -> [Fault] {
    guard let digest = try ledger.copiesDigest(period) else { return [] }
    let directory = paths.closed(period)
    guard let kept = try digests(directory, digest) else {
      return [
        Fault(path: KeptCopies.list, what: "it is missing, or is not the list that the close wrote")
      ]
    }
    let found = Set(try VerifyFiles.list(directory)).subtracting([KeptCopies.list])
    var faults: [Fault] = []
    for (path, sha256) in kept.sorted(by: { $0.key < $1.key }) {
      guard found.contains(path) else {
        faults.append(Fault(path: path, what: "the file is missing"))
        continue
      }
      let now = try SHA256Digest.ofFile(directory + "/" + path).0.hex
      guard now != sha256 else { continue }
      faults.append(Fault(path: path, what: "its digest is \(now), and \(sha256) was written"))
    }
    for path in found.subtracting(kept.keys).sorted() {
      faults.append(Fault(path: path, what: "it is no copy that the close kept", isExtra: true))
    }
    return faults
  }

  /// The digests of the copies by their paths; nil if the list is not the one of the close.
  private func digests(_ directory: String, _ digest: SHA256Digest) throws -> [String: String]? {
    let path = directory + "/" + KeptCopies.list
    guard FileSystem.kind(path) == .file else { return nil }
    let list = try FileSystem.readFile(path)
    guard SHA256Digest.of(list) == digest else { return nil }
    let lines = String(decoding: list, as: UTF8.self).split(separator: "\n")
    return Dictionary(lines.map { (String($0.dropFirst(66)), String($0.prefix(64))) }) { $1 }
  }

  /// Makes sure that the copies are what the close kept: payments were made by that.
  ///
  /// - Throws: ``RunFailure`` with code 74; ``FileError``; what the ledger throws.
  private func prove(_ period: Period) throws {
    guard let fault = try faults(of: period).first else { return }
    throw RunFailure(
      .inputOutput,
      "\(paths.closed(period))/\(fault.path) is not what the close of \(period.text) kept:"
        + " \(fault.what); \(fault.isExtra ? "remove it" : "restore it from a backup"),"
        + " nothing was done")
  }

  private static func csv(_ rates: [ExchangeRates.Key: ExchangeRates.Entry]) -> [UInt8] {
    var csv = CSVWriter()
    csv.header(["period", "from", "to", "rate", "source"])
    for (key, entry) in rates.sorted(by: { $0.key < $1.key }) {
      for text in [key.period.text, key.from.code, key.to.code, entry.rate.text] { csv.plain(text) }
      csv.text(entry.source)
      csv.endRecord()
    }
    return csv.bytes
  }

  /// The workspace by which a closed period was drawn.
  ///
  /// - Throws: ``RunFailure`` if a copy is damaged; ``FileError``; what the ledger throws.
  func workspace(of period: Period) throws -> LoadedWorkspace {
    try prove(period)
    let (workspace, problems) = WorkspaceLoader.load(root: paths.closed(period))
    guard let workspace, let gone = goneRates(of: period) else {
      throw RunFailure(
        .inputOutput, "the copies kept of \(period.text) are damaged: restore ledger/closed",
        findings: problems)
    }
    let rates = workspace.exchangeRates.entries.merging(gone.entries) { own, _ in own }
    return workspace.with(exchangeRates: ExchangeRates(rates))
  }

  /// Nil if the file is damaged.
  private func goneRates(of period: Period) -> ExchangeRates? {
    let path = paths.closed(period) + "/" + KeptCopies.goneRates
    guard FileSystem.exists(path) else { return ExchangeRates([:]) }
    return WorkspaceLoader.exchangeRates(path: path)
  }

  /// The plans of closed periods.
  ///
  /// - Throws: As ``workspace(of:)``.
  func plans(of periods: Set<Period>) throws -> KeptPlans {
    var plans: [Period: Plans] = [:]
    for period in periods { plans[period] = try workspace(of: period).plans }
    return KeptPlans(plans)
  }

  /// Refuses rates of closed periods that are not those that were kept.
  ///
  /// - Returns: The rates with those that were kept and are gone from the file.
  /// - Throws: ``RunFailure`` with code 78; as ``workspace(of:)``.
  func checkRates(_ rates: ExchangeRates) throws -> ExchangeRates {
    guard let last = ledger.closes.map(\.period).max() else { return rates }
    let kept = try workspace(of: last).exchangeRates.entries.filter { $0.key.period <= last }
    var changed: [Finding] = []
    var all = rates.entries
    for (key, entry) in kept.sorted(by: { $0.key < $1.key }) {
      if let now = rates.entries[key], now.rate != entry.rate {
        changed.append(
          Finding(
            .X914, feed: "exchange-rates.csv", field: "rate", value: now.rate.text,
            message: "the rate from \(key.from.code) to \(key.to.code) of \(key.period.text),"
              + " which is closed, was \(entry.rate.text)"))
      }
      all[key] = all[key] ?? entry
    }
    guard changed.isEmpty else {
      throw RunFailure(
        .configuration, "a rate of a closed period was changed: nothing done", findings: changed)
    }
    return ExchangeRates(all)
  }
}
