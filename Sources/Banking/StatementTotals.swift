import Domain
import ExactMoney

/// A statement while it is read: its account, and what its entries add up to.
struct StatementTotals {
  var account = ""
  var currency: Currency?
  var balances: [BankElement] = []
  var summary: BankElement?
  private var entries = 0
  private var credits = ExactAmount.zero
  private var debits = ExactAmount.zero

  /// Counts an entry, booked or not.
  ///
  /// - Throws: ``BankRefusal``.
  mutating func add(
    _ amount: Money, _ direction: BankBooking.Direction, _ element: BankElement, _ file: String
  ) throws(BankRefusal) {
    entries += 1
    do throws(MoneyError) {
      switch direction {
      case .credit: credits = try credits.plus(amount.exact())
      case .debit: debits = try debits.plus(amount.exact())
      }
    } catch {
      throw BankRefusal(.B623, file, element.place, "its amounts are too large to add up")
    }
  }

  /// Compares the sums of the bank with those of the entries.
  ///
  /// - Returns: What is to be said of balances, which banks define in more than one way.
  /// - Throws: ``BankRefusal`` where a sum of the entries is another.
  func finish(_ file: String, _ values: BankValues) throws(BankRefusal) -> Finding? {
    if let summary { try check(summary, file, values) }
    return try balanceFinding(file, values)
  }

  private func check(
    _ summary: BankElement, _ file: String, _ values: BankValues
  ) throws(BankRefusal) {
    let (net, _) = credits.picos.subtractingReportingOverflow(debits.picos)
    let (all, _) = credits.picos.addingReportingOverflow(debits.picos)
    if let total = summary.first("TtlNtries") {
      try compare(total, "NbOfNtries", entries, file, values)
      try compare(total, ["Sum"], ExactAmount(picos: all), file, values)
      let netText = total.value(of: [["TtlNetNtryAmt"], ["TtlNetNtry", "Amt"]])
      if !netText.isEmpty {
        let said = try values.number(netText, total)
        guard said.magnitude == ExactAmount(picos: net).magnitude else {
          throw differs(total, "TtlNetNtry", said, ExactAmount(picos: net), file)
        }
      }
    }
    for (name, sum) in [("TtlCdtNtries", credits), ("TtlDbtNtries", debits)] {
      if let total = summary.first(name) { try compare(total, ["Sum"], sum, file, values) }
    }
  }

  private func compare(
    _ total: BankElement, _ name: String, _ count: Int, _ file: String, _ values: BankValues
  ) throws(BankRefusal) {
    let text = total.value(name)
    guard !text.isEmpty else { return }
    let said = try values.count(text, total)
    guard said == count else {
      throw BankRefusal(
        .B623, file, total.place, field: name, value: text,
        "its summary counts \(said) entries, and it has \(count)")
    }
  }

  private func compare(
    _ total: BankElement, _ path: [String], _ sum: ExactAmount, _ file: String,
    _ values: BankValues
  ) throws(BankRefusal) {
    let text = total.value(of: [path])
    guard !text.isEmpty else { return }
    let said = try values.number(text, total)
    guard said == sum else { throw differs(total, total.name, said, sum, file) }
  }

  private func differs(
    _ element: BankElement, _ what: String, _ said: ExactAmount, _ sum: ExactAmount,
    _ file: String
  ) -> BankRefusal {
    BankRefusal(
      .B623, file, element.place, field: what,
      "its summary says \(said.text(decimals: 2)), and its entries are \(sum.text(decimals: 2))"
        + " together")
  }

  // MARK: Balances

  /// The closing that some banks mean is the booked one, of others the one of the next day.
  private func balanceFinding(
    _ file: String, _ values: BankValues
  ) throws(BankRefusal) -> Finding? {
    let openings = try balances("OPBD", values) + balances("PRCD", values)
    let closings = try balances("CLBD", values) + balances("FWAV", values)
    guard let opening = openings.first, let closing = closings.first else { return nil }
    let (net, _) = credits.picos.subtractingReportingOverflow(debits.picos)
    let expected = opening.amount + net
    guard !closings.contains(where: { $0.amount == expected }) else { return nil }
    return Finding(
      .B625, feed: file, line: closing.place.line, column: closing.place.column,
      byteOffset: closing.place.byteOffset, field: "Bal",
      message: "opening balance and entries come to"
        + " \(ExactAmount(picos: expected).text(decimals: 2)), and the closing balance is"
        + " \(ExactAmount(picos: closing.amount).text(decimals: 2))")
  }

  private func balances(
    _ type: String, _ values: BankValues
  ) throws(BankRefusal) -> [(amount: Int128, place: BankPlace)] {
    var found: [(amount: Int128, place: BankPlace)] = []
    for balance in balances where balance.value("Tp", "CdOrPrtry", "Cd") == type {
      guard let element = balance.first("Amt") else { continue }
      let amount = try values.number(element.text, element).picos
      let isCredit = try values.direction(balance) == .credit
      found.append((isCredit ? amount : -amount, balance.place))
    }
    return found
  }
}
