import Documents
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Numbers and days as a language writes them")
struct StatementFormatTests {
  private let english = StatementFormat(.english)
  private let korean = StatementFormat(.korean)

  @Test(
    "digits are grouped, whatever the size and the decimals",
    arguments: [
      // Minor units, currency, text.
      (Int128(0), "EUR", "0.00"), (7, "KRW", "7"), (99_900, "EUR", "999.00"),
      (100_000, "EUR", "1,000.00"), (-123_450, "USD", "−1,234.50"), (-100, "KRW", "−100"),
      (718_269, "KRW", "718,269"), (1_234_567_890, "KWD", "1,234,567.890"),
      (99_999_999_999_999_999_999, "EUR", "999,999,999,999,999,999.99"),
    ])
  func money(units: Int128, code: String, text: String) throws {
    let money = Money(minorUnits: units, currency: try currency(code))
    #expect(english.text(money) == text)
    #expect(korean.text(money) == text)
    #expect(english.amount(money) == "\(code)\u{A0}\(text)")
    #expect(korean.amount(money) == "\(text)\u{A0}\(code)")
  }

  @Test("an exact amount has the decimals of its currency, and more where it needs them")
  func exact() throws {
    let euro = try currency("EUR")
    #expect(english.text(try amount("10333.33"), euro) == "10,333.33")
    #expect(english.text(try amount("-258.33325"), euro) == "−258.33325")
    #expect(english.text(try amount("1234567"), euro) == "1,234,567.00")
  }

  @Test(
    "rates",
    arguments: [
      ("0.0475", "4.75%"), ("1", "100%"), ("0", "0%"), ("0.05", "5%"),
      ("0.00000000000001", "0.000000000001%"),
    ])
  func percent(rate: String, text: String) throws {
    // Fourteen decimals are more than a feed can say.
    let parts = rate == "0.00000000000001" ? ExactRate(parts: 1) : try TestSupport.rate(rate)
    #expect(english.percent(parts) == text)
  }

  @Test("an exchange rate is what one unit buys")
  func exchangeRate() throws {
    #expect(korean.text(try TestSupport.rate("1425.5")) == "1,425.5")
    #expect(korean.text(try TestSupport.rate("0.86")) == "0.86")
    #expect(english.text(12_345) == "12,345")
  }

  @Test("days and months")
  func days() throws {
    let first = try day("2026-03-01")
    #expect(english.text(first) == "1 March 2026")
    #expect(korean.text(first) == "2026년 3월 1일")
    #expect(english.short(first) == "1\u{A0}Mar\u{A0}2026")
    #expect(korean.short(first) == "2026.\u{A0}3.\u{A0}1.")
    #expect(english.text(first.period) == "March 2026")
    #expect(korean.text(first.period) == "2026년 3월")
  }

  @Test(
    "a partner's language; English where there is none of its own",
    arguments: [
      ("ko", StatementLanguage.korean), ("ko-KR", .korean), ("KO", .korean), ("en", .english),
      ("en-GB", .english), ("de", .english), ("kok", .english), ("", .english),
    ])
  func language(tag: String, language: StatementLanguage) {
    #expect(StatementLanguage(tag: tag) == language)
  }
}
