import ExactMoney
import TestSupport
import Testing

@Suite("Products, rounded once from their exact value")
struct ProductTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var amount: String
    var rate: String
    var decimals: Int
    var away: String
    var even: String
    var testDescription: String { "\(amount) × \(rate) to \(decimals)" }

    init(_ amount: String, _ rate: String, _ decimals: Int, away: String, even: String) {
      self.amount = amount
      self.rate = rate
      self.decimals = decimals
      self.away = away
      self.even = even
    }
  }

  static let products: [Case] = [
    // 1234.56 × 0.0475 = 58.6416 exactly.
    Case("1234.56", "4.75%", 6, away: "58.6416", even: "58.6416"),
    // 0.01 × 0.00005 = 0.0000005, a tie.
    Case("0.01", "0.00005", 6, away: "0.000001", even: "0"),
    Case("-0.01", "0.00005", 6, away: "-0.000001", even: "0"),
    // 0.03 × 0.00005 = 0.0000015, a tie above an odd digit.
    Case("0.03", "0.00005", 6, away: "0.000002", even: "0.000002"),
    // 1.45 × 0.1 = 0.145; rounded twice, over 0.1450, it would be the same, over 0.15 not.
    Case("1.45", "0.1", 1, away: "0.1", even: "0.1"),
    // From here on the product has more than 128 bits:
    // 9·10²⁹ picos × 5·10¹² parts. 900000000000000000.00001 × 0.05 ends in half a millionth.
    Case(
      "900000000000000000.00001", "0.05", 6, away: "45000000000000000.000001",
      even: "45000000000000000"),
    Case(
      "-900000000000000000.00001", "0.05", 6, away: "-45000000000000000.000001",
      even: "-45000000000000000"),
    // …00003 × 0.05 ends in one and a half millionths.
    Case(
      "900000000000000000.00003", "0.05", 6, away: "45000000000000000.000002",
      even: "45000000000000000.000002"),
    // (10³⁰ − 1)(10¹⁴ − 10²) = 10⁴⁴ − 10³² − 10¹⁴ + 10²: 10¹⁸ − 10⁶ less one pico and a trifle.
    Case(
      "999999999999999999.999999999999", "0.999999999999", 12,
      away: "999999999998999999.999999999999", even: "999999999998999999.999999999999"),
    Case(
      "999999999999999999.999999999999", "0.999999999999", 6, away: "999999999999000000",
      even: "999999999999000000"),
    // A percentage uses all 14 decimals: 10¹⁷ × 0.00000000000001 = 1000.
    Case("100000000000000000", "0.000000000001%", 0, away: "1000", even: "1000"),
  ]

  @Test("amount × rate", arguments: products)
  func times(_ row: Case) throws {
    let value = try amount(row.amount)
    let factor = try rate(row.rate)
    #expect(
      try value.times(factor, decimals: row.decimals, .halfAwayFromZero) == amount(row.away))
    #expect(try value.times(factor, decimals: row.decimals, .halfEven) == amount(row.even))
  }

  struct Quotient: Sendable, CustomTestStringConvertible {
    var value: String
    var factor: String
    var divisor: String
    var decimals: Int
    var away: String
    var even: String
    var testDescription: String { "\(value) × \(factor) ÷ \(divisor)" }

    init(
      _ value: String, _ factor: String, _ divisor: String, _ decimals: Int, away: String,
      even: String
    ) {
      self.value = value
      self.factor = factor
      self.divisor = divisor
      self.decimals = decimals
      self.away = away
      self.even = even
    }
  }

  static let quotients: [Quotient] = [
    // 2/3 and 1/3 never end.
    Quotient("1", "2", "3", 6, away: "0.666667", even: "0.666667"),
    Quotient("1", "1", "3", 6, away: "0.333333", even: "0.333333"),
    // 1/8 = 0.125 is a tie; 3/8 = 0.375 one above an odd digit.
    Quotient("1", "1", "8", 2, away: "0.13", even: "0.12"),
    Quotient("1", "3", "8", 2, away: "0.38", even: "0.38"),
    // One minus sign, in each place; then two.
    Quotient("-1", "1", "8", 2, away: "-0.13", even: "-0.12"),
    Quotient("1", "-1", "8", 2, away: "-0.13", even: "-0.12"),
    Quotient("1", "1", "-8", 2, away: "-0.13", even: "-0.12"),
    Quotient("-1", "1", "-8", 2, away: "0.13", even: "0.12"),
    // Of more than 128 bits: (9·10²⁹)² picos; 9·10¹⁷ × 9·10¹⁷ ÷ 9·10¹⁷.
    Quotient(
      "900000000000000000", "900000000000000000", "900000000000000000", 6,
      away: "900000000000000000", even: "900000000000000000"),
    // 10¹⁷ × 10¹⁷ ÷ (3·10¹⁷) = 10¹⁷ ÷ 3.
    Quotient(
      "100000000000000000", "100000000000000000", "300000000000000000", 6,
      away: "33333333333333333.333333", even: "33333333333333333.333333"),
  ]

  @Test("value × factor ÷ divisor", arguments: quotients)
  func dividedBy(_ row: Quotient) throws {
    let (value, factor) = (try amount(row.value), try amount(row.factor))
    let divisor = try amount(row.divisor)
    #expect(
      try value.times(factor, dividedBy: divisor, decimals: row.decimals, .halfAwayFromZero)
        == amount(row.away))
    #expect(
      try value.times(factor, dividedBy: divisor, decimals: row.decimals, .halfEven)
        == amount(row.even))
  }

  @Test("agrees with multiplication on paper", arguments: UInt64(1)...8)
  func oracle(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // 18 + 12 digits, and every smaller size too.
    let largest: Int128 = 999_999_999_999_999_999_999_999_999_999
    for _ in 0..<500 {
      let width = Int128.random(in: 1...largest, using: &generator)
      let picos = Int128.random(in: -width...width, using: &generator)
      // Multiples of ten make ties likely.
      let step = Int128([1, 10, 1_000_000, 50_000_000_000].randomElement(using: &generator) ?? 1)
      let parts = Int128.random(in: 0...100_000_000_000_000, using: &generator) / step * step
      let decimals = Int.random(in: 0...12, using: &generator)
      for mode in RoundingMode.allCases {
        let units = DecimalOracle.product(picos, parts, dropping: 26 - decimals, mode)
        let expected = try ExactAmount(units: try #require(units), decimals: decimals)
        let actual = try ExactAmount(picos: picos).times(
          ExactRate(parts: parts), decimals: decimals, mode)
        #expect(actual == expected, "\(picos) × \(parts) to \(decimals), \(mode)")
        let mirrored = try ExactAmount(picos: -picos).times(
          ExactRate(parts: parts), decimals: decimals, mode)
        #expect(mirrored == actual.negated)
      }
    }
  }

  @Test("what does not fit in 128 bits is an error, never a wrong number")
  func overflow() throws {
    let huge = ExactAmount(picos: Int128.max)
    let two = ExactRate(parts: 200_000_000_000_000)
    #expect(throws: MoneyError.overflow) { try huge.times(two, decimals: 12, .halfEven) }
    #expect(throws: MoneyError.overflow) { try huge.plus(ExactAmount(picos: 1)) }
    #expect(throws: MoneyError.overflow) { try huge.negated.minus(ExactAmount(picos: 1)) }
    #expect(throws: MoneyError.overflow) { try ExactAmount(units: Int128.max, decimals: 11) }
    #expect(throws: MoneyError.overflow) {
      try huge.times(huge, dividedBy: ExactAmount(picos: 1), decimals: 12, .halfEven)
    }
    #expect(throws: MoneyError.divisionByZero) {
      try huge.times(huge, dividedBy: .zero, decimals: 12, .halfEven)
    }
    #expect(throws: MoneyError.divisionByZero) {
      try ExactAmount.zero.times(.zero, dividedBy: .zero, decimals: 6, .halfEven)
    }
  }
}
