package import Domain
package import ExactMoney

/// An amount that a bank has booked on an account of the payer, as a file of the bank tells it.
package struct BankBooking: Hashable, Sendable {
  package enum Direction: String, Hashable, Sendable {
    /// It left the account.
    case debit
    /// It came back, or from somebody else.
    case credit
  }

  /// What a booking of many payments at once says of them.
  package struct Batch: Hashable, Sendable {
    package var messageId = ""
    package var blockId = ""
    /// How many payments it has; nil where that is not said.
    package var count: Int?

    package init() {}
  }

  package var place: BankPlace
  /// The account of the payer: its IBAN, or what else names it.
  package var account: String
  package var direction: Direction
  /// In the currency of the account; above zero.
  package var amount: Money
  /// When it was booked.
  package var day: Day
  /// By which the bank knows it (`AcctSvcrRef`); empty where it gives none.
  package var reference = ""
  /// The bank says that it is a payment that came back.
  package var isReturn = false
  package var batch: Batch?
  /// What it is made of; empty where the bank tells only the sum.
  package var details: [BankDetail] = []

  package init(
    place: BankPlace, account: String, direction: Direction, amount: Money, day: Day
  ) {
    self.place = place
    self.account = account
    self.direction = direction
    self.amount = amount
    self.day = day
  }

  /// By what it is known again when another file tells of it, as a day statement does of what was
  /// advised before; without the number that tells equal ones of a file apart.
  ///
  /// The bank's own reference says it best, and, where it is about one payment, the id of that: one
  /// reference may stand for several bookings.
  package var identity: String {
    identity(endToEndId: details.count == 1 ? details[0].endToEndId : "")
  }

  /// The identity that it has where it is about one payment with an id, though it may not say so.
  package func identity(endToEndId id: String) -> String {
    [
      account, direction.rawValue, amount.currency.code, amount.text, day.text, reference, id,
    ].map { "\($0.utf8.count):\($0)" }.joined()
  }
}

/// One payment in a booking.
package struct BankDetail: Hashable, Sendable {
  package var place: BankPlace
  /// As on the account; nil where it is not said, or in another currency.
  package var amount: Money?
  /// What the payer asked the bank to pay, where that is said.
  package var instructed: Money?
  /// Empty where the bank has none: `NOTPROVIDED` is none.
  package var endToEndId = ""
  package var instructionId = ""
  package var uetr = ""
  /// The account of whoever is at the other end.
  package var otherAccount = ""
  package var otherName = ""
  /// Why it came back: a code of ISO 20022, or the bank's own.
  package var reason = ""
  /// What the bank adds to that.
  package var information = ""

  package init(place: BankPlace) {
    self.place = place
  }
}
