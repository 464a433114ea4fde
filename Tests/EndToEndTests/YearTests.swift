import Foundation
import Testing

/// Twelve periods of three partners, driven through the built program and worked out by hand.
@Suite("A year written by hand")
struct YearTests {
  /// The registers of the year, every row of them: partner, currency; opening, earned, adjustments,
  /// gross, sales tax, withheld tax, payment, closing; co-op opening, coop, closing; holds.
  private static let registers = """
    # P1: 700 × 10%, below the threshold of 100. P2: 800 × 1% = 8, then f(2000) = 10 + 20 = 30, so
    # 22 more; 20% sales tax. P3 has no agreement yet: nothing.
    2026-07 P1 USD | 0 70 0 0 0 0 0 70 | 0 0 0 | H506
    2026-07 P2 EUR | 0 30 0 30 6 0 36 0 | 0 0 0 |
    # P1: 70 carried + 50 + 20 of July, late; 10% withheld. P2: July again, f(6000) = 10 + 80 + 40 =
    # 130, the cap of 100 leaves 70 of 100; 500 × 1% = 5; 40 of co-op. P3: its agreement counts from
    # 1 July: 100 − 20.
    2026-08 P1 USD | 70 70 0 140 0 14 126 0 | 0 0 0 |
    2026-08 P2 EUR | 0 75 0 75 15 0 90 0 | 0 40 40 |
    2026-08 P3 USD | 0 80 0 0 0 0 0 80 | 0 0 0 | H506
    # P1: the July sale that was paid is taken back. P2: 1000 × 1%, on hold. P3: L-3 has no
    # agreement on its day.
    2026-09 P1 USD | 0 -70 0 0 0 0 0 -70 | 0 0 0 | H507
    2026-09 P2 EUR | 0 10 0 0 0 0 0 10 | 40 0 40 | H505
    2026-09 P3 USD | 80 0 0 0 0 0 0 80 | 0 0 0 | H506
    # P1: E1-5, which came in September, is due: +50. P2: −3000 in October, at the first step's 1%.
    # P3: with the agreement L-3 earns 30, and 110 are paid.
    2026-10 P1 USD | -70 50 0 0 0 0 0 -20 | 0 0 0 | H507
    2026-10 P2 EUR | 10 -30 0 0 0 0 0 -20 | 40 0 40 | H505 H507
    2026-10 P3 USD | 80 30 0 110 0 0 110 0 | 0 0 0 |
    # P2 is paid in USD from now on, at 1.20: −20 EUR become −24, the co-op of 40 EUR 48;
    # f(2500) = 10 + 30 = 40 EUR = 48 USD.
    2026-11 P1 USD | -20 0 0 0 0 0 0 -20 | 0 0 0 | H507
    2026-11 P2 EUR | -20 0 20 0 0 0 0 0 | 40 -40 0 |
    2026-11 P2 USD | 0 48 -24 24 4.80 0 28.80 0 | 0 48 48 |
    # P1: 300 recover the clawback: 280 less 10%. P2: July again, f(7000) = 170, all of the 40 above
    # the cap; 600 USD are 540 EUR, 5.40 EUR at 1.10 = 5.94; tax 1.188. P3: 500 × 10%.
    2026-12 P1 USD | -20 300 0 280 0 28 252 0 | 0 0 0 |
    2026-12 P2 USD | 0 5.94 0 5.94 1.19 0 7.13 0 | 48 0 48 |
    2026-12 P3 USD | 0 50 0 0 0 0 0 50 | 0 0 0 | H506
    # P1: 1000 of December's sale come back at the 10% of then, not today's 8%. P2: today's plan
    # gives 2% of 1000 = 20 EUR = 22 USD; for November the plan kept gives f(2000) − f(2500) = −10 EUR
    # = −11 USD.
    2027-01 P1 USD | 0 -100 0 0 0 0 0 -100 | 0 0 0 | H507
    2027-01 P2 USD | 0 11 0 11 2.20 0 13.20 0 | 48 0 48 |
    2027-01 P3 USD | 50 0 0 0 0 0 0 50 | 0 0 0 | H506
    # P1: an adjustment of 150. P2: January again, f(3000) = 40 + 50 = 90, the kept cap of 50 leaves
    # 30 of 70 EUR = 33 USD.
    2027-02 P1 USD | -100 0 150 0 0 0 0 50 | 0 0 0 | H506
    2027-02 P2 USD | 0 33 0 33 6.60 0 39.60 0 | 48 0 48 |
    2027-02 P3 USD | 50 0 0 0 0 0 0 50 | 0 0 0 | H506
    # P1: 625 × 8% = 50 reach the threshold, and the adjustment is not posted again. P2: slab now,
    # 6% of 2500 = 150 EUR = 165 USD. P3: the sale of October is there at last, 100, and its
    # refund of November, long past its time, follows it: −10.
    2027-03 P1 USD | 50 50 0 100 0 10 90 0 | 0 0 0 |
    2027-03 P2 USD | 0 165 0 165 33 0 198 0 | 48 0 48 |
    2027-03 P3 USD | 50 90 0 140 0 0 140 0 | 0 0 0 |
    # P2 in KRW: only co-op is left to move, 48 × 1300; March again, 6% of 2600 − 150 = 6 EUR × 1430.
    # P1's second E1-8 contradicts the first one.
    2027-04 P2 KRW | 0 8580 0 8580 1716 0 10296 0 | 0 62400 62400 |
    2027-04 P2 USD | 0 0 0 0 0 0 0 0 | 48 -48 0 |
    # P1: 2000 × 8%, terminated. P2 has no payment profile: its earning is not eligible. P3: L-6 is
    # replaced by a sale within the enrollment, 600 × 10%.
    2027-05 P1 USD | 0 160 0 0 0 0 0 160 | 0 0 0 | H501
    2027-05 P2 KRW | 0 0 0 0 0 0 0 0 | 62400 0 62400 |
    2027-05 P3 USD | 0 60 0 0 0 0 0 60 | 0 0 0 | H506
    # P2: the profile is back, the earning of May is eligible: 3% of 1000 = 30 EUR × 1430.
    2027-06 P1 USD | 160 0 0 0 0 0 0 160 | 0 0 0 | H501
    2027-06 P2 KRW | 0 42900 0 42900 8580 0 51480 0 | 62400 0 62400 |
    2027-06 P3 USD | 60 0 0 0 0 0 0 60 | 0 0 0 | H506
    """

