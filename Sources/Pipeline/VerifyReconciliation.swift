import ByteStreams
import Domain
import Ledger
import Workspace

/// Draws the reports of reconciliations again from the ledger, each as it was in its period, and
/// compares every byte.
struct VerifyReconciliation {
  let ledger: Ledger
  let paths: WorkspacePaths

  /// - Parameter period: Only this one; nil for all.
  /// - Throws: ``FileError``; what the ledger throws.
  func check(_ period: Period?, _ report: inout VerifyReport) throws {
    let periods = Set(try ledger.bankFiles().map(\.period)).sorted()
    for own in periods where period ?? own == own {
      let directory = paths.reconciliation(own)
      do {
        try compare(own, directory, &report)
      } catch let failure as RunFailure {
        report.add(
          .reconciliation, directory, "it cannot be drawn again: \(failure.message)", .report)
      }
    }
  }

  private func compare(
    _ period: Period, _ directory: String, _ report: inout VerifyReport
  ) throws {
    let today = WorkspaceLoader.load(root: paths.root).workspace?.configurationText
    let payments = try BankPayments(ledger, paths, today: today, in: period)
    let files = try ReconciliationTables(
      try ReconciliationSummary(ledger, payments), period: period
    ).files
    report.count(.reconciliation, files.count, period: period)
    var found = Set(try VerifyFiles.list(directory))
    for (name, bytes) in files {
      let path = directory + "/" + name
      found.remove(name)
      let fault = VerifyFiles.fault(path, sha256: SHA256Digest.of(bytes).hex, bytes: bytes.count)
      if let fault { report.add(.reconciliation, path, fault, .drawAgain(directory)) }
    }
    for name in found.sorted() {
      let path = directory + "/" + name
      report.add(.reconciliation, path, "no reconciliation wrote such a file", .remove(path))
    }
  }
}
