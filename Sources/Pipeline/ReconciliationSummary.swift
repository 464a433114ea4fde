import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger

/// What was expected of banks, what happened and what is open: of all payments ever issued by bank
/// transfer, by currency.
struct ReconciliationSummary {
  /// How long ago something was to happen.
  enum Age: String, CaseIterable {
    case notDue, days0to5, days6to30, over30

    init(days: Int) {
      self = days < 0 ? .notDue : days <= 5 ? .days0to5 : days <= 30 ? .days6to30 : .over30
    }
  }

  /// A payment as it stands.
  struct Payment {
    var story: LedgerPaymentStory
    var executionDay: Day
    var state: BankState
    var age: Age
    /// What banks moved more or less than was ordered, on its way and back.
    var differences: [BankDifference]
  }

  /// The payments and entries in one currency; everything in minor units.
  struct Sums {
    var issued: Int128 = 0
    var states: [BankState: Int128] = [:]
    var open: [Age: Int128] = [:]
    /// What left the accounts for payments, without what came back.
    var moved: Int128 = 0
    /// What of that is no payment.
    var difference: Int128 = 0
    /// Entries that belong to no payment; what came in is above zero.
    var unknown: Int128 = 0
    var unknownEntries = 0

    /// What is left when all that happened and all that is open is taken from what was issued:
    /// nothing.
    var rest: Int128 {
      BankState.allCases.reduce(issued) { $0 - (states[$1] ?? 0) }
    }

    /// What is left when what is booked and not back is taken from what moved: nothing.
    var bankRest: Int128 { moved - difference - bookedAndOut + returnedUnbooked }

    /// Of what a bank has booked and that did not come back, rejected or not.
    var bookedAndOut: Int128 = 0

    /// Of what came back though nobody told that it had left.
    var returnedUnbooked: Int128 = 0
  }

  /// Days further after the last close than this are mistakes of a file, and move no clock.
  private static let daysAhead: Int32 = 400

  /// The latest day on which a bank has booked anything; the last close's before that.
  let asOf: Day
  private(set) var payments: [Payment] = []
  private(set) var sums: [Currency: Sums] = [:]
  let files: [LedgerBankFile]
  let entries: [LedgerBankEntry]
  /// The payments of each entry.
  private(set) var matched: [Int: [String]] = [:]
  /// The entries that count and are of no payment.
  private(set) var unknown: Set<Int> = []

  /// - Throws: ``MoneyError`` if a sum is too large; what the ledger throws.
  init(_ ledger: Ledger, _ known: BankPayments) throws {
    let files = try ledger.bankFiles().filter { $0.period <= known.period }
    let last = files.last?.number ?? 0
    self.files = files
    entries = try ledger.bankEntries().filter { $0.file <= last }
    let first = ledger.closes.last { $0.period < known.period }?.asOf ?? Day(number: 0)
    let days = entries.map(\.day).filter { $0.number <= first.number + Self.daysAhead }
    asOf = days.max() ?? first
    for payment in known.payments {
      guard let story = known.stories[payment.paymentId] else { continue }
      try add(story, payment)
    }
    addEntries()
  }

  private mutating func add(_ story: LedgerPaymentStory, _ payment: BankPayment) throws {
    let differences = story.events.map { BankDifference($0, story.payment.amount) }
    let age = Age(days: Int(asOf.number - payment.executionDay.number))
    payments.append(
      Payment(
        story: story, executionDay: payment.executionDay, state: story.state, age: age,
        differences: differences))
    for event in story.events {
      if let entry = event.entry { matched[entry, default: []].append(event.paymentId) }
    }
    var sum = sums[story.payment.amount.currency] ?? Sums()
    let amount = story.payment.amount.minorUnits
    try Self.add(amount, to: &sum.issued)
    try Self.add(amount, to: &sum.states[story.state, default: 0])
    if story.state == .open { try Self.add(amount, to: &sum.open[age, default: 0]) }
    for event in story.events where event.kind != .rejected {
      let moved = (event.moved ?? story.payment.amount).minorUnits
      let sign: Int128 = event.kind == .booked ? 1 : -1
      try Self.add(sign * moved, to: &sum.moved)
      try Self.add(sign * (moved - amount), to: &sum.difference)
    }
    let isBooked = story.event(.booked) != nil
    let isBack = story.event(.returned) != nil
    if isBack, !isBooked { try Self.add(amount, to: &sum.returnedUnbooked) }
    if !isBack, isBooked { try Self.add(amount, to: &sum.bookedAndOut) }
    sums[story.payment.amount.currency] = sum
  }

  /// The file in which an event stands: a sum may be recognised when a later one has come.
  func file(of event: LedgerPaymentEvent) -> Int {
    event.entry.map { entries[$0 - 1].file } ?? event.file
  }

  private mutating func addEntries() {
    // Once payments were recognised in what tells of a booking in detail, the sum of it is known.
    var told: [SHA256Digest: Int] = [:]
    for entry in entries where matched[entry.number] != nil { told[entry.identity] = entry.file }
    var detailed = BankRepetitions(entries.filter { matched[$0.number] != nil })
    for entry in entries where entry.repeats == nil && matched[entry.number] == nil {
      guard told[entry.identity] ?? entry.file == entry.file else { continue }
      if detailed.take(entry) { continue }
      unknown.insert(entry.number)
      var sum = sums[entry.currency] ?? Sums()
      let amount = entry.amount?.minorUnits ?? 0
      sum.unknownEntries += 1
      sum.unknown &+= entry.isDebit ? -amount : amount
      sums[entry.currency] = sum
    }
  }

  private static func add(_ amount: Int128, to sum: inout Int128) throws(MoneyError) {
    let (next, overflow) = sum.addingReportingOverflow(amount)
    guard !overflow else { throw .overflow }
    sum = next
  }
}
