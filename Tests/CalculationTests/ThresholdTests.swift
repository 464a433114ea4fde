import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("H506: thresholds")
struct ThresholdTests {
  static let inPlanCurrency: [(available: String, holds: String)] = [
    ("0.01", "H506"), ("49.99", "H506"),
    // The threshold itself is paid.
    ("50", ""), ("50.01", ""),
    // Nothing is due, or owed: no threshold.
    ("0", ""), ("-10", "H507"),
  ]

  @Test("of 50 USD", arguments: inPlanCurrency)
  func own(available: String, holds: String) throws {
    var account = try Account()
    account.thresholds = [account.planCurrency: try amount("50")]
    try account.add(available)
    #expect(try account.settle().holdCodes == holds)
  }

  static let converted: [(available: String, holds: String)] = [
    // 50 USD × 0.90909 = 45.4545 EUR, rounded 45.45.
    ("45.44", "H506"), ("45.45", ""),
  ]

  @Test("of 50 USD, paid in EUR", arguments: converted)
  func other(available: String, holds: String) throws {
    var account = try Account()
    account.thresholds = [account.planCurrency: try amount("50")]
    try account.pay(in: "EUR")
    try account.addRate("USD", "EUR", "0.90909", in: "2026-10")
    try account.add(available, "EUR")
    #expect(try account.settle().holdCodes == holds)
  }

  @Test("the payment currency's own comes before a converted one")
  func ownFirst() throws {
    var account = try Account()
    account.thresholds = [
      account.planCurrency: try amount("50"), try currency("EUR"): try amount("10"),
    ]
    try account.pay(in: "EUR")
    try account.add("9.99", "EUR")
    #expect(try account.settle().holdCodes == "H506")
    try account.add("0.01", "EUR")
    // Nor is the rate of exchange missed then.
    #expect(try account.settle().holdCodes == "")
  }

  @Test("a threshold that cannot be converted is H508, one that is not there is none")
  func missingRate() throws {
    var account = try Account()
    try account.pay(in: "EUR")
    try account.add("9.99", "EUR")
    #expect(try account.settle().holdCodes == "")
    account.thresholds = [account.planCurrency: try amount("50")]
    #expect(try account.settle().holdCodes == "H508")
    // The inverse rate is none.
    try account.addRate("EUR", "USD", "1.1", in: "2026-10")
    #expect(try account.settle().holdCodes == "H508")
    // Nor is that of another month.
    try account.addRate("USD", "EUR", "0.9", in: "2026-09")
    #expect(try account.settle().holdCodes == "H508")
  }
}
