import Documents
import Domain
import ExactMoney

/// A balance: program and currency, from why it is on hold to how it came about.
extension StatementHTML {
  mutating func write(_ balance: StatementBalance, _ number: Int) {
    writer.raw("<section class=\"balance\"><h2>")
    writer.name(balance.program)
    writer.raw(" <span>")
    writer.raw(balance.currency.code)
    writer.raw("</span></h2>\n")
    writeHolds(balance)
    writeBridge(balance, number)
    writeEarnings(balance)
    writeAdjustments(balance)
    writeTaxes(balance)
    writeIneligible(balance)
    writeLines(balance)
    writer.raw("</section>\n")
  }

  // MARK: Holds

  private mutating func writeHolds(_ balance: StatementBalance) {
    guard !balance.holds.isEmpty else { return }
    writer.raw("<section class=\"holds\">")
    heading(3, .holds)
    writer.raw("<dl>")
    for hold in balance.holds {
      guard let (reason, remedy) = hold.code.words else { continue }
      writer.raw("<dt>")
      word(reason)
      writer.raw(" (\(hold.code.rawValue))</dt>")
      if let threshold = hold.threshold, let missing = hold.missing {
        writer.raw("<dd>")
        writer.text(
          words.texts.text(
            .threshold, [.total: format.amount(threshold), .amount: format.amount(missing)]))
        writer.raw("</dd>")
      }
      writer.raw("<dd><span>")
      word(.release)
      writer.raw(":</span> ")
      word(remedy)
      writer.raw("</dd>\n")
    }
    writer.raw("</dl></section>\n")
  }

  // MARK: Bridge

  private mutating func writeBridge(_ balance: StatementBalance, _ number: Int) {
    writer.raw("<section>")
    heading(3, .bridge)
    writer.raw("<div class=\"bridge\"><div>")
    table(.bridge, of: balance.program)
    headOfAmounts(balance.currency)
    writer.raw("<tbody>")
    for step in balance.bridge {
      let isTotal = step.kind == .opening || step.kind == .closing
      row(step.kind.word, step.amount, isTotal: isTotal)
    }
    writer.raw("</tbody></table>")
    writeCoop(balance)
    writer.raw("</div>\n")
    BridgeChart(balance.bridge)?.write(
      to: &writer, words, name: balance.program, id: "chart\(number + 1)")
    writer.raw("</div></section>\n")
  }

  /// The head of a table of items and amounts in one currency.
  private mutating func headOfAmounts(_ currency: Currency) {
    writer.raw("<thead><tr><th scope=\"col\">")
    word(.item)
    writer.raw("</th><th scope=\"col\" class=\"number\">")
    word(.amount)
    writer.raw(" ")
    writer.raw(currency.code)
    writer.raw("</th></tr></thead>\n")
  }

  private mutating func row(_ name: StatementWord, _ amount: Money, isTotal: Bool = false) {
    writer.raw(isTotal ? "<tr class=\"total\"><th scope=\"row\">" : "<tr><th scope=\"row\">")
    word(name)
    writer.raw("</th>")
    moneyCell(amount)
    writer.raw("</tr>\n")
  }

  private mutating func writeCoop(_ balance: StatementBalance) {
    guard let coop = balance.coop else { return }
    writer.raw("\n<p class=\"note\">")
    word(.coopBalance)
    writer.raw("</p>\n")
    table(.coopBalance, of: balance.program)
    headOfAmounts(balance.currency)
    writer.raw("<tbody>")
    row(.opening, coop.opening)
    if !coop.accrued.isZero { row(.coopAccrued, coop.accrued) }
    if !coop.moved.isZero { row(.coopMoved, coop.moved) }
    row(.closing, coop.closing, isTotal: true)
    writer.raw("</tbody></table>")
  }

  // MARK: Taxes