  /// The figures by hand, as the register has them.
  private static func register(_ period: String) throws -> [String] {
    try registers.split(separator: "\n").filter { $0.hasPrefix(period) }.map { line in
      let parts = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      let amounts = try (parts[1] + parts[2]).map { YearMoney.text(Int128(try millionths($0))) }
      let holds = parts.count > 3 ? parts[3] : []
      return ([parts[0][1], parts[0][2]] + amounts + holds).joined(separator: " ")
    }.sorted()
  }

  private static func register(_ outbox: Outbox) throws -> [String] {
    try outbox.table("register.csv").map { row in
      let amounts = try YearExpectation.amounts.map {
        YearMoney.text(Int128(try millionths(row[$0])))
      }
      let holds = (row["holdReasons"] ?? "").split(separator: " ").map(String.init)
      return ([row["participantId"] ?? "", row["currency"] ?? ""] + amounts + holds)
        .joined(separator: " ")
    }.sorted()
  }

  @Test("every register is what was worked out by hand, and by the oracle")
  func year() throws {
    let script = YearScript()
    let driver = try YearDriver(YearScript.start)
    for _ in 0..<12 {
      let period = driver.period
      for step in script.periods[period] ?? [] { try driver.run(step) }
      if period == "2027-01" { try deliverDecemberAgain(script, driver) }
      try driver.close()
      let final = try #require(driver.finals[period])
      #expect(try Self.register(final) == Self.register(period), "\(period)")
    }
    try YearSums(driver.finals).check()
    for (period, final) in driver.finals {
      let outbox = driver.root.appending(path: "outbox/" + period)
      #expect(try Program.files(outbox) == final.files, "\(period) has changed since its close")
    }
    // Nothing of the year can be closed again.
    try driver.expectNoChange("an old close") {
      _ = try Program.run(["close", "2026-09", "--workspace", driver.root.path, "--quiet"])
    }
  }

  /// December's feed comes twice more in January: to the byte, and spelt another way.
  private func deliverDecemberAgain(_ script: YearScript, _ driver: YearDriver) throws {
    let outbox = driver.root.appending(path: "outbox/2027-01")
    let before = try Program.files(outbox)
    try driver.deliver("december-again.csv", YearRow.csv(script.december))
    #expect(try driver.runProgram().talk.contains("F110"))
    #expect(try Program.files(outbox) == before, "a feed taken in in December changes January")
    try driver.deliver("december-other.csv", YearRow.csv(script.december, spelling: 1))
    try driver.runProgram()
    driver.oracle.run(driver.oracle.world, ["december-other.csv": script.december])
    let counts = try Outbox(directory: outbox).table("buckets.csv").filter {
      $0["feed"] == "december-other.csv"
    }
    #expect(counts.map { $0["bucket"] } == ["duplicate", "duplicate"], "in EUR and in USD")
  }
}
