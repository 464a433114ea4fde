import Documents
import Domain
import ExactMoney
import PrintBlocks

/// A balance: program and currency, from why it is on hold to how it came about.
extension StatementBlocks {
  mutating func add(_ balance: StatementBalance) {
    add(
      .heading(
        level: 2, text: OutsideText.shown(balance.program), aside: balance.currency.code))
    addHolds(balance)
    addBridge(balance)
    addEarnings(balance)
    addAdjustments(balance)
    addTaxes(balance)
    addIneligible(balance)
    addLines(balance)
  }

  // MARK: Holds

  private mutating func addHolds(_ balance: StatementBalance) {
    guard !balance.holds.isEmpty else { return }
    var text = PrintText(texts.text(.holds), .strong)
    for hold in balance.holds {
      guard let (reason, remedy) = hold.code.words else { continue }
      text.addLine("\(texts.text(reason)) (\(hold.code.rawValue))")
      if let threshold = hold.threshold, let missing = hold.missing {
        text.addLine(
          texts.text(
            .threshold, [.total: format.amount(threshold), .amount: format.amount(missing)]))
      }
      text.addLine(texts.text(.release) + ": ", .soft)
      text.add(texts.text(remedy))
    }
    add(.box(text))
  }

  // MARK: Bridge

  private mutating func addBridge(_ balance: StatementBalance) {
    heading(3, .bridge)
    var table = amountTable(balance.currency)
    table.rows = balance.bridge.map { step in
      row(texts.text(step.kind.word), step.amount, isTotal: step.kind.isBalance)
    }
    let tables = [table] + (balance.coop.map { [coopTable($0, balance.currency)] } ?? [])
    add(.charted(tables: tables, chart: chart(balance.bridge)))
  }

  private func amountTable(_ currency: Currency) -> PrintTable {
    table([(.item, .text), (.amount, .number)], amountsIn: currency)
  }

  private func coopTable(_ coop: StatementCoop, _ currency: Currency) -> PrintTable {
    var table = amountTable(currency)
    table.caption = texts.text(.coopBalance)
    table.rows = [row(texts.text(.opening), coop.opening)]
    if !coop.accrued.isZero { table.rows.append(row(texts.text(.coopAccrued), coop.accrued)) }
    if !coop.moved.isZero { table.rows.append(row(texts.text(.coopMoved), coop.moved)) }
    table.rows.append(row(texts.text(.closing), coop.closing, isTotal: true))
    return table
  }

  private func chart(_ steps: [StatementBridgeStep]) -> PrintChart? {
    guard let scale = BridgeScale(steps) else { return nil }
    func place(_ minorUnits: Int128) -> UInt16 {
      UInt16(scale.place(minorUnits, width: Int(PrintChart.edge)))
    }
    let bars = steps.map { step in
      let ends = [place(step.before.minorUnits), place(step.after.minorUnits)].sorted()
      return PrintChart.Bar(
        label: texts.text(step.kind.word),
        kind: kind(step),
        from: ends[0], to: ends[1])
    }
    return PrintChart(zero: place(0), bars: bars)
  }

  private func kind(_ step: StatementBridgeStep) -> PrintChart.Kind {
    switch step.kind {
    case .opening, .closing: .total
    case .gross: .paid
    case .earnings, .coop, .adjustments: step.amount.isNegative ? .minus : .plus
    }
  }

  // MARK: Adjustments

  private mutating func addAdjustments(_ balance: StatementBalance) {
    guard !balance.adjustments.isEmpty else { return }
    heading(3, .adjustments)
    var table = table(
      [
        (.adjustmentId, .text), (.appliesTo, .label), (.reason, .text), (.amount, .number),
        (.exchangeRate, .number), (.amount, .number),
      ], amountsIn: balance.currency)
    table.rows = balance.adjustments.map { posted in
      let adjustment = posted.adjustment
      return PrintTable.Row(
        [
          PrintText(OutsideText.shown(texts.name(of: posted))),
          PrintText(format.text(adjustment.appliesTo)),
          reason(of: posted),
          PrintText(format.amount(adjustment.amount, adjustment.currency)),
          exchangeRate(
            posted.exchangeRate, from: adjustment.currency, to: posted.amount.currency),
          text(posted.amount),
        ])
    }
    add(.table(table))
  }

  /// Why there is an adjustment, with the note of who made it.
  private func reason(of posted: PostedAdjustment) -> PrintText {
    var reason = PrintText(OutsideText.shown(texts.reason(of: posted)))
    let note = OutsideText.shown(posted.adjustment.note)
    if !reason.isEmpty, !note.isEmpty { reason.add("  ") }
    reason.add(note, .small)
    return reason
  }

  /// Empty where nothing is exchanged.
  func exchangeRate(_ rate: ExactRate?, from: Currency, to: Currency) -> PrintText {
    guard let rate else { return text(.waiting) }
    return PrintText(from == to ? "" : format.text(rate))
  }

  // MARK: Taxes

  private mutating func addTaxes(_ balance: StatementBalance) {
    guard !balance.taxes.isEmpty else { return }
    heading(3, .taxes)
    var table = table(
      [(.item, .text), (.base, .number), (.rate, .number), (.amount, .number)],
      amountsIn: balance.currency)
    table.rows = [
      PrintTable.Row([text(.grossAmount), PrintText(), PrintText(), text(balance.payment.gross)])
    ]
    for tax in balance.taxes {
      let amount = tax.kind == .withheldTax ? tax.amount.negated : tax.amount
      table.rows.append(
        PrintTable.Row([
          PrintText(texts.text(tax.kind.word)), text(tax.base),
          PrintText(format.percent(tax.rate)), text(amount),
        ]))
    }
    table.rows.append(
      PrintTable.Row(
        [text(.payment), PrintText(), PrintText(), text(balance.payment.total)], .total))
    add(.table(table))
  }
}

extension StatementBridgeStep.Kind {
  /// Whether it is a balance, and not what changes it.
  fileprivate var isBalance: Bool { self == .opening || self == .closing }
}
