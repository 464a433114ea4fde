import Documents
import Domain
import ExactMoney

/// What each lever earned, and by which rates and tiers.
extension StatementHTML {
  mutating func writeEarnings(_ balance: StatementBalance) {
    guard !balance.earnings.isEmpty else { return }
    writer.raw("<section>")
    heading(3, .earningsByLever)
    wideTable(.earningsByLever, of: balance.program)
    writer.raw("<thead><tr>")
    for column in [StatementWord.lever, .rate] {
      writer.raw("<th scope=\"col\">")
      word(column)
      writer.raw("</th>")
    }
    amountHeads(balance.currency)
    writer.raw("<tbody>")
    for earnings in balance.earnings { write(earnings) }
    endWideTable()
    writer.raw("</section>\n")
  }

  private mutating func write(_ earnings: StatementEarnings) {
    writer.raw("<tr><th scope=\"row\" class=\"lever\">")
    writer.name(earnings.lever)
    writer.raw("<small>")
    word(earnings.earningType.word)
    if earnings.month != document.period {
      writer.raw(", ")
      writer.text(format.text(earnings.month))
    }
    writer.raw("</small></th><td>")
    writeBasis(earnings)
    writer.raw("</td><td class=\"number\">")
    if let earned = earnings.earned {
      format.appendAmount(earned, earnings.earnedCurrency, to: &writer.bytes)
    } else {
      word(.waiting)
    }
    writer.raw("</td>")
    exchangeCells(
      earnings.exchangeRate, from: earnings.earnedCurrency, earnings.amount, coop: earnings.coop)
    writer.raw("</tr>\n")
  }

  // MARK: How it was worked out

  private mutating func writeBasis(_ earnings: StatementEarnings) {
    let currency = earnings.earnedCurrency
    switch earnings.basis {
    case .rates(let rates): write(rates, currency)
    case .given(let rates) where !rates.isEmpty: write(rates, currency)
    case .given: word(.appliedGiven)
    case .tiers(let tiers): write(tiers)
    }
    guard let capped = earnings.capped, let cap = earnings.cap else { return }
    writer.raw("<small>")
    writer.text(
      words.texts.text(
        .capped,
        [
          .total: format.amount(cap.amount, cap.currency),
          .amount: format.amount(capped, currency),
        ]))
    writer.raw("</small>")
  }

  private mutating func write(_ rates: [StatementEarnings.AppliedRate], _ currency: Currency) {
    writer.raw("<ul class=\"how\">")
    for rate in rates {
      writer.raw("<li>")
      writer.text(
        words.texts.text(
          .appliedRate,
          [
            .rate: format.percent(rate.rate), .amount: format.amount(rate.transactions, currency),
          ]))
      writer.raw("</li>")
    }
    writer.raw("</ul>")
  }

  private mutating func write(_ tiers: StatementEarnings.AppliedTiers) {
    word(tiers.mode == .graduated ? .appliedGraduated : .appliedSlab)
    writer.raw("<ul class=\"how\">")
    for step in tiers.steps {
      writer.raw(step.basis.isZero ? "<li class=\"unused\">" : "<li>")
      writer.text(range(of: step, tiers.currency))
      writer.raw(": ")
      writer.text(
        step.basis.isZero
          ? words.texts.text(.tierNotReached, [.rate: format.percent(step.rate)])
          : words.texts.text(
            .tierBasis,
            [
              .rate: format.percent(step.rate), .amount: format.amount(step.basis, tiers.currency),
            ]))
      writer.raw("</li>")
    }
    writer.raw("</ul>")
  }

  private func range(of step: StatementEarnings.Step, _ currency: Currency) -> String {
    guard let upTo = step.upTo else {
      return words.texts.text(.tierAbove, [.amount: format.text(step.above, currency)])
    }
    return words.texts.text(
      .tierRange,
      [.amount: format.text(step.above, currency), .total: format.text(upTo, currency)])
  }
}
