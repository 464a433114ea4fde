package import ExactMoney

/// Rows and amounts by feed, currency and bucket: the proof that every row is in one place.
package struct BucketTally: Sendable {
  /// What rows are counted together.
  package struct Key: Hashable, Sendable {
    package var feed: Int
    /// Nil where amount or currency could not be read.
    package var currency: Currency?
    package var bucket: Bucket
  }

  /// How many and how much.
  package struct Entry: Hashable, Sendable {
    package var rows = 0
    package var amount = ExactAmount.zero
  }

  package private(set) var entries: [Key: Entry] = [:]

  package init() {}

  /// Counts a row.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func add(
    feed: Int, currency: Currency?, bucket: Bucket, amount: ExactAmount
  ) throws(MoneyError) {
    let key = Key(feed: feed, currency: currency, bucket: bucket)
    var entry = entries[key] ?? Entry()
    entry.rows += 1
    if currency != nil { entry.amount = try entry.amount.plus(amount) }
    entries[key] = entry
  }

  /// Takes over what another tally has counted.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func merge(_ other: BucketTally) throws(MoneyError) {
    for (key, entry) in other.entries {
      var sum = entries[key] ?? Entry()
      sum.rows += entry.rows
      sum.amount = try sum.amount.plus(entry.amount)
      entries[key] = sum
    }
  }

  /// Rows of all feeds in a bucket.
  package func rows(_ bucket: Bucket) -> Int {
    entries.reduce(0) { $0 + ($1.key.bucket == bucket ? $1.value.rows : 0) }
  }

  package func rows(feed: Int) -> Int {
    entries.reduce(0) { $0 + ($1.key.feed == feed ? $1.value.rows : 0) }
  }
}
