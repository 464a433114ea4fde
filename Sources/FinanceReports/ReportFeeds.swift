import Domain

/// Writes the feeds with where their rows ended, and what was found in them.
struct ReportFeeds {
  private let facts: PeriodFacts
  /// Rows by feed number and bucket.
  private var rows: [Int: [Bucket: Int]] = [:]

  init(facts: PeriodFacts) {
    self.facts = facts
    for (key, entry) in facts.tally.entries {
      rows[key.feed, default: [:]][key.bucket, default: 0] += entry.rows
    }
  }

  func write(_ html: inout HTMLText) {
    html.line("<h2 id=\"feeds\">Feeds</h2>")
    guard !facts.feeds.isEmpty else {
      return html.line("<p>No feed was taken in in this period.</p>")
    }
    html.table(
      "Feeds by name, with the rows in each bucket",
      ["Feed", "#Rows", "#Accepted", "#Ineligible", "#Not yet due", "#Duplicate", "#Rejected"]
        + ["Findings"])
    for feed in facts.feeds { row(feed, &html) }
    html.endTable()
    writeFindings(&html)
  }

  private func row(_ feed: PeriodFacts.Feed, _ html: inout HTMLText) {
    html.line("<tr>")
    html.head(feed.name)
    if let number = feed.number {
      html.number(GroupedNumber.text(feed.rows))
      for bucket in Bucket.allCases {
        html.number(GroupedNumber.text(rows[number]?[bucket] ?? 0))
      }
    } else {
      html.line("<td class=\"n\"></td><td colspan=\"5\" class=\"bad\">refused, not taken in</td>")
    }
    let counts = feed.findings.counts.sorted { $0.key < $1.key }
    html.cell(
      counts.map { "\($0.key.rawValue) × \(GroupedNumber.text($0.value))" }.joined(separator: ", "),
      class: "short")
    html.line("</tr>")
  }

  private func writeFindings(_ html: inout HTMLText) {
    var counts: [FindingCode: Int] = [:]
    for feed in facts.feeds { counts.merge(feed.findings.counts, uniquingKeysWith: +) }
    guard !counts.isEmpty else { return html.line("<p>Nothing was found in them.</p>") }
    let most = UInt128(counts.values.max() ?? 0)
    html.table("Findings by code", ["Code", "What", "Severity", "#Count", ""])
    for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
      html.line("<tr>")
      html.head(code.rawValue)
      html.cell(code.text.title, class: "short")
      html.cell(code.severity.rawValue)
      html.number(GroupedNumber.text(count))
      html.bar(UInt128(count), of: most)
      html.line("</tr>")
    }
    html.endTable()
    html.line(
      "<p class=\"soft\">Each one with its line, and what to do about it, is in"
        + " <a href=\"errors.csv\">errors.csv</a>; rejected rows are in rejects/, ready to correct and"
        + " send again.</p>")
  }
}
