import Domain
import ExactMoney

/// What each lever earned, and how.
extension StatementBuilder {
  /// By subtotal, in the order of the CSV.
  func earnings(_ settlement: Settlement) throws(MoneyError) -> [StatementEarnings] {
    var earnings: [StatementEarnings] = []
    earnings.reserveCapacity(settlement.subtotals.count)
    var rest = settlement.lines[...]
    for subtotal in settlement.subtotals {
      let lines = rest.prefix { $0.isOf(subtotal) }
      rest = rest.dropFirst(lines.count)
      earnings.append(try self.earnings(subtotal, lines, settlement))
    }
    return earnings
  }

  private func earnings(
    _ subtotal: Subtotal, _ lines: ArraySlice<EarningLine>, _ settlement: Settlement
  ) throws(MoneyError) -> StatementEarnings {
    let terms = rules.terms(settlement.program, subtotal.lever, subtotal.period)
    var capped = ExactAmount.zero
    for line in lines { capped = try capped.plus(line.capped) }
    return StatementEarnings(
      lever: plans[settlement.program].levers[subtotal.lever].name, month: subtotal.period,
      earningType: subtotal.earningType, earnedCurrency: subtotal.earnedCurrency,
      lineCount: lines.count, basis: try basis(subtotal, lines, settlement, terms),
      capped: capped.isZero ? nil : capped,
      cap: terms.lever.cap.map { StatementEarnings.Cap(amount: $0, currency: terms.currency) },
      earned: subtotal.earned, exchangeRate: subtotal.exchangeRate, amount: subtotal.amount,
      coop: subtotal.coop)
  }

  private func basis(
    _ subtotal: Subtotal, _ lines: ArraySlice<EarningLine>, _ settlement: Settlement,
    _ terms: (currency: Currency, lever: Lever)
  ) throws(MoneyError) -> StatementEarnings.Basis {
    // A row of type Adjustment brings its amount, whatever its lever.
    if subtotal.earningType == .adjustment { return .given(try appliedRates(lines)) }
    switch terms.lever.rule {
    case .rates: return .rates(try appliedRates(lines))
    case .given: return .given(try appliedRates(lines))
    case .tiers(let tiers):
      let month = settlement.months.first {
        $0.lever == subtotal.lever && $0.month == subtotal.period
      }
      return .tiers(
        try applied(tiers, basis: month?.running.basis ?? .zero, currency: terms.currency))
    }
  }

  private func appliedRates(
    _ lines: ArraySlice<EarningLine>
  ) throws(MoneyError) -> [StatementEarnings.AppliedRate] {
    var rates: [StatementEarnings.AppliedRate] = []
    for line in lines {
      guard let rate = line.rate else { continue }
      let position =
        rates.firstIndex { $0.rate == rate }
        ?? {
          rates.append(.init(rate: rate, lineCount: 0, transactions: .zero, earned: .zero))
          return rates.count - 1
        }()
      rates[position].lineCount += 1
      rates[position].transactions = try rates[position].transactions.plus(line.record.amount)
      if let sum = rates[position].earned, let earned = line.earned {
        rates[position].earned = try sum.plus(earned)
      } else {
        rates[position].earned = nil
      }
    }
    return rates.sorted { $0.rate < $1.rate }
  }

  private func applied(
    _ tiers: Tiers, basis: ExactAmount, currency: Currency
  ) throws(MoneyError) -> StatementEarnings.AppliedTiers {
    var steps: [StatementEarnings.Step] = []
    var above = ExactAmount.zero
    for step in tiers.steps {
      steps.append(.init(above: above, upTo: step.upTo, rate: step.rate, basis: .zero))
      above = step.upTo ?? above
    }
    switch tiers.mode {
    case .slab:
      if let reached = steps.firstIndex(where: { $0.upTo.map { basis <= $0 } ?? true }) {
        steps[reached].basis = basis
      }
    case .graduated where basis.isNegative:
      if !steps.isEmpty { steps[0].basis = basis }
    case .graduated:
      for position in steps.indices where basis > steps[position].above {
        let end = min(steps[position].upTo ?? basis, basis)
        steps[position].basis = try end.minus(steps[position].above)
      }
    }
    return .init(mode: tiers.mode, currency: currency, basis: basis, steps: steps)
  }
}
