import Domain
import ExactMoney

/// Payments that one sum may be of.
struct BankBlock: Hashable {
  /// In their order.
  var members: [Int]
  /// Nil where they are not of one currency, or too large to add up.
  var amount: Money?

  func isSum(_ booking: BankBooking) -> Bool {
    amount == booking.amount && booking.batch?.count ?? members.count == members.count
  }
}

/// By what a sum is looked for: the same for all entries of an account and day that name the same.
struct BankBlockKey: Hashable {
  var account: String
  /// Empty where the bank names none.
  var blockId = ""
  var messageId = ""
  /// Where the bank names neither.
  var day: Day?
  /// Of payments that are booked, or of those that are not; nil of all.
  var isBooked: Bool?

  init(_ booking: BankBooking, isBooked: Bool?) {
    account = booking.account
    blockId = booking.batch?.blockId ?? ""
    messageId = booking.batch?.messageId ?? ""
    self.isBooked = isBooked
    if !hasIds { day = booking.day }
  }

  var hasIds: Bool { !blockId.isEmpty || !messageId.isEmpty }
}
