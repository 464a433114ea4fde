import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("A change of the payment currency")
struct CurrencyChangeTests {
  /// Paid in KRW from now on, at 1300.5 for a USD.
  private func account(hasRate: Bool = true) throws -> Account {
    var account = try Account()
    try account.pay(in: "KRW")
    if hasRate { try account.addRate("USD", "KRW", "1300.5", in: "2026-10") }
    return account
  }

  static let balances: [(opening: String, coop: String, moved: String, coopMoved: String)] = [
    // 10.01 × 1300.5 = 13018.005; 2.20 × 1300.5 = 2861.1.
    ("10.01", "2.20", "13018", "2861"),
    // Half a won is rounded away from zero: 1 × 1300.5.
    ("1", "-1", "1301", "-1301"),
    ("-1", "1", "-1301", "1301"),
    ("0", "2", "0", "2601"),
    ("3", "0", "3902", "0"),
  ]

  @Test("moves the balance and the co-op", arguments: balances)
  func moves(opening: String, coop: String, moved: String, coopMoved: String) throws {
    var account = try account()
    try account.open(opening, coop: coop)
    let settlements = try account.settleAll()
    #expect(settlements.map(\.currency.code) == ["KRW", "USD"])
    let (new, old) = (settlements[0], settlements[1])
    #expect(try old.opening.plus(old.adjustments).isZero && old.closing.isZero)
    #expect(try old.coopOpening.plus(old.coop).isZero && old.coopClosing.isZero)
    #expect(old.holds.isEmpty && old.gross.isZero && old.status == .nothingDue)
    #expect(new.opening.isZero && new.adjustments.text == moved)
    #expect(new.coopOpening.isZero && new.coopClosing.text == coopMoved)
    // Co-op moves without a line; the balance by one on each side, if it is not zero.
    let lines = opening == "0" ? 0 : 1
    for settlement in settlements {
      #expect(
        settlement.adjustmentLines.map(\.isCurrencyChange) == Array(repeating: true, count: lines))
      #expect(settlement.coopMoved == settlement.coop)
    }
  }

  @Test("with what is earned and adjusted in the same period")
  func together() throws {
    var account = try account()
    try account.open("-10", coop: "0")
    try account.add("20")
    try account.adjust("100", "KRW")
    let new = try account.settleAll()[0]
    // −13005 + 26010 + 100.
    #expect(new.earned.text == "26010" && new.adjustments.text == "-12905")
    #expect(new.gross.text == "13105")
    // The change comes before adjustments by id, after those of other currencies by code: KRW, USD.
    #expect(new.adjustmentLines.map(\.adjustment.adjustmentId) == ["A1", ""])
  }

  @Test("of several balances each moves on its own")
  func several() throws {
    var account = try account()
    try account.addRate("EUR", "KRW", "1500.5", in: "2026-10")
    try account.open("1", coop: "1", "EUR")
    try account.open("7", coop: "0", "KRW")
    try account.open("1", coop: "1", "USD")
    let settlements = try account.settleAll()
    #expect(settlements.map(\.currency.code) == ["EUR", "KRW", "USD"])
    // 1501 + 1301, each rounded by itself.
    #expect(settlements[1].adjustments.text == "2802")
    #expect(settlements[1].gross.text == "2809")
    #expect(settlements[1].coopClosing.text == "2802")
  }

  @Test("without a profile it stays in the currency of the balance")
  func noProfile() throws {
    var account = try account()
    account.paymentProfile = nil
    account.planCurrency = try currency("EUR")
    try account.addRate("EUR", "USD", "1.1", in: "2026-10")
    try account.open("5")
    try account.add("10", "EUR")
    let settlement = try account.settle()
    #expect(settlement.currency.code == "USD" && settlement.closing.text == "16.00")
    #expect(settlement.holdCodes == "H504")
  }

  @Test("without a rate balance and co-op wait", arguments: [("5", "0"), ("0", "5"), ("5", "5")])
  func noRate(opening: String, coop: String) throws {
    var account = try account(hasRate: false)
    try account.open(opening, coop: coop)
    let new = try account.settleAll()[0]
    #expect(new.currency.code == "KRW" && new.isRegistered)
    #expect(new.holds.contains(.exchangeRate))
    #expect(new.adjustments.isZero && new.coop.isZero && new.gross.isZero)
    #expect(new.coopWaiting.map(\.code) == (coop == "0" ? [] : ["USD"]))
    #expect(new.adjustmentLines.map(\.exchangeRate) == (opening == "0" ? [] : [nil]))
  }
}
