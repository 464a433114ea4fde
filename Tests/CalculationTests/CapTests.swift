import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Caps")
struct CapTests {
  static let cases: [(earned: [String], payable: [String], capped: [String])] = [
    // Below and exactly at the cap nothing is taken.
    (["60"], ["60"], ["0"]),
    (["60", "40"], ["60", "40"], ["0", "0"]),
    // The line that reaches it is cut, those after it get nothing.
    (["60", "60", "10"], ["60", "40", "0"], ["0", "20", "10"]),
    (["100.01"], ["100"], ["0.01"]),
    // A refund beyond the cap is taken from what the cap took: sums 60, 120, 105, so 100 stays.
    (["60", "60", "-15"], ["60", "40", "0"], ["0", "20", "-15"]),
    // Back under it, and up to it again: sums 60, 120, 90, 140.
    (["60", "60", "-30", "50"], ["60", "40", "-10", "10"], ["0", "20", "-20", "40"]),
    // Below zero there is no cap: sums −50, 70, 130.
    (["-50", "120", "60"], ["-50", "120", "30"], ["0", "0", "30"]),
    // A line of nothing.
    (["0", "100", "0", "1"], ["0", "100", "0", "0"], ["0", "0", "0", "1"]),
  ]

  @Test("of 100", arguments: cases)
  func cap(earned: [String], payable: [String], capped: [String]) throws {
    var account = try Account()
    account.cap = try amount("100")
    for text in earned { try account.add(text) }
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == payable)
    #expect(settlement.cappedTexts == capped)
  }

  @Test("in plan currency, taken from the line in its own")
  func currencies() throws {
    var account = try Account()
    account.cap = try amount("100")
    try account.addRate("EUR", "USD", "1.25", in: "2026-10")
    // 100 EUR are 125 USD, of which 100 are payable: 100 × 100 ÷ 125 = 80 EUR.
    try account.add("100", "EUR")
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == ["80"])
    #expect(settlement.cappedTexts == ["20"])
    #expect(settlement.earned.text == "100.00")
  }

  @Test("the kept part is rounded once, and with the rest makes the whole")
  func rounding() throws {
    var account = try Account()
    account.cap = try amount("1")
    try account.addRate("EUR", "USD", "0.3", in: "2026-10")
    // 10 EUR are 3 USD: 10 × 1 ÷ 3 = 3.333333…
    try account.add("10", "EUR")
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == ["3.333333"])
    #expect(settlement.cappedTexts == ["6.666667"])
  }

  @Test("every month has its own, and lines of type Adjustment count")
  func months() throws {
    var account = try Account()
    account.cap = try amount("100")
    account.rule = .rates([])
    try account.add("90", on: "2026-09-30")
    try account.add("90", on: "2026-10-01")
    try account.add("90", "USD", on: "2026-10-02", .adjustment)
    #expect(try account.settle().earnedTexts == ["90", "90", "10"])
  }

  @Test("behind tiers it looks at what the tiers give")
  func tiers() throws {
    var account = try Account()
    account.cap = try amount("20")
    account.rule = try TierTests.tiers(.graduated)
    // f is 19, then 44: 25 more, of which 1 is payable.
    try account.add("1000")
    try account.add("500")
    let settlement = try account.settle()
    #expect(settlement.earnedTexts == ["19", "1"])
    #expect(settlement.cappedTexts == ["0", "24"])
  }

  @Test("nothing is lost: what is payable and what is capped make what was earned")
  func wholes() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<50 {
      var account = try Account()
      account.cap = try amount("500")
      try account.addRate("EUR", "USD", "1.0837", in: "2026-10")
      var earned: [ExactAmount] = []
      for _ in 0..<20 {
        let micros = Int128.random(in: -99_999_999...199_999_999, using: &generator)
        earned.append(try ExactAmount(units: micros, decimals: 6))
        try account.add(
          earned[earned.count - 1].text(decimals: 0), Bool.random(using: &generator) ? "EUR" : "USD"
        )
      }
      let lines = try account.settle().lines.sorted { $0.record.row < $1.record.row }
      #expect(try lines.map { try $0.capped.plus($0.earned ?? .zero) } == earned)
    }
  }
}
