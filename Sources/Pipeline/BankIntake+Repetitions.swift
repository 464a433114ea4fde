import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger

// Bookings that are told more than once.

extension BankIntake {
  /// A day statement tells of what was advised before. What told of it in more detail counts, unless
  /// payments were recognised by the other already.
  mutating func markRepeated() {
    let used = Set(payments.stories.values.flatMap(\.events).compactMap(\.entry))
    var earlier: [SHA256Digest: (number: Int, isUsed: Bool)] = [:]
    for entry in known where entry.repeats == nil {
      let isUsed = used.contains(entry.number) || earlier[entry.identity]?.isUsed == true
      earlier[entry.identity] = (earlier[entry.identity]?.number ?? entry.number, isUsed)
    }
    var keepers: [SHA256Digest: Int] = [:]
    let order = bookings.indices.sorted { isBetter(bookings[$0], bookings[$1]) }
    for index in order {
      let booking = bookings[index]
      if let before = earlier[booking.identity],
        before.isUsed || booking.booking.details.isEmpty
      {
        bookings[index].repeats = before.number
      } else if let keeper = keepers[booking.identity] {
        bookings[index].keeper = keeper
      } else {
        keepers[booking.identity] = index
      }
    }
    markBare(known.filter { $0.repeats == nil && used.contains($0.number) })
  }

  /// The sum of one payment that was told with its id before: it says less, and is the same.
  private mutating func markBare(_ known: [LedgerBankEntry]) {
    for source in sources.indices {
      var before = BankRepetitions(known)
      var others: [String: [Int]] = [:]
      for index in bookings.indices where isSingle(index) && bookings[index].source != source {
        others[bookings[index].booking.identity(endToEndId: ""), default: []].append(index)
      }
      for index in bookings.indices
      where bookings[index].source == source && bookings[index].counts
        && bookings[index].booking.details.isEmpty
      {
        let booking = bookings[index].booking
        if let number = before.take(booking) {
          bookings[index].repeats = number
        } else if let keeper = others[booking.identity]?.first {
          others[booking.identity]?.removeFirst()
          bookings[index].keeper = keeper
        }
      }
    }
  }

  /// Whether a booking counts and is about one payment with an id.
  private func isSingle(_ index: Int) -> Bool {
    let details = bookings[index].booking.details
    return bookings[index].counts && details.count == 1 && !details[0].endToEndId.isEmpty
  }

  private func isBetter(_ left: Booking, _ right: Booking) -> Bool {
    let (one, other) = (left.booking.details.count, right.booking.details.count)
    if one != other { return one > other }
    return sources[left.source].staged.digest < sources[right.source].staged.digest
  }

  // MARK: Payments told more than once

  /// Where a booking was told before.
  private enum TellingPlace {
    /// The number of an entry in the ledger.
    case entry(Int)
    /// A booking of this command.
    case booking(Int)
  }

  /// Sorts out which entries of no payment only repeat what another file told: those of which that is
  /// so of all that they tell.
  mutating func sortOutUnknown() {
    let groups = Dictionary(grouping: matching.unknown, by: \.item.position)
    var repeated: Set<Int> = []
    for (position, items) in groups {
      // What waited goes on to wait, and was said.
      if waiting(at: position) != nil {
        repeated.insert(position)
        continue
      }
      let index = counting[position]
      let places = items.map { toldBefore($0) }
      guard items.count == max(1, bookings[index].booking.details.count),
        let place = places.first.flatMap({ $0 }), places.allSatisfy({ $0 != nil })
      else { continue }
      switch place {
      case .entry(let number): bookings[index].repeats = number
      case .booking(let keeper): bookings[index].keeper = keeper
      }
      repeated.insert(position)
    }
    unknown = matching.unknown.filter { !repeated.contains($0.item.position) }
  }

  /// The sums with a part that left again, as far as anybody can tell: nobody told of that part as what
  /// this sum repeats.
  var partlyTwice: [UnknownBankItem] {
    matching.partlyTold.filter { unknown in
      guard case .partlyTwice(let ids) = unknown.why else { return false }
      return !ids.allSatisfy { id in
        toldBefore(id, unknown.item, payments.stories[id]?.payment.amount) != nil
      }
    }
  }

  /// Where the same was told that an entry tells without, or with another, reference of the bank: of
  /// the same payment, day and amount, in another file.
  private func toldBefore(_ item: UnknownBankItem) -> TellingPlace? {
    switch item.why {
    case .twice(let paymentId):
      let currency = payments.stories[paymentId]?.payment.amount.currency
      return toldBefore(paymentId, item.item, currency.flatMap { item.item.moved(in: $0) })
    case .sumTwice(let ids):
      let places = ids.map { id in
        toldBefore(id, item.item, payments.stories[id]?.payment.amount)
      }
      return places.allSatisfy { $0 != nil } ? places.first.flatMap { $0 } : nil
    case .partlyTwice, .noPayment, .otherAccount, .otherCurrency, .otherAmount, .otherDay,
      .notOrdered:
      return nil
    }
  }

  private func toldBefore(_ paymentId: String, _ item: BankItem, _ moved: Money?) -> TellingPlace? {
    // Only what is new is asked for.
    guard waiting(at: item.position) == nil else { return nil }
    let kind: LedgerPaymentEvent.Kind = item.booking.direction == .debit ? .booked : .returned
    let source = bookings[counting[item.position]].source
    let own = Telling(item.booking, sources[source].file.format)
    if let event = payments.stories[paymentId]?.event(kind), let entry = event.entry {
      let other = Telling(known[entry - 1], formats[known[entry - 1].file] ?? "")
      return event.moved == moved && own.repeats(other) ? .entry(entry) : nil
    }
    for match in matching.matches
    where match.paymentId == paymentId && match.kind.rawValue == kind.rawValue {
      guard let position = match.position, match.moved == moved else { continue }
      if let old = waiting(at: position) {
        let other = Telling(old.booking, formats[old.entry.file] ?? "")
        if own.repeats(other) { return .entry(old.entry.number) }
        continue
      }
      let index = counting[position]
      let other = Telling(bookings[index].booking, sources[bookings[index].source].file.format)
      if bookings[index].source != source, own.repeats(other) { return .booking(index) }
    }
    return nil
  }

  /// What of a booking says whether another file tells of the same.
  private struct Telling {
    var day: Day
    var isDebit: Bool
    var reference: String
    var format: String

    init(_ booking: BankBooking, _ format: String) {
      day = booking.day
      isDebit = booking.direction == .debit
      reference = SafeText.shown(booking.reference)
      self.format = format
    }

    init(_ entry: LedgerBankEntry, _ format: String) {
      day = entry.day
      isDebit = entry.isDebit
      reference = entry.reference
      self.format = format
    }

    func repeats(_ other: Telling) -> Bool {
      // A file of returns has the day on which it was made, not that of the account.
      let isReturn = (format == BankFile.returnsFormat) != (other.format == BankFile.returnsFormat)
      guard day == other.day || !isDebit && isReturn else { return false }
      // Statements tell of every booking once: by two references they tell of two.
      let areStatements = format.hasPrefix("camt.053") && other.format.hasPrefix("camt.053")
      let haveOwn = !reference.isEmpty && !other.reference.isEmpty && reference != other.reference
      return !(areStatements && haveOwn)
    }
  }
}
