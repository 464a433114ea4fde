import ExactMoney
import TestSupport
import Testing

@Suite("Writing amounts")
struct AmountTextTests {
  static let amounts: [(picos: Int128, decimals: Int, text: String)] = [
    // No point where there is nothing behind it.
    (0, 0, "0"),
    (0, 2, "0.00"),
    (1_000_000_000_000, 0, "1"),
    (1_000_000_000_000, 2, "1.00"),
    // More decimals only where they are needed.
    (1_500_000_000_000, 0, "1.5"),
    (1_500_000_000_000, 2, "1.50"),
    (1_234_560_000_000, 2, "1.23456"),
    (1, 2, "0.000000000001"),
    // Zeros inside stay.
    (1_002_000_000_000, 2, "1.002"),
    (10_000_000_000_000, 0, "10"),
    // Below zero, and a whole part of 0 that keeps its sign.
    (-1_500_000_000_000, 2, "-1.50"),
    (-10_000_000_000, 2, "-0.01"),
    // The largest of a feed; more than 64 bits before the point; the largest of all.
    (999_999_999_999_999_999_999_999_999_999, 2, "999999999999999999.999999999999"),
    (100_000_000_000_000_000_000_000_000_000_000, 0, "100000000000000000000"),
    (Int128.max, 0, "170141183460469231731687303.715884105727"),
    (Int128.min, 0, "-170141183460469231731687303.715884105728"),
  ]

  @Test("an amount", arguments: amounts)
  func amountText(picos: Int128, decimals: Int, text: String) {
    #expect(ExactAmount(picos: picos).text(decimals: decimals) == text)
  }

  static let rates: [(parts: Int128, text: String)] = [
    (0, "0"),
    (100_000_000_000_000, "1"),
    (4_750_000_000_000, "0.0475"),
    (1, "0.00000000000001"),
    (-5_000_000_000_000, "-0.05"),
    (123_400_000_000_000_000, "1234"),
  ]

  @Test("a rate", arguments: rates)
  func rateText(parts: Int128, text: String) {
    #expect(ExactRate(parts: parts).text == text)
  }

  static let moneys: [(units: Int128, code: String, text: String)] = [
    // The decimals of the currency, always.
    (0, "USD", "0.00"),
    (5, "USD", "0.05"),
    (-123_450, "USD", "-1234.50"),
    (-5, "USD", "-0.05"),
    (0, "KRW", "0"),
    (1500, "KRW", "1500"),
    (-1500, "JPY", "-1500"),
    (1, "KWD", "0.001"),
    (1500, "KWD", "1.500"),
    (10_000, "CLF", "1.0000"),
  ]

  @Test("money", arguments: moneys)
  func moneyText(units: Int128, code: String, text: String) throws {
    #expect(try Money(minorUnits: units, currency: currency(code)).text == text)
  }

  @Test("what is written is read back", arguments: UInt64(1)...4)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let largest: Int128 = 999_999_999_999_999_999_999_999_999_999
    for _ in 0..<1000 {
      let width = Int128.random(in: 1...largest, using: &generator)
      let value = ExactAmount(picos: Int128.random(in: -width...width, using: &generator))
      let decimals = Int.random(in: 0...12, using: &generator)
      #expect(try amount(value.text(decimals: decimals)) == value)
    }
  }
}
