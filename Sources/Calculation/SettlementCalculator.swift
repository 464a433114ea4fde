package import Domain
package import ExactMoney

/// From the lines of a partner to its balances (docs/rules.md, "From lines to a balance").
package struct SettlementCalculator: Sendable {
  let registry: Registry
  let plans: Plans
  let rates: ExchangeRates
  let rounding: RoundingMode
  package let period: Period
  private let kept: KeptPlans

  /// - Parameters:
  ///   - period: The one that is open.
  ///   - kept: The plans of closed periods.
  package init(
    registry: Registry, plans: Plans, rates: ExchangeRates, rounding: RoundingMode,
    period: Period, kept: KeptPlans = KeptPlans()
  ) {
    self.registry = registry
    self.plans = plans
    self.rates = rates
    self.rounding = rounding
    self.period = period
    self.kept = kept
  }

  /// What a settlement is made of.
  package struct Account {
    /// Index in ``Registry/partners``.
    package var partner: Int
    /// Index in ``Plans``.
    package var program: Int
    /// Lines by lever, period, transaction date and earningId (bytes).
    package var accepted: [EarningLine] = []
    /// Lines for information, in any order.
    package var ineligible: [EarningLine] = []
    /// Those that count in this period, in any order.
    package var adjustments: [Adjustment] = []
    /// The payments that came back, as adjustments in the currencies in which they were made.
    package var returns: [Adjustment] = []
    /// A payment to the same account came back.
    package var isHeldByBank = false
    /// The closings of the period before, one per currency, by currency.
    package var openings: [Opening] = []
    /// Where levers' months stand with what was posted earlier.
    package var running: [LeverMonthKey: RunningMonth] = [:]

    package init(partner: Int, program: Int) {
      self.partner = partner
      self.program = program
    }
  }

  /// The settlements of a partner in a program, by currency.
  ///
  /// One in the payment currency, and one more for each balance that moves into it.
  ///
  /// - Parameters:
  ///   - trace: Told the steps, if anybody wants to know.
  ///   - idPrecedes: Orders two lines by the bytes of their earningIds.
  /// - Throws: ``CalculationFault``.
  package func settle(
    _ account: Account, trace: CalculationTrace? = nil,
    idPrecedes: (EarningLine, EarningLine) -> Bool
  ) throws(CalculationFault) -> [Settlement] {
    let profile = registry.paymentProfile(partner: account.partner, program: account.program)
    let openings = account.openings.filter { !$0.isZero }
    let currency =
      profile?.currency ?? openings.first?.currency ?? account.returns.first?.currency
      ?? plans[account.program].currency
    var settlement = Settlement(
      partner: account.partner, program: account.program, currency: currency,
      opening: openings.first { $0.currency == currency })
    settlement.paymentMethod = profile?.method
    do throws(MoneyError) {
      try earn(account, &settlement, trace)
      settlement.lines = LineOrder.sorted(settlement.lines, idPrecedes)
      settlement.ineligible = LineOrder.sorted(account.ineligible, idPrecedes)
      var missingRate = settlement.lines.contains { $0.earned == nil }
      try addSubtotals(&settlement, &missingRate)
      var moved: [Settlement] = []
      var adjustments = account.adjustments
      adjustments += account.returns.filter { $0.currency == currency }
      for opening in account.others(than: currency, openings) {
        let returns = account.returns.filter { $0.currency == opening.currency }
        moved.append(try move(opening, returns, to: &settlement, &adjustments, &missingRate))
      }
      try addAdjustments(adjustments, &settlement, &missingRate)
      try close(
        &settlement, missingRate: missingRate, isHeldByBank: account.isHeldByBank, trace)
      return (moved + [settlement]).sorted { $0.currency < $1.currency }
    } catch {
      throw CalculationFault(partner: account.partner, program: account.program, cause: error)
    }
  }

  /// Tiers and caps, lever by lever and month by month.
  private func earn(
    _ account: Account, _ settlement: inout Settlement, _ trace: CalculationTrace?
  ) throws(MoneyError) {
    // Lines are wide: those of levers without tiers and cap stay where they are.
    settlement.lines = account.accepted
    let count = settlement.lines.count
    var start = 0
    while start < count {
      let key = LeverMonthKey(
        lever: Int(settlement.lines[start].record.lever), month: settlement.lines[start].period)
      var end = start + 1
      while end < count, Int(settlement.lines[end].record.lever) == key.lever,
        settlement.lines[end].period == key.month
      {
        end += 1
      }
      let month = month(key, program: account.program, trace)
      var running = account.running[key] ?? RunningMonth()
      if try month.apply(to: &settlement.lines, start..<end, after: &running), month.isRunning {
        settlement.months.append(
          PostedMonth(lever: key.lever, month: key.month, running: running))
      }
      start = end
    }
  }

  /// The tiers and the cap that count for a lever of a program in a month of transaction dates.
  package func terms(
    program: Int, lever: Int, month: Period
  ) -> (currency: Currency, lever: Lever) {
    kept.terms(of: plans[program].levers[lever], in: plans[program], month: month)
  }

  /// What a payment has to reach; nil where there is no threshold for it, or no rate to convert it.
  package func threshold(program: Int, currency: Currency) -> Money? {
    let gates = Gates(registry: registry, plans: plans, rates: rates, period: period)
    switch try? gates.threshold(plans[program], currency, rounding) {
    case .own(let amount), .converted(let amount, _, _):
      return try? Money(rounding: amount, currency: currency, rounding)
    case .missingRate, nil, .some(.none): return nil
    }
  }

  /// A closed month goes by the tiers and the cap that were kept when it was closed.
  private func month(
    _ key: LeverMonthKey, program: Int, _ trace: CalculationTrace?
  ) -> LeverMonth {
    let terms = terms(program: program, lever: key.lever, month: key.month)
    return LeverMonth(
      planCurrency: terms.currency, lever: terms.lever, period: key.month, rates: rates,
      rounding: rounding, trace: trace)
  }

  /// Moves a balance into the payment currency (docs/rules.md, "From lines to a balance").
  ///
  /// - Parameter returns: Payments in its currency that came back.
  /// - Returns: The settlement that leaves the old balance at zero.
  private func move(
    _ opening: Opening, _ returns: [Adjustment], to settlement: inout Settlement,
    _ adjustments: inout [Adjustment], _ missingRate: inout Bool
  ) throws(MoneyError) -> Settlement {
    var old = Settlement(
      partner: settlement.partner, program: settlement.program, currency: opening.currency,
      opening: opening)
    old.paymentMethod = settlement.paymentMethod
    var amount = try opening.balance.exact()
    for returned in returns { amount = try amount.plus(returned.amount) }
    var complete = false
    if !amount.isZero {
      var change = Adjustment(
        adjustmentId: "", partner: settlement.partner, program: settlement.program,
        amount: amount, currency: opening.currency, appliesTo: period,
        reasonCode: Adjustment.currencyChange)
      adjustments.append(change)
      change.amount = amount.negated
      try addAdjustments(returns + [change], &old, &complete)
    } else {
      try addAdjustments(returns, &old, &complete)
    }
    old.coop = opening.coop.negated
    old.coopMoved = old.coop
    if let rate = rates.rate(period, from: opening.currency, to: settlement.currency) {
      let coop = try Money(
        converting: opening.coop.exact(), at: rate, to: settlement.currency, rounding)
      settlement.coopMoved = try settlement.coopMoved.plus(coop)
      settlement.coop = try settlement.coop.plus(coop)
    } else if !opening.coop.isZero {
      settlement.coopWaiting.append(opening.currency)
      missingRate = true
    }
    old.closing = .zero(opening.currency)
    old.coopClosing = .zero(opening.currency)
    return old
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
      coop: try coop(of: amount, type, plans[settlement.program].split))
  }

  private func coop(
    of amount: Money, _ type: EarningType, _ split: Split?
  ) throws(MoneyError) -> Money {
    if type == .coop { return amount }
    guard type == .rebate, let split else { return .zero(amount.currency) }
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
    _ settlement: inout Settlement, missingRate: Bool, isHeldByBank: Bool,
    _ trace: CalculationTrace?
  ) throws(MoneyError) {
    let available = try settlement.opening.plus(settlement.earned).plus(settlement.adjustments)
    settlement.coopClosing = try settlement.coopOpening.plus(settlement.coop)
    settlement.closing = available
    let gates = Gates(
      registry: registry, plans: plans, rates: rates, period: period, trace: trace)
    settlement.holds = try gates.holds(
      partner: settlement.partner, program: settlement.program, available: available,
      missingRate: missingRate, rounding)
    if isHeldByBank, available.minorUnits > 0 { settlement.holds.insert(.bankReturn) }
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
