import ByteStreams
import Domain
import Ledger
import Workspace

/// A workspace that a command holds: loaded, locked, its ledger open, and healed.
///
/// Healing finishes what an ended process had committed and not yet shown: feeds that are taken in
/// move to the archive, and the output directory of a closed period is drawn again; what it had
/// begun is removed.
final class OpenWorkspace {
  let workspace: LoadedWorkspace
  let ledger: Ledger
  let paths: WorkspacePaths
  private let lock: FileLock

  /// Opens a workspace.
  ///
  /// - Throws: ``RunFailure``.
  static func open(root: String) throws(RunFailure) -> OpenWorkspace {
    let (loaded, problems) = WorkspaceLoader.load(root: root)
    guard let loaded else {
      throw RunFailure(.configuration, "the workspace has errors: nothing done", findings: problems)
    }
    do {
      return try open(loaded)
    } catch {
      throw RunFailure(error)
    }
  }

  private static func open(_ loaded: LoadedWorkspace) throws -> OpenWorkspace {
    let paths = WorkspacePaths(root: loaded.root)
    let traces = LedgerTraces(paths: paths)
    try traces.requireLedger()
    try FileSystem.createDirectory(paths.ledger)
    let lock = try FileLock(paths.ledger + "/lock")
    let ledger = try Ledger(directory: paths.ledger)
    try traces.requireLatest(open: ledger.openPeriod())
    try RenamedPrograms(plans: loaded.plans, ledger: ledger).requireNone()
    let rates = try KeptCopies(paths: paths, ledger: ledger).checkRates(loaded.exchangeRates)
    return OpenWorkspace(loaded.with(exchangeRates: rates), ledger, paths, lock)
  }

  private init(
    _ workspace: LoadedWorkspace, _ ledger: Ledger, _ paths: WorkspacePaths,
    _ lock: consuming FileLock
  ) {
    self.workspace = workspace
    self.ledger = ledger
    self.paths = paths
    self.lock = lock
  }

  /// The period that is open.
  ///
  /// - Throws: ``LedgerFault``.
  func openPeriod() throws -> Period {
    try ledger.openPeriod() ?? workspace.configuration.openPeriod
  }

  /// Finishes what an ended process had committed.
  ///
  /// - Returns: The closed period whose directory was lost, or never shown, and has been written
  ///   again; nil if there was none.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  @discardableResult
  func heal() throws -> Period? {
    try Leftovers(paths: paths).remove()
    let period = try openPeriod()
    let last = ledger.closes.last
    let recent = ledger.feeds.filter { $0.period == period || $0.period == last?.period }
    try Archive(paths: paths).finishMoves(of: recent)
    guard let last else { return nil }
    let isPublished = Publication.isPublished(last, paths: paths)
    if !isPublished {
      try ClosedPeriod(period: last.period, ledger: ledger, paths: paths).publishAgain()
    }
    try PaymentPublication(ledger: ledger, paths: paths, today: nil).finish(last)
    try ReconciliationPublication(open: self).finish()
    return isPublished ? nil : last.period
  }
}
