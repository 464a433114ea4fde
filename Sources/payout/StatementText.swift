import Domain
import Pipeline

/// Shows a statement in a terminal: for each balance first the way from opening to closing, then
/// the lines.
struct StatementText {
  let style: TextStyle

  func render(_ statement: StatementView) -> String {
    let name = SafeText.shown(statement.participantName, bytesMax: 200)
    let id = SafeText.shown(statement.participantId, bytesMax: 200)
    let state = statement.state == "final" ? "final" : "draft as of \(statement.asOf)"
    let title = "Statement of \(name) (\(id)), \(statement.period), \(state)"
    var text = DisplayWidth.wrap(title, style.columns).map { style.title($0) + "\n" }.joined()
    if statement.balances.isEmpty { text += "\n  no lines, and all balances are zero\n" }
    for balance in statement.balances { text += "\n" + render(balance) }
    return text
  }

  private func render(_ balance: StatementView.Balance) -> String {
    var text = style.title("\(balance.program), \(balance.currency)") + "\n\n" + bridge(balance)
    for hold in balance.holds {
      let lines = DisplayWidth.wrap("held: \(hold.code) \(hold.title)", style.columns - 2)
      text += "  " + lines.joined(separator: "\n        ") + "\n"
      for line in DisplayWidth.wrap(hold.remedy, style.columns - 8) { text += "        \(line)\n" }
    }
    let tables = StatementTables(balance: balance, style: style)
    return text + tables.render()
  }

  // MARK: From opening to closing

  private func bridge(_ balance: StatementView.Balance) -> String {
    let coopMoves = balance.coop != balance.coopOpening || balance.coop != balance.coopClosing
    let isPaid = !StatementText.isZero(balance.gross)
    let rows: [(String, String)] = [
      ("opening", balance.opening), ("earned", balance.earned),
      ("adjustments", balance.adjustments),
      ("paid (gross)", isPaid ? "-" + balance.gross : balance.gross),
      ("closing", balance.closing),
    ]
    let taxes: [(String, String)] = [
      ("gross", balance.gross), ("sales tax", balance.salesTax),
      (
        "withheld tax",
        StatementText.isZero(balance.withheldTax)
          ? balance.withheldTax : "-" + balance.withheldTax
      ), ("payment", balance.payment),
    ]
    let coop: [(String, String)] = [
      ("co-op opening", balance.coopOpening), ("co-op accrued", balance.coop),
      ("co-op closing", balance.coopClosing),
    ]
    let amounts = (rows + taxes + coop).map { $0.1.utf8.count }.max() ?? 0
    var text = table(rows, amounts, balance.currency)
    if isPaid { text += "\n" + table(taxes, amounts, balance.currency) }
    if coopMoves || !StatementText.isZero(balance.coop) {
      text += "\n" + table(coop, amounts, balance.currency)
    }
    return text + "\n  status        \(status(balance))\n"
  }

  private func status(_ balance: StatementView.Balance) -> String {
    [balance.status, balance.paymentMethod, balance.paymentId].compactMap(\.self)
      .joined(separator: ", ")
  }

  /// Labels and amounts; the last one is what the others come to.
  private func table(_ rows: [(String, String)], _ width: Int, _ currency: String) -> String {
    rows.enumerated().map { number, row in
      let isSum = number == rows.count - 1
      let rule =
        isSum
        ? String(repeating: " ", count: 16)
          + String(repeating: "-", count: width + 4) + "\n" : ""
      return rule + "\(isSum ? "= " : "  ")\(DisplayWidth.left(row.0, 14))"
        + "\(DisplayWidth.right(row.1, width)) \(currency)\n"
    }.joined()
  }

  static func isZero(_ amount: String) -> Bool {
    !amount.utf8.contains { (0x31...0x39).contains($0) }
  }
}
