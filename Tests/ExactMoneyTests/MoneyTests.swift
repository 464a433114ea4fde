import ExactMoney
import TestSupport
import Testing

@Suite("Money")
struct MoneyTests {
  static let conversions: [(amount: String, rate: String, to: String, away: String, even: String)] =
    [
      // Rounded to the minor unit of the target: none, two and three decimals.
      ("10", "1345.67", "KRW", "13457", "13457"),
      ("10", "1.23456", "USD", "12.35", "12.35"),
      ("10", "0.30705", "KWD", "3.071", "3.070"),
      // 0.5 won is a tie; 0.125 × 1 too.
      ("1", "0.5", "KRW", "1", "0"),
      ("-1", "0.5", "KRW", "-1", "0"),
      ("0.125", "1", "USD", "0.13", "0.12"),
      ("-0.125", "1", "USD", "-0.13", "-0.12"),
      // Once, not first to six decimals: 0.0049999 × 1.0000001 = 0.00499990049… stays below half.
      ("0.0049999", "1.0000001", "USD", "0.00", "0.00"),
      // More than 128 bits on the way.
      ("900000000000000000", "1.5", "EUR", "1350000000000000000.00", "1350000000000000000.00"),
    ]

  @Test("is converted once", arguments: conversions)
  func converting(
    _ row: (amount: String, rate: String, to: String, away: String, even: String)
  ) throws {
    let (value, factor) = (try amount(row.amount), try rate(row.rate))
    let target = try currency(row.to)
    let away = try Money(converting: value, at: factor, to: target, .halfAwayFromZero)
    let even = try Money(converting: value, at: factor, to: target, .halfEven)
    #expect(away.text == row.away)
    #expect(even.text == row.even)
  }

  @Test("adds, subtracts and multiplies in minor units")
  func arithmetic() throws {
    let usd = try currency("USD")
    let (a, b) = (Money(minorUnits: 1005, currency: usd), Money(minorUnits: -10, currency: usd))
    #expect(try a.plus(b).minorUnits == 995)
    #expect(try a.minus(b).minorUnits == 1015)
    #expect(a.negated.minorUnits == -1005)
    #expect(b.isNegative && !a.isNegative && Money.zero(usd).isZero)
    // 10.05 × 10% = 1.005, a tie.
    #expect(try a.times(rate("10%"), .halfAwayFromZero).minorUnits == 101)
    #expect(try a.times(rate("10%"), .halfEven).minorUnits == 100)
    #expect(throws: MoneyError.overflow) {
      try Money(minorUnits: Int128.max, currency: usd).plus(a)
    }
  }

  @Test("an amount is money only if it is whole minor units")
  func exactMoney() throws {
    let (usd, krw) = (try currency("USD"), try currency("KRW"))
    #expect(try amount("-12.34").exactMoney(usd) == Money(minorUnits: -1234, currency: usd))
    #expect(try amount("12.345").exactMoney(usd) == nil)
    #expect(try amount("12").exactMoney(krw) == Money(minorUnits: 12, currency: krw))
    #expect(try amount("12.5").exactMoney(krw) == nil)
    #expect(try Money(minorUnits: -1234, currency: usd).exact() == amount("-12.34"))
  }

  @Test("no rounding moves an amount by more than half a minor unit", arguments: UInt64(1)...4)
  func halfUnit(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let picos = Int128.random(
        in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &generator)
      let target = try #require(Currency.all.randomElement(using: &generator))
      for mode in RoundingMode.allCases {
        let money = try Money(rounding: ExactAmount(picos: picos), currency: target, mode)
        let moved = try money.exact().picos - picos
        let unit = try Money(minorUnits: 1, currency: target).exact().picos
        #expect(moved.magnitude * 2 <= unit.magnitude, "\(picos) \(target.code) \(mode)")
      }
    }
  }
}
