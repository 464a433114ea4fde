import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Pricing rows by what the feed gives")
struct GivenTests {
  struct Case: Sendable {
    var earningAmount: String?
    var earningRate: String?
    var earned: String
    var rate: String
    var agrees: Bool

    init(
      amount: String?, rate earningRate: String?, earned: String, rate: String = "0",
      agrees: Bool = true
    ) {
      earningAmount = amount
      self.earningRate = earningRate
      self.earned = earned
      self.rate = rate
      self.agrees = agrees
    }
  }

  /// The transaction amount is 100 USD, the plan's tolerance 0.05.
  static let cases: [Case] = [
    // The amount alone, rounded to six decimals; a tie away from zero.
    Case(amount: "12.34", rate: nil, earned: "12.34"),
    Case(amount: "-12.34", rate: nil, earned: "-12.34"),
    Case(amount: "0", rate: nil, earned: "0"),
    Case(amount: "1.0000005", rate: nil, earned: "1.000001"),
    // The rate alone.
    Case(amount: nil, rate: "7%", earned: "7", rate: "7%"),
    // Both, within tolerance, the bound included: the given amount counts.
    Case(amount: "7.05", rate: "7%", earned: "7.05", rate: "7%"),
    Case(amount: "6.95", rate: "7%", earned: "6.95", rate: "7%"),
    // Beyond it.
    Case(amount: "7.06", rate: "7%", earned: "7.06", rate: "7%", agrees: false),
    Case(amount: "6.94", rate: "7%", earned: "6.94", rate: "7%", agrees: false),
  ]

  @Test("amount, rate or both", arguments: cases)
  func given(_ row: Case) throws {
    try check(row, .given, .fee)
  }

  @Test("a row of type Adjustment is given whatever its lever", arguments: cases)
  func adjustment(_ row: Case) throws {
    let rates = LeverRule.rates([RateEntry(rate: try rate("50%"))])
    let steps = [TierStep(upTo: nil, rate: try rate("50%"))]
    let tiers = LeverRule.tiers(Tiers(mode: .slab, steps: steps))
    try check(row, rates, .adjustment)
    try check(row, tiers, .adjustment)
  }

  @Test("neither amount nor rate", arguments: [EarningType.fee, .adjustment])
  func nothing(type: EarningType) throws {
    var row = PricedRow(.given, amount: "100")
    row.type = type
    for price in [try row.price(), try row.price(on: "2026-01-01")] {
      #expect(price.faults == [.nothingGiven])
      #expect(price.earned.isZero)
    }
  }

  private func check(_ row: Case, _ rule: LeverRule, _ type: EarningType) throws {
    var priced = PricedRow(rule, amount: "100")
    priced.type = type
    priced.tolerance = "0.05"
    priced.earningAmount = row.earningAmount
    priced.earningRate = row.earningRate
    let price = try priced.price()
    #expect(try price.earned == amount(row.earned))
    #expect(try price.rate == rate(row.rate))
    #expect(try price.faults == (row.agrees ? [] : [.amountDisagrees(computed: amount("7"))]))
    // No day changes what is given.
    #expect(try priced.price(on: "2020-01-01") == price)
  }
}
