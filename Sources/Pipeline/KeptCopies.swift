import ByteStreams
import CSV
import Calculation
import Domain
import ExactMoney
import Workspace

/// The copies of registry, plans, rates and configuration that a close keeps: a workspace of its
/// own for each closed period, without feeds.
struct KeptCopies {
  /// Rates of periods closed earlier that were no longer in `exchange-rates.csv`; only where there
  /// were some.
  private static let goneRates = "gone-rates.csv"

  let paths: WorkspacePaths

  /// Keeps what a period went by; what an ended process left of an earlier attempt is replaced.
  ///
  /// - Throws: ``FileError``.
  func keep(_ workspace: LoadedWorkspace, of period: Period) throws {
    let directory = try StagedDirectory(final: paths.closed(period))
    do {
      for input in workspace.inputs { try directory.write(input.path, input.bytes) }
      let gone = workspace.goneRates.entries
      if !gone.isEmpty { try directory.write(KeptCopies.goneRates, KeptCopies.csv(gone)) }
    } catch {
      directory.discard()
      throw error
    }
    try directory.publish()
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
  /// - Throws: ``RunFailure`` if a copy is damaged.
  func workspace(of period: Period) throws -> LoadedWorkspace {
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
  /// - Throws: ``RunFailure`` with code 78.
  func checkRates(_ rates: ExchangeRates, closed: [Period]) throws -> ExchangeRates {
    guard let last = closed.max() else { return rates }
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
