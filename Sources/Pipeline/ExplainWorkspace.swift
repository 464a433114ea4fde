import ByteStreams
import Domain
import Ledger
import Workspace

/// A workspace that is only looked at: nothing in it is locked, healed or written.
///
/// A lock would make the nightly run fail because somebody looks. Instead, whoever has read
/// everything asks whether the ledger was changed meanwhile (``checkUnchanged()``).
struct ExplainWorkspace {
  /// What the open period goes by.
  let workspace: LoadedWorkspace
  let ledger: Ledger
  let paths: WorkspacePaths
  private let version: Int64

  /// Opens a workspace.
  ///
  /// - Throws: ``RunFailure``.
  static func open(root: String) throws(RunFailure) -> ExplainWorkspace {
    let (loaded, problems) = WorkspaceLoader.load(root: root)
    guard let loaded else {
      throw RunFailure(.configuration, "the workspace has errors", findings: problems)
    }
    do {
      return try ExplainWorkspace(loaded)
    } catch LedgerFault.missing {
      throw RunFailure(.noInput, "nothing was taken in yet in \(root): payout run does that")
    } catch {
      throw RunFailure(error)
    }
  }

  private init(_ loaded: LoadedWorkspace) throws {
    paths = WorkspacePaths(root: loaded.root)
    try LedgerTraces(paths: paths).requireLedger()
    ledger = try Ledger(directory: paths.ledger, access: .read)
    version = try ledger.dataVersion()
    try RenamedPrograms(plans: loaded.plans, ledger: ledger).requireNone()
    let rates = try KeptCopies(paths: paths, ledger: ledger).checkRates(loaded.exchangeRates)
    workspace = loaded.with(exchangeRates: rates)
  }

  /// The period that is open.
  ///
  /// - Throws: ``LedgerFault``.
  func openPeriod() throws -> Period {
    try ledger.openPeriod() ?? workspace.configuration.openPeriod
  }

  func isClosed(_ period: Period) -> Bool { ledger.closedPeriods.contains(period) }

  /// What a period goes by: the copies that were kept of a closed one.
  ///
  /// - Throws: ``RunFailure`` if it is neither closed nor open, or the copies are damaged.
  func workspace(of period: Period) throws -> LoadedWorkspace {
    if isClosed(period) {
      return try KeptCopies(paths: paths, ledger: ledger).workspace(of: period)
    }
    let open = try openPeriod()
    guard period == open else {
      let closed = ledger.closes.map(\.period.text).joined(separator: " ")
      throw RunFailure(
        .noInput,
        "\(period.text) is neither closed nor open: \(open.text) is open,"
          + " \(closed.isEmpty ? "none is" : closed + " are") closed")
    }
    return workspace
  }

  /// The feed with a number.
  func feed(_ number: UInt32) -> LedgerFeed { ledger.feeds[Int(number) - 1] }

  /// Makes sure that all of what was read belongs together.
  ///
  /// - Throws: ``RunFailure`` with code 75.
  func checkUnchanged() throws {
    guard try ledger.dataVersion() == version else {
      throw RunFailure(.locked, "a run changed the ledger while it was read: try again")
    }
  }
}
