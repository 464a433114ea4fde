package import Domain

/// A row whose fate changed after its feed was taken in; the last change of a row counts.
package struct LedgerFateChange: Hashable, Sendable {
  /// The ledger's number of the feed.
  package var feed: UInt32
  /// The row of the feed, as its segments count.
  package var row: UInt32
  /// The period that was open when it changed.
  package var period: Period
  /// Where the row is now.
  package var fate: RowFate
  /// The transaction date of the earning that it follows, if it follows one.
  package var followedDay: Day?

  package init(
    feed: UInt32, row: UInt32, period: Period, fate: RowFate, followedDay: Day? = nil
  ) {
    self.feed = feed
    self.row = row
    self.period = period
    self.fate = fate
    self.followedDay = followedDay
  }

  /// A row that ended in a bucket, for no reasons of its own.
  package init(
    feed: UInt32, row: UInt32, period: Period, bucket: Bucket, followedDay: Day? = nil
  ) {
    self.init(
      feed: feed, row: row, period: period, fate: RowFate(bucket), followedDay: followedDay)
  }
}
