import Domain
import ExactMoney

// Entries of which only the sum is told.

extension BankMatcher {
  /// A sum of a whole block of a payment file, or of what is left of it.
  ///
  /// What came back though nobody told yet that it had left is in the sum: it has left.
  mutating func takeSum(_ item: BankItem) -> Bool {
    guard item.detail == nil, item.booking.direction == .debit else { return false }
    let isFitting = { (block: Set<Int>, matcher: BankMatcher) in matcher.isSum(item.booking, block)
    }
    let open = blocks(item.booking) { !$0.said.isBooked }.filter { isFitting($0, self) }
    if open.count == 1, let block = open.first {
      for index in block.sorted() { take(item, index, .batch) }
      return true
    }
    guard open.isEmpty else { return false }
    let told = blocks(item.booking) { $0.said.isBooked }.filter { isFitting($0, self) }
    guard told.count == 1, let block = told.first else { return false }
    let ids = block.map { payments[$0].paymentId }.sorted(by: precedesInBytes)
    matching.unknown.append(UnknownBankItem(item: item, why: .sumTwice(ids)))
    return true
  }

  /// The sets of payments that a sum may be of: without what was rejected, or with it.
  private func blocks(_ booking: BankBooking, _ isCandidate: (BankPayment) -> Bool) -> Set<Set<Int>>
  {
    let batch = booking.batch ?? BankBooking.Batch()
    let hasIds = !batch.blockId.isEmpty || !batch.messageId.isEmpty
    let own = batch.blockId.isEmpty ? byMessage[batch.messageId] : byBlock[batch.blockId]
    // Ids of somebody else are those of no payment of ours, however well the sum fits; only that of
    // the file may be known where that of the block is not.
    let all = hasIds ? own ?? byMessage[batch.messageId] ?? [] : blocksNear(booking)
    let named = all.filter {
      payments[$0].payerAccount == booking.account && isCandidate(payments[$0])
    }
    var sets: Set<Set<Int>> = []
    for block in Dictionary(grouping: named, by: { payments[$0].blockId }).values {
      sets.insert(Set(block))
      sets.insert(Set(block.filter { !payments[$0].said.isRejected }))
    }
    if hasIds, batch.blockId.isEmpty { sets.insert(Set(named)) }
    // What is one payment and names nothing has to name its account.
    return sets.filter { hasIds ? !$0.isEmpty : $0.count > 1 }
  }

  /// The payments of blocks that were to be executed near the day of a booking: those of a block on
  /// one day.
  private func blocksNear(_ booking: BankBooking) -> [Int] {
    byBlock.values.filter { block in
      block.first.map { isNear(booking, payments[$0]) } ?? false
    }.flatMap { $0 }
  }

  private func isSum(_ booking: BankBooking, _ block: Set<Int>) -> Bool {
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
}
