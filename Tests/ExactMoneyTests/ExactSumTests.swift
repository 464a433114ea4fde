import ExactMoney
import TestSupport
import Testing

@Suite("Sums of products, rounded once")
struct ExactSumTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var terms: [(amount: String, rate: String)]
    var decimals: Int
    var away: String
    var even: String
    var testDescription: String {
      terms.map { "\($0.amount) × \($0.rate)" }.joined(separator: " + ")
    }
  }

  static let cases: [Case] = [
    // Nothing added.
    Case(terms: [], decimals: 6, away: "0", even: "0"),
    // 100 × 1% + 900 × 2% = 1 + 18.
    Case(terms: [("100", "1%"), ("900", "2%")], decimals: 6, away: "19", even: "19"),
    // Two quarters of a millionth are a tie; rounded one by one they would be nothing.
    Case(
      terms: [("0.00025", "0.001"), ("0.00025", "0.001")], decimals: 6, away: "0.000001",
      even: "0"),
    // A whole and a tie: 1.0000005, the even neighbour is 1.000000; 1.0000015 goes up in both.
    Case(terms: [("1", "1"), ("0.0005", "0.001")], decimals: 6, away: "1.000001", even: "1"),
    Case(
      terms: [("1", "1"), ("0.0015", "0.001")], decimals: 6, away: "1.000002",
      even: "1.000002"),
    // The same below zero.
    Case(terms: [("-1", "1"), ("-0.0005", "0.001")], decimals: 6, away: "-1.000001", even: "-1"),
    // Mixed signs: 1 − 0.0000005 = 0.9999995, between 0.999999 (odd) and 1.
    Case(terms: [("1", "1"), ("-0.0005", "0.001")], decimals: 6, away: "1", even: "1"),
    // 1 − 0.0000015 = 0.9999985, between 0.999998 (even) and 0.999999.
    Case(
      terms: [("1", "1"), ("-0.0015", "0.001")], decimals: 6, away: "0.999999",
      even: "0.999998"),
    // −1 + 0.0000015 mirrors it.
    Case(
      terms: [("-1", "1"), ("0.0015", "0.001")], decimals: 6, away: "-0.999999",
      even: "-0.999998"),
    // To whole units the parity of the units decides: 2.5 and 3.5.
    Case(terms: [("2", "1"), ("1", "0.5")], decimals: 0, away: "3", even: "2"),
    Case(terms: [("3", "1"), ("1", "0.5")], decimals: 0, away: "4", even: "4"),
    // The largest amounts cancel and leave what is small: half a pico, twice.
    Case(
      terms: [
        ("999999999999999999.999999999999", "0.5"), ("-999999999999999999.999999999999", "0.5"),
        ("0.000000000001", "0.5"), ("0.000000000001", "0.5"),
      ], decimals: 12, away: "0.000000000001", even: "0.000000000001"),
  ]

  @Test("by hand", arguments: cases)
  func byHand(_ row: Case) throws {
    var sum = ExactSum()
    for term in row.terms { try sum.add(amount(term.amount), times: rate(term.rate)) }
    #expect(
      try sum.rounded(decimals: row.decimals, .halfAwayFromZero) == amount(row.away))
    #expect(try sum.rounded(decimals: row.decimals, .halfEven) == amount(row.even))
  }

  @Test("agrees with a sum in one wide integer", arguments: UInt64(1)...8)
  func oracle(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var sum = ExactSum()
      // Amounts below 10⁶ units: 100 products of 10¹⁸ picos × 10¹⁴ parts fit in 128 bits.
      var exact: Int128 = 0
      for _ in 0..<Int.random(in: 1...100, using: &generator) {
        let step = Int128([1, 1_000_000, 1_000_000_000_000].randomElement(using: &generator) ?? 1)
        let picos =
          Int128.random(
            in: -1_000_000_000_000_000_000...1_000_000_000_000_000_000, using: &generator)
          / step * step
        let parts = Int128.random(in: 0...100_000_000_000_000, using: &generator) / step * step
        try sum.add(ExactAmount(picos: picos), times: ExactRate(parts: parts))
        exact += picos * parts
      }
      let decimals = Int.random(in: 0...12, using: &generator)
      for mode in RoundingMode.allCases {
        let units = DecimalOracle.product(exact, 1, dropping: 26 - decimals, mode)
        let expected = try ExactAmount(units: try #require(units), decimals: decimals)
        #expect(try sum.rounded(decimals: decimals, mode) == expected, "\(exact), \(mode)")
      }
    }
  }

  @Test("what does not fit is an error")
  func overflow() throws {
    var sum = ExactSum()
    let huge = ExactAmount(picos: Int128.max)
    #expect(throws: MoneyError.overflow) {
      try sum.add(huge, times: ExactRate(parts: Int128.max))
    }
    try sum.add(huge, times: .one)
    #expect(try sum.rounded(decimals: 12, .halfEven) == huge)
    try sum.add(huge, times: .one)
    #expect(throws: MoneyError.overflow) { try sum.rounded(decimals: 12, .halfEven) }
  }
}
