package import Domain

/// Where the fates of earlier feeds are kept.
package protocol FateSource {
  /// The period in which a feed was taken in, and the fate of each of its rows then.
  func fates(feed: Int) throws -> (takenIn: Period, fates: [UInt8])
  /// What has changed since, up to the period that is drawn, in the order in which it did.
  func changes(feed: Int) throws -> [LedgerFateChange]
}

/// No earlier feeds: where something is only checked.
package struct NoFates: FateSource {
  package init() {}

  package func fates(feed: Int) -> (takenIn: Period, fates: [UInt8]) {
    (Period(number: 0), [])
  }

  package func changes(feed: Int) -> [LedgerFateChange] { [] }
}
