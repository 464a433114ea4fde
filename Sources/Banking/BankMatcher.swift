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

  private var payments: [BankPayment]
  private var byId: [String: Int] = [:]
  private var matching = BankMatching()

  /// - Parameter payments: Each with its own paymentId.
  package init(_ payments: [BankPayment]) {
    self.payments = payments
    for (index, payment) in payments.enumerated() {
      byId[BankMatcher.key(payment.paymentId)] = index
    }
  }

  /// Matches; `bookings` were not matched before.
  package consuming func match(
    bookings: [BankBooking], statuses: [BankStatus]
  ) -> BankMatching {
    for (number, status) in statuses.enumerated() where status.isRejection {
      reject(status, number)
    }
    var items = bookings.enumerated().flatMap { BankItem.items(of: $1, at: $0) }
    items.sort(by: BankItem.precedes)
    items = items.filter { !takeById($0, .endToEndId, $0.detail?.endToEndId ?? "") }
    items = items.filter { !takeById($0, .instructionId, $0.detail?.instructionId ?? "") }
    items = items.filter { !takeBatch($0) }
    takeByAccount(items)
    matching.matches.sort { left, right in
      left.paymentId == right.paymentId
        ? left.kind.rawValue < right.kind.rawValue
        : precedesInBytes(left.paymentId, right.paymentId)
    }
    matching.unknown.sort { BankItem.precedes($0.item, $1.item) }
    return matching
  }

  /// Ids come back in other cases and with blanks.
  private static func key(_ id: String) -> String { id.trimmed.uppercased() }

  // MARK: Rejections

  private mutating func reject(_ status: BankStatus, _ number: Int) {
    let (found, step) = payments(status)
    if found.isEmpty { matching.unknownStatuses.append(status) }
    for index in found where !payments[index].said.isRejected {
      payments[index].said.isRejected = true
      var match = BankMatch(
        kind: .rejected, paymentId: payments[index].paymentId, step: step, place: status.place)
      match.reason = status.reason
      match.information = status.information
      match.status = number
      matching.matches.append(match)
    }
  }

  /// The payments of which a status is.
  private func payments(_ status: BankStatus) -> ([Int], BankMatch.Step) {
    switch status.level {
    case .payment:
      let (own, instruction) = (
        byId[BankMatcher.key(status.endToEndId)], byId[BankMatcher.key(status.instructionId)]
      )
      if let own { return ([own], .endToEndId) }
      return (instruction.map { [$0] } ?? [], .instructionId)
    case .block:
      let found = payments.indices.filter {
        !status.blockId.isEmpty && payments[$0].blockId == status.blockId
      }
      return (found, .batch)
    case .message:
      let found = payments.indices.filter {
        !status.messageId.isEmpty && payments[$0].messageId == status.messageId
      }
      return (found, .batch)
    }
  }

  // MARK: Ways

  /// - Returns: Whether nothing more is to be tried.
  private mutating func takeById(_ item: BankItem, _ step: BankMatch.Step, _ id: String) -> Bool {
    guard !id.isEmpty, let index = byId[BankMatcher.key(id)] else { return false }
    if let why = objection(item, payments[index]) {
      matching.unknown.append(UnknownBankItem(item: item, why: why))
    } else if isFree(index, item.booking.direction) {
      take(item, index, step)
    } else {
      matching.unknown.append(
        UnknownBankItem(item: item, why: .twice(payments[index].paymentId)))
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
    guard item.booking.direction == .credit else { return nil }
    let least = ordered.minorUnits - ordered.minorUnits / BankMatcher.chargesAtMost
    guard let moved, (least...ordered.minorUnits).contains(moved.minorUnits) else {
      return .otherAmount(payment.paymentId)
    }
    return nil
  }

  /// A sum of a whole block of a payment file, or of what is left of it.
  private mutating func takeBatch(_ item: BankItem) -> Bool {
    guard item.detail == nil, item.booking.direction == .debit else { return false }
    let open = payments.indices.filter {
      !payments[$0].said.isBooked && !payments[$0].said.isReturned
    }
    let blocks = candidates(item.booking, open)
    let fitting = blocks.filter { isSum(item.booking, of: $0) }
    guard fitting.count == 1, let block = fitting.first else { return false }
    for index in block { take(item, index, .batch) }
    return true
  }

  /// The sets of payments that a sum may be of: without what was rejected, or with it.
  private func candidates(_ booking: BankBooking, _ open: [Int]) -> Set<Set<Int>> {
    let batch = booking.batch ?? BankBooking.Batch()
    let own = open.filter { payments[$0].payerAccount == booking.account }
    let known = own.contains {
      !batch.blockId.isEmpty && payments[$0].blockId == batch.blockId
        || !batch.messageId.isEmpty && payments[$0].messageId == batch.messageId
    }
    // Ids of somebody else are those of no payment of ours, however well the sum fits.
    guard known || batch.blockId.isEmpty && batch.messageId.isEmpty else { return [] }
    let named = own.filter { index in
      let payment = payments[index]
      guard known else { return !payment.blockId.isEmpty && isNear(booking, payment) }
      return batch.blockId.isEmpty
        ? payment.messageId == batch.messageId : payment.blockId == batch.blockId
    }
    var sets: Set<Set<Int>> = []
    for block in Dictionary(grouping: named, by: { payments[$0].blockId }).values {
      sets.insert(Set(block))
      sets.insert(Set(block.filter { !payments[$0].said.isRejected }))
    }
    if known, batch.blockId.isEmpty { sets.insert(Set(named)) }
    // What is one payment and names nothing has to name its account.
    return sets.filter { known ? !$0.isEmpty : $0.count > 1 }
  }

  private func isNear(_ booking: BankBooking, _ payment: BankPayment) -> Bool {
    let days = Int(booking.day.number - payment.executionDay.number)
    return (-BankMatcher.daysBefore...BankMatcher.daysAfter).contains(days)
  }

  private func isSum(_ booking: BankBooking, of block: Set<Int>) -> Bool {
    if let count = booking.batch?.count, count != block.count { return false }
    var sum: Int128 = 0
    for index in block {
      let amount = payments[index].amount
      let (next, overflow) = sum.addingReportingOverflow(amount.minorUnits)
      guard amount.currency == booking.amount.currency, !overflow else { return false }
      sum = next
    }
    return sum == booking.amount.minorUnits
  }

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
    guard item.moved(in: payment.amount.currency) == payment.amount else { return false }
    switch item.booking.direction {
    case .debit:
      return payment.said.state == .open && isNear(item.booking, payment)
    case .credit:
      let days = Int(item.booking.day.number - payment.executionDay.number)
      return item.booking.isReturn && !payment.said.isReturned
        && (-BankMatcher.daysBefore...BankMatcher.returnDays).contains(days)
    }
  }

  // MARK: One to one

  private func isFree(_ index: Int, _ direction: BankBooking.Direction) -> Bool {
    direction == .debit ? !payments[index].said.isBooked : !payments[index].said.isReturned
  }

  private mutating func take(_ item: BankItem, _ index: Int, _ step: BankMatch.Step) {
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
