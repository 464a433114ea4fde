package import ByteStreams
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

/// A file of the digests of known earnings.
package struct LedgerKeySegment: Hashable, Sendable {
  /// A plain file name; no two segments share one.
  package var name: String
  package var entries: Int
  package var digest: SHA256Digest
  /// The segments that were merged into this one and count no more.
  package var replaces: [String]

  package init(name: String, entries: Int, digest: SHA256Digest, replaces: [String] = []) {
    self.name = name
    self.entries = entries
    self.digest = digest
    self.replaces = replaces
  }
}

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
