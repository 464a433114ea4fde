import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("H508: missing exchange rates")
struct MissingRateTests {
  @Test("a subtotal waits unconverted and counts 0, the others count")
  func subtotal() throws {
    var account = try Account()
    try account.open("5")
    try account.add("10")
    try account.add("20", "EUR")
    let settlement = try account.settle()
    #expect(settlement.holdCodes == "H508")
    #expect(settlement.earnedTexts == ["10", "20"])
    #expect(settlement.subtotals.map { $0.earned?.text(decimals: 0) } == ["20", "10"])
    #expect(settlement.subtotals.map(\.exchangeRate) == [nil, .one])
    #expect(settlement.subtotals.map(\.amount.text) == ["0.00", "10.00"])
    #expect(settlement.closing.text == "15.00")
  }

  @Test("also where nothing else is due")
  func alone() throws {
    var account = try Account()
    try account.add("20", "EUR")
    let settlement = try account.settle()
    #expect(settlement.holdCodes == "H508")
    #expect(settlement.status == .onHold)
    #expect(settlement.closing.isZero)
  }

  @Test("an adjustment waits too")
  func adjustment() throws {
    var account = try Account()
    try account.add("10")
    try account.adjust("20", "EUR")
    let settlement = try account.settle()
    #expect(settlement.holdCodes == "H508")
    #expect(settlement.adjustmentLines.map(\.exchangeRate) == [nil])
    #expect(settlement.adjustments.isZero)
    #expect(settlement.closing.text == "10.00")
  }

  @Test("a month of tiers waits whole, another month does not")
  func tiers() throws {
    var account = try Account()
    account.rule = try TierTests.tiers(.graduated)
    try account.add("100", on: "2026-09-30")
    try account.add("100", on: "2026-10-01")
    try account.add("100", "EUR", on: "2026-10-02")
    let settlement = try account.settle()
    #expect(settlement.holdCodes == "H508")
    #expect(settlement.earnedTexts == ["1", "waits", "waits"])
    #expect(settlement.lines.map(\.isWaiting) == [false, true, true])
    #expect(settlement.subtotals.map(\.amount.text) == ["1.00", "0.00"])
  }

  @Test("a month under a cap waits whole, though its lines could be converted one by one")
  func cap() throws {
    var account = try Account()
    account.cap = try amount("100")
    // The rate to the plan currency is missing in September, where the lines belong.
    try account.addRate("EUR", "USD", "1.1", in: "2026-10")
    try account.add("100", on: "2026-09-01")
    try account.add("100", "EUR", on: "2026-09-02")
    let settlement = try account.settle()
    #expect(settlement.holdCodes == "H508")
    #expect(settlement.lines.map(\.isWaiting) == [true, true])
    #expect(settlement.closing.isZero)
    // Without a cap nothing of September is asked for.
    account.cap = nil
    #expect(try account.settle().gross.text == "210.00")
  }
}
