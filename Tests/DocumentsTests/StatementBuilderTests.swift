import Documents
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("What a statement says to its partner")
struct StatementBuilderTests {
  @Test("the bridge leads from the opening over each movement to the closing")
  func bridge() throws {
    var fixture = try Fixture()
    fixture.settlement = Settlement(
      partner: 0, program: 0, currency: try currency("EUR"),
      opening: Opening(balance: try money("-20.00"), coop: try money("0")))
    fixture.settlement.subtotals = [
      try fixture.subtotal("100.00", coop: "40.00"), try fixture.subtotal("30.00"),
    ]
    fixture.settlement.adjustments = try money("5.00")
    fixture.settlement.gross = try money("75.00")
    let steps = try fixture.balance().bridge
    #expect(steps.map(\.kind) == [.opening, .earnings, .coop, .adjustments, .gross, .closing])
    #expect(
      steps.map(\.amount.text) == ["-20.00", "130.00", "-40.00", "5.00", "-75.00", "0.00"])
    #expect(steps.map(\.after.text) == ["-20.00", "110.00", "70.00", "75.00", "0.00", "0.00"])
    #expect(zip(steps, steps.dropFirst()).dropLast().allSatisfy { $0.after == $1.before })
  }

  @Test("what does not occur is left out: co-op, adjustments, taxes, terms of the glossary")
  func nothing() throws {
    let fixture = try Fixture()
    let document = try fixture.document()
    let balance = document.balances[0]
    #expect(balance.bridge.map(\.kind) == [.opening, .earnings, .gross, .closing])
    #expect(balance.coop == nil && balance.taxes.isEmpty && balance.holds.isEmpty)
    #expect(document.glossary == [.opening, .closing])
    #expect(document.exchangeRates.isEmpty)
    #expect(document.paid.map(\.text) == ["0.00"])
  }

  @Test("rates that applied, each with what it applied to")
  func rates() throws {
    var fixture = try Fixture()
    fixture.settlement.lines = [
      try fixture.earnings.add(.init(id: "a", amount: "1000"), earned: "50", rate: "5%"),
      try fixture.earnings.add(.init(id: "b", amount: "300"), earned: "12", rate: "4%"),
      try fixture.earnings.add(.init(id: "c", amount: "-200"), earned: "-10", rate: "5%"),
    ]
    fixture.settlement.subtotals = [try fixture.subtotal("52.00")]
    let earnings = try fixture.balance().earnings
    #expect(earnings.count == 1 && earnings[0].lineCount == 3)
    guard case .rates(let rates) = earnings[0].basis else { return #expect(Bool(false)) }
    #expect(rates.map(\.rate.text) == ["0.04", "0.05"])
    #expect(rates.map { $0.transactions.text(decimals: 2) } == ["300.00", "800.00"])
    #expect(rates.map { $0.earned?.text(decimals: 2) } == ["12.00", "40.00"])
  }

  static let tierCases: [(mode: TierMode, basis: String, parts: [String])] = [
    // Steps: to 100 at 1%, to 500 at 2%, above at 3%.
    (.graduated, "700", ["100", "400", "200"]), (.graduated, "100", ["100", "0", "0"]),
    (.graduated, "100.01", ["100", "0.01", "0"]), (.graduated, "-5", ["-5", "0", "0"]),
    (.graduated, "0", ["0", "0", "0"]), (.slab, "700", ["0", "0", "700"]),
    (.slab, "500", ["0", "500", "0"]), (.slab, "-5", ["-5", "0", "0"]),
  ]

  @Test("how far a month has come in its tiers", arguments: tierCases)
  func tiers(mode: TierMode, basis: String, parts: [String]) throws {
    var fixture = try Fixture()
    fixture.lever.rule = .tiers(
      Tiers(
        mode: mode,
        steps: [
          TierStep(upTo: try amount("100"), rate: try rate("1%")),
          TierStep(upTo: try amount("500"), rate: try rate("2%")),
          TierStep(upTo: nil, rate: try rate("3%")),
        ]))
    fixture.settlement.lines = [
      try fixture.earnings.add(.init(id: "a", amount: basis), earned: "0")
    ]
    fixture.settlement.subtotals = [try fixture.subtotal("0.00")]
    fixture.settlement.months = [
      PostedMonth(
        lever: 0, month: try period("2026-10"), running: RunningMonth(basis: try amount(basis)))
    ]
    guard case .tiers(let tiers) = try fixture.balance().earnings[0].basis else {
      return #expect(Bool(false))
    }
    #expect(try tiers.steps.map(\.basis) == parts.map { try amount($0) })
    #expect(try tiers.steps.map(\.above) == ["0", "100", "500"].map { try amount($0) })
  }

  @Test("an ineligible earning has its last day, and says when that is over")
  func ineligible() throws {
    var fixture = try Fixture()
    for (id, day) in [("old", "2026-08-01"), ("last", "2026-08-02"), ("new", "2026-10-05")] {
      fixture.settlement.ineligible.append(
        try fixture.earnings.add(
          .init(id: id, amount: "1", day: day), reasons: [.agreement, .profiles]))
    }
    let balance = try fixture.balance()
    // Ninety days; the as-of date is 31 October.
    #expect(balance.ineligible.map(\.disputeBy.text) == ["2026-10-30", "2026-10-31", "2027-01-03"])
    #expect(balance.ineligible.map(\.isOver) == [true, false, false])
    #expect(balance.ineligibleReasons == [.E301, .E304])
  }

  @Test("below the threshold: what a payment has to reach and what is missing")
  func threshold() throws {
    var fixture = try Fixture()
    fixture.settlement.subtotals = [try fixture.subtotal("120.00")]
    fixture.settlement.holds = [.threshold, .profileHold]
    fixture.threshold = try money("180.00")
    let holds = try fixture.balance().holds
    #expect(holds.map(\.code) == [.H505, .H506])
    #expect(holds.map { $0.missing?.text } == [nil, "60.00"])
  }

  @Test("taxes have their base and rate; account and tax id show four characters at most")
  func taxes() throws {
    var fixture = try Fixture()
    fixture.tax.salesTaxRate = try rate("19%")
    fixture.tax.taxId = "DE-12.345-678"
    fixture.payment.iban = "DE02120300000000202051"
    fixture.settlement.subtotals = [try fixture.subtotal("100.00")]
    fixture.settlement.gross = try money("100.00")
    fixture.settlement.salesTax = try money("19.00")
    fixture.settlement.totalPayment = try money("119.00")
    let document = try fixture.document()
    let taxes = document.balances[0].taxes
    #expect(taxes.map(\.kind) == [.salesTax])
    #expect(taxes[0].base.text == "100.00" && taxes[0].amount.text == "19.00")
    #expect(document.taxIdEndings == ["5678"])
    #expect(document.balances[0].payment.accountEnding == "2051")
    #expect(document.paid.map(\.text) == ["119.00"])
  }

  @Test("exchange rates that were used, with their source, each once")
  func exchangeRates() throws {
    var fixture = try Fixture()
    let eur = try currency("EUR")
    let usd = try currency("USD")
    var subtotal = try fixture.subtotal("86.00")
    subtotal.earnedCurrency = usd
    subtotal.exchangeRate = try rate("0.86")
    fixture.settlement.subtotals = [subtotal, subtotal]
    fixture.rates = ExchangeRates([
      .init(period: try period("2026-10"), from: usd, to: eur): .init(
        rate: try rate("0.86"), source: "ECB")
    ])
    let rates = try fixture.document().exchangeRates
    #expect(rates.map(\.source) == ["ECB"])
    #expect(rates.map(\.rate.text) == ["0.86"])
  }

  @Test("a payment has its day; that of the statement is the one of all that is paid")
  func paymentDate() throws {
    var fixture = try Fixture()
    fixture.paidOn = try day("2026-11-16")
    // Nothing is paid, whatever the calendar says.
    #expect(try fixture.document().paymentDate == nil)
    fixture.settlement.subtotals = [try fixture.subtotal("100.00")]
    fixture.settlement.gross = try money("100.00")
    fixture.settlement.totalPayment = try money("100.00")
    #expect(try fixture.document().paymentDate == fixture.paidOn)
    #expect(try fixture.balance().payment.date == fixture.paidOn)
    let texts = StatementTexts(.english)
    let format = StatementFormat(.english)
    let payment = try fixture.balance().payment
    #expect(
      texts.date(of: payment, isFixed: true, format) == "Payment date: 16 November 2026")
    fixture.paidOn = nil
    #expect(try fixture.document().paymentDate == nil)
    #expect(
      try texts.date(of: fixture.balance().payment, isFixed: true, format)
        == "Payment date: not fixed yet")
  }

  @Test("a plan says how many lines are shown; the rest is counted")
  func lines() throws {
    var fixture = try Fixture()
    fixture.statementLines = 2
    for number in 1...5 {
      fixture.settlement.lines.append(
        try fixture.earnings.add(.init(id: "\(number)", amount: "1"), earned: "1", rate: "1"))
    }
    fixture.settlement.subtotals = [try fixture.subtotal("5.00")]
    let balance = try fixture.balance()
    #expect(balance.shownLines.count == 2 && balance.hiddenLines == 3)
    #expect(balance.hiddenIneligible == 0)
  }
}
