import Banking
import Calculation
import Domain
import ExactMoney
import Workspace

/// Tells how a balance went from its opening to its closing, and what was paid of it.
struct ExplainBalance {
  let drawn: ExplainedPartner
  let settlement: Settlement
  /// Where the payment stands by what banks have said; nil if they have said nothing.
  var standing: PaymentStanding?

  private var plan: Plan { drawn.plans[settlement.program] }
  private var currency: Currency { settlement.currency }
  private var period: Period { drawn.period }

  /// From opening to closing, the co-op balance, gates and payment.
  ///
  /// - Throws: ``RunFailure`` with code 65 if a sum does not hold; ``MoneyError``.
  func sections() throws -> [Explanation.Section] {
    var sections = [try bridge()]
    if let coop = try coop() { sections.append(coop) }
    sections.append(ExplainGates(drawn: drawn, settlement: settlement).section())
    sections.append(try payment())
    if let rates = rates() { sections.append(rates) }
    return sections.map { section in
      var section = section
      section.program = plan.program
      section.currency = currency.code
      return section
    }
  }

  /// What makes the balance: opening + subtotals − co-op + adjustments.
  func bridge() throws -> Explanation.Section {
    var sum = ExplainedSum(currency)
    let before = Period(number: period.number - 1)
    try sum.add("opening", "opening", how: "closing of \(before.text)", settlement.opening)
    for subtotal in settlement.subtotals {
      try sum.add(
        "subtotal", label(subtotal), how: conversion(subtotal), subtotal.amount)
    }
    for subtotal in settlement.subtotals where !subtotal.coop.isZero {
      try sum.add(
        "coop", "co-op of \(name(subtotal))", how: coopFormula(subtotal), subtotal.coop.negated)
    }
    for posted in settlement.adjustmentLines {
      let adjustment = posted.adjustment
      let formula = Formula.conversion(
        adjustment.amount, adjustment.currency, at: posted.exchangeRate, to: currency,
        decimals: adjustment.currency.minorDigits)
      try sum.add("adjustment", label(posted), how: formula, posted.amount)
    }
    let available = try settlement.opening.plus(settlement.earned).plus(settlement.adjustments)
    try sum.total("available", "available", available)
    try sum.add(
      "gross", settlement.gross.isZero ? "nothing is paid" : "paid (gross)",
      settlement.gross.negated)
    try sum.total("closing", "closing", settlement.closing)
    var section = Explanation.Section("balance", "From opening to closing")
    section.terms = sum.terms
    return section
  }

  private func coop() throws -> Explanation.Section? {
    guard
      !settlement.coopOpening.isZero || !settlement.coop.isZero
        || !settlement.coopClosing.isZero
    else { return nil }
    var sum = ExplainedSum(currency)
    try sum.add("coopOpening", "opening of co-op", settlement.coopOpening)
    for subtotal in settlement.subtotals where !subtotal.coop.isZero {
      try sum.add("coop", "co-op of \(name(subtotal))", how: coopFormula(subtotal), subtotal.coop)
    }
    if !settlement.coopMoved.isZero {
      try sum.add("coopMoved", "moved with the payment currency", settlement.coopMoved)
    }
    try sum.total("coopClosing", "closing of co-op", settlement.coopClosing)
    var section = Explanation.Section("coop", "Co-op, which accrues apart and is not paid here")
    section.terms = sum.terms
    return section
  }

  /// What the partner is paid: gross, taxes with base and rate, total.
  func payment() throws -> Explanation.Section {
    var section = Explanation.Section("payment", "Payment")
    let note = standing.flatMap { $0.description.isEmpty ? nil : $0.description }
    section.facts.append(
      .init(
        "status", "status", standing?.status.rawValue ?? settlement.status.rawValue, note: note))
    guard !settlement.gross.isZero else { return section }
    let tax = drawn.registry.taxProfile(
      partner: settlement.partner, program: settlement.program)
    var sum = ExplainedSum(currency)
    try sum.add("gross", "gross", how: "all that is available", settlement.gross)
    let base = settlement.gross.text
    try sum.add(
      "salesTax", "sales tax",
      how: Formula.product(base, tax?.salesTaxRate ?? .zero, decimals: currency.minorDigits),
      settlement.salesTax)
    try sum.add(
      "withheldTax", "withheld tax",
      how: Formula.product(base, tax?.withholdingRate ?? .zero, decimals: currency.minorDigits),
      settlement.withheldTax.negated)
    try sum.total("payment", "payment", settlement.totalPayment)
    section.terms = sum.terms
    if !settlement.paymentId.isEmpty {
      section.facts.append(.init("paymentId", "payment id", settlement.paymentId))
    }
    if let method = settlement.paymentMethod {
      section.facts.append(.init("paymentMethod", "paid by", method.rawValue))
    }
    return section
  }

  // MARK: Words

  func name(_ subtotal: Subtotal) -> String {
    "\(plan.levers[subtotal.lever].name), \(subtotal.earningType.name), \(subtotal.period.text)"
  }

  private func label(_ subtotal: Subtotal) -> String {
    let lines = settlement.lines.count { $0.isOf(subtotal) }
    return "\(name(subtotal)) (\(lines) \(lines == 1 ? "line" : "lines"))"
  }

  func conversion(_ subtotal: Subtotal) -> String {
    guard let earned = subtotal.earned else {
      return "an exchange rate of its lines is missing: counts 0 until there is one"
    }
    return Formula.conversion(
      earned, subtotal.earnedCurrency, at: subtotal.exchangeRate, to: currency)
  }

  func coopFormula(_ subtotal: Subtotal) -> String {
    guard subtotal.earningType == .rebate, let split = plan.split else { return "all of it" }
    let amount = subtotal.amount.text
    let rebate = Formula.product(amount, split.rebate, decimals: currency.minorDigits)
    return "\(amount) - \(rebate)"
  }

  private func label(_ posted: PostedAdjustment) -> String {
    let adjustment = posted.adjustment
    if posted.isCurrencyChange { return "moved with the payment currency" }
    return "adjustment \(adjustment.adjustmentId) (\(adjustment.reasonCode))"
  }

  /// The exchange rates by which the balance was made, with their sources.
  private func rates() -> Explanation.Section? {
    var pairs: Set<Currency> = []
    for subtotal in settlement.subtotals { pairs.insert(subtotal.earnedCurrency) }
    for posted in settlement.adjustmentLines { pairs.insert(posted.adjustment.currency) }
    pairs.remove(currency)
    guard !pairs.isEmpty else { return nil }
    var section = Explanation.Section("exchangeRates", "Exchange rates")
    section.facts = pairs.sorted().map { drawn.rateFact(period, $0, currency) }
    return section
  }
}

extension ExplainedPartner {
  /// An exchange rate with its source.
  func rateFact(_ month: Period, _ from: Currency, _ to: Currency) -> Explanation.Fact {
    let entry = workspace.exchangeRates.entries[.init(period: month, from: from, to: to)]
    let source = entry.map { $0.source.isEmpty ? "source not given" : "source \($0.source)" }
    return .init(
      "exchangeRate", "\(from.code) to \(to.code), \(month.text)",
      entry?.rate.text ?? "missing",
      note: source ?? "add it to exchange-rates.csv")
  }
}
