import Domain
import ExactMoney

/// Writes what the report says first, and the balances added up by currency.
struct ReportTotals {
  let facts: PeriodFacts
  let sums: RegisterSums

  func writeTiles(_ html: inout HTMLText) {
    html.line("<dl class=\"tiles\">")
    for (currency, sum) in sums.all where sum.payments > 0 {
      tile(
        (facts.isDraft ? "To be paid in " : "Paid in ") + currency.code,
        GroupedNumber.text(sum.amount("totalPayment")),
        GroupedNumber.text(sum.payments, "payment"), &html)
    }
    if sums.payments == 0 { tile("Payments", "none", "", &html) }
    tile(
      "On hold", GroupedNumber.text(sums.holds),
      "of " + GroupedNumber.text(sums.balances, "balance"), &html)
    let own = facts.feeds.filter { $0.number != nil }
    let rejected = facts.rows(.rejected)
    tile(
      "Rows taken in", GroupedNumber.text(own.reduce(0) { $0 + $1.rows }),
      "from \(GroupedNumber.text(own.count, "feed")), \(GroupedNumber.text(rejected)) rejected",
      &html)
    html.line("</dl>")
  }

  private func tile(_ name: String, _ value: String, _ more: String, _ html: inout HTMLText) {
    html.line("<div><dt>\(name)</dt><dd>\(value)<small>\(more)</small></dd></div>")
  }

  func write(_ html: inout HTMLText) throws(MoneyError) {
    html.line("<h2 id=\"totals\">Balances by currency</h2>")
    guard !sums.all.isEmpty else { return html.line("<p>There are no balances.</p>") }
    html.table(
      "The register, added up",
      [
        "Currency", "#Balances", "#Opening", "#Earned", "#Adjustments", "#Gross", "#Closing",
        "#Difference",
      ])
    for (currency, sum) in sums.all {
      row(
        currency, GroupedNumber.text(sum.balances),
        ["opening", "earned", "adjustments", "gross", "closing"], sum, &html)
      try difference(0, sum, &html)
    }
    html.endTable()
    html.line(
      "<p class=\"soft\">opening + earned + adjustments − gross = closing; what is left over is the"
        + " difference.</p>")
    html.table(
      "Payments and tax",
      ["Currency", "#Payments", "#Gross", "#Sales tax", "#Withheld", "#Paid", "#Difference"])
    for (currency, sum) in sums.all {
      row(
        currency, GroupedNumber.text(sum.payments),
        ["gross", "salesTax", "withheldTax", "totalPayment"], sum, &html)
      try difference(1, sum, &html)
    }
    html.endTable()
    html.line("<p class=\"soft\">gross + sales tax − withheld tax = paid.</p>")
    try writeCoop(&html)
  }

  private func writeCoop(_ html: inout HTMLText) throws(MoneyError) {
    let names = ["coopOpening", "coop", "coopClosing"]
    let used = sums.all.filter { entry in names.contains { !entry.sum.amount($0).isZero } }
    guard !used.isEmpty else { return }
    html.table("Co-op balances", ["Currency", "#Opening", "#Change", "#Closing", "#Difference"])
    for (currency, sum) in used {
      row(currency, nil, names, sum, &html)
      try difference(2, sum, &html)
    }
    html.endTable()
  }

  private func row(
    _ currency: Currency, _ count: String?, _ names: [String], _ sum: RegisterSums.Sum,
    _ html: inout HTMLText
  ) {
    html.line("<tr>")
    html.head(currency.code)
    if let count { html.number(count) }
    for name in names { html.number(GroupedNumber.text(sum.amount(name))) }
  }

  private func difference(
    _ equation: Int, _ sum: RegisterSums.Sum, _ html: inout HTMLText
  ) throws(MoneyError) {
    let (_, added, taken) = RegisterSums.equations[equation]
    let left = try RegisterSums.difference(sum, added: added, taken: taken)
    let mark = left.isZero ? "good" : "bad"
    html.line("<td class=\"n \(mark)\">\(GroupedNumber.text(left))</td></tr>")
  }
}
