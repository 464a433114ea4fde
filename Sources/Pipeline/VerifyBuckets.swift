import Domain

/// Rows and amounts of a period's own feeds by feed, currency and bucket, in millionths of the
/// smallest place that amounts of feeds have.
struct VerifyBuckets {
  /// Feeds may have twelve places.
  private static let places = 12

  struct Key: Hashable {
    var feed: String
    /// Empty where amount or currency could not be read.
    var currency: String
    var bucket: String
  }

  struct Entry: Hashable {
    var rows = 0
    var amount: Int128 = 0
  }

  private(set) var entries: [Key: Entry] = [:]

  init() {}

  /// Reads `buckets.csv`; rows of earlier periods' feeds are left out.
  ///
  /// - Throws: ``VerifyTable/Fault``.
  init(csv bytes: [UInt8], period: String) throws(VerifyTable.Fault) {
    var table = try VerifyTable(
      bytes, columns: ["period", "feed", "currency", "bucket", "rows", "amount"])
    while let record = try table.next() {
      let amount =
        record.isEmpty(5) ? 0 : VerifyAmount.units(record.raw(5), places: VerifyBuckets.places)
      guard let rows = Int(record.text(4)), let amount else {
        throw VerifyTable.Fault(record: record.number, reason: "rows or amount are no number")
      }
      guard record.text(0) == period else { continue }
      let key = Key(feed: record.text(1), currency: record.text(2), bucket: record.text(3))
      guard entries.updateValue(Entry(rows: rows, amount: amount), forKey: key) == nil else {
        throw VerifyTable.Fault(record: record.number, reason: "the bucket stands twice")
      }
    }
  }

  /// Counts a row.
  mutating func add(_ key: Key, amount: Int128) {
    entries[key, default: Entry()].rows += 1
    // Amounts have at most 18 digits before the point: a hundred million of them fit.
    if !key.currency.isEmpty { entries[key]?.amount &+= amount }
  }

  mutating func merge(_ other: VerifyBuckets) {
    entries.merge(other.entries) { $1 }
  }

  /// Rows by the name of the bucket.
  var rowsByBucket: [String: Int] {
    Dictionary(entries.map { ($0.key.bucket, $0.value.rows) }, uniquingKeysWith: +)
  }

  /// What the archive says otherwise than `buckets.csv`, as sentences without their full stop.
  func differences(from written: VerifyBuckets) -> [String] {
    var found: [String] = []
    let plain = Dictionary(
      written.entries.map { key, entry in (neutral(key), entry) }, uniquingKeysWith: { $1 })
    for key in Set(entries.keys).union(plain.keys) where entries[key] != plain[key] {
      let rows = (entries[key]?.rows ?? 0, plain[key]?.rows ?? 0)
      let what = rows.0 == rows.1 ? "another amount" : "\(rows.0) rows, \(rows.1) written"
      found.append(
        "\(SafeText.shown(key.feed)), \(key.currency), \(key.bucket): archive and ledger have"
          + " \(what)")
    }
    return found.sorted(by: precedesInBytes)
  }

  /// With the feed's plain name, where a quote was put in front of it.
  private func neutral(_ key: Key) -> Key {
    guard key.feed.hasPrefix("'"), !entries.keys.contains(where: { $0.feed == key.feed }) else {
      return key
    }
    var plain = key
    plain.feed.removeFirst()
    return plain
  }
}
