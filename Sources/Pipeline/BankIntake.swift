import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger

/// From files of banks to what the ledger records of them, and what is to be said.
struct BankIntake {
  /// A file that was read and is new.
  struct Source {
    var staged: StagedBankFile
    var file: BankFile
    var entry: LedgerBankFile
  }

  /// A booking of one of the files.
  struct Booking {
    /// Among the sources.
    var source: Int
    var booking: BankBooking
    var identity: SHA256Digest
    /// The number of the entry that told of it before.
    var repeats: Int?
    /// The booking of this command that tells of it, too, and counts.
    var keeper: Int?

    var counts: Bool { repeats == nil && keeper == nil }
  }

  let sources: [Source]
  let payments: BankPayments
  /// The entries of the ledger, in their order, and the formats of its files by their numbers.
  let known: [LedgerBankEntry]
  let formats: [Int: String]
  var bookings: [Booking] = []
  /// Those that are matched.
  private(set) var counting: [Int] = []
  /// Sums of files that were reconciled before, which are matched after those.
  let waiting: [WaitingSum]
  private(set) var matching = BankMatching()
  private(set) var intake: LedgerBankIntake
  /// Entries that are no payment's, those left out that only repeat what was told before.
  var unknown: [UnknownBankItem] = []

  /// - Parameters:
  ///   - known: All entries of the ledger, and its files.
  ///   - waiting: Sums of these files that are to be tried again.
  ///   - told: How many events and statuses the ledger has.
  /// - Throws: As ``BankPayments/destinations(of:)``.
  init(
    _ sources: [Source], _ payments: BankPayments,
    known: (entries: [LedgerBankEntry], files: [LedgerBankFile]), waiting: [WaitingSum],
    told: (events: Int, statuses: Int), period: Period
  ) throws {
    self.sources = sources
    self.payments = payments
    self.waiting = sources.isEmpty ? [] : waiting
    self.known = known.entries
    formats = Dictionary(uniqueKeysWithValues: known.files.map { ($0.number, $0.format) })
    intake = LedgerBankIntake(period: period)
    collect()
    markRepeated()
    counting = bookings.indices.filter { bookings[$0].counts }
    let statuses = sources.enumerated().flatMap { source, entry in
      entry.file.statuses.map { (source, $0) }
    }
    matching = BankMatcher(payments.payments).match(
      bookings: counting.map { index in bookings[index].booking } + self.waiting.map(\.booking),
      statuses: statuses.map(\.1))
    sortOutUnknown()
    let statusSources = statuses.map(\.0)
    try record(statusSources, firstEntry: known.entries.count + 1, firstEvent: told.events + 1)
    recordSettlements(statusSources, first: told.statuses + 1)
  }

  private mutating func collect() {
    for (source, entry) in sources.enumerated() {
      for (identity, booking) in BankIntake.identified(entry.file.bookings) {
        bookings.append(Booking(source: source, booking: booking, identity: identity))
      }
    }
  }

  /// The bookings of a file with what they are known by; equal ones are told apart by their number.
  static func identified(
    _ bookings: [BankBooking]
  ) -> [(identity: SHA256Digest, booking: BankBooking)] {
    var seen: [String: Int] = [:]
    return bookings.map { booking in
      let identity = booking.identity
      let ordinal = seen[identity, default: 0]
      seen[identity] = ordinal + 1
      return (SHA256Digest.of(Array("\(identity)#\(ordinal)".utf8)), booking)
    }
  }

  /// The sum of a file that was reconciled before at a position among what is matched; nil where it is
  /// a new booking.
  func waiting(at position: Int) -> WaitingSum? {
    position < counting.count ? nil : waiting[position - counting.count]
  }

  // MARK: What the ledger records

