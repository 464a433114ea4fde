import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger

// Bookings that are told more than once.

extension BankIntake {
  /// A day statement tells of what was advised before. What told of it in more detail counts, unless
  /// payments were recognised by the other already.
  mutating func markRepeated(_ known: [LedgerBankEntry]) {
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
      var others = bookings.indices.filter { index in
        bookings[index].counts && bookings[index].source != source
          && bookings[index].booking.details.count == 1
          && !bookings[index].booking.details[0].endToEndId.isEmpty
      }
      for index in bookings.indices
      where bookings[index].source == source && bookings[index].counts
        && bookings[index].booking.details.isEmpty
      {
        let booking = bookings[index].booking
        if let number = before.take(booking) {
          bookings[index].repeats = number
        } else if let place = others.firstIndex(where: { other in
          bookings[other].booking.identity(endToEndId: "") == booking.identity
        }) {
          bookings[index].keeper = others.remove(at: place)
        }
      }
    }
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
    case .noPayment, .otherAccount, .otherCurrency, .otherAmount, .otherDay, .notOrdered:
      return nil
    }
  }

  private func toldBefore(_ paymentId: String, _ item: BankItem, _ moved: Money?) -> TellingPlace? {
    let isDebit = item.booking.direction == .debit
    let kind: LedgerPaymentEvent.Kind = isDebit ? .booked : .returned
    if let event = payments.stories[paymentId]?.event(kind), let entry = event.entry {
      let isSame = event.day == item.booking.day && event.moved == moved
      return isSame ? .entry(entry) : nil
    }
    let source = bookings[counting[item.position]].source
    for match in matching.matches
    where match.paymentId == paymentId && match.kind.rawValue == kind.rawValue {
      guard let position = match.position, match.day == item.booking.day, match.moved == moved,
        bookings[counting[position]].source != source
      else { continue }
      return .booking(counting[position])
    }
    return nil
  }
}
