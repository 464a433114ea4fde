import ByteStreams
import Domain
import ExactMoney
import Ledger
import Workspace

/// Finds out how a workspace stands, from the ledger and from what the last run or close wrote.
///
/// Nothing is written and no lock is taken: asking never makes a run wait or fail. The ledger's
/// database lets nobody read half a commit, and the output directory is exchanged as a whole; if
/// that happens just now, everything is read once more.
package struct StatusPipeline {
  private let paths: WorkspacePaths
  private static let attemptsMax = 5

  package init(root: String) {
    paths = WorkspacePaths(root: root)
  }

  /// - Throws: ``RunFailure``.
  package func status() throws(RunFailure) -> StatusReport {
    do {
      for _ in 1..<StatusPipeline.attemptsMax {
        let before = manifests()
        let report = try? collect()
        if let report, manifests() == before { return report }
      }
      return try collect()
    } catch {
      throw RunFailure(error)
    }
  }

  /// Writes `status.json`, in one step and without any clock, so that the same state gives the same
  /// bytes.
  ///
  /// - Throws: ``RunFailure``; what was published before stays published.
  func write() throws(RunFailure) {
    let json = try status().json()
    do throws(FileError) {
      try FileSystem.writeFileAtomically(
        paths.status, Array(json.utf8))
    } catch {
      let failure = RunFailure(error)
      throw RunFailure(
        failure.code, failure.message + "; all else is published: run again to write it")
    }
  }

  /// The manifests that are published now.
  private func manifests() -> [SHA256Digest?] {
    let periods = (try? FileSystem.listDirectory(paths.outbox)) ?? []
    return periods.suffix(2).map {
      try? SHA256Digest.ofFile(paths.outbox + "/" + $0 + "/run.json").0
    }
  }

  private func collect() throws -> StatusReport {
    guard let ledger = try openLedger(), let period = try ledger.openPeriod() else {
      return try beforeTheFirstRun()
    }
    var report = StatusReport(openPeriod: period)
    report.waiting = try waiting()
    report.lastRun = try ledger.runs().last { $0.kind != .close }.map {
      StatusReport.Run(
        kind: $0.kind.rawValue, period: $0.period, asOf: $0.asOf, feeds: $0.feeds, rows: $0.rows)
    }
    for feed in ledger.feeds where feed.period == period {
      report.feeds.append(try status(of: ledger.version(of: feed, in: period), ledger))
    }
    if let close = ledger.closes.last { report.lastClose = try status(of: close, ledger) }
    report.banks = try StatusBanks(ledger).banks
    if let manifest = try manifest(period) {
      report.draftAsOf = manifest.asOf
      report.changedInputs = manifest.inputs.filter {
        VerifyFiles.fault(paths.root + "/" + $0.path, sha256: $0.sha256, bytes: $0.bytes) != nil
      }.map(\.path)
    }
    let shown = report.draftAsOf == nil ? report.lastClose?.period : period
    if let shown { report.missingOutputs = missing(shown) }
    if let shown, let register = try register(shown) {
      report.balances = StatusBalances.sums(register.sums)
      report.holds = try StatusHolds(register, ledger: ledger, before: shown).holds
    }
    return report
  }

  private func openLedger() throws -> Ledger? {
    try LedgerTraces(paths: paths).requireLedger()
    do {
      return try Ledger(directory: paths.ledger, access: .read)
    } catch LedgerFault.missing {
      return nil
    }
  }

  private func beforeTheFirstRun() throws -> StatusReport {
    let (workspace, problems) = WorkspaceLoader.load(root: paths.root)
    guard let workspace else {
      throw RunFailure(.configuration, "the workspace has errors", findings: problems)
    }
    var report = StatusReport(openPeriod: workspace.configuration.openPeriod)
    report.waiting = try waiting()
    return report
  }

  private func waiting() throws -> [String] {
    try FileSystem.listDirectory(paths.inbox).filter(WorkspacePaths.isFeed)
  }

  private func status(of feed: LedgerFeed, _ ledger: Ledger) throws -> StatusReport.Feed {
    let fates = RowFates(period: feed.period, source: ledger.fateSource(upTo: feed.period))
    return StatusReport.Feed(
      name: feed.name, rows: feed.rows, buckets: try fates.counts(feed: Int(feed.number)),
      findings: feed.findings)
  }

  /// A close as the ledger has it, whatever has become of its directory.
  private func status(of close: LedgerClosing, _ ledger: Ledger) throws -> StatusReport.Close {
    let payments = try ledger.payments(close.period)
    var paid: [Currency: Money] = [:]
    for payment in payments {
      let currency = payment.amount.currency
      paid[currency] = try (paid[currency] ?? .zero(currency)).plus(payment.amount)
    }
    return StatusReport.Close(
      period: close.period, asOf: close.asOf, payments: payments.count,
      paid: paid.sorted { $0.key.code < $1.key.code }.map {
        StatusReport.Amount(currency: $0.key.code, amount: $0.value.text)
      })
  }

  /// What is shown only if it is there.
  private func missing(_ period: Period) -> [String] {
    ["run.json", "register.csv"].map { "outbox/" + period.text + "/" + $0 }
      .filter { FileSystem.kind(paths.root + "/" + $0) != .file }
  }

  private func manifest(_ period: Period) throws -> WrittenManifest? {
    let path = paths.outbox(period) + "/run.json"
    guard FileSystem.kind(path) == .file else { return nil }
    return WrittenManifest(json: try FileSystem.readFile(path, limit: Int.max - 1))
  }

  private func register(_ period: Period) throws -> StatusRegister? {
    let path = paths.outbox(period) + "/register.csv"
    guard FileSystem.kind(path) == .file else { return nil }
    let bytes = try FileSystem.readFile(path, limit: Int.max - 1)
    return try? StatusRegister(bytes)
  }
}
