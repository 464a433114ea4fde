package import Domain
package import ExactMoney

/// From the lines of a partner to its balances (docs/rules.md, "From lines to a balance").
package struct SettlementCalculator: Sendable {
  let registry: Registry
  let plans: Plans
  let rates: ExchangeRates
  let rounding: RoundingMode
  let period: Period

  package init(
    registry: Registry, plans: Plans, rates: ExchangeRates, rounding: RoundingMode,
    period: Period
  ) {
    self.registry = registry
    self.plans = plans
    self.rates = rates
    self.rounding = rounding
    self.period = period
  }

  /// The settlement of one balance.
  ///
  /// - Parameters:
  ///   - accepted: Lines by lever, period, transaction date and earningId (bytes).
  ///   - ineligible: Lines for information, in any order.
  ///   - adjustments: Those that count in this period, in any order.
  ///   - opening: The closing of the period before, if there is a balance.
  ///   - idPrecedes: Orders two lines by the bytes of their earningIds.
  /// - Throws: ``CalculationFault``.
  package func settle(
    partner: Int, program: Int, accepted: [EarningLine], ineligible: [EarningLine],
    adjustments: [Adjustment], opening: (currency: Currency, amounts: Opening)?,
    idPrecedes: (EarningLine, EarningLine) -> Bool
  ) throws(CalculationFault) -> Settlement {
    let profile = registry.paymentProfile(partner: partner, program: program)
    let currency = profile?.currency ?? opening?.currency ?? plans[program].currency
    var settlement = Settlement(
      partner: partner, program: program, currency: currency, opening: opening?.amounts)
    settlement.paymentMethod = profile?.method
    do throws(MoneyError) {
      settlement.lines = try earn(accepted, plans[program])
      settlement.lines.sort { LineOrder.precedes($0, $1, idPrecedes) }
      settlement.ineligible = ineligible.sorted { LineOrder.precedes($0, $1, idPrecedes) }
      var missingRate = settlement.lines.contains { $0.earned == nil }
      try addSubtotals(&settlement, &missingRate)
      try addAdjustments(adjustments, &settlement, &missingRate)
      try close(&settlement, missingRate: missingRate)
    } catch {
      throw CalculationFault(partner: partner, program: program, cause: error)
    }
    return settlement
  }

  /// Tiers and caps, lever by lever and month by month.
  private func earn(
    _ accepted: [EarningLine], _ plan: Plan
  ) throws(MoneyError) -> [EarningLine] {
    var result: [EarningLine] = []
    result.reserveCapacity(accepted.count)
    var start = 0
    while start < accepted.count {
      let first = accepted[start]
      var end = start + 1
      while end < accepted.count, accepted[end].record.lever == first.record.lever,
        accepted[end].period == first.period
      {
        end += 1
      }
      var lines = Array(accepted[start..<end])
      let month = LeverMonth(
        plan: plan, lever: plan.levers[Int(first.record.lever)], period: first.period,
        rates: rates, rounding: rounding)
      if try !month.apply(to: &lines) {
        for line in lines.indices { lines[line].isWaiting = true }
      }
      result += lines
      start = end
    }
    return result
  }

  private func addSubtotals(
    _ settlement: inout Settlement, _ missingRate: inout Bool
  ) throws(MoneyError) {
    let lines = settlement.lines
    var start = 0
    while start < lines.count {
      var end = start + 1
      while end < lines.count, LineOrder.sameSubtotal(lines[start], lines[end]) { end += 1 }
      var earned: ExactAmount? = .zero
      var waiting = false
      for line in lines[start..<end] {
        waiting = waiting || line.isWaiting
        if let sum = earned, let amount = line.earned {
          earned = try sum.plus(amount)
        } else {
          earned = nil
        }
      }
      let subtotal = try subtotal(
        of: lines[start], earned: earned, waiting: waiting, settlement)
      missingRate = missingRate || subtotal.exchangeRate == nil
      settlement.earned = try settlement.earned.plus(subtotal.amount).minus(subtotal.coop)
      settlement.coop = try settlement.coop.plus(subtotal.coop)
      settlement.subtotals.append(subtotal)
      start = end
    }
  }

  private func subtotal(
    of line: EarningLine, earned: ExactAmount?, waiting: Bool, _ settlement: Settlement
  ) throws(MoneyError) -> Subtotal {
    let currency = settlement.currency
    let rate = waiting ? nil : rates.rate(period, from: line.earnedCurrency, to: currency)
    var amount = Money.zero(currency)
    if let rate, let earned {
      amount = try Money(converting: earned, at: rate, to: currency, rounding)
    }
    let type = line.record.earningType
    return Subtotal(
      period: line.period, lever: Int(line.record.lever), earningType: type,
      earnedCurrency: line.earnedCurrency, earned: earned, exchangeRate: rate, amount: amount,
      coop: try coop(of: amount, type, plans[settlement.program]))
  }

  private func coop(
    of amount: Money, _ type: EarningType, _ plan: Plan
  ) throws(MoneyError) -> Money {
    if type == .coop { return amount }
    guard type == .rebate, let split = plan.split else { return .zero(amount.currency) }
    return try amount.minus(amount.times(split.rebate, rounding))
  }

  private func addAdjustments(
    _ adjustments: [Adjustment], _ settlement: inout Settlement, _ missingRate: inout Bool
  ) throws(MoneyError) {
    let sorted = adjustments.sorted {
      $0.appliesTo != $1.appliesTo
        ? $0.appliesTo < $1.appliesTo
        : $0.currency != $1.currency
          ? $0.currency < $1.currency : precedesInBytes($0.adjustmentId, $1.adjustmentId)
    }
    for adjustment in sorted {
      let rate = rates.rate(period, from: adjustment.currency, to: settlement.currency)
      var amount = Money.zero(settlement.currency)
      if let rate {
        amount = try Money(
          converting: adjustment.amount, at: rate, to: settlement.currency, rounding)
      }
      missingRate = missingRate || rate == nil
      settlement.adjustments = try settlement.adjustments.plus(amount)
      settlement.adjustmentLines.append(
        PostedAdjustment(adjustment: adjustment, exchangeRate: rate, amount: amount))
    }
  }

  private func close(
    _ settlement: inout Settlement, missingRate: Bool
  ) throws(MoneyError) {
    let available = try settlement.opening.plus(settlement.earned).plus(settlement.adjustments)
    settlement.coopClosing = try settlement.coopOpening.plus(settlement.coop)
    settlement.closing = available
    let gates = Gates(registry: registry, plans: plans, rates: rates, period: period)
    settlement.holds = try gates.holds(
      partner: settlement.partner, program: settlement.program, available: available,
      missingRate: missingRate, rounding)
    guard settlement.holds.isEmpty else {
      settlement.status = .onHold
      return
    }
    guard available.minorUnits > 0 else { return }
    let tax = registry.taxProfile(partner: settlement.partner, program: settlement.program)
    settlement.gross = available
    settlement.salesTax = try available.times(tax?.salesTaxRate ?? .zero, rounding)
    settlement.withheldTax = try available.times(tax?.withholdingRate ?? .zero, rounding)
    settlement.totalPayment = try available.plus(settlement.salesTax).minus(
      settlement.withheldTax)
    settlement.closing = .zero(settlement.currency)
    settlement.status = settlement.totalPayment.isZero ? .nothingDue : .upcoming
  }
}
