import Foundation
import Testing

/// Single situations over a few periods, against the oracle.
@Suite("Periods at their edges")
struct YearEdgeTests {
  /// A plan without tiers whose partner is paid in EUR; July to September have all rates.
  private static var world: YearWorld {
    var world = YearScript.start
    world.plans[1].levers[0].cap = nil
    world.plans[1].rebateShare = 600_000
    world.partners = [YearPartner("P2", paidIn: "EUR")]
    return world
  }

  private static func row(_ id: String, _ date: String, _ amount: Int128 = 100) -> YearRow {
    YearRow(id, "P2", "Volume", date, amount, "USD")
  }

  private func run(
    _ driver: YearDriver, _ world: YearWorld, _ rows: [YearRow] = [], asOf: String? = nil
  ) throws {
    let feeds = rows.isEmpty ? [:] : ["\(driver.period)-\(driver.oracle.feeds.count).csv": rows]
    try driver.run(YearStep(world: world, feeds: feeds, asOf: asOf))
  }

  @Test("rates of closed months that are gone from the file are still those that were kept")
  func ratesGone() throws {
    var world = Self.world
    let driver = try YearDriver(world)
    try run(driver, world, [Self.row("A", "2026-07-10")])
    try driver.close()
    // Each of the later months has a late row of July, whose tiers need the rate of July.
    for (month, id) in [("2026-08", "B"), ("2026-09", "C"), ("2026-10", "D")] {
      world.firstMonthOfRates = month
      try run(driver, world, [Self.row(id, "2026-07-20")])
      try driver.close()
    }
    try YearSums(driver.finals).check()
    world.firstMonthOfRates = ""
    world.rates[YearPair(month: "2026-07", from: "USD", to: "EUR")] = 910_000
    try world.write(to: driver.root)
    try driver.expectNoChange("a changed rate") {
      let result = try Program.run(["run", "--workspace", driver.root.path])
      #expect(result.code == 78, "\(result.talk)")
    }
  }

  @Test("a change of currency waits for its rate", arguments: [true, false])
  func currencyChange(hasBalance: Bool) throws {
    var world = Self.world
    let pair = YearPair(month: "2026-08", from: "EUR", to: "KRW")
    let rate = world.rates.removeValue(forKey: pair)
    let driver = try YearDriver(world)
    // Paid, there is only co-op left to move.
    world.change("P2") { $0.payment?.isHeld = hasBalance }
    try run(driver, world, [Self.row("A", "2026-07-10", 10_000)])
    try driver.close()
    world.change("P2") { $0.payment = YearPayment(currency: "KRW") }
    try world.write(to: driver.root)
    try driver.runProgram()
    let draft = try Outbox(directory: driver.root.appending(path: "outbox/2026-08"))
    let waiting = try draft.table("register.csv").filter { $0["currency"] == "KRW" }
    #expect(waiting.map { $0["holdReasons"] } == ["H508"])
    #expect(waiting.map { $0["closing"] } == ["0"])
    try driver.expectRefusal(65, "2026-08", "EUR", "KRW")
    world.rates[pair] = rate
    try run(driver, world)
    try driver.close()
    try YearSums(driver.finals).check()
  }

  @Test("a row is assessed until its last day, that day included")
  func disputeDays() throws {
    var world = Self.world
    world.partners[0].agreements = []
    world.plans[1].disputeDays = 20
    let driver = try YearDriver(world)
    // Open to assessment until 30 July, 31 July, 1 August, 10 August.
    let rows = [("A", "10"), ("B", "11"), ("C", "12"), ("D", "21")].map {
      Self.row($0.0, "2026-07-\($0.1)")
    }
    try run(driver, world, rows, asOf: "2026-07-25")
    #expect(driver.oracle.entries.map(\.bucket) == Array(repeating: "ineligible", count: 4))
    world.partners[0].agreements = [("2026-07-01", nil)]
    try run(driver, world)
    #expect(
      driver.oracle.entries.map(\.bucket) == ["ineligible", "accepted", "accepted", "accepted"])
    try driver.close()
    // The same over the turn of a month: 9, 10 and 11 August, looked at on the 10th.
    world.partners[0].agreements = []
    let later = [("E", "20"), ("F", "21"), ("G", "22")].map { Self.row($0.0, "2026-07-\($0.1)") }
    try run(driver, world, later, asOf: "2026-08-09")
    world.partners[0].agreements = [("2026-07-01", nil)]
    try run(driver, world, asOf: "2026-08-10")
    #expect(
      driver.oracle.entries.suffix(3).map(\.bucket) == ["ineligible", "accepted", "accepted"])
    try driver.close()
  }

  @Test("the day on which a partner moves here is ours to pay, the day before is not")
  func payableFrom() throws {
    var world = Self.world
    world.partners[0].payableFrom = "2026-07-16"
    let driver = try YearDriver(world)
    try run(
      driver, world,
      [Self.row("A", "2026-07-15"), Self.row("B", "2026-07-16"), Self.row("C", "2026-07-17")])
    #expect(driver.oracle.entries.map(\.reasons) == [["E305"], [], []])
    try driver.close()
    // A day earlier, a month later: the one that was not ours comes along.
    world.partners[0].payableFrom = "2026-07-15"
    try run(driver, world)
    #expect(driver.oracle.entries.allSatisfy { $0.bucket == "accepted" })
    try driver.close()
  }

  @Test("a row is due with its month, and then goes by the registry of that day")
  func notYetDue() throws {
    var world = Self.world
    let driver = try YearDriver(world)
    try run(
      driver, world,
      [
        Self.row("A", "2026-07-31"), Self.row("B", "2026-08-01"), Self.row("C", "2026-08-31"),
        Self.row("D", "2026-09-01"), Self.row("E", "2026-09-30"),
      ])
    try driver.close()
    world.partners[0].agreements = [("2026-01-01", "2026-08-15")]
    try run(driver, world)
    #expect(
      driver.oracle.entries.map(\.bucket)
        == ["accepted", "accepted", "ineligible", "notYetDue", "notYetDue"])
    try driver.close()
    // D is replaced before it is due; E comes once more.
    world.partners[0].agreements = [("2026-01-01", nil)]
    try run(driver, world, [Self.row("E", "2026-09-30"), Self.row("D", "2026-09-02")])
    try driver.close()
    try YearSums(driver.finals).check()
  }
}
