package import Domain
package import ExactMoney

/// A payment of which banks may tell: by what they know it, and what they have said so far.
package struct BankPayment: Hashable, Sendable {
  package var paymentId: String
  package var amount: Money
  /// The account it goes to, without blanks, in capitals; empty where that is not known.
  package var account = ""
  /// The account of the payer that it leaves.
  package var payerAccount = ""
  /// Of the payment file that orders it, and of its part of that; empty where no file does.
  package var messageId = ""
  package var blockId = ""
  /// When the bank was to execute it.
  package var executionDay: Day
  package var said: BankWord

  package init(
    paymentId: String, amount: Money, executionDay: Day, said: BankWord = BankWord()
  ) {
    self.paymentId = paymentId
    self.amount = amount
    self.executionDay = executionDay
    self.said = said
  }
}

/// What banks have said of a payment, in whatever order it came.
package struct BankWord: Hashable, Sendable {
  package var isBooked = false
  package var isReturned = false
  package var isRejected = false

  package init() {}

  /// What that comes to.
  package var state: BankState {
    if isReturned { return .returned }
    if isRejected { return isBooked ? .contradicted : .rejected }
    return isBooked ? .booked : .open
  }
}

/// Where a payment stands at the bank.
package enum BankState: String, CaseIterable, Hashable, Sendable {
  /// Nothing was said of it yet.
  case open
  case booked
  /// It came back, so that it is the partner's again.
  case returned
  /// It was never made.
  case rejected
  /// It was rejected and booked all the same: people have to find out what is true.
  case contradicted
}
