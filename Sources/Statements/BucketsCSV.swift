import CSV
package import Domain
import ExactMoney

/// Writes `buckets.csv`: feed, currency, bucket, rows, amount.
package enum BucketsCSV {
  package static func bytes(_ tally: BucketTally, period: Period, feeds: [String]) -> [UInt8] {
    var csv = CSVWriter()
    csv.header(["period", "feed", "currency", "bucket", "rows", "amount"])
    let rows = tally.entries.sorted { left, right in
      let (a, b) = (left.key, right.key)
      if a.feed != b.feed { return precedesInBytes(feeds[a.feed], feeds[b.feed]) }
      let codes = (a.currency?.code ?? "", b.currency?.code ?? "")
      if codes.0 != codes.1 { return precedesInBytes(codes.0, codes.1) }
      return precedesInBytes(a.bucket.name, b.bucket.name)
    }
    for (key, entry) in rows {
      csv.plain(period.text)
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
