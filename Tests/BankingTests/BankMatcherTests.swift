import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Which entry belongs to which payment")
struct BankMatcherTests {
  /// Payments A to D of 100, 100, 250 and 70 EUR; A to C in one block, A and B to one account.
  static func payments() throws -> [BankPayment] {
    try [
      ("A", "100.00", 0, "P1"), ("B", "100.00", 0, "P1"), ("C", "250.00", 1, "P1"),
      ("D", "70.00", 1, "P2"),
    ].map { id, amount, account, block in
      var payment = BankPayment(
        paymentId: "PAY-\(id)", amount: try money(amount, "EUR"),
        executionDay: try day("2026-11-16"))
      payment.account = Fixture.sepaIBANs[account]
      payment.payerAccount = BankFixture.account
      payment.messageId = "MSG"
      payment.blockId = block
      return payment
    }
  }

  static func booking(
    _ amount: String, _ direction: BankBooking.Direction = .debit, day: String = "2026-11-16",
    reference: String = "", details: [BankDetail] = []
  ) throws -> BankBooking {
    var booking = BankBooking(
      place: BankPlace(line: 1), account: BankFixture.account, direction: direction,
      amount: try money(amount, "EUR"), day: try TestSupport.day(day))
    booking.reference = reference
    booking.details = details
    return booking
  }

  static func detail(
    _ id: String = "", instruction: String = "", account: String = "", amount: String? = nil
  ) throws -> BankDetail {
    var detail = BankDetail(place: BankPlace(line: 1))
    detail.endToEndId = id
    detail.instructionId = instruction
    detail.otherAccount = account
    detail.amount = try amount.map { try money($0, "EUR") }
    return detail
  }

  private func match(
    _ bookings: [BankBooking], _ statuses: [BankStatus] = []
  ) throws -> BankMatching {
    BankMatcher(try Self.payments()).match(bookings: bookings, statuses: statuses)
  }

  /// `A booked endToEndId`, one of each match, and `? amount` of what is unknown.
  private func told(_ matching: BankMatching) -> [String] {
    matching.matches.map { "\($0.paymentId.dropFirst(4)) \($0.kind) \($0.step)" }
      + matching.unknown.map { unknown in
        let why = unknown.why == .noPayment ? "?" : "twice"
        return "\(why) \(unknown.item.booking.amount.text)"
      }
  }

  /// Entries that name payment A and are not it; anybody can write an id into a transfer.
  static let unfittingEntries:
    [(String, String, BankBooking.Direction, String, UnknownBankItem.Why)] = [
      ("0.01", "EUR", .credit, BankFixture.account, .otherAmount("PAY-A")),
      ("89.99", "EUR", .credit, BankFixture.account, .otherAmount("PAY-A")),
      ("100.01", "EUR", .credit, BankFixture.account, .otherAmount("PAY-A")),
      ("100.00", "USD", .debit, BankFixture.account, .otherCurrency("PAY-A")),
      ("100.00", "USD", .credit, BankFixture.account, .otherCurrency("PAY-A")),
      ("100.00", "EUR", .debit, "IE99", .otherAccount("PAY-A")),
    ]

  @Test("not where an entry names a payment and does not fit it", arguments: unfittingEntries)
  func unfitting(
    amount: String, currency: String, direction: BankBooking.Direction, account: String,
    why: UnknownBankItem.Why
  ) throws {
    var booking = try Self.booking("1.00", direction, details: [try Self.detail("PAY-A")])
    booking.amount = try money(amount, currency)
    booking.account = account
    let matching = try match([booking])
    #expect(matching.matches.isEmpty)
    #expect(matching.unknown.map(\.why) == [why])
  }

  @Test("what comes back may lack charges of a tenth", arguments: ["90.00", "100.00"])
  func returned(amount: String) throws {
    let matching = try match([
      try Self.booking(amount, .credit, details: [try Self.detail("PAY-A")])
    ])
    #expect(told(matching) == ["A returned endToEndId"])
  }

