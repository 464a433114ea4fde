package import Domain
package import ExactMoney

/// Writes `journal.hledger`: the balances as they were when the period opened, and what the ledger
/// posts in it, as double entry.
///
/// A credit is negative, as hledger has it: `liabilities:payable` is minus what is owed to partners.
package struct JournalText {
  /// The accounts of the ledger (docs/ledger.md), by what hledger calls them; the first two have one
  /// account below for each partner and program.
  private static let accounts = [
    "payable": "liabilities:payable", "coop": "liabilities:coop",
    "payment": "liabilities:payment", "withheldTax": "liabilities:withheldTax",
    "salesTax": "assets:salesTax", "expense": "expenses:partners",
    "coopExpense": "expenses:coop", "adjustment": "expenses:adjustments",
    "exchange": "equity:exchange",
  ]
  private static let opening = "equity:opening"

  private let period: Period
  private let mark: String
  /// What was written and not taken yet.
  package var bytes: [UInt8] = []
  private var currencies: Set<Currency> = []
  private var payee: String?
  private var declared: Set<String> = []

  /// - Parameter isDraft: Whether the period may still change; its transactions are marked `!` then.
  package init(period: Period, isDraft: Bool) {
    self.period = period
    mark = isDraft ? "!" : "*"
    line("; What was owed to partners when \(period.text) opened, and what happened in it.")
    line("; docs/reports.md says how to read and to join journals.")
    line("; state: \(isDraft ? "draft" : "final")")
    line("decimal-mark .")
    for account in Set(Self.accounts.values).union([Self.opening]).sorted(by: precedesInBytes) {
      line("account \(account)")
    }
    line("")
  }

  /// Writes what a balance was when the period opened; all of them come before the first entry.
  package mutating func open(
    participantId: String, participantName: String, program: String, balance: Money, coop: Money
  ) {
    let name = JournalName.encoded(participantName)
    declare(balance.currency)
    declare(payee: name)
    let opened = [("payable", balance), ("coop", coop)].filter { !$0.1.isZero }
      .map { (declared($0.0, participantId, program), $0.1) }
    line("\(period.firstDay.text) \(mark) \(name) | opening")
    for (own, money) in opened {
      post(own, money.negated, comment: "", closing: money.negated)
      post(Self.opening, money, comment: "")
    }
    line("")
  }

  /// Writes what a balance did in the period.
  package mutating func add(_ entry: JournalEntry) {
    guard !entry.movements.isEmpty else { return }
    let name = JournalName.encoded(entry.participantName)
    declare(entry.currency)
    declare(payee: name)
    let accounts = entry.movements.map { movement in
      (
        declared(movement.debit, entry.participantId, entry.program),
        declared(movement.credit, entry.participantId, entry.program)
      )
    }
    let code = entry.paymentId.isEmpty ? "" : "(\(JournalName.encoded(entry.paymentId))) "
    line(
      "\(period.lastDay.text) \(mark) \(code)\(name) | \(JournalName.encoded(entry.program))"
        + "  ; participantId:\(JournalName.encoded(entry.participantId))")
    for (position, movement) in entry.movements.enumerated() {
      post(
        accounts[position].0, movement.amount, comment: movement.cause,
        closing: closing(after: position, movement.debit, entry))
      post(
        accounts[position].1, movement.amount.negated, comment: movement.cause,
        closing: closing(after: position, movement.credit, entry))
    }
    line("")
  }

  /// The balance that an account has in the end, where this is its last movement.
  private func closing(after position: Int, _ account: String, _ entry: JournalEntry) -> Money? {
    guard account == "payable" || account == "coop" else { return nil }
    let isLast = !entry.movements[(position + 1)...].contains {
      $0.debit == account || $0.credit == account
    }
    return isLast ? (account == "coop" ? entry.coopClosing : entry.closing).negated : nil
  }

  // MARK: Directives

  private mutating func declare(_ currency: Currency) {
    guard currencies.insert(currency).inserted else { return }
    line("commodity 1000.\(String(repeating: "0", count: currency.minorDigits)) \(currency.code)")
  }

  private mutating func declare(payee name: String) {
    guard payee != name else { return }
    // The accounts of another partner will not come again.
    declared = []
    payee = name
    line("payee \(name)")
  }

  /// The name of an account, which is declared where that was not done yet.
  private mutating func declared(
    _ account: String, _ participantId: String, _ program: String
  ) -> String {
    let name = Self.accounts[account] ?? account
    guard account == "payable" || account == "coop" else { return name }
    let id = JournalName.encoded(participantId)
    let own = "\(name):\(id):\(JournalName.encoded(program))"
    if declared.insert(own).inserted { line("account \(own)") }
    return own
  }

  // MARK: Lines

  private mutating func post(
    _ account: String, _ money: Money, comment: String, closing: Money? = nil
  ) {
    bytes += "    \(account)  ".utf8
    append(money)
    if let closing {
      bytes += " = ".utf8
      append(closing)
    }
    line(comment.isEmpty ? "" : "  ; \(comment)")
  }

  private mutating func append(_ money: Money) {
    AmountText.append(money, to: &bytes)
    bytes.append(0x20)
    bytes += money.currency.code.utf8
  }

  private mutating func line(_ text: String) {
    bytes += text.utf8
    bytes.append(0x0A)
  }
}
