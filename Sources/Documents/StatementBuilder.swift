package import Domain
package import ExactMoney

/// Makes the documents of a period from its settlements.
package struct StatementBuilder: Sendable {
  /// What only the calculation knows.
  package struct Rules: Sendable {
    /// The tiers and the cap that count for a lever (by its number) of a program in a month.
    package var terms:
      @Sendable (_ program: Int, _ lever: Int, _ month: Period) -> (
        currency: Currency, lever: Lever
      )
    /// What a payment of a program in a currency has to reach; nil where there is no such threshold.
    package var threshold: @Sendable (_ program: Int, _ currency: Currency) -> Money?

    package init(
      terms: @escaping @Sendable (Int, Int, Period) -> (currency: Currency, lever: Lever),
      threshold: @escaping @Sendable (Int, Currency) -> Money?
    ) {
      self.terms = terms
      self.threshold = threshold
    }
  }

  let registry: Registry
  let plans: Plans
  let exchangeRates: ExchangeRates
  let payer: Payer
  let period: Period
  let asOf: Day
  let isFinal: Bool
  let waitsForApproval: Bool
  let rules: Rules
  /// By program and lever.
  private let leverNames: [[String]]

  /// - Parameters:
  ///   - isFinal: Whether the period is closed.
  ///   - waitsForApproval: Whether no payment file is written before others have approved it.
  package init(
    registry: Registry, plans: Plans, exchangeRates: ExchangeRates, payer: Payer, period: Period,
    asOf: Day, isFinal: Bool, waitsForApproval: Bool = false, rules: Rules
  ) {
    self.registry = registry
    self.plans = plans
    self.exchangeRates = exchangeRates
    self.payer = payer
    self.period = period
    self.asOf = asOf
    self.isFinal = isFinal
    self.waitsForApproval = waitsForApproval
    self.rules = rules
    leverNames = plans.plans.map { $0.levers.map(\.name) }
  }

  /// The document of a partner.
  ///
  /// - Parameters:
  ///   - settlements: All of the partner, by program and currency; at least one.
  ///   - page: Where the lines' texts are.
  ///   - csvName: The name of the statement's CSV.
  ///   - paymentDate: When a settlement is paid; it is asked once for each of them, in their order.
  /// - Throws: ``MoneyError/overflow``.
  package func document(
    partner number: Int, _ settlements: [Settlement], page: EarningPage, csvName: String,
    paymentDate: (Settlement) -> Day?
  ) throws(MoneyError) -> StatementDocument {
    let partner = registry.partners[number]
    var balances: [StatementBalance] = []
    balances.reserveCapacity(settlements.count)
    for settlement in settlements {
      balances.append(try balance(settlement, paidOn: paymentDate(settlement)))
    }
    let rates = ExchangeRateList(self, settlements).all
    return StatementDocument(
      partner: partner, payer: payer, language: StatementLanguage(tag: partner.language),
      period: period, asOf: asOf, isFinal: isFinal, waitsForApproval: waitsForApproval,
      taxIdEndings: taxIdEndings(settlements),
      paid: try paid(settlements), paymentDate: StatementBuilder.commonDate(balances),
      balances: balances, exchangeRates: rates,
      glossary: StatementTerm.used(in: balances, hasRates: !rates.isEmpty), csvName: csvName,
      page: page)
  }

  private func paid(_ settlements: [Settlement]) throws(MoneyError) -> [Money] {
    var sums: [Money] = []
    for settlement in settlements where !settlement.totalPayment.isZero {
      if let place = sums.firstIndex(where: { $0.currency == settlement.currency }) {
        sums[place] = try sums[place].plus(settlement.totalPayment)
      } else {
        sums.append(settlement.totalPayment)
      }
    }
    sums.sort { $0.currency < $1.currency }
    return sums.isEmpty ? settlements.prefix(1).map { Money.zero($0.currency) } : sums
  }

  private static func commonDate(_ balances: [StatementBalance]) -> Day? {
    let dates = Set(balances.filter { !$0.payment.total.isZero }.map(\.payment.date))
    return dates.count == 1 ? dates.first ?? nil : nil
  }

  private func balance(
    _ settlement: Settlement, paidOn date: Day?
  ) throws(MoneyError) -> StatementBalance {
    let plan = plans[settlement.program]
    let ineligible = ineligible(settlement.ineligible, disputeDays: plan.disputeDays)
    let reasons = settlement.ineligible.reduce(into: IneligibilityReasons()) {
      $0.formUnion($1.record.reasons)
    }
    return StatementBalance(
      program: plan.program, currency: settlement.currency, payment: payment(settlement, date),
      bridge: try bridge(settlement), coop: coop(settlement), earnings: try earnings(settlement),
      adjustments: settlement.adjustmentLines, ineligible: ineligible,
      ineligibleReasons: reasons.codes, holds: try holds(settlement), taxes: taxes(settlement),
      lineLimit: plan.statementLines, lines: settlement.lines,
      leverNames: leverNames[settlement.program])
  }

  private func payment(_ settlement: Settlement, _ date: Day?) -> StatementPayment {
    let profile = registry.paymentProfile(
      partner: settlement.partner, program: settlement.program)
    var ending = ""
    if let profile, profile.method == .bankTransfer {
      ending = Self.ending(profile.iban.isEmpty ? profile.accountNumber : profile.iban)
    }
    return StatementPayment(
      status: settlement.status, gross: settlement.gross, total: settlement.totalPayment,
      paymentId: settlement.paymentId, method: settlement.paymentMethod, accountEnding: ending,
      date: date)
  }

  /// The last four letters and digits, and never more than half of all.
  private static func ending(_ text: String) -> String {
    // Most are plain, and what a character is need not be looked up.
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    let text = isPlain ? text : text.filter { $0.isLetter || $0.isNumber }
    return String(text.suffix(min(4, text.count / 2)))
  }

  private func taxIdEndings(_ settlements: [Settlement]) -> [String] {
    var endings: [String] = []
    for settlement in settlements {
      let profile = registry.taxProfile(partner: settlement.partner, program: settlement.program)
      let ending = Self.ending(profile?.taxId ?? "")
      if !ending.isEmpty, !endings.contains(ending) { endings.append(ending) }
    }
    return endings
  }

  private func bridge(_ settlement: Settlement) throws(MoneyError) -> [StatementBridgeStep] {
    var earnings = Money.zero(settlement.currency)
    var coop = earnings
    for subtotal in settlement.subtotals {
      earnings = try earnings.plus(subtotal.amount)
      coop = try coop.minus(subtotal.coop)
    }
    let zero = Money.zero(settlement.currency)
    var balance = settlement.opening
    var steps = [
      StatementBridgeStep(kind: .opening, amount: balance, before: zero, after: balance)
    ]
    let parts: [(StatementBridgeStep.Kind, Money)] = [
      (.earnings, earnings), (.coop, coop), (.adjustments, settlement.adjustments),
      (.gross, settlement.gross.negated),
    ]
    for (kind, amount) in parts {
      if amount.isZero, kind == .coop || kind == .adjustments { continue }
      let after = try balance.plus(amount)
      steps.append(
        StatementBridgeStep(kind: kind, amount: amount, before: balance, after: after))
      balance = after
    }
    precondition(balance == settlement.closing, "the bridge of a proved settlement adds up")
    steps.append(
      StatementBridgeStep(kind: .closing, amount: balance, before: zero, after: balance))
    return steps
  }

  private func coop(_ settlement: Settlement) -> StatementCoop? {
    let amounts = [
      settlement.coopOpening, settlement.coop, settlement.coopMoved, settlement.coopClosing,
    ]
    guard amounts.contains(where: { !$0.isZero }),
      let accrued = try? settlement.coop.minus(settlement.coopMoved)
    else { return nil }
    return StatementCoop(
      opening: settlement.coopOpening, accrued: accrued, moved: settlement.coopMoved,
      closing: settlement.coopClosing)
  }

  private func ineligible(_ lines: [EarningLine], disputeDays: Int) -> [StatementIneligible] {
    lines.map { line in
      let disputeBy = line.record.day.advanced(by: disputeDays)
      return StatementIneligible(
        line: line, reasons: line.record.reasons.codes, disputeBy: disputeBy,
        isOver: disputeBy < asOf)
    }
  }

  private func holds(_ settlement: Settlement) throws(MoneyError) -> [StatementHold] {
    var holds: [StatementHold] = []
    for code in settlement.holds.codes {
      var hold = StatementHold(code: code)
      if code == .H506 {
        hold.threshold = rules.threshold(settlement.program, settlement.currency)
        if let threshold = hold.threshold {
          hold.missing = try threshold.minus(settlement.closing)
        }
      }
      holds.append(hold)
    }
    return holds
  }

  private func taxes(_ settlement: Settlement) -> [StatementTax] {
    guard !settlement.gross.isZero,
      let profile = registry.taxProfile(
        partner: settlement.partner, program: settlement.program)
    else { return [] }
    let taxes = [
      StatementTax(
        kind: .salesTax, base: settlement.gross, rate: profile.salesTaxRate,
        amount: settlement.salesTax),
      StatementTax(
        kind: .withheldTax, base: settlement.gross, rate: profile.withholdingRate,
        amount: settlement.withheldTax),
    ]
    return taxes.filter { $0.rate != .zero || !$0.amount.isZero }
  }
}
