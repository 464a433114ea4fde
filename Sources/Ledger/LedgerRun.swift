package import Domain

/// A run that added something to the ledger.
package struct LedgerRun: Hashable, Sendable {
  /// The command that ran.
  package enum Kind: String, Sendable {
    case run
    case retake
    case close
  }

  package var kind: Kind
  package var period: Period
  package var asOf: Day
  /// How many feeds were taken in.
  package var feeds: Int
  /// How many rows they have.
  package var rows: Int

  package init(kind: Kind, period: Period, asOf: Day, feeds: Int, rows: Int) {
    self.kind = kind
    self.period = period
    self.asOf = asOf
    self.feeds = feeds
    self.rows = rows
  }
}
