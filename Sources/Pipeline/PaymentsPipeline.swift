import ByteStreams
package import Domain
import Ledger
package import Logging
import Workspace

/// Which payment files are asked for.
package struct PaymentsRequest: Sendable {
  package var root: String
  package var period: Period
  package var logger = Logger(label: "payout")

  package init(root: String, period: Period) {
    self.root = root
    self.period = period
  }
}

/// Writes the payment files of a closed period; again at any time, with the same bytes.
package struct PaymentsPipeline {
  private let request: PaymentsRequest

  package init(_ request: PaymentsRequest) {
    self.request = request
  }

  /// Writes them.
  ///
  /// - Throws: ``RunFailure``: 66 if the period is not closed, 78 if the payer has no account, 65 if
  ///   approvals are missing or other files are there.
  package func write() throws(RunFailure) -> PaymentReport {
    let open = try OpenWorkspace.open(root: request.root)
    do {
      try open.heal()
      let report = try PaymentPublication(
        ledger: open.ledger, paths: open.paths, today: open.workspace
      ).publish(try open.closing(request.period))
      try StatusPipeline(root: request.root).write()
      request.logger.info("payment files of \(request.period.text): \(report.state.rawValue)")
      if let reason = report.reason {
        throw RunFailure(
          report.state == .noAccount ? .configuration : .sumsDisagree, reason,
          findings: report.findings.listed)
      }
      return report
    } catch {
      throw RunFailure(error)
    }
  }
}

extension OpenWorkspace {
  /// The close of a period.
  ///
  /// - Throws: ``RunFailure`` with code 66 if it is not closed.
  func closing(_ period: Period) throws(RunFailure) -> LedgerClosing {
    guard let close = ledger.closes.first(where: { $0.period == period }) else {
      throw RunFailure(
        .noInput, "\(period.text) is not closed: there are no payments of it yet")
    }
    return close
  }
}
