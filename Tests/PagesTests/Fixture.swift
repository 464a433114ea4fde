import Documents
import Domain
import ExactMoney
import Pages
import TestSupport

/// One partner with one balance that has something of everything.
struct Fixture {
  var partner = Partner(
    participantId: "0048101", name: "Fabrikam", role: .directBill, country: "DE")
  var earnings = Earnings()
  var lineCount = 3
  var statementLines = 40
  var paidOn: Day?
  var isFinal = false
  var customer = "Bellows & Söhne KG"

  init() throws {}

  var period: Period { get throws { try TestSupport.period("2026-10") } }

  /// The page as a browser gets it.
  func html(_ language: StatementLanguage = .english) throws -> String {
    var fixture = self
    fixture.partner.language = language.rawValue
    let page = StatementTemplate.builtIn().page(
      StatementDesign(), language, payer: Payer(), period: try period, isFinal: isFinal)
    return String(decoding: page.html(try fixture.document()), as: UTF8.self)
  }

  func document() throws -> StatementDocument {
    var fixture = self
    let settlement = try fixture.settlement()
    let euro = try currency("EUR")
    let lever = Lever(name: "Core", earningType: .rebate, rule: .rates([]))
    let plan = Plan(
      program: "CSP Direct", currency: euro, eligibility: .all([]), defaultLever: 0,
      levers: [lever], statementLines: statementLines, file: "plans/csp.yaml")
    var tax = TaxProfile(program: nil, status: .valid)
    tax.salesTaxRate = try rate("19%")
    let builder = StatementBuilder(
      registry: Registry(
        partners: [partner], agreements: [[]], competencies: [[]], enrollments: [[]],
        taxProfiles: [[tax]], paymentProfiles: [[]], users: []),
      plans: Plans([plan]), exchangeRates: ExchangeRates([:]), payer: Payer(),
      period: try period, asOf: try day("2026-10-31"), isFinal: isFinal,
      rules: .init(terms: { _, _, _ in (euro, lever) }, threshold: { _, _ in nil }))
    return try builder.document(
      partner: 0, [settlement], page: fixture.earnings.page, csvName: "0048101.csv"
    ) { _ in paidOn }
  }

  private mutating func settlement() throws -> Settlement {
    var settlement = Settlement(
      partner: 0, program: 0, currency: try currency("EUR"),
      opening: Opening(balance: try money("-10.00"), coop: try money("5.00")))
    for number in 0..<lineCount {
      settlement.lines.append(
        try earnings.add(
          .init(id: "E-\(number)", amount: "100", customerName: customer, productName: "P"),
          earned: "5", rate: "5%"))
    }
    settlement.ineligible = [
      try earnings.add(.init(id: "X", amount: "7", customerName: customer), reasons: .agreement)
    ]
    let earned = 5 * lineCount
    settlement.subtotals = [
      Subtotal(
        period: try period, lever: 0, earningType: .rebate, earnedCurrency: try currency("EUR"),
        earned: try amount("\(earned)"), exchangeRate: .one, amount: try money("\(earned)"),
        coop: try money("2"))
    ]
    settlement.adjustments = try money("20")
    settlement.adjustmentLines = [
      PostedAdjustment(
        adjustment: Adjustment(
          adjustmentId: "ADJ-1", partner: 0, program: 0, amount: try amount("20"),
          currency: try currency("EUR"), appliesTo: try period, reasonCode: "goodwill",
          note: "late & last"),
        exchangeRate: .one, amount: try money("20"))
    ]
    settlement.gross = try money("\(earned + 8)")
    settlement.closing = try money("0")
    settlement.salesTax = try money("1")
    settlement.totalPayment = try money("\(earned + 9)")
    settlement.status = .upcoming
    settlement.holds = .taxProfile
    return settlement
  }
}
