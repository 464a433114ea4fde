import Domain
import Pipeline

/// The lines of a balance in aligned columns, as wide as the terminal.
struct StatementTables {
  let balance: StatementView.Balance
  let style: TextStyle

  /// The cells of a line; the texts at its end take what is left.
  private struct Row {
    var date: String
    var id: String
    var amount: String
    var rate: String
    var earned: String
    var rest: [String]
  }

  func render() -> String {
    var text = ""
    var group: [StatementView.Line] = []
    for line in balance.lines where ["earning", "subtotal", "coop"].contains(line.lineType) {
      if line.lineType == "earning" {
        group.append(line)
        continue
      }
      if line.lineType == "subtotal" { text += "\n" + heading(line) + table(group) }
      group = []
      text += sum(line)
    }
    text += section("adjustment", "Adjustments", adjustments)
    text += section("capped", "Capped, not paid", table)
    return text + section("ineligible", "Ineligible, not paid", table)
  }

  private func heading(_ line: StatementView.Line) -> String {
    "  " + style.heading("\(name(line))") + "\n"
  }

  private func name(_ line: StatementView.Line) -> String {
    "\(line.lever ?? ""), \(line.earningType ?? ""), \(line.period)"
  }

  private func section(
    _ type: String, _ title: String, _ render: ([StatementView.Line]) -> String
  ) -> String {
    let lines = balance.lines.filter { $0.lineType == type }
    return lines.isEmpty ? "" : "\n  " + style.heading(title) + "\n" + render(lines)
  }

  // MARK: Sums

  private func sum(_ line: StatementView.Line) -> String {
    let sums = balance.lines.filter { ["subtotal", "coop"].contains($0.lineType) }
    let labels = sums.map { DisplayWidth.of(label($0)) }.max() ?? 0
    let amounts = sums.map { ($0.amount ?? "").utf8.count }.max() ?? 0
    return "  = \(DisplayWidth.left(label(line), labels))"
      + "  \(DisplayWidth.right(line.amount ?? "", amounts)) \(balance.currency)\n"
  }

  private func label(_ line: StatementView.Line) -> String {
    guard line.lineType == "subtotal" else { return "of it co-op" }
    return (line.earnedAmount ?? "waits for a rate") + rate(line)
  }

  private func rate(_ line: StatementView.Line) -> String {
    let currency = line.earnedCurrency ?? ""
    guard currency != balance.currency else { return " \(currency)" }
    return " \(currency) × \(line.exchangeRate ?? "(no rate yet)")"
  }

  private func adjustments(_ lines: [StatementView.Line]) -> String {
    let amounts = lines.map { ($0.amount ?? "").utf8.count }.max() ?? 0
    return lines.map { line in
      let id = SafeText.shown(line.earningId ?? "currency change", bytesMax: 200)
      let how = (line.earnedAmount ?? "") + rate(line)
      let amount = DisplayWidth.right(line.amount ?? "", amounts)
      let reason = SafeText.shown(line.reasonCodes ?? "")
      let text = "    \(amount) \(balance.currency)  \(id), \(reason), \(how)"
      return DisplayWidth.cut(text, style.columns) + "\n"
    }.joined()
  }

  // MARK: Lines

  private func table(_ lines: [StatementView.Line]) -> String {
    let rows = lines.map(row)
    func width(_ cell: (Row) -> String) -> Int { rows.map { DisplayWidth.of(cell($0)) }.max() ?? 0 }
    let (amounts, rates, earned) = (width(\.amount), width(\.rate), width(\.earned))
    let fixed =
      4 + 10 + 2 + 2 + amounts + (rates > 0 ? 2 + rates : 0)
      + (earned > 0 ? 2 + earned : 0)
    let ids = min(width(\.id), max(8, style.columns - fixed))
    return rows.map { row in
      var text = "    \(row.date)  \(DisplayWidth.left(DisplayWidth.cut(row.id, ids), ids))"
      text += "  \(DisplayWidth.right(row.amount, amounts))"
      if rates > 0 { text += "  \(DisplayWidth.right(row.rate, rates))" }
      if earned > 0 { text += "  \(DisplayWidth.right(row.earned, earned))" }
      return text + rest(row.rest, style.columns - DisplayWidth.of(text)) + "\n"
    }.joined()
  }

  /// As many of the texts as fit; one that says a place is shown whole or not at all.
  private func rest(_ texts: [String], _ width: Int) -> String {
    var result = ""
    for (number, text) in texts.enumerated() {
      let left = width - DisplayWidth.of(result) - 2
      if DisplayWidth.of(text) <= left {
        result += "  " + text
      } else if number > 0, left >= 8 {
        return result + "  " + DisplayWidth.cut(text, left)
      }
    }
    return result
  }

  private func row(_ line: StatementView.Line) -> Row {
    let earned = line.earnedAmount.map { "\($0) \(line.earnedCurrency ?? "")" }
    let isWaiting = line.earnedAmount == nil && line.lineType == "earning"
    let reasons = line.lineType == "ineligible" ? line.reasonCodes : nil
    let rest = [
      line.source, line.customerName, line.productName,
      line.lineType == "earning" ? line.reasonCodes : nil,
    ].compactMap(\.self).map { SafeText.shown($0) }
    return Row(
      date: line.transactionDate ?? "", id: SafeText.shown(line.earningId ?? "", bytesMax: 200),
      amount: "\(line.transactionAmount ?? "") \(line.transactionCurrency ?? "")",
      rate: line.rate.map { "× \($0)" } ?? "",
      earned: isWaiting ? "waits" : earned ?? reasons ?? "", rest: rest)
  }
}
