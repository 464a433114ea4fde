package import ByteStreams
package import Domain
package import ExactMoney

/// A feed that was taken in, as the ledger remembers it.
package struct LedgerFeed: Hashable, Sendable {
  /// 1, 2, …, in the order in which feeds were taken in.
  package var number: UInt32
  /// The period that was open then.
  package var period: Period
  /// The name by which it is known: its file in `archive/<period>/`. No two feeds share one.
  package var name: String
  /// The name under which it was delivered.
  package var deliveredAs: String
  package var digest: SHA256Digest
  package var feedId: String?
  /// The layout by which it is read; nil for a canonical feed.
  package var profile: LedgerProfile?
  /// All rows of the feed, wherever they ended.
  package var rows: Int
  /// The latest transaction date of its rows that were neither accepted nor rejected.
  package var openDay: Day?
  /// What its deliverer said of it, if anything.
  package var controlTotals: LedgerControlTotals?
  /// The files in `ledger/segments/` that say what became of each row, in their order.
  package var segments: [LedgerSegment] = []
  /// Rejected rows by currency, each currency once, ascending, unreadable ones first.
  package var rejected: [LedgerRejection] = []
  /// How many findings there are of each code.
  package var findings: [String: Int] = [:]
  /// How many findings are listed, and not only counted.
  package var listed = 0

  package init(
    number: UInt32, period: Period, name: String, deliveredAs: String, digest: SHA256Digest,
    feedId: String?, rows: Int
  ) {
    self.number = number
    self.period = period
    self.name = name
    self.deliveredAs = deliveredAs
    self.digest = digest
    self.feedId = feedId
    self.rows = rows
  }
}

/// A profile as it was when a feed was taken in by it.
package struct LedgerProfile: Hashable, Sendable {
  package var name: String
  /// What its file said.
  package var yaml: String

  package init(name: String, yaml: String) {
    self.name = name
    self.yaml = yaml
  }
}

/// Control totals as they were announced.
package struct LedgerControlTotals: Hashable, Sendable {
  package var rows: Int?
  /// Sums by currency code; nil if none were given.
  package var sums: [String: ExactAmount]?

  package init(rows: Int?, sums: [String: ExactAmount]?) {
    self.rows = rows
    self.sums = sums
  }
}

/// An immutable file of the ledger, by name, digest and size.
package struct LedgerSegment: Hashable, Sendable {
  /// A plain file name; no two segments share one.
  package var name: String
  package var digest: SHA256Digest
  package var bytes: Int

  package init(name: String, digest: SHA256Digest, bytes: Int) {
    self.name = name
    self.digest = digest
    self.bytes = bytes
  }
}

/// The rejected rows of a feed in one currency.
package struct LedgerRejection: Hashable, Sendable {
  /// Nil where amount or currency could not be read.
  package var currency: Currency?
  package var rows: Int
  /// The sum of their transaction amounts.
  package var amount: ExactAmount

  package init(currency: Currency?, rows: Int, amount: ExactAmount) {
    self.currency = currency
    self.rows = rows
    self.amount = amount
  }
}
