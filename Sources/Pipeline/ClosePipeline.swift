import ByteStreams
package import Domain
import ExactMoney
import Ledger
package import Logging
import Statements
import Workspace

/// What a close is asked to do.
package struct CloseRequest: Sendable {
  package var root: String
  package var period: Period
  package var asOf: Day?
  /// Feeds may wait in the inbox; they are taken in in the next period.
  package var leavesInbox = false
  /// Where a preview is written instead; nothing is closed then.
  package var previewDirectory: String?
  /// Who closes: they may not approve the payment files.
  package var userId = ""
  package var logger = Logger(label: "payout")
  /// Told how far it has come, if anybody looks on.
  package var progress: ProgressSink?

  package init(root: String, period: Period) {
    self.root = root
    self.period = period
  }
}

/// Makes the open period final: posts, issues payments, keeps copies, opens the next one.
///
/// It draws the period as a run does, and takes nothing in. The ledger's commit makes it final;
/// the directory becomes visible after that, by the next command if this one is ended.
package struct ClosePipeline {
  private let request: CloseRequest

  package init(_ request: CloseRequest) {
    self.request = request
  }

  /// Closes.
  ///
  /// - Throws: ``RunFailure``; with code 65 where the period cannot be closed.
  package func close() throws(RunFailure) -> RunReport {
    let preview = try request.previewDirectory.map { path throws(RunFailure) in
      try PreviewDirectory(path, root: request.root).path
    }
    let open = try OpenWorkspace.open(root: request.root)
    do {
      let restored = try open.heal()
      return try close(open, preview: preview, restored)
    } catch {
      throw RunFailure(error)
    }
  }

  /// - Parameter restored: The period whose directory was written again just now.
  private func close(
    _ open: OpenWorkspace, preview: String?, _ restored: Period?
  ) throws -> RunReport {
    let period = request.period
    if let close = open.ledger.closes.first(where: { $0.period == period }) {
      return try closeAgain(close, open, preview: preview, wasRestored: restored == period)
    }
    try checkOpen(open)
    try PDFProgram.require(open.workspace.configuration)
    var session = try PeriodSession(
      open.workspace, open.ledger, period: period, asOf: request.asOf, paths: open.paths)
    session.progress = request.progress
    try session.readTakenFeeds()
    try session.readRevivedRows()
    var payments: StagedPayments?
    let draft: PeriodDraft
    do {
      draft = try Publication(session: session, state: .final).publish(
        to: preview ?? open.paths.outbox(period), statements: true
      ) { draft, manifest in
        try checkRates(draft)
        guard preview == nil else { return }
        payments = try post(draft, manifest, session)
      }
    } catch {
      payments?.discard()
      throw error
    }
    try payments?.publish()
    draft.warnOfMissingParts(request.logger)
    if preview == nil { try StatusPipeline(root: request.root).write() }
    return RunReport(session, draft).with(payments?.report, open.paths)
  }

  /// What had to be done was done, or has just been finished; unless somebody changed it since.
  private func closeAgain(
    _ close: LedgerClosing, _ open: OpenWorkspace, preview: String?, wasRestored: Bool
  ) throws -> RunReport {
    let closed = ClosedPeriod(period: close.period, ledger: open.ledger, paths: open.paths)
    let isWhole = Publication.isWhole(close, paths: open.paths)
    if let preview {
      try closed.publishAgain(to: preview)
    }
    var payments: PaymentReport?
    if preview == nil {
      if !isWhole { try closed.publishAgain() }
      payments = try PaymentPublication(
        ledger: open.ledger, paths: open.paths, today: open.workspace
      ).publish(close)
      try StatusPipeline(root: request.root).write()
    }
    let directory = preview ?? open.paths.outbox(close.period)
    return try RunReport(
      closed: close.period, open.ledger, open.paths, WrittenManifest(directory: directory),
      isRestored: preview == nil && (!isWhole || wasRestored)
    ).with(payments, open.paths)
  }

  private func checkOpen(_ open: OpenWorkspace) throws {
    let period = try open.openPeriod()
    guard request.period == period else {
      throw RunFailure(
        .sumsDisagree, "\(request.period.text) is not the open period: \(period.text) is")
    }
    if request.leavesInbox { return }
    let inbox = try Inbox(paths: open.paths, period: period, taken: open.ledger.feeds)
    guard inbox.isEmpty else {
      throw RunFailure(
        .sumsDisagree,
        "feeds wait in the inbox: run first, or leave them for the next period with --leave-inbox")
    }
  }

  private func checkRates(_ draft: PeriodDraft) throws {
    guard !draft.missingRates.isEmpty else { return }
    let missing = draft.missingRates.sorted { left, right in
      (left.period, left.from, left.to) < (right.period, right.from, right.to)
    }
    throw RunFailure(
      .sumsDisagree, "exchange rates are missing: nothing was closed",
      findings: missing.map { rate in
        Finding(
          .H508, feed: "exchange-rates.csv",
          field: "rate",
          message: "a rate for \(rate.period.text) from \(rate.from.code) to \(rate.to.code) is"
            + " needed")
      })
  }

  /// The commit: keeps what the period went by, posts, and with it records the payment files, if
  /// they may be written by now.
  ///
  /// - Returns: The payment files, which are yet to be shown.
  private func post(
    _ draft: PeriodDraft, _ manifest: SHA256Digest, _ session: PeriodSession
  ) throws -> StagedPayments {
    var close = LedgerClose(
      period: session.period, asOf: session.asOf, manifestDigest: manifest)
    close.drawing = session.drawing
    close.userId = request.userId
    close.settlements = draft.settlements
    close.adjustments = draft.accounts.posted
    close.leverMonths = draft.leverMonths
    close.copiesDigest = try KeptCopies(paths: session.paths, ledger: session.ledger).keep(
      session.workspace, of: session.period)
    let payments = try StagedPayments(
      try PaymentSource(session, draft, run: manifest),
      closeUser: request.userId.isEmpty ? nil : request.userId, today: nil,
      session.ledger, session.paths)
    close.paymentFiles = payments.record
    do {
      try session.ledger.close(close, session.books)
    } catch {
      payments.discard()
      throw error
    }
    return payments
  }
}
