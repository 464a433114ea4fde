package import Domain

/// What one `run` or `retake` adds to the ledger, in one transaction.
package struct LedgerIntake: Sendable {
  package var kind: LedgerRun.Kind
  /// The open period.
  package var period: Period
  package var asOf: Day
  package var feeds: [LedgerFeed] = []
  package var keySegments: [LedgerKeySegment] = []
  package var fateChanges: [LedgerFateChange] = []
  /// What is known of the feed whose rejected rows were taken again.
  package var retake: LedgerRetake?

  package init(kind: LedgerRun.Kind, period: Period, asOf: Day) {
    self.kind = kind
    self.period = period
    self.asOf = asOf
  }

  /// Whether there is nothing to record: the ledger then stays as it is, to the byte.
  package var isEmpty: Bool {
    feeds.isEmpty && keySegments.isEmpty && fateChanges.isEmpty && retake == nil
  }
}
