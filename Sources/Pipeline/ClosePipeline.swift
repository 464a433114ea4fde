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
  package var logger = Logger(label: "payout")

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
      try open.heal()
      return try close(open, preview: preview)
    } catch {
      throw RunFailure(error)
    }
  }

  private func close(_ open: OpenWorkspace, preview: String?) throws -> RunReport {
    let period = request.period
    if let close = open.ledger.closes.first(where: { $0.period == period }) {
      return try closeAgain(close, open, preview: preview)
    }
    try checkOpen(open)
    try PDFProgram.require(open.workspace.configuration)
    var session = try PeriodSession(
      open.workspace, open.ledger, period: period, asOf: request.asOf, paths: open.paths)
    try session.readTakenFeeds()
    try session.readRevivedRows()
    let draft = try Publication(session: session, state: .final).publish(
      to: preview ?? open.paths.outbox(period), statements: true
    ) { draft, manifest in
      try checkRates(draft)
      guard preview == nil else { return }
      let copies = try KeptCopies(paths: open.paths, ledger: open.ledger).keep(
        open.workspace, of: period)
      try post(draft, manifest, copies, session)
    }
    draft.warnOfMissingGlyphs(request.logger)
    if preview == nil { try StatusPipeline(root: request.root).write() }
    return RunReport(session, draft)
  }

  /// What had to be done was done, or has just been finished; unless somebody changed it since.
  private func closeAgain(
    _ close: LedgerClosing, _ open: OpenWorkspace, preview: String?
  ) throws -> RunReport {
    let closed = ClosedPeriod(period: close.period, ledger: open.ledger, paths: open.paths)
    let isWhole = Publication.isWhole(close, paths: open.paths)
    if let preview {
      try closed.publishAgain(to: preview)
    } else {
      if !isWhole { try closed.publishAgain() }
      try StatusPipeline(root: request.root).write()
    }
    let directory = preview ?? open.paths.outbox(close.period)
    return try RunReport(
      closed: close.period, open.ledger, open.paths, WrittenManifest(directory: directory),
      isRestored: preview == nil && !isWhole)
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

  private func post(
    _ draft: PeriodDraft, _ manifest: SHA256Digest, _ copies: SHA256Digest,
    _ session: PeriodSession
  ) throws {
    var close = LedgerClose(
      period: session.period, asOf: session.asOf, manifestDigest: manifest)
    close.copiesDigest = copies
    close.drawing = session.drawing
    close.settlements = draft.settlements
    close.adjustments = draft.accounts.posted
    close.leverMonths = draft.leverMonths
    try session.ledger.close(close, session.books)
  }
}
