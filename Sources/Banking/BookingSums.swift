import Domain
import ExactMoney

/// Compares what a booking says of itself: what it does not agree on cannot be relied on.
struct BookingSums {
  private let booking: BankBooking
  private let file: String

  init(_ booking: BankBooking, _ file: String) {
    self.booking = booking
    self.file = file
  }

  /// - Parameter batchTotal: The sum that the bank gives of the payments, charges left out.
  /// - Throws: ``BankRefusal``.
  func check(batchTotal: Money?) throws(BankRefusal) {
    let details = booking.details
    if let count = booking.batch?.count, !details.isEmpty, count != details.count {
      throw disagree("says that it has \(count) payments, and lists \(details.count)")
    }
    let amounts = details.compactMap(\.amount)
    guard details.count > 1, amounts.count == details.count else { return }
    var sum = Money.zero(booking.amount.currency)
    for amount in amounts {
      do throws(MoneyError) {
        sum = try sum.plus(amount)
      } catch {
        throw disagree("has amounts that are too large to add up")
      }
    }
    guard sum == booking.amount || sum == batchTotal else {
      throw disagree("is of \(booking.amount.text), and its payments are \(sum.text) together")
    }
  }

  private func disagree(_ what: String) -> BankRefusal {
    BankRefusal(.B623, file, booking.place, "an entry \(what)")
  }
}
