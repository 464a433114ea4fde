import ByteStreams
import Domain
import ExactMoney
import Testing

@testable import Ledger

@Suite("What banks say, in the ledger")
struct LedgerBankTests {
  /// October closed with one payment of 114.00 EUR, of which 100.00 is gross, and a hold.
  private func ledger(_ directory: LedgerTestDirectory) throws -> LedgerDatabase {
    let ledger = try directory.open()
    try ledger.begin(.october)
    try ledger.close(LedgerFixture.close([try LedgerFixture.paid()]))
    return ledger
  }

  private func euros(_ units: Int128) throws -> Money {
    Money(minorUnits: units, currency: try LedgerFixture.currency("EUR"))
  }

  private func day(_ text: String) throws -> Day { try #require(DayText.plainDay(text)) }

  /// A file with one entry of the payment, and what it says of it.
  private func intake(
    _ number: Int, _ kind: LedgerPaymentEvent.Kind, moved: Int128 = 11_400,
    period: Period = .november, reason: String = ""
  ) throws -> LedgerBankIntake {
    let isRejection = kind == .rejected
    let day = isRejection ? nil : try day("2026-11-16")
    let money = isRejection ? nil : try euros(moved)
    let entry = LedgerBankEntry(
      number: number, file: number, line: 7, identity: .sample("entry \(number)"),
      day: try self.day("2026-11-16"), isDebit: kind == .booked,
      currency: try LedgerFixture.currency("EUR"), amount: try euros(moved), reference: "R",
      endToEndId: "PAY-1")
    var event = LedgerPaymentEvent(
      number: number, file: number, entry: isRejection ? nil : number, paymentId: "PAY-1",
      kind: kind, step: "endToEndId", line: 7, day: day, moved: money)
    event.reason = reason
    event.information = "so it is"
    if kind != .booked { event.destination = .sample("account") }
    var intake = LedgerBankIntake(period: period)
    let file = LedgerBankFile(
      number: number, period: period, name: "bank-\(number).xml", deliveredAs: "bank.xml",
      digest: .sample("file \(number)"), format: "camt.053.001.08", messageId: "M", pending: 0)
    intake.files = [(file, isRejection ? [] : [entry])]
    intake.events = [event]
    return intake
  }

  private func balances(_ ledger: LedgerDatabase) throws -> [String: Int128] {
    var sums: [String: Int128] = [:]
    for table in ["posting", "bankPosting"] {
      let query = try ledger.database.prepare("SELECT debit, credit, amount FROM \(table)")
      try query.rows { row throws(LedgerFault) in
        sums[row.text(0), default: 0] += try row.whole(2)
        sums[row.text(1), default: 0] -= try row.whole(2)
      }
    }
    return sums.filter { $0.value != 0 }
  }

  @Test("a payment that is booked has left what was issued, with the difference apart")
  func booked() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory)
    try ledger.record(try intake(1, .booked, moved: 11_450))
    #expect(
      try balances(ledger) == [
        "expense": 10_000, "salesTax": 1900, "withheldTax": -500, "bank": -11_450,
        "bankDifference": 50,
      ])
    let story = try #require(try ledger.stories().first)
    #expect(story.event(.booked)?.moved?.minorUnits == 11_450)
    #expect(story.returning == nil)
    #expect(try ledger.pendingReturns() == [])
    #expect(try ledger.verify() == [])
  }

  @Test("a payment that came back goes into the balance with the next close, taxes taken back")
  func returned() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory)
    try ledger.record(try intake(1, .booked))
    try ledger.record(try intake(2, .returned, moved: 11_390, reason: "AC04"))
    let pending = try ledger.pendingReturns()
    #expect(pending.map(\.paymentId) == ["PAY-1"])
    #expect(pending.map(\.gross.minorUnits) == [10_000])
    var settlement = LedgerSettlement(
      participantId: "0001", program: "CSP", currency: try LedgerFixture.currency("EUR"))
    // Left out, the close is refused.
    let without = LedgerFixture.close([settlement], period: .november)
    #expect(throws: LedgerFault.self) { try ledger.close(without) }
    settlement.adjustments = try euros(10_000)
    settlement.closing = try euros(10_000)
    settlement.returns = pending
    settlement.holds = [.bankReturn]
    try ledger.close(LedgerFixture.close([settlement], period: .november))
    #expect(
      try balances(ledger) == [
        "expense": 10_000, "payable": -10_000, "bank": -10, "bankDifference": 10,
      ])
    #expect(try ledger.stories().first?.putBack == .november)
    #expect(try ledger.pendingReturns() == [])
    #expect(try ledger.returns(takenBy: .november) == pending)
    #expect(try ledger.settlements(.november) == [settlement])
    #expect(try ledger.verify() == [])
    for sql in [
      "UPDATE settlementReturn SET event = event", "DELETE FROM settlementReturn",
      "INSERT OR REPLACE INTO settlementReturn SELECT * FROM settlementReturn",
      "INSERT OR IGNORE INTO settlementReturn SELECT * FROM settlementReturn",
    ] {
      #expect(throws: LedgerFault.self, "\(sql)") { try ledger.database.execute(sql) }
    }
  }

  @Test("a rejection moves nothing at the bank; with a booking it waits for people")
  func rejected() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory)
    let before = try balances(ledger)
    try ledger.record(try intake(1, .rejected, reason: "AC01"))
    #expect(try balances(ledger) == before)
    #expect(try ledger.pendingReturns().map(\.reason) == ["AC01"])
    var booked = try intake(2, .booked)
    booked.files[0].entries[0].number = 1
    booked.events[0].entry = 1
    try ledger.record(booked)
    #expect(try ledger.pendingReturns() == [])
    #expect(try ledger.verify() == [])
  }

  @Test("nothing is said twice, changed or removed, or of a closed period")
  func once() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory)
    try ledger.record(try intake(1, .booked))
    var again = try intake(2, .booked)
    #expect(throws: LedgerFault.self, "an event twice") { try ledger.record(again) }
    again = try intake(2, .returned)
    again.files[0].file.digest = .sample("file 1")
    #expect(throws: LedgerFault.self, "a file twice") { try ledger.record(again) }
    let closed = try intake(2, .returned, period: .october)
    #expect(throws: LedgerFault.self, "a closed period") { try ledger.record(closed) }
    for sql in [
      "UPDATE bankFile SET name = 'x'", "DELETE FROM bankEntry", "DELETE FROM paymentEvent",
      "UPDATE bankPosting SET amount = '1'",
      "INSERT OR REPLACE INTO paymentEvent SELECT * FROM paymentEvent",
      "INSERT INTO settlementReturn SELECT 'PAY-1', 1, '2026-10', partner, program, currency"
        + " FROM payment",
    ] {
      #expect(throws: LedgerFault.self, "\(sql)") { try ledger.database.execute(sql) }
    }
    #expect(try ledger.bankFiles().map(\.number) == [1])
    #expect(try ledger.bankEntries().map(\.endToEndId) == ["PAY-1"])
    #expect(try ledger.verify() == [])
  }

  @Test("verify finds what was posted otherwise than was said")
  func verify() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory)
    try ledger.record(try intake(1, .booked))
    try ledger.database.execute(
      "DROP TRIGGER bankPostingUpdate; UPDATE bankPosting SET amount = '11399'")
    #expect(try ledger.verify().contains(.bank("PAY-1")))
  }

  @Test("where a payment goes is another place once anything of it has changed")
  func destination() throws {
    let partner = Partner(
      participantId: "A", name: "Alpha GmbH", role: .directBill, country: "DE")
    var profile = PaymentProfile(
      program: nil, status: .valid, method: .bankTransfer,
      currency: try LedgerFixture.currency("EUR"))
    profile.iban = "DE89370400440532013000"
    let before = PaymentDestination.digest(partner, profile)
    #expect(PaymentDestination.digest(partner, profile) == before)
    var other = profile
    other.iban = "DE02120300000000202051"
    var confirmed = profile
    confirmed.completedOn = try day("2026-11-20")
    var moved = partner
    moved.town = "Köln"
    let digests = [
      PaymentDestination.digest(partner, other), PaymentDestination.digest(partner, confirmed),
      PaymentDestination.digest(moved, profile), PaymentDestination.digest(partner, nil),
    ]
    #expect(!digests.contains(before))
    #expect(Set(digests).count == 4)
  }
}
