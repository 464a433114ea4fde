import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Tiers")
struct TierTests {
  /// 1% up to 100, 2% up to 1000, 5% beyond.
  static func tiers(_ mode: TierMode) throws -> LeverRule {
    .tiers(
      Tiers(
        mode: mode,
        steps: [
          TierStep(upTo: try amount("100"), rate: try rate("1%")),
          TierStep(upTo: try amount("1000"), rate: try rate("2%")),
          TierStep(upTo: nil, rate: try rate("5%")),
        ]))
  }

  static let bases: [(basis: String, graduated: String, slab: String)] = [
    ("0", "0", "0"),
    ("50", "0.5", "0.5"),
    // The bound belongs to the lower step.
    ("100", "1", "1"),
    // 1 + 0.01 × 2%; 100.01 × 2%.
    ("100.01", "1.0002", "2.0002"),
    // 1 + 900 × 2%; 1000 × 2%.
    ("1000", "19", "20"),
    // 19 + 0.01 × 5%; 1000.01 × 5%.
    ("1000.01", "19.0005", "50.0005"),
    // 19 + 500 × 5%; 1500 × 5%.
    ("1500", "44", "75"),
    // Below zero the first step's rate.
    ("-50", "-0.5", "-0.5"),
    ("-5000", "-50", "-50"),
  ]

  @Test("one line", arguments: bases)
  func oneLine(basis: String, graduated: String, slab: String) throws {
    for (mode, expected) in [(TierMode.graduated, graduated), (.slab, slab)] {
      var account = try Account()
      account.rule = try TierTests.tiers(mode)
      // What the row alone would earn does not count.
      try account.add(basis, earned: "77")
      let settlement = try account.settle()
      #expect(settlement.earnedTexts == [expected])
      #expect(settlement.lines[0].rate == nil)
    }
  }

  @Test("each line earns what it adds to the running basis")
  func running() throws {
    var account = try Account()
    account.rule = try TierTests.tiers(.graduated)
    // The bases are 60, 120, 70, 1070.
    for text in ["60", "60", "-50", "1000"] { try account.add(text) }
    // f(60) = 0.6; f(120) = 1 + 20 × 2% = 1.4; f(70) = 0.7; f(1070) = 19 + 70 × 5% = 22.5.
    #expect(try account.settle().earnedTexts == ["0.6", "0.8", "-0.7", "21.8"])
    account.rule = try TierTests.tiers(.slab)
    // f is 0.6, 2.4, 0.7, 53.5.
    #expect(try account.settle().earnedTexts == ["0.6", "1.8", "-1.7", "52.8"])
  }

  @Test("a refund before its sale")
  func negativeFirst() throws {
    var account = try Account()
    account.rule = try TierTests.tiers(.graduated)
    // Bases −50, 30: f is −0.5, 0.3.
    try account.add("-50")
    try account.add("80")
    #expect(try account.settle().earnedTexts == ["-0.5", "0.8"])
  }

  @Test("every month and its rate of exchange stand alone")
  func months() throws {
    var account = try Account()
    account.rule = try TierTests.tiers(.graduated)
    try account.addRate("EUR", "USD", "1.1", in: "2026-09")
    try account.addRate("EUR", "USD", "2", in: "2026-10")
    // September: 100 EUR are 110 USD, 1 + 10 × 2%. October: 100 EUR are 200, 1 + 100 × 2%.
    try account.add("100", "EUR", on: "2026-09-30")
    try account.add("100", "EUR", on: "2026-10-01")
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == ["1.2", "3"])
    // Both are in the plan currency already.
    #expect(settlement.subtotals.map(\.exchangeRate) == [.one, .one])
    #expect(settlement.earned.text == "4.20")
  }

  @Test("a row of type Adjustment in the lever adds nothing to the basis")
  func adjustmentType() throws {
    var account = try Account()
    account.rule = try TierTests.tiers(.graduated)
    try account.add("100")
    try account.add("5000", earned: "12", "USD", .adjustment)
    try account.add("100")
    // f(100) = 1, f(200) = 3; the adjustment is what was given.
    #expect(try account.settle().earnedTexts == ["1", "12", "2"])
  }

  @Test("totals do not depend on the order of the lines", arguments: UInt64(1)...6)
  func order(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for mode in TierMode.allCases {
      var account = try Account()
      account.rule = try TierTests.tiers(mode)
      account.cap = try amount("30")
      for _ in 0..<30 {
        let cents = Int.random(in: -9_999...19_999, using: &generator)
        try account.add(
          ExactAmount(units: Int128(cents), decimals: 2).text(decimals: 2))
      }
      let total = try account.settle().subtotals.map(\.earned)
      for _ in 0..<10 {
        account.lines.shuffle(using: &generator)
        #expect(try account.settle().subtotals.map(\.earned) == total)
      }
    }
  }
}
