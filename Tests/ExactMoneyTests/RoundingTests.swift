import ExactMoney
import TestSupport
import Testing

@Suite("Rounding once, from the exact value")
struct RoundingTests {
  @Test(
    "to decimals, by hand",
    arguments: [
      // text, decimals, half away from zero, half even
      ("2.5", 0, "3", "2"),  // a tie: the two modes differ
      ("3.5", 0, "4", "4"),
      ("-2.5", 0, "-3", "-2"),  // x and −x alike
      ("-3.5", 0, "-4", "-4"),
      ("1.005", 2, "1.01", "1.00"),
      ("1.0049999", 2, "1.00", "1.00"),
      ("1.0050001", 2, "1.01", "1.01"),
      ("0.0000005", 6, "0.000001", "0.000000"),
      ("999999999999999999.995", 2, "1000000000000000000.00", "1000000000000000000.00"),
    ])
  func rounding(text: String, decimals: Int, away: String, even: String) throws {
    let amount = try #require(ExactAmount(text))
    let rounded = try amount.rounded(decimals: decimals, .halfAwayFromZero)
    #expect(rounded.text(decimals: decimals) == away)
    #expect(try amount.rounded(decimals: decimals, .halfEven).text(decimals: decimals) == even)
  }

  @Test(
    "a product is rounded once, also where it does not fit in 128 bits",
    arguments: [
      ("1000.00", "4.75%", "47.500000"),
      ("0.01", "33.33%", "0.003333"),
      // 18 + 12 digits times 12 decimals need 256 bits.
      ("999999999999999999.999999999999", "0.123456789012", "123456789012000000.000000"),
      ("-100999.99", "0.03", "-3029.999700"),
    ])
  func products(amount: String, rate: String, expected: String) throws {
    let amount = try #require(ExactAmount(amount))
    let rate = try #require(ExactRate(rate))
    let product = try amount.times(rate, decimals: 6, .halfEven)
    #expect(product.text(decimals: 6) == expected)
  }

  @Test("money is rounded to the currency's own decimals")
  func money() throws {
    let amount = try #require(ExactAmount("1234.5675"))
    for (code, expected) in [("KRW", "1235"), ("USD", "1234.57"), ("KWD", "1234.568")] {
      let currency = try #require(Currency(code))
      #expect(try Money(rounding: amount, currency: currency, .halfEven).text == expected)
    }
  }

  @Test("what does not fit is an error, never a wrap")
  func overflow() throws {
    let amount = try #require(ExactAmount("999999999999999999"))
    let rate = try #require(ExactRate("999999999999999999"))
    #expect(throws: MoneyError.overflow) { try amount.times(rate, decimals: 12, .halfEven) }
    let largest = ExactAmount(picos: Int128.max)
    #expect(throws: MoneyError.overflow) { try largest.plus(largest) }
  }

  @Test("no rounding moves an amount by more than half a unit", arguments: 0..<8 as Range<UInt64>)
  func halfUnit(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<500 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let amount = ExactAmount(picos: Int128(Int64(bitPattern: state)))
      for mode in RoundingMode.allCases {
        let rounded = try amount.rounded(decimals: 2, mode)
        #expect(try rounded.minus(amount).magnitude.picos <= 5_000_000_000)
        #expect(try amount.negated.rounded(decimals: 2, mode) == rounded.negated)
      }
    }
  }
}