  private mutating func writeTaxes(_ balance: StatementBalance) {
    guard !balance.taxes.isEmpty else { return }
    writer.raw("<section>")
    heading(3, .taxes)
    wideTable(.taxes, of: balance.program)
    writer.raw("<thead><tr><th scope=\"col\">")
    word(.item)
    writer.raw("</th><th scope=\"col\" class=\"number\">")
    word(.base)
    writer.raw("</th><th scope=\"col\" class=\"number\">")
    word(.rate)
    writer.raw("</th><th scope=\"col\" class=\"number\">")
    word(.amount)
    writer.raw(" \(balance.currency.code)</th></tr></thead>\n<tbody>")
    taxRow(.grossAmount, nil, balance.payment.gross)
    for tax in balance.taxes {
      taxRow(tax.kind.word, tax, tax.kind == .withheldTax ? tax.amount.negated : tax.amount)
    }
    taxRow(.payment, nil, balance.payment.total, isTotal: true)
    endWideTable()
    writer.raw("</section>\n")
  }

  private mutating func taxRow(
    _ name: StatementWord, _ tax: StatementTax?, _ amount: Money, isTotal: Bool = false
  ) {
    writer.raw(isTotal ? "<tr class=\"total\"><th scope=\"row\">" : "<tr><th scope=\"row\">")
    word(name)
    writer.raw("</th><td class=\"number\">")
    if let tax { money(tax.base) }
    writer.raw("</td><td class=\"number\">")
    if let tax { format.appendPercent(tax.rate, to: &writer.bytes) }
    writer.raw("</td>")
    moneyCell(amount)
    writer.raw("</tr>\n")
  }

  // MARK: Adjustments

  private mutating func writeAdjustments(_ balance: StatementBalance) {
    guard !balance.adjustments.isEmpty else { return }
    writer.raw("<section>")
    heading(3, .adjustments)
    wideTable(.adjustments, of: balance.program)
    writer.raw("<thead><tr>")
    for column in [StatementWord.adjustmentId, .appliesTo, .reason] {
      writer.raw("<th scope=\"col\">")
      word(column)
      writer.raw("</th>")
    }
    amountHeads(balance.currency, own: .amount)
    writer.raw("<tbody>")
    for posted in balance.adjustments { writeAdjustment(posted) }
    endWideTable()
    writer.raw("</section>\n")
  }

  /// The heads of an amount in a currency of its own, the exchange rate and the amount of the balance;
  /// ends the head.
  mutating func amountHeads(_ currency: Currency, own: StatementWord = .earned) {
    writer.raw("<th scope=\"col\" class=\"number\">")
    word(own)
    writer.raw("</th><th scope=\"col\" class=\"number\">")
    word(.exchangeRate)
    writer.raw("</th><th scope=\"col\" class=\"number\">")
    word(.amount)
    writer.raw(" \(currency.code)</th></tr></thead>\n")
  }

  private mutating func writeAdjustment(_ posted: PostedAdjustment) {
    let adjustment = posted.adjustment
    writer.raw("<tr><th scope=\"row\">")
    writer.name(words.texts.name(of: posted))
    writer.raw("</th><td>")
    writer.text(format.text(adjustment.appliesTo))
    writer.raw("</td><td>")
    writer.name(words.texts.reason(of: posted))
    if !adjustment.note.isEmpty {
      writer.raw("<small>")
      writer.name(adjustment.note)
      writer.raw("</small>")
    }
    writer.raw("</td><td class=\"number\">")
    format.appendAmount(adjustment.amount, adjustment.currency, to: &writer.bytes)
    writer.raw("</td>")
    exchangeCells(
      posted.exchangeRate, from: adjustment.currency, posted.amount, coop: nil)
    writer.raw("</tr>\n")
  }

  /// The cells of the exchange rate, empty where nothing is exchanged, and of the amount.
  mutating func exchangeCells(
    _ rate: ExactRate?, from: Currency, _ amount: Money, coop: Money?
  ) {
    writer.raw("<td class=\"number\">")
    if let rate, from != amount.currency { writer.text(format.text(rate)) }
    if rate == nil { word(.waiting) }
    writer.raw("</td><td class=\"number\">")
    money(amount)
    if let coop, !coop.isZero {
      writer.raw("<small>")
      writer.text(words.texts.text(.isCoop, [.amount: format.text(coop)]))
      writer.raw("</small>")
    }
    writer.raw("</td>")
  }
}
