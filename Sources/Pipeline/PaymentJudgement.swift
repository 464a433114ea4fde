import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger
import Workspace

/// Decides whether drawn payment files may be written.
struct PaymentJudgement {
  let source: PaymentSource
  let drawn: DrawnPayments
  let outputs: [StagedDirectory.Output]
  let recorded: LedgerPaymentFiles?
  let paths: WorkspacePaths

  private var period: Period { source.period }

  /// Decides.
  ///
  /// - Parameters:
  ///   - closeUser: Who ran the close; nil where nobody knows.
  ///   - today: The workspace as it is now; nil while it is being closed.
  /// - Returns: What there is to say, and what the ledger is to record before they are written.
  /// - Throws: ``FileError``.
  func judge(
    closeUser: String?, today: LoadedWorkspace?
  ) throws -> (report: PaymentReport, record: LedgerPaymentFiles?) {
    var report = PaymentReport(
      period: period, state: .written, manifest: drawn.manifest, findings: drawn.findings)
    let changed = try changedFiles()
    if let recorded {
      report.isRecorded = true
      report.approvals = recorded.approvals.count
      report.approvalsNeeded = source.workspace.configuration.approvals
      if recorded.manifestDigest != drawn.digest {
        refuse(&report, "payments/\(period.text)", "they cannot be drawn again to the same bytes")
      } else if !changed.isEmpty {
        refuse(&report, changed)
      } else if try isWhole() {
        report.state = .unchanged
      }
      return (report, nil)
    }
    guard changed.isEmpty else {
      refuse(&report, changed)
      return (report, nil)
    }
    guard drawn.payments.withoutAccount.isEmpty else {
      sayNoAccount(&report)
      return (report, nil)
    }
    let record = try approve(&report, closeUser: closeUser, today: today)
    return (report, record)
  }

  // MARK: Files that are there

  /// The files that are there and are not those that would be written.
  private func changedFiles() throws(FileError) -> [String] {
    let directory = paths.payments(period)
    let drawn = Dictionary(outputs.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return try VerifyFiles.list(directory).filter { name in
      guard name != PaymentDirectory.reportName else { return false }
      guard let output = drawn[name] else { return true }
      let fault = VerifyFiles.fault(
        directory + "/" + name, sha256: output.digest.hex, bytes: output.bytes)
      return fault != nil
    }.sorted(by: precedesInBytes)
  }

  /// Whether all files are there, what banks say included.
  private func isWhole() throws(FileError) -> Bool {
    let directory = paths.payments(period)
    return outputs.allSatisfy {
      VerifyFiles.fault(directory + "/" + $0.path, sha256: $0.digest.hex, bytes: $0.bytes) == nil
    }
  }

  private func refuse(_ report: inout PaymentReport, _ files: [String]) {
    for file in files {
      refuse(
        &report, "payments/\(period.text)/\(file)",
        "the file is not the one that is written of the period")
    }
  }

  private func refuse(_ report: inout PaymentReport, _ file: String, _ what: String) {
    report.state = .refused
    report.findings.add(.B608) {
      Finding(.B608, feed: SafeText.escaped(file), message: "\(what): nothing was written over it")
    }
  }

  // MARK: Accounts and approvals

  private func sayNoAccount(_ report: inout PaymentReport) {
    report.state = .noAccount
    for currency in drawn.currenciesWithoutAccount {
      report.findings.add(.B605) {
        Finding(
          .B605, feed: "payout.yaml", field: "payer",
          message: "there are bank transfers in \(currency.code), and the payer has no name, or no"
            + " account with right check digits to make them from: no payment file is written")
      }
    }
  }

  private func approve(
    _ report: inout PaymentReport, closeUser: String?, today: LoadedWorkspace?
  ) throws(FileError) -> LedgerPaymentFiles? {
    let kept = source.workspace
    let approvals = PaymentApprovals(
      period: period, paths: paths, approvers: (today ?? kept).approvers, closeUser: closeUser)
    // Neither who closes nor who comes later can ask for fewer.
    let asked = max(kept.configuration.approvals, today?.configuration.approvals ?? 0)
    var record = LedgerPaymentFiles(
      period: period, manifestDigest: drawn.digest, configuration: drawn.configuration)
    record.leftOut = drawn.payments.toldBefore.map(\.paymentId).sorted(by: precedesInBytes)
    // What only lists what is done needs nobody's approval.
    guard asked > 0, drawn.manifest.total.payments > drawn.manifest.creditNotes.payments else {
      return record
    }
    let found = try approvals.find(drawn.manifest, digest: drawn.digest)
    for finding in found.findings { report.findings.add(finding.code) { finding } }
    record.approvals = found.valid
    report.approvals = found.valid.count
    report.approvalsNeeded = approvals.needed(asked)
    guard report.approvals < report.approvalsNeeded else { return record }
    report.state = .waiting
    let message =
      "\(report.approvals) of \(report.approvalsNeeded) approvals of the payments of"
      + " \(period.text) are there: no payment file is written yet"
    report.findings.add(.B606) {
      Finding(.B606, feed: "approvals/\(period.text)", message: message)
    }
    return nil
  }
}
