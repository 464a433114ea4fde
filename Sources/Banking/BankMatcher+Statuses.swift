import Domain

// What banks say of orders: that they will not be paid, or are settled.

extension BankMatcher {
  /// Takes statuses; in which order they come does not matter.
  mutating func takeStatuses(_ statuses: [BankStatus]) {
    let single = Set(
      statuses.filter { $0.level == .payment }.flatMap { payments(of: $0).indices })
    for (number, status) in statuses.enumerated() {
      if status.isRejection {
        reject(status, number)
      } else if status.isSettlement {
        settle(status, number, single)
      }
    }
  }

  private mutating func reject(_ status: BankStatus, _ number: Int) {
    let (found, step) = payments(of: status)
    if found.isEmpty { matching.unknownStatuses.append(status) }
    for index in found where !payments[index].said.isRejected && isOrdered(index, status) {
      payments[index].said.isRejected = true
      var match = BankMatch(
        kind: .rejected, paymentId: payments[index].paymentId, step: step, place: status.place)
      match.reason = status.reason
      match.information = status.information
      match.status = number
      matching.matches.append(match)
    }
  }

  /// - Parameter single: The payments of which there are statuses of their own: what is said of the
  ///   whole file is not said of these.
  private mutating func settle(_ status: BankStatus, _ number: Int, _ single: Set<Int>) {
    let (found, step) = payments(of: status)
    for index in found where status.level == .payment || !single.contains(index) {
      guard !payments[index].said.settled.contains(status.code), isOrdered(index, status) else {
        continue
      }
      payments[index].said.settled.insert(status.code)
      matching.settled.append(
        BankSettlement(
          paymentId: payments[index].paymentId, code: status.code, step: step, status: number,
          place: status.place))
    }
  }

  /// Whether the bank can have been sent the payment; says so if not.
  private mutating func isOrdered(_ index: Int, _ status: BankStatus) -> Bool {
    if payments[index].isOrdered { return true }
    matching.unordered.append(
      UnorderedStatus(paymentId: payments[index].paymentId, status: status))
    return false
  }

  /// The payments of which a status is.
  private func payments(of status: BankStatus) -> (indices: [Int], step: BankMatch.Step) {
    switch status.level {
    case .payment:
      if let own = index(of: status.endToEndId) { return ([own], .endToEndId) }
      return (index(of: status.instructionId).map { [$0] } ?? [], .instructionId)
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
}