  @Test("a sum is of a block only near its day, and not with the ids of somebody else")
  func sums() throws {
    #expect(told(try match([try Self.booking("450.00")])).count == 3)
    #expect(told(try match([try Self.booking("450.00", day: "2026-06-01")])) == ["? 450.00"])
    #expect(told(try match([try Self.booking("70.00")])) == ["? 70.00"])
    var other = try Self.booking("450.00")
    other.batch = BankBooking.Batch()
    other.batch?.blockId = "PAYROLL"
    #expect(told(try match([other])) == ["? 450.00"])
  }

  @Test("one reference of the bank may stand for several bookings of the same amount")
  func identity() throws {
    let one = try Self.booking(
      "100.00", .credit, reference: "R", details: [try Self.detail("PAY-A")])
    let other = try Self.booking(
      "100.00", .credit, reference: "R", details: [try Self.detail("PAY-B")])
    #expect(one.identity != other.identity)
    #expect(told(try match([one, other])) == ["A returned endToEndId", "B returned endToEndId"])
  }

  @Test("by EndToEndId first, whatever the amount is")
  func byId() throws {
    let matching = try match([
      try Self.booking("100.00", details: [try Self.detail("PAY-A")]),
      try Self.booking("112.50", details: [try Self.detail(" pay-b ")]),
      try Self.booking("250.00", details: [try Self.detail("", instruction: "PAY-C")]),
      try Self.booking("70.00", details: [try Self.detail("PAY-X")]),
    ])
    #expect(
      told(matching) == [
        "A booked endToEndId", "B booked endToEndId", "C booked instructionId", "? 70.00",
      ])
    let moved = matching.matches.map { $0.moved?.text ?? "" }
    #expect(moved == ["100.00", "112.50", "250.00"])
  }

  @Test("a payment leaves once and comes back once")
  func once() throws {
    let matching = try match([
      try Self.booking("100.00", reference: "1", details: [try Self.detail("PAY-A")]),
      try Self.booking("100.00", reference: "2", details: [try Self.detail("PAY-A")]),
      try Self.booking("99.00", .credit, reference: "3", details: [try Self.detail("PAY-A")]),
      try Self.booking("100.00", .credit, reference: "4", details: [try Self.detail("PAY-A")]),
    ])
    #expect(
      told(matching) == [
        "A booked endToEndId", "A returned endToEndId", "twice 100.00", "twice 99.00",
      ])
    #expect(matching.matches.map { $0.moved?.text } == ["100.00", "100.00"])
  }

  @Test("the exact amount first, whatever the order", arguments: 0..<6)
  func exactFirst(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let bookings = [
      try Self.booking("60.00", reference: "1", details: [try Self.detail("PAY-A")]),
      try Self.booking("5.00", reference: "2", details: [try Self.detail("PAY-A")]),
      try Self.booking("100.00", reference: "3", details: [try Self.detail("PAY-A")]),
    ]
    let matching = try match(bookings.shuffled(using: &random))
    #expect(told(matching) == ["A booked endToEndId", "twice 5.00", "twice 60.00"])
    #expect(matching.matches.map { $0.moved?.text } == ["100.00"])
    // Charges alone are no payment.
    #expect(try match([bookings[1]]).unknown.map(\.why) == [.otherAmount("PAY-A")])
    // An instruction id with the exact amount is surer than another amount, too.
    let other = try Self.booking(
      "100.00", reference: "4", details: [try Self.detail("", instruction: "PAY-A")])
    #expect(
      told(try match([bookings[0], other])) == ["A booked instructionId", "twice 60.00"])
    // Of two with the exact amount the EndToEndId is surer, whichever comes first.
    let earlier = try Self.booking(
      "100.00", day: "2026-11-15", details: [try Self.detail("", instruction: "PAY-A")])
    #expect(
      told(try match([earlier, bookings[2]])) == ["A booked endToEndId", "twice 100.00"])
  }

  @Test(
    "not on a day long before the order, or years after",
    arguments: [
      ("2026-11-16", true), ("2026-10-16", true), ("2026-10-15", false), ("2020-11-16", false),
      ("2027-12-20", true), ("2028-01-01", false), ("9999-12-31", false),
    ])
  func absurdDay(day: String, isTaken: Bool) throws {
    let matching = try match([
      try Self.booking("100.00", day: day, details: [try Self.detail("PAY-A")])
    ])
    #expect(matching.matches.isEmpty != isTaken)
    #expect(matching.unknown.map(\.why) == (isTaken ? [] : [.otherDay("PAY-A")]))
  }

  @Test("what came back before the sum of its block was told is in that sum")
  func returnedBeforeItsSum() throws {
    let back = try Self.booking(
      "100.00", .credit, day: "2026-11-18", details: [try Self.detail("PAY-A")])
    var sum = try Self.booking("450.00")
    sum.batch = BankBooking.Batch()
    sum.batch?.blockId = "P1"
    let all = [
      "A booked batch", "A returned endToEndId", "B booked batch", "C booked batch",
    ]
    #expect(told(try match([back, sum])) == all)
    // As well where another file told of it before.
    var payments = try Self.payments()
    payments[0].said.isReturned = true
    let later = BankMatcher(payments).match(bookings: [sum], statuses: [])
    #expect(told(later) == ["A booked batch", "B booked batch", "C booked batch"])
  }

  @Test("a sum that is booked a second time has left twice")
  func sumTwice() throws {
    for ids in ["P1", ""] {
      let sums = try ["1", "2"].map { reference in
        var sum = try Self.booking("450.00", reference: reference)
        sum.batch = BankBooking.Batch()
        sum.batch?.blockId = ids
        return sum
      }
      let matching = try match(sums)
      #expect(matching.matches.count == 3)
      #expect(matching.unknown.map(\.why) == [.sumTwice(["PAY-A", "PAY-B", "PAY-C"])])
    }
  }

  @Test("of a payment whose file was not written only that somebody has paid it by hand")
  func notOrdered() throws {
    var payments = try Self.payments()
    for index in payments.indices { payments[index].isOrdered = false }
    var status = BankStatus(place: BankPlace(line: 1), level: .payment, code: "RJCT")
    status.endToEndId = "PAY-A"
    var settled = status
    settled.code = "ACSC"
    let back = try Self.booking("100.00", .credit, details: [try Self.detail("PAY-A")])
    var matching = BankMatcher(payments).match(bookings: [back], statuses: [status, settled])
    #expect(matching.matches.isEmpty && matching.settled.isEmpty)
    #expect(matching.unordered.map(\.status.code) == ["RJCT", "ACSC"])
    #expect(matching.unknown.map(\.why) == [.notOrdered("PAY-A")])
    let paid = try Self.booking("100.00", details: [try Self.detail("PAY-A")])
    matching = BankMatcher(payments).match(bookings: [back, paid], statuses: [])
    #expect(told(matching) == ["A booked endToEndId", "A returned endToEndId"])
    matching = BankMatcher(payments).match(bookings: [try Self.booking("450.00")], statuses: [])
    #expect(told(matching) == ["? 450.00"])
  }

  @Test(
    "what the bank calls settled is kept, of a whole file for those without a word of their own")
  func settled() throws {
    func status(_ level: BankStatus.Level, _ code: String, _ id: String = "") -> BankStatus {
      var status = BankStatus(place: BankPlace(line: 1), level: level, code: code)
      status.endToEndId = id
      status.messageId = "MSG"
      return status
    }
    let all = status(.message, "ACSC")
    let rejected = status(.payment, "RJCT", "PAY-A")
    var matching = try match([], [all, rejected, status(.payment, "ACCP", "PAY-B")])
    #expect(matching.settled.map(\.paymentId) == ["PAY-C", "PAY-D"])
    #expect(told(matching) == ["A rejected endToEndId"])
    // The same code twice is one word; a rejection beside it contradicts, in either order.
    let single = status(.payment, "ACSC", "PAY-A")
    matching = try match([], [single, rejected, single])
    #expect(matching.settled.map(\.code) == ["ACSC"])
    #expect(told(matching) == ["A rejected endToEndId"])
    var word = BankWord()
    word.settled = ["ACSC"]
    #expect(word.state == .open)
    word.isRejected = true
    #expect(word.state == .contradicted)
    word.isReturned = true
    #expect(word.state == .returned)
  }

  @Test("a bank in the United States gives back the end of an id, and books a batch as one sum")
  func american() throws {
    let orders = try ["PAY-0123456789ABCDEF01234567", "PAY-0123456789ABCDEF01234568"].map { id in
      var order = try Fixture.order(id, "10.00", "USD", iban: "")
      order.routingNumber = Fixture.routingNumber
      order.accountNumber = "000123"
      return order
    }
    var payer = try Fixture.americanPayer()
    payer.accounts[0].accountNumber = "1234567890"
    let payments = try Fixture.sort(orders, payer).bankPayments(
      payer: payer, period: try period("2026-10"))
    #expect(BankAccounts(payer).contains("1234567890"))
    var booking = BankBooking(
      place: BankPlace(line: 1), account: "1234567890", direction: .debit,
      amount: try money("10.00", "USD"), day: try day("2026-11-16"))
    booking.details = [try Self.detail("9ABCDEF01234568")]
    var matching = BankMatcher(payments).match(bookings: [booking], statuses: [])
    #expect(matching.matches.map(\.paymentId) == ["PAY-0123456789ABCDEF01234568"])
    booking.amount = try money("20.00", "USD")
    booking.details = []
    matching = BankMatcher(payments).match(bookings: [booking], statuses: [])
    #expect(matching.matches.map(\.step) == [.batch, .batch])
  }

  @Test("by a block with sum and count, rejected payments left out or not")
  func batch() throws {
    func sum(_ amount: String, _ count: Int?, block: String = "P1") throws -> BankBooking {
      var booking = try Self.booking(amount)
      var batch = BankBooking.Batch()
      batch.blockId = block
      batch.count = count
      booking.batch = batch
      return booking
    }
    let all = ["A booked batch", "B booked batch", "C booked batch"]
    #expect(told(try match([try sum("450.00", 3)])) == all)
    #expect(told(try match([try sum("450.00", nil)])) == all)
    #expect(told(try match([try sum("450.00", 2)])) == ["? 450.00"])
    #expect(told(try match([try sum("449.99", 3)])) == ["? 449.99"])
    #expect(told(try match([try sum("450.00", 3, block: "")])) == all)
    var status = BankStatus(place: BankPlace(line: 1), level: .payment, code: "RJCT")
    status.endToEndId = "PAY-C"
    #expect(
      told(try match([try sum("200.00", 2)], [status])) == [
        "A booked batch", "B booked batch", "C rejected endToEndId",
      ])
    // One of them was booked alone: the rest is the sum.
    let single = try Self.booking("250.00", details: [try Self.detail("PAY-C")])
    #expect(
      told(try match([try sum("200.00", 2), single])) == [
        "A booked batch", "B booked batch", "C booked endToEndId",
      ])
  }

  @Test("by amount, account and day, where that is unique")
  func byAccount() throws {
    func entry(_ amount: String, _ account: Int, _ day: String) throws -> BankBooking {
      try Self.booking(
        amount, day: day, details: [try Self.detail(account: Fixture.sepaIBANs[account])])
    }
    #expect(told(try match([try entry("70.00", 1, "2026-11-16")])) == ["D booked account"])
    #expect(told(try match([try entry("70.00", 1, "2026-11-26")])) == ["D booked account"])
    #expect(told(try match([try entry("70.00", 1, "2026-11-27")])) == ["? 70.00"])
    #expect(told(try match([try entry("70.00", 1, "2026-11-13")])) == ["? 70.00"])
    #expect(told(try match([try entry("70.00", 0, "2026-11-16")])) == ["? 70.00"])
    #expect(told(try match([try entry("70.01", 1, "2026-11-16")])) == ["? 70.01"])
    // Two payments fit, or two entries do.
    #expect(told(try match([try entry("100.00", 0, "2026-11-16")])) == ["? 100.00"])
    let twice = [try entry("70.00", 1, "2026-11-16"), try entry("70.00", 1, "2026-11-17")]
    #expect(told(try match(twice)) == ["? 70.00", "? 70.00"])
    // An id of somebody else is no payment of ours, however well it fits.
    let other = try Self.booking(
      "70.00", details: [try Self.detail("OTHER", account: Fixture.sepaIBANs[1])])
    #expect(told(try match([other])) == ["? 70.00"])
  }

  @Test("a return without its id by amount and account, only if the bank calls it one")
  func returnByAccount() throws {
    var entry = try Self.booking(
      "70.00", .credit, day: "2026-12-01", details: [try Self.detail(account: Fixture.sepaIBANs[1])]
    )
    #expect(told(try match([entry])) == ["? 70.00"])
    entry.isReturn = true
    #expect(told(try match([entry])) == ["D returned account"])
  }

  @Test("a rejection of a payment, a block or a message")
  func rejections() throws {
    func status(_ level: BankStatus.Level, _ change: (inout BankStatus) -> Void) -> BankStatus {
      var status = BankStatus(place: BankPlace(line: 1), level: level, code: "RJCT")
      change(&status)
      return status
    }
    let block = status(.block) { $0.blockId = "P2" }
    #expect(told(try match([], [block])) == ["D rejected batch"])
    let message = status(.message) { $0.messageId = "MSG" }
    #expect(try match([], [message, block]).matches.count == 4)
    let unknown = status(.payment) { $0.endToEndId = "OTHER" }
    #expect(try match([], [unknown]).unknownStatuses == [unknown])
    var accepted = message
    accepted.code = "ACCP"
    #expect(told(try match([], [accepted])) == [])
  }

  @Test("neither order of entries nor of statuses matters, and nothing is lost", arguments: 0..<40)
  func anyOrder(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let (bookings, statuses) = try Self.anything(&random)
    let expected = try match(bookings, statuses)
    let shuffled = try match(bookings.shuffled(using: &random), statuses.shuffled(using: &random))
    #expect(Set(told(expected)) == Set(told(shuffled)))
    #expect(told(expected).count == told(shuffled).count)
    // Each payment at most once of each kind.
    let keys = expected.matches.map { "\($0.paymentId) \($0.kind)" }
    #expect(Set(keys).count == keys.count)
    // Every item in one place: those of sums in one place for all their payments.
    let items = bookings.enumerated().flatMap { BankItem.items(of: $1, at: $0) }
    let placed =
      expected.matches.compactMap { match in match.position.map { "\($0) \(match.number)" } }
      + expected.unknown.map { "\($0.item.position) \($0.item.number)" }
    #expect(Set(placed).count == items.count)
    let single = expected.matches.filter { $0.position != nil && $0.step != .batch }
    #expect(Set(single.map { "\($0.position ?? 0) \($0.number)" }).count == single.count)
  }

  /// Entries and statuses of all kinds, most of them about the payments.
  static func anything(
    _ random: inout SeededGenerator
  ) throws -> ([BankBooking], [BankStatus]) {
    let ids = ["PAY-A", "PAY-B", "PAY-C", "PAY-D", "OTHER", ""]
    let amounts = ["100.00", "250.00", "70.00", "450.00", "200.00"]
    var bookings: [BankBooking] = []
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      var booking = try booking(
        amounts.randomElement(using: &random) ?? "", Bool.random(using: &random) ? .debit : .credit,
        day: "2026-11-1\(Int.random(in: 4...9, using: &random))",
        reference: "R\(bookings.count)",
        details: try (0..<Int.random(in: 0...2, using: &random)).map { _ in
          try detail(
            ids.randomElement(using: &random) ?? "",
            account: Fixture.sepaIBANs.randomElement(using: &random) ?? "")
        })
      booking.isReturn = Bool.random(using: &random)
      bookings.append(booking)
    }
    let statuses = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      var status = BankStatus(place: BankPlace(line: 1), level: .payment, code: "RJCT")
      status.endToEndId = ids.randomElement(using: &random) ?? ""
      return status
    }
    return (bookings, statuses)
  }
}
