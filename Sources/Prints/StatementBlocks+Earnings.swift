import Documents
import Domain
import ExactMoney
import PrintBlocks

/// What each lever earned, and by which rates and tiers.
extension StatementBlocks {
  mutating func addEarnings(_ balance: StatementBalance) {
    guard !balance.earnings.isEmpty else { return }
    heading(3, .earningsByLever)
    var table = table(
      [
        (.lever, .text), (.rate, .text), (.earned, .number), (.exchangeRate, .number),
        (.amount, .number),
      ], amountsIn: balance.currency)
    table.rows = balance.earnings.map { PrintTable.Row(cells($0)) }
    add(.table(table))
  }

  private func cells(_ earnings: StatementEarnings) -> [PrintText] {
    let currency = earnings.earnedCurrency
    var lever = PrintText(OutsideText.shown(earnings.lever))
    if !lever.isEmpty { lever.add("  ") }
    lever.add(kind(earnings.earningType, earnings.month), .small)
    var amount = text(earnings.amount)
    if !earnings.coop.isZero {
      amount.addLine(texts.text(.isCoop, [.amount: format.text(earnings.coop)]), .small)
    }
    return [
      lever, basis(earnings),
      earnings.earned.map { PrintText(format.amount($0, currency)) } ?? text(.waiting),
      exchangeRate(earnings.exchangeRate, from: currency, to: earnings.amount.currency), amount,
    ]
  }

  /// `Rebate`, and the month where it is not that of the statement.
  func kind(_ type: EarningType, _ month: Period) -> String {
    let kind = texts.text(type.word)
    return month == statement.period ? kind : "\(kind), \(format.text(month))"
  }

  // MARK: How it was worked out

  private func basis(_ earnings: StatementEarnings) -> PrintText {
    let currency = earnings.earnedCurrency
    var text =
      switch earnings.basis {
      case .rates(let rates): applied(rates, currency)
      case .given(let rates) where !rates.isEmpty: applied(rates, currency)
      case .given: text(.appliedGiven)
      case .tiers(let tiers): applied(tiers)
      }
    if let capped = earnings.capped, let cap = earnings.cap {
      text.addLine(
        texts.text(
          .capped,
          [
            .total: format.amount(cap.amount, cap.currency),
            .amount: format.amount(capped, currency),
          ]), .small)
    }
    return text
  }

  private func applied(
    _ rates: [StatementEarnings.AppliedRate], _ currency: Currency
  ) -> PrintText {
    var text = PrintText()
    for rate in rates {
      text.addLine(
        texts.text(
          .appliedRate,
          [
            .rate: format.percent(rate.rate), .amount: format.amount(rate.transactions, currency),
          ]))
    }
    return text
  }

  private func applied(_ tiers: StatementEarnings.AppliedTiers) -> PrintText {
    var text = text(tiers.mode == .graduated ? .appliedGraduated : .appliedSlab)
    for step in tiers.steps {
      let rate = format.percent(step.rate)
      let said =
        step.basis.isZero
        ? texts.text(.tierNotReached, [.rate: rate])
        : texts.text(
          .tierBasis, [.rate: rate, .amount: format.amount(step.basis, tiers.currency)])
      text.addLine(
        "\(range(of: step, tiers.currency)): \(said)", step.basis.isZero ? .soft : .plain)
    }
    return text
  }

  private func range(of step: StatementEarnings.Step, _ currency: Currency) -> String {
    let above = format.text(step.above, currency)
    guard let upTo = step.upTo else { return texts.text(.tierAbove, [.amount: above]) }
    return texts.text(.tierRange, [.amount: above, .total: format.text(upTo, currency)])
  }
}
