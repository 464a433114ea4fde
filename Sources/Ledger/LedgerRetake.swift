package import Domain

/// What is known of a feed after its rejected rows were taken again.
package struct LedgerRetake: Hashable, Sendable {
  /// The ledger's number of the feed.
  package var feed: UInt32
  /// The period that was open then.
  package var period: Period
  /// The findings and the rejects of the feed, which replace those of before.
  package var segments: [LedgerSegment] = []
  /// How many findings there are of each code.
  package var findings: [String: Int] = [:]
  package var listed = 0
  /// The latest transaction date of rows that it neither accepted nor rejected.
  package var openDay: Day?

  package init(feed: UInt32, period: Period) {
    self.feed = feed
    self.period = period
  }
}
