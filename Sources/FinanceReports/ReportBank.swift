import Domain
import ExactMoney

/// Writes what became at the bank of the payments of earlier periods.
struct ReportBank {
  /// More payments than this are in `payments.csv` of the reconciliation alone.
  private static let paymentsMax = 200

  let bank: BankFacts

  func write(_ html: inout HTMLText) {
    html.line("<h2 id=\"bank\">At the bank</h2>")
    html.line(
      "<p>Payments of earlier periods, by what banks have told up to \(bank.asOf.text);"
        + " \(GroupedNumber.text(bank.files, "file")) of banks came in this period.</p>")
    writeLines(&html)
    writeSides(&html)
    writePayments(&html)
  }

  private func writeLines(_ html: inout HTMLText) {
    html.table(
      "What was issued, and what became of it",
      ["Currency", "What", "#Payments", "#Amount"])
    for (currency, lines) in bank.lines {
      for line in lines {
        let isSum = line.name == "issued" || line.name == "rest"
        guard isSum || line.payments > 0 else { continue }
        html.line("<tr>")
        html.head(currency.code)
        html.cell(Self.name(line))
        html.number(line.name == "rest" ? "" : GroupedNumber.text(line.payments))
        let mark = line.name != "rest" ? "n" : line.amount.isZero ? "n good" : "n bad"
        html.line("<td class=\"\(mark)\">\(GroupedNumber.text(line.amount))</td></tr>")
      }
    }
    html.endTable()
  }

  private static func name(_ line: BankFacts.Line) -> String {
    switch (line.name, line.age) {
    case ("issued", _): "issued"
    case ("booked", _): "booked by the bank"
    case ("returned", _): "came back"
    case ("rejected", _): "rejected by the bank"
    case ("contradicted", _): "contradicted: rejected and made, or sent twice"
    case ("rest", _): "left over"
    case (_, "notDue"): "open, not due yet"
    case (_, "days0to5"): "open, due up to 5 days ago"
    case (_, "days6to30"): "open, due 6 to 30 days ago"
    default: "open, due more than 30 days ago"
    }
  }

  private func writeSides(_ html: inout HTMLText) {
    html.table(
      "What moved on the payer's accounts",
      [
        "Currency", "#Moved for payments", "#Charges and other differences", "#Booked and not back",
        "#Left over", "#Entries of no payment", "#Their amount",
      ])
    for (currency, side) in bank.sides {
      html.line("<tr>")
      html.head(currency.code)
      for money in [side.moved, side.difference, side.booked] {
        html.number(GroupedNumber.text(money))
      }
      let mark = side.rest.isZero ? "good" : "bad"
      html.line("<td class=\"n \(mark)\">\(GroupedNumber.text(side.rest))</td>")
      html.number(GroupedNumber.text(side.unknownEntries))
      html.number(GroupedNumber.text(side.unknown))
      html.line("</tr>")
    }
    html.endTable()
  }

  private func writePayments(_ html: inout HTMLText) {
    let listed = bank.payments.filter(\.isForPeople)
    guard !listed.isEmpty else { return html.line("<p>No payment waits for anybody.</p>") }
    html.table(
      "Payments to look at",
      [
        "Payment", "Partner", "Program", "Period", "#Amount", "Currency", "To be executed", "State",
        "Why",
        "Remedy",
      ])
    for payment in listed.prefix(Self.paymentsMax) {
      html.line("<tr>")
      html.head(payment.paymentId)
      html.cell(payment.participantId)
      html.cell(payment.programName)
      html.cell(payment.period.text)
      html.number(GroupedNumber.text(payment.amount))
      html.cell(payment.amount.currency.code)
      html.cell(payment.executionDay.text)
      html.cell(payment.state)
      html.cell(payment.reason, class: "short")
      html.cell(payment.remedy, class: "long")
      html.line("</tr>")
    }
    html.endTable()
    let rest = listed.count - Self.paymentsMax
    if rest > 0 {
      html.line(
        "<p class=\"soft\">\(GroupedNumber.text(rest)) more are in payments.csv of the"
          + " reconciliation.</p>")
    }
  }
}
