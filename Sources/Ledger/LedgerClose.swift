package import ByteStreams
package import Domain
package import ExactMoney

/// All that the close of a period adds to the ledger, in one transaction.
package struct LedgerClose: Sendable {
  package var period: Period
  package var asOf: Day
  /// Of the final `run.json`.
  package var manifestDigest: SHA256Digest
  /// Of the list of the copies that are kept of what the period went by.
  package var copiesDigest: SHA256Digest?
  /// Which files a close of this version writes; see ``Ledger/drawing(of:)``.
  package var drawing = 1
  /// Who runs it; empty where nobody said.
  package var userId = ""
  /// Those that are written with it; nil where they have to wait.
  package var paymentFiles: LedgerPaymentFiles?
  /// Every balance that has any line, and every one that was not zero when the period opened.
  package var settlements: [LedgerSettlement] = []
  package var adjustments: [LedgerAdjustment] = []
  package var leverMonths: [LedgerLeverMonth] = []
  /// Rows whose fate changed since the last run.
  package var fateChanges: [LedgerFateChange] = []
  /// Segments that were merged.
  package var keySegments: [LedgerKeySegment] = []

  package init(period: Period, asOf: Day, manifestDigest: SHA256Digest) {
    self.period = period
    self.asOf = asOf
    self.manifestDigest = manifestDigest
  }
}

/// A close that was made.
package struct LedgerClosing: Hashable, Sendable {
  package var period: Period
  package var asOf: Day
  /// Of the final `run.json`.
  package var manifestDigest: SHA256Digest

  package init(period: Period, asOf: Day, manifestDigest: SHA256Digest) {
    self.period = period
    self.asOf = asOf
    self.manifestDigest = manifestDigest
  }
}

/// A manual adjustment that was posted.
package struct LedgerAdjustment: Hashable, Sendable {
  package var adjustmentId: String
  /// Of its canonical content: the same id with another content is an error.
  package var contentDigest: SHA256Digest
  /// The period whose close posted it.
  package var period: Period

  package init(adjustmentId: String, contentDigest: SHA256Digest, period: Period) {
    self.adjustmentId = adjustmentId
    self.contentDigest = contentDigest
    self.period = period
  }
}

/// Where the tiers and the cap of one partner, program, lever and month stand after a close.
package struct LedgerLeverMonth: Hashable, Sendable {
  package var participantId: String
  package var program: String
  package var lever: String
  /// The month of the transaction dates.
  package var month: Period
  /// The running basis of tiers, in the plan's currency.
  package var basis: ExactAmount
  /// The running sum of what was earned, before the cap, in the plan's currency.
  package var earned: ExactAmount

  package init(
    participantId: String, program: String, lever: String, month: Period, basis: ExactAmount,
    earned: ExactAmount
  ) {
    self.participantId = participantId
    self.program = program
    self.lever = lever
    self.month = month
    self.basis = basis
    self.earned = earned
  }
}