  private mutating func record(
    _ statusSources: [Int], firstEntry: Int, firstEvent: Int
  ) throws {
    var numbers: [Int: Int] = [:]
    var next = firstEntry
    for source in sources.indices {
      var entries: [LedgerBankEntry] = []
      for index in bookings.indices where bookings[index].source == source {
        // A keeper may come later: what repeats it is recorded after it.
        if bookings[index].keeper != nil { continue }
        numbers[index] = next
        let added = self.entries(bookings[index], from: next)
        next += added.count
        entries += added
      }
      intake.files.append((sources[source].entry, entries))
    }
    recordRepetitions(numbers, &next)
    try recordEvents(statusSources, numbers, first: firstEvent)
  }

  /// - Parameter numbers: The number of the first entry of each booking.
  private mutating func recordEvents(
    _ statusSources: [Int], _ numbers: [Int: Int], first: Int
  ) throws {
    let failed = Set(matching.matches.filter { $0.kind != .booked }.map(\.paymentId))
    let destinations = try payments.destinations(of: failed)
    for match in matching.matches {
      let old = match.position.flatMap { waiting(at: $0) }
      let index = old == nil ? match.position.map { counting[$0] } : nil
      // A sum that waited is recognised by what has come now, of which the last file stands for all.
      let source =
        index.map { bookings[$0].source }
        ?? (old == nil ? statusSources[match.status ?? 0] : sources.count - 1)
      var event = LedgerPaymentEvent(
        number: first + intake.events.count, file: sources[source].entry.number,
        entry: old?.entry.number ?? index.flatMap { numbers[$0] }.map { $0 + match.number },
        paymentId: match.paymentId,
        kind: LedgerPaymentEvent.Kind(rawValue: match.kind.rawValue) ?? .rejected,
        step: match.step.rawValue, line: match.place.line, day: match.day, moved: match.moved)
      event.reason = SafeText.shown(match.reason)
      event.information = SafeText.shown(match.information)
      if match.kind != .booked {
        event.destination = destinations[match.paymentId]
      }
      intake.events.append(event)
    }
  }

  private mutating func recordSettlements(_ statusSources: [Int], first: Int) {
    for settled in matching.settled {
      intake.statuses.append(
        LedgerPaymentStatus(
          number: first + intake.statuses.count,
          file: sources[statusSources[settled.status]].entry.number,
          paymentId: settled.paymentId, code: settled.code, step: settled.step.rawValue,
          line: settled.place.line))
    }
  }

  /// Of bookings that another file of this command tells better.
  private mutating func recordRepetitions(_ numbers: [Int: Int], _ next: inout Int) {
    for index in bookings.indices {
      guard let keeper = bookings[index].keeper, let number = numbers[keeper] else { continue }
      var booking = bookings[index]
      booking.repeats = number
      let added = entries(booking, from: next)
      next += added.count
      intake.files[booking.source].entries += added
    }
  }

  private func entries(_ booking: Booking, from first: Int) -> [LedgerBankEntry] {
    let items =
      booking.repeats == nil
      ? BankItem.items(of: booking.booking, at: 0)
      : [BankItem(position: 0, booking: booking.booking, detail: nil, number: 0)]
    let isWhole = items.count == 1
    return items.enumerated().map { (offset: Int, item: BankItem) -> LedgerBankEntry in
      let amount = item.moved ?? (isWhole ? item.booking.amount : nil)
      let id = item.detail?.endToEndId ?? ""
      return LedgerBankEntry(
        number: first + offset, file: sources[booking.source].entry.number,
        line: (item.detail?.place ?? item.booking.place).line, identity: booking.identity,
        day: item.booking.day, isDebit: item.booking.direction == .debit,
        currency: item.booking.amount.currency,
        amount: amount, reference: SafeText.shown(item.booking.reference),
        endToEndId: SafeText.shown(id), repeats: booking.repeats)
    }
  }

  /// The file that an event is from, as findings name it.
  func name(of event: LedgerPaymentEvent) -> String {
    let old = waiting.first { $0.entry.number == event.entry }
    return old?.file ?? sources.first { $0.entry.number == event.file }?.file.name ?? ""
  }

  /// The file that an entry is from, as findings name it.
  func name(of item: BankItem) -> String {
    waiting(at: item.position)?.file
      ?? sources[bookings[counting[item.position]].source].file.name
  }
}
