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

  private var keys: [Key] = []
  private var values: [Entry] = []
  private var numbers: [Key: Int] = [:]
  /// Numbers of keys met lately, by ``slot(_:)``; -1 where there is none. A row is counted without
  /// asking the dictionary that way.
  private var recent = [Int32](repeating: -1, count: 256)

  package init() {}

  /// What was counted, in the order in which it was first met.
  package var entries: [(key: Key, value: Entry)] {
    keys.indices.map { (keys[$0], values[$0]) }
  }

  /// Counts a row.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func add(
    feed: Int, currency: Currency?, bucket: Bucket, amount: ExactAmount
  ) throws(MoneyError) {
    let key = Key(feed: feed, currency: currency, bucket: bucket)
    let slot = BucketTally.slot(key)
    var number = Int(recent[slot])
    if number < 0 || keys[number] != key {
      number = self.number(of: key)
      recent[slot] = Int32(number)
    }
    values[number].rows += 1
    if currency != nil { values[number].amount = try values[number].amount.plus(amount) }
  }

  private static func slot(_ key: Key) -> Int {
    let currency = key.currency.map { Int($0.index) } ?? 255
    let mixed = (key.feed &* 5 &+ Int(key.bucket.rawValue)) &* 31 &+ currency
    return mixed & 255
  }

  private mutating func number(of key: Key) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = keys.count
    keys.append(key)
    values.append(Entry())
    return keys.count - 1
  }

  /// Takes over what another tally has counted.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func merge(_ other: BucketTally) throws(MoneyError) {
    for (key, entry) in other.entries {
      let number = number(of: key)
      values[number].rows += entry.rows
      values[number].amount = try values[number].amount.plus(entry.amount)
    }
  }

  /// Rows of all feeds in a bucket.
  package func rows(_ bucket: Bucket) -> Int {
    keys.indices.reduce(0) { $0 + (keys[$1].bucket == bucket ? values[$1].rows : 0) }
  }

  package func rows(feed: Int) -> Int {
    keys.indices.reduce(0) { $0 + (keys[$1].feed == feed ? values[$1].rows : 0) }
  }
}
