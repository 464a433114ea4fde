import Domain
import ExactMoney

/// Writes what was proved before the period was written, and over how many things.
struct ReportProofs {
  let facts: PeriodFacts
  let sums: RegisterSums

  func write(_ html: inout HTMLText) throws(MoneyError) {
    html.line("<h2 id=\"proofs\">Proof</h2>")
    html.line("<p>Each sum is worked out again from its parts before anything is published.</p>")
    html.line("<ul class=\"checks\">")
    for check in facts.checks {
      item(true, "\(check.rule) (\(GroupedNumber.text(check.checked)))", &html)
    }
    let fed = facts.feeds.filter { $0.number != nil }.reduce(0) { $0 + $1.rows }
    let counted = Bucket.allCases.reduce(0) { $0 + facts.rows($1) }
    item(
      fed == counted,
      "\(GroupedNumber.text(fed, "row")) in the feeds, \(GroupedNumber.text(counted)) in buckets",
      &html)
    for currency in Set(facts.openings.keys).union(sums.all.map(\.currency)).sorted() {
      let closed = facts.openings[currency] ?? .zero(currency)
      let opened = sums[currency]?.amount("opening") ?? .zero(currency)
      item(
        closed == opened,
        "\(currency.code): closings of the period before \(GroupedNumber.text(closed)), openings"
          + " \(GroupedNumber.text(opened))", &html)
    }
    html.line("</ul>")
  }

  private func item(_ holds: Bool, _ text: String, _ html: inout HTMLText) {
    html.raw(holds ? "<li>" : "<li class=\"bad\">")
    html.text(text)
    html.line("</li>")
  }
}
