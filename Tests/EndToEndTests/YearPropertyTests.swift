import Foundation
import Testing

/// Years that nobody has thought up: the built program against the oracle, period by period.
@Suite("Generated years")
struct YearPropertyTests {
  /// PAYOUT_YEARS asks for other seeds, as in `7-40`.
  private static let seeds: ClosedRange<UInt64> = {
    let asked = ProcessInfo.processInfo.environment["PAYOUT_YEARS"] ?? ""
    let bounds = asked.split(separator: "-").compactMap { UInt64($0) }
    guard let first = bounds.first, let last = bounds.last, first <= last else { return 1...2 }
    return first...last
  }()

  @Test("twelve periods are what the oracle says, and add up over the year", arguments: seeds)
  func year(seed: UInt64) throws {
    var generator = YearGenerator(seed: seed)
    let driver = try YearDriver(generator.world)
    for _ in 0..<12 {
      for step in generator.nextPeriod() { try driver.run(step) }
      try driver.close()
    }
    try YearSums(driver.finals).check()
    checkWorthIt(driver.oracle)
    try checkLeverMonths(driver)
  }

  /// The year has what it is about.
  private func checkWorthIt(_ oracle: YearOracle) {
    let entries = oracle.entries
    #expect(Set(entries.map(\.bucket)).count >= 4)
    #expect(entries.contains { $0.postedIn.map { [month = $0.month] in month < $0 } ?? false })
    #expect(entries.contains { $0.followedDay != nil && $0.postedIn != nil })
    #expect(entries.contains { $0.postedIn != nil && $0.takenIn < $0.postedIn ?? "" })
  }

  /// What tiers and cap pay of a lever's month over the year depends on its rows alone, not on
  /// their order nor on the periods in which they came.
  private func checkLeverMonths(_ driver: YearDriver) throws {
    var paid: [YearMonth: Int128] = [:]
    for (_, outbox) in driver.finals {
      for line in try outbox.statementLines()
      where line["lineType"] == "earning" && line["lever"] == "Growth" {
        let key = YearMonth(
          account: YearAccount(
            partner: line["participantId"] ?? "", program: line["programName"] ?? ""),
          lever: "Growth", month: line["period"] ?? "")
        paid[key, default: 0] += Int128(try millionths(line["earnedAmount"]))
      }
    }
    let oracle = driver.oracle
    for (key, total) in paid {
      // Months before the first period are never closed: each period's plan counts for them.
      guard let plan = oracle.books.plans[key.month]?.first(where: { $0.name == "Volume" }),
        case .tiers(let isSlab, let steps) = plan.levers[0].rule, let cap = plan.levers[0].cap
      else { continue }
      let rows = oracle.entries.filter {
        $0.postedIn != nil && $0.row.partner == key.account.partner && $0.row.program == "Volume"
          && ["", "Growth"].contains($0.row.lever) && $0.month == key.month
      }
      let basis = rows.reduce(Int128(0)) { sum, entry in
        let rate = oracle.world.rate(key.month, entry.row.currency, "EUR") ?? 0
        return sum
          + YearMoney.product(entry.row.amount, rate, halfEven: oracle.world.isHalfEven)
      }
      let earned = oracle.earnings(basis, isSlab, steps)
      #expect(total == min(cap, earned), "\(key)")
    }
    #expect(!paid.isEmpty)
  }
}
