import CSV
package import Domain
import ExactMoney

/// Writes `buckets.csv`: period, feed, currency, bucket, rows, amount.
package enum BucketsCSV {
  /// - Parameters:
  ///   - feeds: Names by feed number.
  ///   - takenIn: By feed number, the period in which the feed was taken in.
  package static func bytes(
    _ tally: BucketTally, feeds: [String], takenIn: [Int: Period]
  ) -> [UInt8] {
    var csv = CSVWriter()
    csv.header(["period", "feed", "currency", "bucket", "rows", "amount"])
    func period(_ key: BucketTally.Key) -> String { takenIn[key.feed]?.text ?? "" }
    func texts(_ key: BucketTally.Key) -> [String] {
      [period(key), feeds[key.feed], key.currency?.code ?? "", key.bucket.name]
    }
    let rows = tally.entries.sorted { left, right in
      for (a, b) in zip(texts(left.key), texts(right.key)) where a != b {
        return precedesInBytes(a, b)
      }
      return false
    }
    for (key, entry) in rows {
      csv.plain(period(key))
      csv.text(feeds[key.feed])
      csv.plain(key.currency?.code ?? "")
      csv.plain(key.bucket.name)
      csv.plain(String(entry.rows))
      if let currency = key.currency {
        csv.plain(entry.amount.text(decimals: currency.minorDigits))
      } else {
        csv.empty()
      }
      csv.endRecord()
    }
    return csv.bytes
  }
}
