import Domain

/// Writes the frame of the list of partners, whose rows the script draws.
struct ReportPartners {
  let facts: PeriodFacts
  let balances: Int

  /// What the script calls a column, and what people do.
  private var columns: [(key: Int, name: String, class: String)] {
    let columns = [
      (0, "Partner", ""), (1, "Name", ""), (2, "Program", ""), (3, "Currency", ""),
      (4, "Status", ""), (6, "Opening", "n"), (7, "Earned", "n"), (8, "Other", "n"),
      (9, "Paid", "n"), (10, "Closing", "n"),
    ]
    return columns + (facts.before.map { [(11, "Paid in \($0.text)", "n")] } ?? [])
  }

  func write(_ html: inout HTMLText) {
    html.line("<h2 id=\"partners\">Partners</h2>")
    let count = GroupedNumber.text(balances)
    html.line(
      "<noscript><p>The list of \(count) balances needs scripts; the same rows are in"
        + " <a href=\"register.csv\">register.csv</a>.</p></noscript>")
    html.line(
      "<p class=\"print\">The list of \(count) balances is not printed; the same rows are in"
        + " register.csv.</p>")
    html.line("<div id=\"finder\" hidden>")
    html.line(
      "<label for=\"search\">Search by id, name, program, currency, status or hold code</label>")
    html.line("<input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\">")
    html.line("<p id=\"found\" role=\"status\" class=\"soft\"></p>")
    html.line(
      "<div id=\"list\" role=\"region\" aria-label=\"Balances\" tabindex=\"0\"><table"
        + " aria-label=\"Balances\"><thead><tr>")
    for (key, name, kind) in columns {
      let sort = key == 0 ? " aria-sort=\"ascending\"" : ""
      html.line(
        "<th scope=\"col\" data-key=\"\(key)\" class=\"c\(key) \(kind)\"\(sort)><button type=\"button\">"
          + "\(name)</button></th>")
    }
    html.line("</tr></thead><tbody></tbody></table></div>")
    html.line(
      "<p class=\"soft\">opening + earned + other − paid = closing; other is adjustments + sales tax −"
        + " withheld tax.</p>")
    html.line("</div>")
  }
}
