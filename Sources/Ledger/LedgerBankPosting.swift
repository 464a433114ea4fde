import ExactMoney

/// What an event of a payment moves: between what was issued and the accounts of the payer.
struct LedgerBankPosting: Hashable {
  var cause: String
  var debit: String
  var credit: String
  /// In minor units, above 0.
  var amount: Int128

  /// All that an event moves; a rejection moves nothing, as nothing has left.
  ///
  /// - Parameter amount: What was ordered. It is what the payment moves; what the bank moved more or
  ///   less than that is a difference.
  static func all(_ event: LedgerPaymentEvent, _ amount: Money) -> [LedgerBankPosting] {
    let leaves: Bool
    switch event.kind {
    case .booked: leaves = true
    case .returned: leaves = false
    case .rejected: return []
    }
    var postings = [
      LedgerBankPosting(
        cause: leaves ? "booked" : "returned", debit: leaves ? "payment" : "bank",
        credit: leaves ? "bank" : "payment", amount: amount.minorUnits)
    ]
    guard let moved = event.moved, moved != amount else { return postings }
    let (more, overflow) = moved.minorUnits.subtractingReportingOverflow(amount.minorUnits)
    guard !overflow else { return postings }
    let fromBank = (more > 0) == leaves
    postings.append(
      LedgerBankPosting(
        cause: "difference", debit: fromBank ? "bankDifference" : "bank",
        credit: fromBank ? "bank" : "bankDifference", amount: more < 0 ? -more : more))
    return postings
  }
}
