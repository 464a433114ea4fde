import Domain
import ExactMoney

/// Writes where the rows of the feeds ended, with their amounts.
struct ReportBuckets {
  private static let names: [Bucket: String] = [
    .accepted: "accepted", .ineligible: "ineligible", .notYetDue: "not yet due",
    .duplicate: "duplicate", .rejected: "rejected",
  ]

  let facts: PeriodFacts

  func write(_ html: inout HTMLText) {
    html.line("<h2 id=\"buckets\">Where the rows ended</h2>")
    let own = facts.tally.entries.filter { facts.takenIn[$0.key.feed] == facts.period }
    let earlier = facts.tally.entries.filter { facts.takenIn[$0.key.feed] != facts.period }
    guard !own.isEmpty || !earlier.isEmpty else {
      return html.line("<p>No rows were taken in.</p>")
    }
    if !own.isEmpty {
      writeBar(own, &html)
      writeTable("Rows of this period’s feeds, and their transaction amounts", own, &html)
    }
    if !earlier.isEmpty {
      writeTable("Rows of earlier feeds that were still open", earlier, &html)
    }
  }

  private typealias Entries = [(key: BucketTally.Key, value: BucketTally.Entry)]

  /// All rows as one bar, whose parts are in the colours of the table below.
  private func writeBar(_ entries: Entries, _ html: inout HTMLText) {
    let total = entries.reduce(0) { $0 + $1.value.rows }
    html.raw(
      "<svg class=\"stack\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\""
        + " aria-hidden=\"true\">")
    var before = 0
    for bucket in Bucket.allCases {
      let rows = ReportBuckets.rows(bucket, entries)
      let (start, end) = (before * 1000 / max(1, total), (before + rows) * 1000 / max(1, total))
      html.raw(
        "<rect class=\"\(bucket.name)\" x=\"\(start)\" width=\"\(end - start)\" height=\"10\"/>")
      before += rows
    }
    html.line("</svg>")
  }

  private func writeTable(_ caption: String, _ entries: Entries, _ html: inout HTMLText) {
    let currencies = Set(entries.compactMap(\.key.currency)).sorted()
    html.table(caption, ["Bucket", "#Rows"] + currencies.map { "#" + $0.code })
    for bucket in Bucket.allCases {
      let own = entries.filter { $0.key.bucket == bucket }
      guard !own.isEmpty else { continue }
      html.raw(
        "<tr><th scope=\"row\"><svg class=\"swatch \(bucket.name)\" viewBox=\"0 0 10 10\""
          + " aria-hidden=\"true\"><rect width=\"10\" height=\"10\"/></svg>")
      html.line("\(ReportBuckets.names[bucket] ?? bucket.name)</th>")
      numbers(own, currencies, &html)
    }
    html.line("<tr class=\"sum\"><th scope=\"row\">all</th>")
    numbers(entries, currencies, &html)
    html.endTable()
    if entries.contains(where: { $0.key.currency == nil }) {
      html.line(
        "<p class=\"soft\">Rows whose amount or currency cannot be read count without an amount.</p>"
      )
    }
  }

  private func numbers(_ entries: Entries, _ currencies: [Currency], _ html: inout HTMLText) {
    html.number(GroupedNumber.text(entries.reduce(0) { $0 + $1.value.rows }))
    for currency in currencies {
      let amounts = entries.filter { $0.key.currency == currency }.map(\.value.amount)
      html.number(amounts.isEmpty ? "" : ReportBuckets.sum(amounts, currency))
    }
    html.line("</tr>")
  }

  private static func rows(_ bucket: Bucket, _ entries: Entries) -> Int {
    entries.reduce(0) { $0 + ($1.key.bucket == bucket ? $1.value.rows : 0) }
  }

  private static func sum(_ amounts: [ExactAmount], _ currency: Currency) -> String {
    var sum = ExactAmount.zero
    for amount in amounts {
      guard let next = try? sum.plus(amount) else { return "too large to add" }
      sum = next
    }
    return GroupedNumber.text(sum.text(decimals: currency.minorDigits))
  }
}
