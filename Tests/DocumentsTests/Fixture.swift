import Documents
import Domain
import ExactMoney
import TestSupport

/// One settlement of one partner, in EUR in October 2026, of which a test changes what it is about.
struct Fixture {
  var settlement: Settlement
  var earnings = Earnings()
  var lever = Lever(name: "Core", earningType: .rebate, rule: .rates([]))
  var tax = TaxProfile(program: nil, status: .valid)
  var payment: PaymentProfile
  var rates = ExchangeRates([:])
  var threshold: Money?
  var statementLines = 40
  var paidOn: Day?

  init() throws {
    let euro = try currency("EUR")
    settlement = Settlement(partner: 0, program: 0, currency: euro)
    payment = PaymentProfile(
      program: nil, status: .valid, method: .bankTransfer, currency: euro)
  }

  /// A subtotal of all lines.
  func subtotal(_ amount: String, coop: String = "0") throws -> Subtotal {
    Subtotal(
      period: try period("2026-10"), lever: 0, earningType: .rebate,
      earnedCurrency: try currency("EUR"), earned: try TestSupport.amount(amount),
      exchangeRate: .one, amount: try money(amount), coop: try money(coop))
  }

  /// The settlement with the closing that its movements come to.
  private func settled() throws -> Settlement {
    var settled = settlement
    var closing = try settlement.opening.plus(settlement.adjustments).minus(settlement.gross)
    for subtotal in settlement.subtotals {
      closing = try closing.plus(subtotal.amount).minus(subtotal.coop)
    }
    settled.closing = closing
    return settled
  }

  func balance() throws -> StatementBalance { try document().balances[0] }

  func document() throws -> StatementDocument {
    let euro = try currency("EUR")
    let partner = Partner(
      participantId: "0048101", name: "Fabrikam", role: .directBill, country: "DE")
    let plan = Plan(
      program: "CSP Direct", currency: euro, eligibility: .all([]), defaultLever: 0,
      levers: [lever], disputeDays: 90, statementLines: statementLines, file: "plans/csp.yaml")
    let (lever, threshold) = (lever, threshold)
    let builder = StatementBuilder(
      registry: Registry(
        partners: [partner], agreements: [[]], competencies: [[]], enrollments: [[]],
        taxProfiles: [[tax]], paymentProfiles: [[payment]], users: []),
      plans: Plans([plan]), exchangeRates: rates, payer: Payer(), period: try period("2026-10"),
      asOf: try day("2026-10-31"), isFinal: false,
      rules: .init(terms: { _, _, _ in (euro, lever) }, threshold: { _, _ in threshold }))
    return try builder.document(
      partner: 0, [settled()], page: earnings.page, csvName: "0048101.csv"
    ) { _ in paidOn }
  }
}
