import Domain
import ExactMoney

/// Writes how payments are distributed, and which ones changed most since the period before.
struct ReportPayments {
  let facts: PeriodFacts
  let movements: Movements
  let histogram: PaymentHistogram

  func write(_ html: inout HTMLText) {
    html.line("<h2 id=\"payments\">Payments</h2>")
    let currencies = histogram.all
    if currencies.isEmpty { html.line("<p>Nothing is paid.</p>") }
    for (currency, bins) in currencies { write(currency, bins, &html) }
    html.line("<h3>Largest changes</h3>")
    guard let before = facts.before else {
      return html.line("<p>No period was closed before this one.</p>")
    }
    let changes = movements.all
    if changes.isEmpty {
      html.line("<p>Every balance is paid as much as in \(before.text).</p>")
    }
    for (currency, list) in changes { write(currency, list, before, &html) }
  }

  private func write(
    _ currency: Currency, _ bins: [PaymentHistogram.Bin], _ html: inout HTMLText
  ) {
    let most = UInt128(bins.map(\.payments).max() ?? 0)
    html.table(
      "Payments in \(currency.code) by size", ["From", "#Payments", "", "#Together"])
    for bin in bins {
      html.line("<tr>")
      html.head("\(GroupedNumber.text(bin.from)) to below \(GroupedNumber.text(bin.to))")
      html.number(GroupedNumber.text(bin.payments))
      html.bar(UInt128(bin.payments), of: most)
      html.number(GroupedNumber.text(bin.sum))
      html.line("</tr>")
    }
    html.endTable()
  }

  private func write(
    _ currency: Currency, _ list: [Movements.Movement], _ before: Period, _ html: inout HTMLText
  ) {
    let most = list.map(\.difference.minorUnits.magnitude).max() ?? 0
    html.table(
      "Payments in \(currency.code) that changed most since \(before.text)",
      ["Partner", "Name", "Program", "#\(before.text)", "#\(facts.period.text)", "#Change", ""])
    for movement in list {
      html.line("<tr>")
      html.head(movement.participantId)
      html.cell(DisplayText.of(movement.participantName))
      html.cell(DisplayText.of(movement.program))
      html.number(GroupedNumber.text(movement.before))
      html.number(GroupedNumber.text(movement.now))
      let sign = movement.difference.isNegative ? "" : "+"
      html.number(sign + GroupedNumber.text(movement.difference))
      change(movement.difference, most, &html)
      html.line("</tr>")
    }
    html.endTable()
  }

  /// A bar to the right of the middle for more, to the left for less.
  private func change(_ difference: Money, _ most: UInt128, _ html: inout HTMLText) {
    let width = HTMLText.thousandths(difference.minorUnits.magnitude, of: most)
    let (start, name) = difference.isNegative ? (1000 - width, "down") : (1000, "up")
    html.line(
      "<td class=\"chart\"><svg class=\"both\" viewBox=\"0 0 2000 10\" preserveAspectRatio=\"none\""
        + " aria-hidden=\"true\"><rect class=\"\(name)\" x=\"\(start)\" width=\"\(width)\""
        + " height=\"10\"/></svg></td>")
  }
}
