import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Lines of closed months")
struct ClosedMonthTests {
  private static let september = "2026-09-15"

  /// An account whose September was closed with these tiers and this cap.
  private func account(_ mode: TierMode, cap: String? = nil) throws -> Account {
    var account = try Account()
    account.rule = try TierTests.tiers(mode)
    account.cap = try cap.map(amount)
    try account.keep("2026-09")
    return account
  }

  /// Settles lines of September one after the other, as they come in later periods.
  private func settle(_ account: Account, _ amounts: [String]) throws -> [Settlement] {
    var account = account
    return try amounts.map { text in
      account.lines = []
      try account.add(text, on: Self.september)
      let settlement = try account.settle()
      account.post(settlement)
      return settlement
    }
  }

  static let running: [(mode: TierMode, cap: String?, earned: [String], capped: [String])] = [
    // Bases 60, 1100, 300: f is 0.6; 19 + 100 × 5% = 24; 1 + 200 × 2% = 5.
    (.graduated, nil, ["0.6", "23.4", "-19"], ["0", "0", "0"]),
    // f is 0.6; 1100 × 5% = 55; 300 × 2% = 6.
    (.slab, nil, ["0.6", "54.4", "-49"], ["0", "0", "0"]),
    // Sums 0.6, 24, 5 under 10: payable 0.6, 9.4, −5; what came back was the cap's first.
    (.graduated, "10", ["0.6", "9.4", "-5"], ["0", "14", "-14"]),
    // Sums 0.6, 55, 6.
    (.slab, "10", ["0.6", "9.4", "-4"], ["0", "45", "-45"]),
  ]

  @Test("go on where the posted ones stopped", arguments: running)
  func runningMonth(mode: TierMode, cap: String?, earned: [String], capped: [String]) throws {
    let account = try account(mode, cap: cap)
    let amounts = ["60", "1040", "-800"]
    let settlements = try settle(account, amounts)
    #expect(settlements.flatMap(\.earnedTexts) == earned)
    #expect(settlements.flatMap(\.cappedTexts) == capped)
    // All at once they earn the same.
    var whole = account
    for text in amounts { try whole.add(text, on: Self.september) }
    #expect(try whole.settle().earnedTexts == earned)
  }

  @Test("today's tiers and cap do not count for them, and for today's lines nothing else does")
  func keptPlan() throws {
    var account = try account(.graduated, cap: "10")
    account.rule = .tiers(
      Tiers(mode: .slab, steps: [TierStep(upTo: nil, rate: try rate("50%"))]))
    account.cap = try amount("100")
    try account.add("1000", on: Self.september)
    try account.add("300", on: "2026-10-15")
    // f(1000) = 19 of then, capped at 10; 300 × 50% = 150, capped at 100.
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == ["10", "100"])
    #expect(settlement.cappedTexts == ["9", "50"])
    // Without a cap today, then's still holds; without one then, today's does not.
    account.cap = nil
    #expect(try account.settle().earnedTexts == ["10", "150"])
    account.kept[try period("2026-09")]?.lever.cap = nil
    account.cap = try amount("5")
    #expect(try account.settle().earnedTexts == ["19", "5"])
  }

  @Test("rates count by today's plan, the cap by the one that was kept")
  func ratesWithKeptCap() throws {
    var account = try Account()
    account.rule = .rates([])
    account.cap = try amount("10")
    try account.keep("2026-09")
    account.cap = try amount("30")
    // The line brings what today's rate gives.
    try account.add("1000", earned: "40", on: Self.september)
    try account.add("1000", earned: "40", on: "2026-10-15")
    #expect(try account.settle().earnedTexts == ["10", "30"])
  }

  @Test("in the currency that the plan had then, at the rate of that month")
  func keptCurrency() throws {
    var account = try account(.graduated)
    account.planCurrency = try currency("EUR")
    try account.addRate("KRW", "USD", "0.001", in: "2026-09")
    try account.addRate("KRW", "EUR", "0.002", in: "2026-10")
    try account.addRate("EUR", "USD", "2", in: "2026-10")
    // 200,000 won: 200 USD then, f = 3 USD; 400 EUR now, f = 1 + 300 × 2% = 7 EUR.
    try account.add("200000", "KRW", on: Self.september)
    try account.add("200000", "KRW", on: "2026-10-15")
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == ["3", "7"])
    #expect(settlement.lines.map(\.earnedCurrency.code) == ["USD", "EUR"])
    #expect(settlement.subtotals.map(\.amount.text) == ["3.00", "14.00"])
  }

  @Test("a lever that did not exist then goes by today's plan")
  func newLever() throws {
    var account = try account(.graduated, cap: "10")
    account.kept[try period("2026-09")]?.lever.name = "Old"
    account.cap = try amount("4")
    try account.add("1000", on: Self.september)
    #expect(try account.settle().earnedTexts == ["4"])
  }

  @Test("only levers with tiers or a cap are kept running, and none that waits")
  func months() throws {
    var account = try Account()
    try account.add("5")
    #expect(try account.settle().months.isEmpty)
    account.cap = try amount("3")
    let month = try #require(try account.settle().months.first)
    #expect(month.running.earned == (try amount("5")), "what was earned before the cap")
    account.planCurrency = try currency("EUR")
    let waiting = try account.settle()
    #expect(waiting.months.isEmpty && waiting.holds == .exchangeRate)
  }

  @Test("totals depend neither on the order of the lines nor on the periods", arguments: 1...6)
  func order(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for mode in TierMode.allCases {
      let account = try account(mode, cap: seed % 2 == 0 ? "20" : nil)
      var amounts = (0..<20).map { _ in
        String(Int.random(in: -300...500, using: &generator))
      }
      func total() throws -> ExactAmount {
        try settle(account, amounts).reduce(.zero) { try $0.plus($1.lines[0].earned ?? .zero) }
      }
      let first = try total()
      amounts.shuffle(using: &generator)
      #expect(try total() == first)
    }
  }
}
