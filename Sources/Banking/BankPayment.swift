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
  /// By which files for banks in the United States know it; empty where it is in none.
  package var shortId = ""
  /// When the bank was to execute it.
  package var executionDay: Day
  /// When it was issued, since when somebody may have paid it by hand; nil where that is not known.
  package var issued: Day?
  /// Whether its payment file was written: before that no bank can have been sent it.
  package var isOrdered = true
  package var said: BankWord

  package init(
    paymentId: String, amount: Money, executionDay: Day, said: BankWord = BankWord()
  ) {
    self.paymentId = paymentId
    self.amount = amount
    self.executionDay = executionDay
    self.said = said
  }

  /// So many days before its execution a payment may have left at the earliest, and so many after it
  /// move at the latest: what is further away is a mistake of the file.
  private static let daysBefore: Int32 = 31
  private static let daysAfter: Int32 = 400

  /// Whether a bank can have moved it on a day.
  func canMove(on day: Day) -> Bool {
    let ordered = executionDay.number
    let first = min(ordered - BankPayment.daysBefore, issued?.number ?? ordered)
    return (first...ordered + BankPayment.daysAfter).contains(day.number)
  }
}

/// What banks have said of a payment, in whatever order it came.
package struct BankWord: Hashable, Sendable {
  package var isBooked = false
  package var isReturned = false
  package var isRejected = false
  /// It left the account more often than it came back and once.
  package var hasLeftAgain = false
  /// The codes by which the bank said that the order is settled; it shows that on the account later.
  package var settled: Set<String> = []

  package init() {}

  /// What that comes to.
  package var state: BankState {
    if isReturned { return hasLeftAgain ? .contradicted : .returned }
    if isRejected { return isBooked || !settled.isEmpty ? .contradicted : .rejected }
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
  /// It was rejected, and booked or settled all the same, or left twice and came back once: people have
  /// to find out what is true.
  case contradicted
}
