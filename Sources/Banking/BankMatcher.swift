import Domain
import ExactMoney

/// Finds for each entry of a bank the payment it is about: one to one, never twice.
///
/// The surest way counts first, for all entries, before the next one is tried; within a way nothing
/// depends on the order of entries or files. A payment leaves the account once and comes back once.
package struct BankMatcher {
  /// How far the day of an entry may be from that of the order, where there is no id: before it, as
  /// banks execute early by time zones, and after it.
  static let daysBefore = 2
  static let daysAfter = 10
  /// How long after its booking a payment may come back without its id.
  static let returnDays = 90

  /// Banks may keep a part of what comes back as charges: so many times that is the payment, or more.
  static let chargesAtMost: Int128 = 10
  /// What leaves the account with the id of a payment and is not this part of it is something else,
  /// its charges most likely; and so is what is so many times that.
  static let leastPart: Int128 = 2

  var payments: [BankPayment]
  private var byId: [String: Int] = [:]
  /// Those that were ordered, by the part of the payment file and by that.
  private(set) var byBlock: [String: [Int]] = [:]
  private(set) var byMessage: [String: [Int]] = [:]
  /// What sums may be of, as far as anybody asked; nothing of it holds once a sum was taken.
  var blocks: [BankBlockKey: Set<BankBlock>] = [:]
  var matching = BankMatching()

  /// - Parameter payments: Each with its own paymentId.
  package init(_ payments: [BankPayment]) {
    self.payments = payments
    for (index, payment) in payments.enumerated() {
      byId[BankMatcher.key(payment.paymentId)] = index
      guard payment.isOrdered else { continue }
      if !payment.blockId.isEmpty { byBlock[payment.blockId, default: []].append(index) }
      if !payment.messageId.isEmpty { byMessage[payment.messageId, default: []].append(index) }
    }
    addShortIds()
  }

  /// Files for banks in the United States have room for the end of an id alone; two payments that
  /// have the same are known by none.
  private mutating func addShortIds() {
    var found: [String: [Int]] = [:]
    for (index, payment) in payments.enumerated() where !payment.shortId.isEmpty {
      found[BankMatcher.key(payment.shortId), default: []].append(index)
    }
    for (id, indices) in found where indices.count == 1 && byId[id] == nil {
      byId[id] = indices[0]
    }
  }

  /// Matches; `bookings` were not matched before.
  package consuming func match(
    bookings: [BankBooking], statuses: [BankStatus]
  ) -> BankMatching {
    takeStatuses(statuses)
    var items = bookings.enumerated().flatMap { BankItem.items(of: $1, at: $0) }
    items.sort(by: BankItem.precedes)
    // What left before what came back, and what is the payment to the cent before what is not.
    for direction in [BankBooking.Direction.debit, .credit] {
      for (isExact, step) in BankMatcher.ways {
        items = items.filter { item in
          item.booking.direction != direction || !takeById(item, step, isExact: isExact)
        }
      }
    }
    items = items.filter { !takeSum($0) }
    takeByAccount(items)
    sort()
    return matching
  }

  private mutating func sort() {
    matching.matches.sort { left, right in
      left.paymentId == right.paymentId
        ? left.kind.rawValue < right.kind.rawValue
        : precedesInBytes(left.paymentId, right.paymentId)
    }
    matching.settled.sort { left, right in
      left.paymentId == right.paymentId
        ? left.code < right.code : precedesInBytes(left.paymentId, right.paymentId)
    }
    matching.unknown.sort { BankItem.precedes($0.item, $1.item) }
  }

  /// Ids come back in other cases and with blanks.
  private static func key(_ id: String) -> String { id.trimmed.uppercased() }

  /// The payment with an id.
  func index(of id: String) -> Int? { id.isEmpty ? nil : byId[BankMatcher.key(id)] }

  // MARK: By id

  private static let ways: [(isExact: Bool, step: BankMatch.Step)] = [
    (true, .endToEndId), (true, .instructionId), (false, .endToEndId), (false, .instructionId),
  ]

  /// - Parameter isExact: Only what moved to the cent what was ordered, and can be that payment.
  /// - Returns: Whether nothing more is to be tried.
  private mutating func takeById(
    _ item: BankItem, _ step: BankMatch.Step, isExact: Bool
  ) -> Bool {
    guard let detail = item.detail else { return false }
    let own = index(of: detail.endToEndId)
    // The instruction id counts where the other is that of no payment.
    let found = step == .endToEndId ? own : own == nil ? index(of: detail.instructionId) : nil
    guard let index = found else { return false }
    let payment = payments[index]
    let why = objection(item, payment)
    let isFree = isFree(index, item.booking.direction)
    if isExact {
      guard why == nil, isFree, item.moved(in: payment.amount.currency) == payment.amount else {
        return false
      }
    }
    if let why {
      matching.unknown.append(UnknownBankItem(item: item, why: why))
    } else if isFree {
      take(item, index, step)
    } else {
      matching.unknown.append(UnknownBankItem(item: item, why: .twice(payment.paymentId)))
    }
    return true
  }

  /// Why an entry is not about the payment that it names: anybody can write an id.
  private func objection(_ item: BankItem, _ payment: BankPayment) -> UnknownBankItem.Why? {
    let ordered = payment.amount
    if !payment.payerAccount.isEmpty, item.booking.account != payment.payerAccount {
      return .otherAccount(payment.paymentId)
    }
    let moved = item.moved(in: ordered.currency)
    if moved == nil, item.booking.amount.currency != ordered.currency {
      return .otherCurrency(payment.paymentId)
    }
    guard payment.canMove(on: item.booking.day) else { return .otherDay(payment.paymentId) }
    guard item.booking.direction == .credit else {
      let isOther =
        moved.map {
          $0.minorUnits < ordered.minorUnits / BankMatcher.leastPart
            || $0.minorUnits / BankMatcher.leastPart > ordered.minorUnits
        } ?? false
      return isOther ? .otherAmount(payment.paymentId) : nil
    }
    guard payment.isOrdered || payment.said.isBooked else { return .notOrdered(payment.paymentId) }
    let least = ordered.minorUnits - ordered.minorUnits / BankMatcher.chargesAtMost
    guard let moved, (least...ordered.minorUnits).contains(moved.minorUnits) else {
      return .otherAmount(payment.paymentId)
    }
    return nil
  }

  // MARK: By account

  /// Amount, account and day, where one entry fits one payment and no other does.
  private mutating func takeByAccount(_ items: [BankItem]) {
    var fitting: [Int: [Int]] = [:]
    var wanted: [Int: Int] = [:]
    let byAccount = Dictionary(grouping: payments.indices) { payments[$0].account }
    for (position, item) in items.enumerated() where !item.hasId {
      guard let detail = item.detail, !detail.otherAccount.isEmpty else { continue }
      let found = (byAccount[detail.otherAccount] ?? []).filter { fits(item, payments[$0]) }
      fitting[position] = found
      for index in found { wanted[index, default: 0] += 1 }
    }
    for (position, item) in items.enumerated() {
      if let found = fitting[position], found.count == 1, wanted[found[0]] == 1 {
        take(item, found[0], .account)
      } else {
        matching.unknown.append(UnknownBankItem(item: item, why: .noPayment))
      }
    }
  }

  private func fits(_ item: BankItem, _ payment: BankPayment) -> Bool {
    guard payment.isOrdered, item.moved(in: payment.amount.currency) == payment.amount else {
      return false
    }
    switch item.booking.direction {
    case .debit:
      return payment.said.state == .open && isNear(item.booking.day, payment)
    case .credit:
      let days = Int(item.booking.day.number - payment.executionDay.number)
      return item.booking.isReturn && !payment.said.isReturned
        && (-BankMatcher.daysBefore...BankMatcher.returnDays).contains(days)
    }
  }

  func isNear(_ day: Day, _ payment: BankPayment) -> Bool {
    let days = Int(day.number - payment.executionDay.number)
    return (-BankMatcher.daysBefore...BankMatcher.daysAfter).contains(days)
  }

  // MARK: One to one

  private func isFree(_ index: Int, _ direction: BankBooking.Direction) -> Bool {
    direction == .debit ? !payments[index].said.isBooked : !payments[index].said.isReturned
  }

  mutating func take(_ item: BankItem, _ index: Int, _ step: BankMatch.Step) {
    let payment = payments[index]
    let isDebit = item.booking.direction == .debit
    var match = BankMatch(
      kind: isDebit ? .booked : .returned, paymentId: payment.paymentId, step: step,
      place: item.detail?.place ?? item.booking.place)
    match.day = item.booking.day
    match.moved = step == .batch ? payment.amount : item.moved(in: payment.amount.currency)
    match.position = item.position
    match.number = item.number
    if !isDebit {
      match.reason = item.detail?.reason ?? ""
      match.information = item.detail?.information ?? ""
    }
    matching.matches.append(match)
    if isDebit {
      payments[index].said.isBooked = true
    } else {
      payments[index].said.isReturned = true
    }
  }
}
