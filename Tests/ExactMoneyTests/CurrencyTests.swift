import ExactMoney
import TestSupport
import Testing

@Suite("Currencies")
struct CurrencyTests {
  static let digits: [(code: String, digits: Int)] = [
    ("USD", 2), ("EUR", 2), ("GBP", 2), ("INR", 2), ("CHF", 2), ("BRL", 2), ("CNY", 2),
    // No minor unit in use.
    ("JPY", 0), ("KRW", 0), ("VND", 0), ("ISK", 0), ("CLP", 0), ("XOF", 0), ("PYG", 0),
    // Thousandths.
    ("KWD", 3), ("BHD", 3), ("OMR", 3), ("JOD", 3), ("TND", 3),
    // Ten-thousandths, of units of account.
    ("CLF", 4), ("UYW", 4),
    // The first and the last of the list.
    ("AED", 2), ("ZWG", 2),
  ]

  @Test("the minor unit of", arguments: digits)
  func minorDigits(code: String, digits: Int) throws {
    let currency = try currency(code)
    #expect(currency.minorDigits == digits)
    #expect(currency.code == code)
  }

  static let unknown: [String] = [
    // Case counts, nothing is trimmed, the length is three.
    "usd", "Usd", " USD", "USD ", "US", "USDX", "", "$", "US$", "ＵＳＤ",
    // No currency, a withdrawn one, test codes, metals and baskets.
    "AAA", "ZZZ", "DEM", "XTS", "XXX", "XAU", "XDR",
  ]

  @Test("is no currency", arguments: unknown)
  func isUnknown(code: String) {
    #expect(Currency(code) == nil)
    let bytes = Array(code.utf8)
    #expect(Currency.find(bytes.span) == nil)
  }

  @Test("every currency is found by its code, and indices sort as codes do")
  func all() {
    let all = Currency.all
    #expect(all.count == Currency.count)
    #expect(all.map(\.code) == all.map(\.code).sorted())
    #expect(Set(all.map(\.code)).count == all.count)
    for currency in all {
      #expect(Currency(currency.code) == currency)
      #expect(Currency(at: currency.index) == currency)
      #expect((0...4).contains(currency.minorDigits))
    }
    for (left, right) in zip(all, all.dropFirst()) { #expect(left < right) }
  }
}
