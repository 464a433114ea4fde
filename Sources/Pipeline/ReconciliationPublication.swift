import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger

/// Writes what came of the files of banks: `payments.csv` of the periods whose payments they tell
/// of, then the report, whose last file says up to which file of a bank all is written.
struct ReconciliationPublication {
  private let ledger: Ledger
  private let paths: WorkspacePaths
  private let today: String?
  private let open: OpenWorkspace

  init(open: OpenWorkspace) {
    self.open = open
    ledger = open.ledger
    paths = open.paths
    today = open.workspace.configurationText
  }

  /// Writes what an ended process had committed and not written.
  ///
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func finish() throws {
    let files = try ledger.bankFiles()
    guard let last = files.last else { return }
    for period in Set(files.map(\.period)).sorted() where period != last.period {
      // Somebody has removed it: it is drawn as it was.
      guard !FileSystem.entryExists(paths.reconciliation(period)) else { continue }
      do {
        try write(try BankPayments(ledger, paths, today: today, in: period))
      } catch let failure as RunFailure where failure.code != .interrupted {
        // What keeps it from being drawn must not keep the command from mending that.
      }
    }
    guard written(last.period) < last.number else { return }
    try publish(try BankPayments(ledger, paths, today: today, in: last.period))
  }

  /// - Parameter payments: As they stand in the open period, or that in which files of banks came
  ///   last; nothing is written of one in which none came.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func publish(_ payments: BankPayments) throws {
    let files = try ledger.bankFiles()
    guard files.contains(where: { $0.period == payments.period }) else { return }
    let before = files.last { $0.period < payments.period }?.number ?? 0
    try writePayments(payments, after: max(before, written(payments.period)))
    try write(payments)
  }

  private func write(_ payments: BankPayments) throws {
    let period = payments.period
    let summary = try ReconciliationSummary(ledger, payments)
    try prove(summary)
    let directory = try StagedDirectory(final: paths.reconciliation(period))
    do {
      for (name, bytes) in try ReconciliationTables(summary, period: period).files {
        try directory.write(name, bytes)
      }
    } catch {
      directory.discard()
      throw error
    }
    try directory.publish()
  }

  /// Up to which file of a bank the report of a period was written.
  private func written(_ period: Period) -> Int {
    let path = paths.reconciliation(period) + "/" + ReconciliationDocument.name
    guard FileSystem.kind(path) == .file, let bytes = try? FileSystem.readFile(path) else {
      return 0
    }
    return ReconciliationDocument(json: bytes)?.bankFiles ?? 0
  }

  private func writePayments(_ payments: BankPayments, after number: Int) throws {
    let touched = payments.stories.values.filter { story in
      story.events.contains { $0.file > number } || story.statuses.contains { $0.file > number }
        || story.otherEntries.contains { $0.file > number }
    }.map(\.payment.period)
    for period in Set(touched).sorted() {
      guard let close = ledger.closes.first(where: { $0.period == period }) else { continue }
      try PaymentPublication(ledger: ledger, paths: paths, today: open.workspace).draw(close)
        .publishStandings()
    }
  }

  /// What was issued is what happened and what is open, to the last cent.
  private func prove(_ summary: ReconciliationSummary) throws(RunFailure) {
    for (currency, sums) in summary.sums where sums.rest != 0 || sums.bankRest != 0 {
      let message =
        "a sum does not hold: payments in \(currency.code) and what banks said of them do not come"
        + " to zero; no report was written"
      throw RunFailure(
        .sumsDisagree, message, findings: [Finding(.C402, feed: "", message: message)])
    }
  }
}
