package import Domain
import ExactMoney
import Feeds
import Ledger

/// What a run or a close did.
package struct RunReport: Sendable {
  package var period: Period
  /// The feeds taken in in the period.
  package var feeds = 0
  package var rows = 0
  /// Of the rows of these feeds.
  package var buckets: [Bucket: Int] = [:]
  /// By currency code, with amounts.
  package var paid: [(currency: String, amount: String)] = []
  package var held = 0
  /// About the feeds of the period and of the inbox.
  package var findings = FindingReport()
  /// The period had been closed before.
  package var isClosed = false
  /// Its directory was not what the close wrote, and has been written again.
  package var isRestored = false

  /// What a close has done about payment files.
  package private(set) var payments: PaymentReport?

  /// The most that is said, nil if nothing is.
  package var worst: Severity? { findings.worst }

  /// The same with what became of the payment files, and what is to be said of them.
  func with(_ payments: PaymentReport?, _ paths: WorkspacePaths) -> RunReport {
    guard let payments else { return self }
    var report = self
    report.payments = payments
    report.findings = FindingReport(
      findings.sources + payments.document(root: paths.root).sources)
    return report
  }

  /// A period that was closed before: its findings count as they did then, so that a close that is
  /// repeated after it was ended gives the exit code that it would have given.
  ///
  /// - Parameter manifest: As the close wrote it.
  /// - Throws: What the ledger throws.
  init(
    closed period: Period, _ ledger: Ledger, _ paths: WorkspacePaths,
    _ manifest: WrittenManifest?, isRestored: Bool
  ) throws {
    self.period = period
    isClosed = true
    self.isRestored = isRestored
    feeds = manifest?.feeds.count ?? 0
    rows = manifest?.feeds.reduce(0) { $0 + $1.rows } ?? 0
    for bucket in Bucket.allCases { buckets[bucket] = manifest?.rows[bucket.name] }
    paid = (manifest?.paid ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    held = manifest?.holds ?? 0
    findings = FindingReport(
      try ledger.feeds.filter { $0.period == period }.map { feed in
        RunReport.source(feed, try ledger.findings(of: feed, limit: .max), paths)
      })
  }

  /// What was drawn.
  init(_ session: PeriodSession, _ draft: PeriodDraft) {
    self.init(session, draft, others: [])
  }

  /// What was drawn and what became of the inbox.
  init(
    _ session: PeriodSession, _ draft: PeriodDraft, _ inbox: Inbox, _ outcomes: [FeedOutcome]
  ) {
    // What is refused stays in the inbox, though it was read by another name.
    var others = outcomes.filter(\.isRefused).map { outcome in
      FindingReport.Source(
        outcome.file.name,
        path: ReportPath.shown(session.paths.inbox + "/" + outcome.file.deliveredAs),
        deliveredAs: outcome.file.deliveredAs, rows: outcome.totals.rows, isRefused: true,
        findings: outcome.findings)
    }
    others += inbox.unreadable.map { name, finding in
      FindingReport.Source(
        name, path: ReportPath.shown(session.paths.inbox + "/" + name), rows: 0,
        isRefused: true, findings: FindingLog([finding]))
    }
    others += inbox.controlsAlone.map { finding in
      FindingReport.Source(
        finding.feed, path: ReportPath.shown(session.paths.inbox + "/" + finding.feed),
        findings: FindingLog([finding]))
    }
    others += RunReport.known(inbox, session.period, session.paths)
    self.init(session, draft, others: others)
  }

  /// A draft that was left as it is.
  init(_ draft: UnchangedDraft, _ inbox: Inbox, _ paths: WorkspacePaths) {
    period = draft.period
    feeds = draft.feeds.count
    rows = draft.feeds.reduce(0) { $0 + $1.feed.rows }
    for bucket in Bucket.allCases { buckets[bucket] = draft.manifest.rows[bucket.name] }
    paid = draft.manifest.paid.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    held = draft.manifest.holds
    findings = FindingReport(
      RunReport.known(inbox, period, paths)
        + draft.feeds.map { RunReport.source($0.feed, $0.findings, paths) })
  }

  /// What was delivered and had been taken in before.
  private static func known(
    _ inbox: Inbox, _ period: Period, _ paths: WorkspacePaths
  ) -> [FindingReport.Source] {
    inbox.known.map { known in
      let path =
        known.staysThere
        ? paths.inbox + "/" + known.deliveredAs : paths.archive(period) + "/" + known.name
      return FindingReport.Source(
        known.note.feed, path: ReportPath.shown(path),
        rows: 0, findings: FindingLog([known.note]))
    }
  }

  private init(_ session: PeriodSession, _ draft: PeriodDraft, others: [FindingReport.Source]) {
    period = session.period
    let own = session.feeds.filter { $0.feed.period == session.period }
    feeds = own.count
    rows = own.reduce(0) { $0 + $1.feed.rows }
    for bucket in Bucket.allCases { buckets[bucket] = draft.rows(bucket) }
    paid = draft.proof.paid.map { ($0.currency.code, $0.amount.text) }
    held = draft.held
    findings = FindingReport(
      others + own.map { RunReport.source($0.feed, $0.findings, session.paths) })
  }

  /// A feed that was taken in, with the place that it has in the archive.
  static func source(
    _ feed: LedgerFeed, _ findings: FindingLog, _ paths: WorkspacePaths
  ) -> FindingReport.Source {
    FindingReport.Source(
      feed.name, path: ReportPath.shown(paths.archive(feed.period) + "/" + feed.name),
      deliveredAs: feed.deliveredAs, rows: feed.rows, findings: findings)
  }
}
