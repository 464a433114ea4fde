import Domain
import ExactMoney

/// Writes what is held, why, and for how long.
struct ReportHolds {
  let holds: HoldTable

  func write(_ html: inout HTMLText) {
    html.line("<h2 id=\"holds\">Holds</h2>")
    let entries = holds.entries.sorted { $0.key < $1.key }
    guard !entries.isEmpty else { return html.line("<p>Nothing is held.</p>") }
    let most = UInt128(entries.map(\.value.balances).max() ?? 0)
    html.table("Held balances by reason", ["Code", "Reason", "#Balances", "", "#Held", "Remedy"])
    for (code, entry) in entries {
      html.line("<tr>")
      html.head(code.rawValue)
      html.cell(code.text.title, class: "short")
      html.number(GroupedNumber.text(entry.balances))
      html.bar(UInt128(entry.balances), of: most)
      let amounts = entry.amounts.sorted { $0.key < $1.key }
        .map { "\(GroupedNumber.text($0.value)) \($0.key.code)" }
      html.line("<td class=\"n\">\(amounts.joined(separator: "<br>"))</td>")
      html.cell(code.remedy, class: "long")
      html.line("</tr>")
    }
    html.endTable()
    html.table(
      "Held balances by age, in periods", ["Code"] + HoldTable.ages.map { "#" + $0.name })
    for (code, entry) in entries {
      html.line("<tr>")
      html.head(code.rawValue)
      for count in entry.ages { html.number(count == 0 ? "" : GroupedNumber.text(count)) }
      html.line("</tr>")
    }
    html.endTable()
    html.line("<p class=\"soft\">A balance that is held for two reasons counts for both.</p>")
  }
}
