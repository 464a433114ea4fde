import Domain
import Pipeline

/// Shows a comparison in a terminal.
struct DiffText {
  let style: TextStyle

  func render(_ diff: Diff) -> String {
    var text = style.title("\(side(diff.a)) → \(side(diff.b))") + "\n"
    var partner = ""
    for balance in diff.balances {
      if balance.participantId != partner {
        let name = SafeText.shown(balance.participantName, bytesMax: 200)
        let id = SafeText.shown(balance.participantId, bytesMax: 200)
        text += "\n" + style.title("\(name) (\(id))") + "\n"
        partner = balance.participantId
      }
      text += render(balance, diff)
    }
    if diff.balances.isEmpty { text += "\nnothing has changed\n" }
    text += "\n" + style.title("All partners") + "\n"
    for total in diff.totals {
      text += "\n  \(style.heading("\(total.programName), \(total.currency)"))\n"
      text += sum(total.paymentA, total.causes, total.paymentB, total.currency, diff)
    }
    return text
  }

  private func side(_ side: Diff.Side) -> String {
    let name = SafeText.shown(side.name, bytesMax: 1000)
    return side.name == side.period
      ? "\(name) (\(side.state))" : "\(name) (\(side.period), \(side.state))"
  }

  private func render(_ balance: Diff.Balance, _ diff: Diff) -> String {
    var text = "\n  \(style.heading("\(balance.programName), \(balance.currency)"))\n"
    text += sum(
      balance.paymentA, balance.causes, balance.paymentB, balance.currency, diff)
    let before = state(balance.statusA, balance.holdsA)
    let after = state(balance.statusB, balance.holdsB)
    text += before == after ? "" : "    \(before) → \(after)\n"
    if balance.closingA != balance.closingB {
      text += "    closing \(balance.closingA) → \(balance.closingB) \(balance.currency)\n"
    }
    return text
  }

  private func state(_ status: String, _ holds: String) -> String {
    status.isEmpty ? "not there" : holds.isEmpty ? status : "\(status) (\(holds))"
  }

  // MARK: Sums

  private func sum(
    _ from: String, _ causes: [Diff.Cause], _ to: String, _ currency: String,
    _ diff: Diff
  ) -> String {
    let rows =
      [("payment before", from)]
      + causes.map { (label($0, diff), DiffText.signed($0.amount)) }
      + [("payment after", to)]
    let amounts = rows.map { $0.1.utf8.count }.max() ?? 0
    let longest = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
    let labels = min(longest, style.columns - amounts - 12)
    return rows.enumerated().map { number, row in
      let label = DisplayWidth.left(DisplayWidth.cut(row.0, labels), labels)
      let line = "\(label)  \(DisplayWidth.right(row.1, amounts)) \(currency)\n"
      guard number == rows.count - 1 else { return "    " + line }
      let rule = String(repeating: "-", count: amounts + 4)
      return String(repeating: " ", count: 6 + labels) + rule + "\n  = " + line
    }.joined()
  }

  private static func signed(_ amount: String) -> String {
    amount.hasPrefix("-") || StatementText.isZero(amount) ? amount : "+" + amount
  }

  private func label(_ cause: Diff.Cause, _ diff: Diff) -> String {
    var text = name(cause.cause, diff)
    if let lever = cause.lever {
      text += ": \(lever), \(cause.earningType ?? ""), \(cause.period ?? "")"
    }
    if let id = cause.adjustmentId { text += ": \(SafeText.shown(id))" }
    if let rows = cause.rows { text += " (\(rows) \(rows == 1 ? "row" : "rows"))" }
    return text
  }

  private func name(_ cause: String, _ diff: Diff) -> String {
    let isSamePeriod = diff.a.period == diff.b.period
    return switch cause {
    case "opening": "opening"
    case "newRows": isSamePeriod ? "new rows" : "only in \(diff.b.period)"
    case "goneRows": isSamePeriod ? "rows gone" : "only in \(diff.a.period)"
    case "changedRows": "rows changed"
    case "cap": "cap"
    case "exchangeRate": "exchange rate"
    case "coop": "co-op part"
    case "adjustment": "adjustment"
    case "held": "kept in the balance"
    case "salesTax": "sales tax"
    case "withheldTax": "withheld tax"
    default: cause
    }
  }
}
