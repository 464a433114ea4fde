import Domain
import ExactMoney

// Entries of which only the sum is told.

extension BankMatcher {
  /// A sum of a whole block of a payment file, or of what is left of it.
  ///
  /// What came back though nobody told yet that it had left is in the sum: it has left.
  mutating func takeSum(_ item: BankItem) -> Bool {
    guard item.detail == nil, item.booking.direction == .debit else { return false }
    let open = blocks(BankBlockKey(item.booking, isBooked: false)).filter {
      $0.isSum(item.booking)
    }
    if open.count == 1, let block = open.first {
      for index in block.members { take(item, index, .batch) }
      // What is left of all blocks is another sum now.
      blocks.removeAll()
      return true
    }
    guard open.isEmpty else { return false }
    let told = blocks(BankBlockKey(item.booking, isBooked: true)).filter {
      $0.isSum(item.booking)
    }
    guard told.count == 1, let block = told.first else { return takeRest(item) }
    let ids = block.members.map { payments[$0].paymentId }.sorted(by: precedesInBytes)
    matching.unknown.append(UnknownBankItem(item: item, why: .sumTwice(ids)))
    return true
  }

  /// A sum of all of a block that the bank names, of which some were told of one by one: the others are
  /// in it.
  private mutating func takeRest(_ item: BankItem) -> Bool {
    let key = BankBlockKey(item.booking, isBooked: nil)
    let all = key.hasIds ? blocks(key).filter { $0.isSum(item.booking) } : []
    guard all.count == 1, let block = all.first else { return false }
    let told = block.members.filter { payments[$0].said.isBooked }
    for index in block.members where !told.contains(index) { take(item, index, .batch) }
    let ids = told.map { payments[$0].paymentId }.sorted(by: precedesInBytes)
    matching.partlyTold.append(UnknownBankItem(item: item, why: .partlyTwice(ids)))
    blocks.removeAll()
    return true
  }

  /// What a sum may be of. Accounts have many entries that are none of ours, so that it is worked out
  /// once for all that ask the same.
  private mutating func blocks(_ key: BankBlockKey) -> Set<BankBlock> {
    if let known = blocks[key] { return known }
    let found = Set(sets(key).map { BankBlock(members: $0.sorted(), amount: sum($0)) })
    blocks[key] = found
    return found
  }

  /// The sets of payments that a sum may be of: without what was rejected, or with it.
  private func sets(_ key: BankBlockKey) -> Set<Set<Int>> {
    let own = key.blockId.isEmpty ? byMessage[key.messageId] : byBlock[key.blockId]
    // Ids of somebody else are those of no payment of ours, however well the sum fits; only that of
    // the file may be known where that of the block is not.
    let all = key.day.map { blocksNear($0) } ?? own ?? byMessage[key.messageId] ?? []
    let named = all.filter {
      payments[$0].payerAccount == key.account
        && payments[$0].said.isBooked == key.isBooked ?? payments[$0].said.isBooked
    }
    var sets: Set<Set<Int>> = []
    for block in Dictionary(grouping: named, by: { payments[$0].blockId }).values {
      sets.insert(Set(block))
      sets.insert(Set(block.filter { !payments[$0].said.isRejected }))
    }
    if key.hasIds, key.blockId.isEmpty { sets.insert(Set(named)) }
    // What is one payment and names nothing has to name its account.
    return sets.filter { key.hasIds ? !$0.isEmpty : $0.count > 1 }
  }

  /// The payments of blocks that were to be executed near a day: those of a block on one day.
  private func blocksNear(_ day: Day) -> [Int] {
    byBlock.values.filter { block in
      block.first.map { isNear(day, payments[$0]) } ?? false
    }.flatMap { $0 }
  }

  private func sum(_ block: Set<Int>) -> Money? {
    var sum: Money?
    for index in block {
      let amount = payments[index].amount
      guard let before = sum else {
        sum = amount
        continue
      }
      guard before.currency == amount.currency, let next = try? before.plus(amount) else {
        return nil
      }
      sum = next
    }
    return sum
  }
}
