package import Domain

/// Where a row of a feed ended, in one byte, as the ledger keeps it.
package struct RowFate: Hashable, Sendable, BitwiseCopyable {
  /// The bucket in the low three bits, the reasons of an ineligible row above them.
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// - Parameter reasons: Kept of an ineligible row only.
  package init(_ bucket: Bucket, _ reasons: IneligibilityReasons = []) {
    rawValue = bucket.rawValue | (bucket == .ineligible ? reasons.rawValue << 3 : 0)
  }

  /// Nil while it is not decided.
  package var bucket: Bucket? { Bucket(rawValue: rawValue & 7) }

  package var reasons: IneligibilityReasons { IneligibilityReasons(rawValue: rawValue >> 3) }
}

/// A row of a feed.
package struct RowKey: Hashable, Sendable, BitwiseCopyable {
  /// The ledger's number of the feed, from 1.
  package var feed: UInt32
  /// Counts the rows of the feed from 0.
  package var row: UInt32

  package init(feed: UInt32, row: UInt32) {
    self.feed = feed
    self.row = row
  }
}
