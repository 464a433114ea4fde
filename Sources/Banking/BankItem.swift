import Domain
package import ExactMoney

/// A payment in a booking of the bank, or a booking of which only the sum is known.
package struct BankItem: Hashable, Sendable {
  /// The place of its booking among those that are matched.
  package var position: Int
  package var booking: BankBooking
  /// Nil where the booking has no details.
  package var detail: BankDetail?
  /// Which detail it is.
  package var number: Int

  package init(position: Int, booking: BankBooking, detail: BankDetail?, number: Int) {
    self.position = position
    self.booking = booking
    self.detail = detail
    self.number = number
  }

  /// The items of a booking.
  package static func items(of booking: BankBooking, at position: Int) -> [BankItem] {
    guard !booking.details.isEmpty else {
      return [BankItem(position: position, booking: booking, detail: nil, number: 0)]
    }
    return booking.details.enumerated().map { number, detail in
      BankItem(position: position, booking: booking, detail: detail, number: number)
    }
  }

  /// What moved on the account for it, in that currency; nil where nobody can tell.
  ///
  /// The amount of an entry has the charges that its only payment lacks.
  package var moved: Money? {
    booking.details.count <= 1 ? booking.amount : detail?.amount
  }

  /// What moved in a currency; nil where nobody can tell.
  package func moved(in currency: Currency) -> Money? {
    if let moved, moved.currency == currency { return moved }
    return [detail?.instructed, detail?.amount].compactMap { $0 }.first { $0.currency == currency }
  }

  package var hasId: Bool {
    detail.map { !$0.endToEndId.isEmpty || !$0.instructionId.isEmpty } ?? false
  }

  /// An order that does not depend on the order of entries or files.
  static func precedes(_ left: BankItem, _ right: BankItem) -> Bool {
    if left.booking.day != right.booking.day { return left.booking.day < right.booking.day }
    let (one, other) = (left.key, right.key)
    return one == other ? left.number < right.number : precedesInBytes(one, other)
  }

  private var key: String {
    guard let detail else { return booking.identity }
    return [
      booking.identity, detail.endToEndId, detail.instructionId, detail.otherAccount,
      detail.amount?.text ?? "", detail.reason, detail.information,
    ].joined(separator: "\u{0}")
  }
}
