package import Domain

/// Where the fates of earlier feeds are kept.
package protocol FateSource {
  /// Calls `body` with the fates that the rows of a feed had when it was taken in, some at a time.
  ///
  /// - Returns: The period in which that was.
  /// - Throws: What `body` throws; also after the last fate, if they are not what was written.
  func fates(feed: Int, _ body: ([UInt8]) throws -> Void) throws -> Period
  /// What has changed since, up to the period that is drawn, in the order in which it did.
  func changes(feed: Int) throws -> [LedgerFateChange]
}

/// No earlier feeds: where something is only checked.
package struct NoFates: FateSource {
  package init() {}

  package func fates(feed: Int, _ body: ([UInt8]) throws -> Void) -> Period {
    Period(number: 0)
  }

  package func changes(feed: Int) -> [LedgerFateChange] { [] }
}
