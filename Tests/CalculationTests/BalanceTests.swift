import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("From lines to a balance")
struct BalanceTests {
  @Test("a subtotal is converted once, not line by line")
  func once() throws {
    var account = try Account()
    try account.addRate("EUR", "USD", "1.005", in: "2026-10")
    // 3 × 1.005 = 3.015, rounded 3.02; each line on its own would give 1.01, in all 3.03.
    for _ in 0..<3 { try account.add("1", "EUR") }
    let settlement = try account.settle()
    #expect(settlement.subtotals.count == 1)
    #expect(settlement.earned.text == "3.02")
    // 5 × 0.005 = 0.025 is a tie; one by one it would be 0.05, or 0 half even.
    account.lines = []
    for _ in 0..<5 { try account.add("0.005") }
    #expect(try account.settle().earned.text == "0.03")
    account.rounding = .halfEven
    #expect(try account.settle().earned.text == "0.02")
  }

  @Test("by period, type and currency, at the rate of the open period")
  func groups() throws {
    var account = try Account()
    try account.addRate("EUR", "USD", "9", in: "2026-09")
    try account.addRate("EUR", "USD", "1.1", in: "2026-10")
    try account.add("10", "EUR", on: "2026-09-30")
    try account.add("20", "EUR", on: "2026-10-01", .rebate)
    try account.add("30", "EUR", on: "2026-10-02", .fee)
    try account.add("40", "USD", on: "2026-10-03", .rebate)
    try account.add("50", "EUR", on: "2026-10-04", .fee)
    let settlement = try account.settle()
    // September first; then Fee before Rebate, EUR before USD.
    #expect(
      settlement.subtotals.map(\.period.text) == ["2026-09", "2026-10", "2026-10", "2026-10"])
    #expect(settlement.subtotals.map(\.earningType) == [.fee, .fee, .rebate, .rebate])
    #expect(settlement.subtotals.map(\.earnedCurrency.code) == ["EUR", "EUR", "EUR", "USD"])
    #expect(settlement.subtotals.map { $0.earned?.text(decimals: 0) } == ["10", "80", "20", "40"])
    #expect(settlement.subtotals.map(\.amount.text) == ["11.00", "88.00", "22.00", "40.00"])
    #expect(settlement.earned.text == "161.00")
    // Lines stand in the order of their subtotals, then by day.
    #expect(settlement.lines.map(\.record.row) == [0, 2, 4, 1, 3])
  }

  static let splits: [(type: EarningType, earned: String, rebate: String, coop: String)] = [
    // 10.01 × 60% = 6.006, rounded 6.01; the rest is co-op, so that nothing is lost.
    (.rebate, "10.01", "6.01", "4.00"),
    (.rebate, "-10.01", "-6.01", "-4.00"),
    (.rebate, "0.01", "0.01", "0.00"),
    // Co-op is co-op whole; other types are not split.
    (.coop, "10.01", "0.00", "10.01"),
    (.fee, "10.01", "10.01", "0.00"),
    (.sell, "10.01", "10.01", "0.00"),
    (.adjustment, "10.01", "10.01", "0.00"),
  ]

  @Test("60% rebate, 40% co-op", arguments: splits)
  func split(type: EarningType, earned: String, rebate: String, coop: String) throws {
    var account = try Account()
    account.split = Split(
      rebate: try TestSupport.rate("60%"), coop: try TestSupport.rate("40%"))
    try account.open("1", coop: "2")
    try account.add(earned, "USD", type)
    let settlement = try account.settle()
    #expect(settlement.earned.text == rebate)
    #expect(settlement.coop.text == coop)
    #expect(settlement.subtotals.map(\.amount.text) == [earned])
    // Co-op accrues on its own and is not paid.
    #expect(settlement.coopOpening.text == "2.00")
    #expect(try settlement.coopClosing == settlement.coopOpening.plus(settlement.coop))
  }

  @Test("co-op is what rebate leaves, not a share of its own", arguments: ["0.01", "-0.01"])
  func halves(earned: String) throws {
    var account = try Account()
    account.split = Split(
      rebate: try TestSupport.rate("50%"), coop: try TestSupport.rate("50%"))
    // Half a cent is rounded to a cent of rebate; rounded too, co-op would make it two.
    try account.add(earned, "USD", .rebate)
    let settlement = try account.settle()
    #expect(settlement.earned.text == earned)
    #expect(settlement.coop.isZero)
  }

  @Test("without a split a rebate is paid whole, and co-op is still co-op")
  func noSplit() throws {
    var account = try Account()
    try account.add("10.01", "USD", .rebate)
    try account.add("5", "USD", .coop)
    let settlement = try account.settle()
    #expect(settlement.earned.text == "10.01")
    #expect(settlement.coop.text == "5.00")
  }

  @Test("adjustments are converted and rounded one by one")
  func adjustments() throws {
    var account = try Account()
    try account.addRate("EUR", "USD", "1.005", in: "2026-10")
    try account.adjust("1", "EUR", id: "A2")
    try account.adjust("1", "EUR", id: "A10")
    try account.adjust("-0.5", "USD", id: "B", appliesTo: "2026-09")
    try account.adjust("0.125", "USD", id: "A")
    let settlement = try account.settle()
    // By the period they apply to, currency, and id by bytes: A10 before A2.
    let ids = settlement.adjustmentLines.map(\.adjustment.adjustmentId)
    #expect(ids == ["B", "A10", "A2", "A"])
    #expect(settlement.adjustmentLines.map(\.amount.text) == ["-0.50", "1.01", "1.01", "0.13"])
    #expect(settlement.adjustments.text == "1.65")
    #expect(settlement.gross.text == "1.65")
  }

  @Test("opening, earnings and adjustments make what is available")
  func available() throws {
    var account = try Account()
    try account.open("100")
    try account.add("20")
    try account.adjust("-50")
    var settlement = try account.settle()
    #expect(settlement.opening.text == "100.00")
    #expect(settlement.gross.text == "70.00")
    #expect(settlement.closing.text == "0.00")
    // Held, it stays.
    account.partner.status = .suspended
    settlement = try account.settle()
    #expect(settlement.gross.isZero && settlement.totalPayment.isZero)
    #expect(settlement.closing.text == "70.00")
  }

  @Test("the payment currency: of the profile, of the balance, of the plan")
  func currencies() throws {
    var account = try Account()
    try account.addRate("USD", "KRW", "1300.5", in: "2026-10")
    try account.add("1")
    try account.pay(in: "KRW")
    // 1300.5 won are rounded to 1301.
    #expect(try account.settle().earned.text == "1301")
    account.paymentProfile = nil
    #expect(try account.settle().currency.code == "USD")
    try account.open("5", "KRW")
    #expect(try account.settle().currency.code == "KRW")
  }

  @Test("a number too large to add is a fault of that balance")
  func fault() throws {
    var account = try Account()
    let huge = ExactAmount(picos: Int128.max)
    try account.add("1")
    try account.add("1")
    account.lines[0].earned = huge
    account.lines[1].earned = huge
    #expect(throws: CalculationFault.self) { try account.settle() }
  }
}
