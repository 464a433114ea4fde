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
  /// In the order in which they are shown.
  package var findings: [Finding] = []
  /// Findings that are counted but not listed.
  package var leftOut = 0
  package var worst: Severity?
  /// The period had been closed before.
  package var isClosed = false
  /// Its directory was not what the close wrote, and has been written again.
  package var isRestored = false

  /// A period that was closed before: its findings count as they did then, so that a close that is
  /// repeated after it was ended gives the exit code that it would have given.
  ///
  /// - Parameter manifest: As the close wrote it.
  init(
    closed period: Period, _ ledger: Ledger, _ manifest: WrittenManifest?, isRestored: Bool
  ) {
    self.period = period
    isClosed = true
    self.isRestored = isRestored
    feeds = manifest?.feeds.count ?? 0
    rows = manifest?.feeds.reduce(0) { $0 + $1.rows } ?? 0
    for bucket in Bucket.allCases { buckets[bucket] = manifest?.rows[bucket.name] }
    paid = (manifest?.paid ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    held = manifest?.holds ?? 0
    worst = ledger.feeds.filter { $0.period == period }
      .flatMap { $0.findings.keys.compactMap { FindingCode(rawValue: $0)?.severity } }.max()
  }

  /// What was drawn.
  init(_ session: PeriodSession, _ draft: PeriodDraft) {
    period = session.period
    let own = session.feeds.filter { $0.feed.period == session.period }
    feeds = own.count
    rows = own.reduce(0) { $0 + $1.feed.rows }
    for bucket in Bucket.allCases { buckets[bucket] = draft.rows(bucket) }
    paid = draft.proof.paid.map { ($0.currency.code, $0.amount.text) }
    held = draft.held
    findings = own.flatMap(\.findings.listed).sorted(by: Finding.precedes)
    leftOut = own.reduce(0) { $0 + $1.findings.leftOut }
    worst = own.compactMap(\.findings.worst).max()
  }

  /// What was drawn and what became of the inbox.
  init(
    _ session: PeriodSession, _ draft: PeriodDraft, _ inbox: Inbox, _ outcomes: [FeedOutcome]
  ) {
    self.init(session, draft)
    let refused = outcomes.filter(\.isRefused)
    findings += refused.flatMap(\.findings.listed) + inbox.unreadable.map(\.finding)
    findings = (findings + inbox.known.map(\.note)).sorted(by: Finding.precedes)
    leftOut += refused.reduce(0) { $0 + $1.findings.leftOut }
    let severities = refused.compactMap(\.findings.worst) + findings.map(\.severity)
    worst = ([worst].compactMap { $0 } + severities).max()
  }
}
