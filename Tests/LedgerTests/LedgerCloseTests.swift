import ByteStreams
import Domain
import ExactMoney
import Testing

@testable import Ledger

@Suite("Closing a period in the ledger")
struct LedgerCloseTests {
  private func closed(
    _ rows: [LedgerSettlement], in directory: LedgerTestDirectory
  ) throws -> LedgerDatabase {
    let ledger = try directory.open()
    try ledger.begin(.october)
    try ledger.close(LedgerFixture.close(rows))
    return ledger
  }

  @Test("everything comes back, in byte order, and the next period is open")
  func roundTrip() throws {
    let rows = [try LedgerFixture.held(), try LedgerFixture.paid()]
    let directory = try LedgerTestDirectory()
    let ledger = try closed(rows, in: directory)
    #expect(try ledger.openPeriod() == .november)
    #expect(try ledger.settlements(.october) == [rows[1], rows[0]])
    #expect(
      try ledger.balances(after: .october) == [
        LedgerBalance(name: rows[0].balance, closing: rows[0].closing, coopClosing: rows[0].coop)
      ])
    #expect(
      try ledger.closes() == [
        LedgerClosing(
          period: .october, asOf: Period.october.lastDay, manifestDigest: .sample("2026-10"))
      ])
    let payment = LedgerPayment(
      paymentId: "PAY-1", period: .october, balance: rows[1].balance, attempt: 1,
      paymentMethod: .bankTransfer, amount: rows[1].totalPayment)
    #expect(try ledger.payments(.october) == [payment])
    #expect(try ledger.payment(paymentId: "PAY-1") == payment)
    #expect(try ledger.payment(paymentId: "PAY-2") == nil)
    #expect(try ledger.payments(.november) == [])
    #expect(try ledger.verify() == [])
  }

  @Test("what is posted when")
  func postings() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try closed([try LedgerFixture.paid(), try LedgerFixture.held()], in: directory)
    var found: [String] = []
    try ledger.database.prepare(
      "SELECT participantId, cause, debit, credit, amount FROM entry ORDER BY 1, 2"
    ).rows { row in found.append((0..<5).map(row.text).joined(separator: " ")) }
    #expect(
      found == [
        "0001 earned expense payable 10000",
        "0001 gross payable payment 10000",
        "0001 salesTax salesTax payment 1900",
        "0001 withheldTax payment withheldTax 500",
        "0002 coop coopExpense coop 40",
        "0002 earned expense payable 300",
      ])
  }

  @Test("negative earnings, adjustments, and a changed currency are posted the other way round")
  func reversed() throws {
    var old = try LedgerFixture.held(opening: 0, earned: -700, coop: -9)
    let directory = try LedgerTestDirectory()
    let ledger = try closed([old], in: directory)
    old = try LedgerFixture.held(opening: -700, earned: 0, coopOpening: -9, coop: 9)
    let zero = Money.zero(old.balance.currency)
    old.adjustments = Money(minorUnits: 700, currency: old.balance.currency)
    (old.currencyChange, old.coopCurrencyChange) = (old.adjustments, old.coop)
    (old.closing, old.coopClosing, old.holds) = (zero, zero, [])
    var new = try LedgerFixture.held(currency: "USD", earned: 0, coop: -10)
    new.adjustments = Money(minorUnits: -800 + 50, currency: new.balance.currency)
    new.currencyChange = Money(minorUnits: -800, currency: new.balance.currency)
    new.coopCurrencyChange = new.coop
    new.closing = new.adjustments
    try ledger.close(LedgerFixture.close([new, old], period: .november))
    var found: [String] = []
    try ledger.database.prepare(
      """
      SELECT currency, cause, debit, credit, amount FROM entry
      WHERE period = '2026-11' ORDER BY 1, 2
      """
    ).rows { row in found.append((0..<5).map(row.text).joined(separator: " ")) }
    #expect(
      found == [
        "EUR coopCurrencyChange exchange coop 9",
        "EUR currencyChange exchange payable 700",
        "USD adjustment adjustment payable 50",
        "USD coopCurrencyChange coop exchange 10",
        "USD currencyChange payable exchange 800",
      ])
    #expect(try ledger.verify() == [])
    #expect(try ledger.balances(after: .november).map(\.name) == [new.balance])
  }

  @Test("amounts that pass 64 bits", arguments: [Int128(Int64.max) + 1, Int128.max / 2])
  func large(amount: Int128) throws {
    var paid = try LedgerFixture.paid(earned: amount)
    let zero = Money.zero(paid.balance.currency)
    (paid.salesTax, paid.withheldTax, paid.totalPayment) = (zero, zero, paid.gross)
    let negative = try LedgerFixture.held(earned: -amount, coop: amount)
    let directory = try LedgerTestDirectory()
    let ledger = try closed([paid, negative], in: directory)
    #expect(try ledger.settlements(.october) == [paid, negative])
    #expect(try ledger.balances(after: .october).first?.closing.minorUnits == -amount)
    #expect(try ledger.verify() == [])
    let next = try LedgerFixture.held(
      opening: -amount, earned: amount, coopOpening: amount, coop: -amount)
    try ledger.close(LedgerFixture.close([next], period: .november))
    #expect(try ledger.balances(after: .november) == [])
    #expect(try ledger.verify() == [])
  }

  @Test("an amount that does not fit in 128 bits is refused, not a crash")
  func overflow() throws {
    var row = try LedgerFixture.held(earned: 0, coop: 0)
    // Each amount fits; what was adjusted by hand, the difference of the two, does not.
    row.adjustments = Money(minorUnits: Int128.max, currency: row.balance.currency)
    row.currencyChange = Money(minorUnits: -1, currency: row.balance.currency)
    row.closing = row.adjustments
    let directory = try LedgerTestDirectory()
    let found = try fault { _ = try closed([row], in: directory) }
    guard case .refused(.sums) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  /// A settlement and what is changed in it.
  private typealias Change = @Sendable (inout LedgerSettlement) -> Void

  private static let cents = { @Sendable (row: LedgerSettlement, units: Int128) in
    Money(minorUnits: units, currency: row.balance.currency)
  }

  private static let changes: [(String, Change)] = [
    ("opening + earned", { $0.earned = cents($0, 10_001) }),
    ("opening + earned", { $0.adjustments = cents($0, -1) }),
    ("opening + earned", { $0.closing = cents($0, 1) }),
    ("coopOpening", { $0.coop = cents($0, 1) }),
    ("gross + salesTax", { $0.salesTax = cents($0, 1901) }),
    ("gross + salesTax", { $0.totalPayment = cents($0, 0) }),
    // It adds up, and what should be taken is given.
    (">= 0", { ($0.withheldTax, $0.totalPayment) = (cents($0, -1), cents($0, 11_901)) }),
    (">= 0", { ($0.withheldTax, $0.totalPayment) = (cents($0, 11_901), cents($0, -1)) }),
    // A payment without an id, and an id without a payment.
    ("paymentId", { $0.payment = nil }),
    ("paymentId", { ($0.withheldTax, $0.totalPayment) = (cents($0, 11_900), cents($0, 0)) }),
  ]

  @Test("amounts that do not add up are refused, and nothing changes", arguments: 0..<changes.count)
  func sums(index: Int) throws {
    let (equation, change) = Self.changes[index]
    let directory = try LedgerTestDirectory()
    let ledger = try directory.open()
    try ledger.begin(.october)
    let bytes = try directory.bytes
    var row = try LedgerFixture.paid()
    change(&row)
    let found = try fault { try ledger.close(LedgerFixture.close([row])) }
    guard case .refused(.sums(row.balance, let broken)) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(broken.contains(equation))
    #expect(try directory.bytes == bytes)
  }

  @Test("openings are the closings of the period before, and no balance is left out")
  func openings() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try closed([try LedgerFixture.paid(), try LedgerFixture.held()], in: directory)
    let bytes = try directory.bytes
    let stored = try LedgerFixture.held()
    for (opening, coop) in [(299, 40), (300, 41), (0, 0)] as [(Int128, Int128)] {
      let wrong = try LedgerFixture.held(opening: opening, coopOpening: coop)
      let found = try fault { try ledger.close(LedgerFixture.close([wrong], period: .november)) }
      #expect(
        found
          == .refused(.opening(stored.balance, stored: stored.closing, coop: stored.coopClosing)))
    }
    let other = try LedgerFixture.paid(paymentId: "PAY-2")
    #expect(
      try fault { try ledger.close(LedgerFixture.close([other], period: .november)) }
        == .refused(.leftOut(stored.balance)))
    #expect(try directory.bytes == bytes)
  }

  @Test("a close is of the open period, and what it brings is new")
  func known() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try closed([try LedgerFixture.paid()], in: directory)
    let bytes = try directory.bytes
    #expect(
      try fault { try ledger.close(LedgerFixture.close([])) }
        == .refused(.notOpen(.october, open: .november)))
    // A paymentId that was issued, a balance twice, an adjustment twice.
    let again = LedgerFixture.close([try LedgerFixture.paid()], period: .november)
    let two = try LedgerFixture.paid(paymentId: "PAY-2")
    let twice = LedgerFixture.close([two, two], period: .november)
    var adjusted = LedgerFixture.close([], period: .november)
    let adjustment = LedgerAdjustment(
      adjustmentId: "A", contentDigest: .sample("A"), period: .november)
    adjusted.adjustments = [adjustment, adjustment]
    for close in [again, twice, adjusted] {
      guard case .refused(.contradiction) = try fault({ try ledger.close(close) }) else {
        Issue.record("recorded")
        continue
      }
    }
    #expect(try directory.bytes == bytes)
    adjusted.adjustments = [adjustment]
    try ledger.close(adjusted)
    #expect(try ledger.adjustments() == [adjustment])
  }

  @Test("of each lever's month the latest close counts, up to a period")
  func leverMonths() throws {
    func month(_ month: Period, _ lever: String, _ basis: Int128) -> LedgerLeverMonth {
      LedgerLeverMonth(
        participantId: "0001", program: "CSP", lever: lever, month: month,
        basis: ExactAmount(picos: basis), earned: ExactAmount(picos: -basis))
    }
    let directory = try LedgerTestDirectory()
    let ledger = try directory.open()
    try ledger.begin(.october)
    let september = Period(year: 2026, month: 9)
    var close = LedgerFixture.close([])
    close.leverMonths = [month(.october, "tiers", 1), month(september, "cap", Int128.max)]
    try ledger.close(close)
    close = LedgerFixture.close([], period: .november)
    close.leverMonths = [month(.october, "tiers", 2), month(.november, "tiers", 3)]
    try ledger.close(close)
    let cap = month(september, "cap", Int128.max)
    #expect(try ledger.leverMonths(upTo: .october) == [cap, month(.october, "tiers", 1)])
    #expect(
      try ledger.leverMonths(upTo: .november)
        == [cap, month(.october, "tiers", 2), month(.november, "tiers", 3)])
    #expect(
      try ledger.leverMonths(upTo: .november, month: .october) == [month(.october, "tiers", 2)])
    #expect(try ledger.leverMonths(upTo: september) == [])
  }

  @Test("names that look alike are two partners")
  func names() throws {
    let rows = [
      try LedgerFixture.held("e\u{301}", earned: 1), try LedgerFixture.held("\u{E9}", earned: 2),
      try LedgerFixture.held("007", earned: 3), try LedgerFixture.held("7", earned: 4),
    ]
    let directory = try LedgerTestDirectory()
    let ledger = try closed(rows, in: directory)
    // By bytes: 0, 7, e, é.
    #expect(
      try ledger.balances(after: .october).map(\.closing.minorUnits) == [3, 4, 1, 2])
  }

  @Test("two years of random closes add up", arguments: 1...4 as ClosedRange<UInt64>)
  func years(seed: UInt64) throws {
    let directory = try LedgerTestDirectory()
    let ledger = try directory.open()
    var random = LedgerRandom(seed: seed)
    var expected: [String: Int128] = [:]
    var period = Period.october
    try ledger.begin(period)
    for _ in 0..<24 {
      var rows: [LedgerSettlement] = []
      for partner in 0..<20 {
        let name = "P\(partner)"
        let opening = expected[name] ?? 0
        let earned = Int128.random(in: -500...1000, using: &random)
        guard opening != 0 || Bool.random(using: &random) else { continue }
        if opening + earned > 300 {
          rows.append(
            try LedgerFixture.paid(
              name, opening: opening, earned: earned, paymentId: "P-\(period.text)-\(partner)"))
          expected[name] = 0
        } else {
          rows.append(try LedgerFixture.held(name, opening: opening, earned: earned, coop: 0))
          expected[name] = opening + earned
        }
      }
      try ledger.close(LedgerFixture.close(rows.shuffled(using: &random), period: period))
      let balances = try ledger.balances(after: period)
      #expect(balances.count == expected.values.count { $0 != 0 })
      for balance in balances {
        #expect(balance.closing.minorUnits == expected[balance.name.participantId])
      }
      period = period.next
    }
    #expect(try ledger.verify() == [])
    #expect(try ledger.closes().count == 24)
  }
}
