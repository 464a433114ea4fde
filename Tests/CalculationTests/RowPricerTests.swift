import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Pricing rows by rates")
struct RowPricerTests {
  /// Azure in summer, Azure, anything from October on, Azure in one country.
  static func rates() throws -> LeverRule {
    let azure = WhereClause(field: .solutionArea, value: "Azure")
    return .rates([
      RateEntry(
        rate: try rate("6%"), from: try day("2026-07-01"), to: try day("2026-08-31"),
        conditions: [azure]),
      RateEntry(rate: try rate("5%"), from: try day("2026-07-01"), conditions: [azure]),
      RateEntry(rate: try rate("4%"), from: try day("2026-10-01")),
      RateEntry(
        rate: try rate("3%"),
        conditions: [azure, WhereClause(field: .customerCountry, value: "KR")]),
    ])
  }

  static let matches: [(area: String, country: String, day: String, earned: String?)] = [
    // The first that matches counts, though others match too.
    ("Azure", "IE", "2026-07-01", "6"),
    // Both ends of its dates belong to it.
    ("Azure", "IE", "2026-08-31", "6"),
    ("Azure", "IE", "2026-09-01", "5"),
    ("Azure", "IE", "2026-10-15", "5"),
    // Only the entry without `where` is left.
    ("Security", "IE", "2026-10-01", "4"),
    ("Security", "IE", "2026-09-30", nil),
    // `where` compares exactly: case, blanks, length, nothing.
    ("azure", "IE", "2026-10-15", "4"),
    ("Azure ", "IE", "2026-10-15", "4"),
    ("Azur", "IE", "2026-10-15", "4"),
    ("", "IE", "2026-10-15", "4"),
    // Two conditions: both must match. Before July only the last entry has dates that do.
    ("Azure", "KR", "2026-06-30", "3"),
    ("Azure", "IE", "2026-06-30", nil),
    ("Security", "KR", "2026-06-30", nil),
  ]

  @Test("the first rate whose dates and where match", arguments: matches)
  func firstMatch(area: String, country: String, day: String, earned: String?) throws {
    var row = PricedRow(try RowPricerTests.rates(), amount: "100")
    row.texts = [.solutionArea: area, .customerCountry: country]
    row.day = day
    let price = try row.price()
    if let earned {
      #expect(try price.earned == amount(earned))
      #expect(try price.rate == rate(earned + "%"))
      #expect(price.faults.isEmpty)
    } else {
      #expect(price.faults == [.noRate])
      #expect(price.earned.isZero)
    }
  }

  @Test("a row that follows another is priced on the other's day", arguments: matches)
  func following(area: String, country: String, day: String, earned: String?) throws {
    var row = PricedRow(try RowPricerTests.rates(), amount: "-100")
    row.texts = [.solutionArea: area, .customerCountry: country]
    // Its own day has no rate at all.
    row.day = "2020-01-01"
    let price = try row.price(on: day)
    #expect(try price.earned == earned.map { try amount("-" + $0) } ?? .zero)
    #expect(price.faults == (earned == nil ? [.noRate] : []))
  }

  @Test("rounded once to six decimals", arguments: RoundingMode.allCases)
  func rounding(mode: RoundingMode) throws {
    // 0.00001 × 5% = 0.0000005, half of the sixth decimal.
    var row = PricedRow(.rates([RateEntry(rate: try rate("5%"))]), amount: "-0.00001")
    row.rounding = mode
    let expected = mode == .halfEven ? "0" : "-0.000001"
    #expect(try row.price().earned == amount(expected))
  }

  struct Tolerance: Sendable {
    var tolerance: String
    var currency: String
    var earningAmount: String
    var agrees: Bool

    init(_ tolerance: String, _ currency: String, _ earningAmount: String, _ agrees: Bool) {
      self.tolerance = tolerance
      self.currency = currency
      self.earningAmount = earningAmount
      self.agrees = agrees
    }
  }

  /// What the plan says is 100 × 5% = 5.
  static let tolerances: [Tolerance] = [
    Tolerance("0", "USD", "5", true),
    // One minor unit is always allowed, the bound included, on both sides.
    Tolerance("0", "USD", "5.01", true), Tolerance("0", "USD", "4.99", true),
    Tolerance("0", "USD", "5.010000000001", false),
    Tolerance("0", "USD", "4.989999999999", false),
    // It is that of the transaction currency.
    Tolerance("0", "KRW", "6", true), Tolerance("0", "KRW", "6.01", false),
    Tolerance("0", "KWD", "5.001", true), Tolerance("0", "KWD", "5.002", false),
    // The plan's own counts where it is more; where it is less, the minor unit does.
    Tolerance("0.05", "USD", "5.05", true), Tolerance("0.05", "USD", "5.050001", false),
    Tolerance("0.05", "USD", "4.95", true), Tolerance("0.05", "USD", "4.949999", false),
    Tolerance("0.001", "USD", "5.01", true),
    // The other sign is far off.
    Tolerance("0.05", "USD", "-5", false),
  ]

  @Test("the feed's amount must be within tolerance, inclusive", arguments: tolerances)
  func tolerance(_ row: Tolerance) throws {
    var priced = PricedRow(.rates([RateEntry(rate: try rate("5%"))]), amount: "100")
    priced.tolerance = row.tolerance
    priced.currency = row.currency
    priced.earningAmount = row.earningAmount
    let price = try priced.price()
    // The computed amount counts, whatever the feed says.
    #expect(try price.earned == amount("5"))
    #expect(
      try price.faults == (row.agrees ? [] : [.amountDisagrees(computed: amount("5"))]))
  }

  @Test("the feed's rate must be the plan's")
  func feedRate() throws {
    var row = PricedRow(.rates([RateEntry(rate: try rate("5%"))]), amount: "100")
    // Another spelling of the same rate.
    row.earningRate = "0.05"
    #expect(try row.price().faults.isEmpty)
    row.earningRate = "5.000000000001%"
    #expect(try row.price().faults == [.rateDisagrees(plan: rate("5%"))])
    row.earningAmount = "7"
    #expect(
      try row.price().faults == [
        .amountDisagrees(computed: amount("5")), .rateDisagrees(plan: rate("5%")),
      ])
  }

  @Test("tiers look at neither amount nor rate of the feed")
  func tiers() throws {
    let steps = [TierStep(upTo: nil, rate: try rate("5%"))]
    var row = PricedRow(.tiers(Tiers(mode: .slab, steps: steps)), amount: "100")
    row.earningAmount = "99"
    row.earningRate = "7%"
    let price = try row.price()
    #expect(price.faults.isEmpty)
    // What tiers give is known only when all lines are.
    #expect(price.earned.isZero && price.rate == .zero)
  }
}
