package import Banking
package import Domain

/// What has become of the payment files of a period.
package struct PaymentReport: Sendable {
  package enum State: String, Sendable {
    /// Just now, or again because they were gone.
    case written
    /// They are there as they were written.
    case unchanged
    /// Not written: users have to approve them first.
    case waiting
    /// Not written: the payer has no account for some of them.
    case noAccount
    /// Not written: others are there.
    case refused
  }

  package var period: Period
  package var state: State
  /// What is written, or would be.
  package var manifest: PaymentManifest
  /// About the payments and their approvals.
  package var findings: FindingLog
  /// Whether the ledger has them as written.
  package var isRecorded = false
  /// How many approvals count, and how many are needed.
  package var approvals = 0
  package var approvalsNeeded = 0

  /// The most that is said, nil if nothing is.
  package var worst: Severity? { findings.worst }

  /// Why they are not written, as a sentence without its full stop; nil if they are.
  package var reason: String? {
    switch state {
    case .written, .unchanged: nil
    case .waiting:
      "the payment files of \(period.text) wait: \(approvals) of \(approvalsNeeded) approvals"
    case .noAccount:
      "the payment files of \(period.text) wait: the payer has no account for some of them"
    case .refused:
      "the payment files of \(period.text) are not those that were written: nothing was done"
    }
  }
}
