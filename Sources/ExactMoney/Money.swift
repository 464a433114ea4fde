/// An amount that can be paid: whole minor units of one currency.
///
/// The only ways from an ``ExactAmount`` to money round once
/// (``init(rounding:currency:_:)``, ``init(converting:at:to:_:)``).
package struct Money: Hashable, Sendable {
  /// Whole minor units of the currency: cents of USD, won of KRW, fils of KWD.
  package let minorUnits: Int128
  package let currency: Currency

  package init(minorUnits: Int128, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  package static func zero(_ currency: Currency) -> Money {
    Money(minorUnits: 0, currency: currency)
  }

  /// `amount`, rounded once to the minor unit of `currency`.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package init(
    rounding amount: ExactAmount, currency: Currency, _ mode: RoundingMode
  ) throws(MoneyError) {
    try self.init(converting: amount, at: .one, to: currency, mode)
  }

  /// `amount × rate`, rounded once, from the exact product, to the minor unit of `currency`.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package init(
    converting amount: ExactAmount, at rate: ExactRate, to currency: Currency,
    _ mode: RoundingMode
  ) throws(MoneyError) {
    let decimals = ExactAmount.scale + ExactRate.scale - currency.minorDigits
    minorUnits = try Rounding.productQuotient(
      amount.picos, rate.parts, Rounding.powerOfTen(decimals), mode)
    self.currency = currency
  }

  /// The same value as an exact amount.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package func exact() throws(MoneyError) -> ExactAmount {
    try ExactAmount(units: minorUnits, decimals: currency.minorDigits)
  }

  /// `self × rate`, rounded once to the minor unit.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package func times(_ rate: ExactRate, _ mode: RoundingMode) throws(MoneyError) -> Money {
    try Money(converting: exact(), at: rate, to: currency, mode)
  }

  package var isZero: Bool { minorUnits == 0 }
  package var isNegative: Bool { minorUnits < 0 }
  package var negated: Money { Money(minorUnits: -minorUnits, currency: currency) }

  /// The sum of two amounts of one currency.
  ///
  /// - Precondition: both are of the same currency.
  /// - Throws: ``MoneyError/overflow``.
  package func plus(_ other: Money) throws(MoneyError) -> Money {
    precondition(currency == other.currency, "amounts of two currencies cannot be added")
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    guard !overflow, sum != Int128.min else { throw .overflow }
    return Money(minorUnits: sum, currency: currency)
  }

  /// The difference of two amounts of one currency.
  ///
  /// - Precondition: both are of the same currency.
  /// - Throws: ``MoneyError/overflow``.
  package func minus(_ other: Money) throws(MoneyError) -> Money {
    try plus(other.negated)
  }
}

extension ExactAmount {
  /// This amount as whole minor units of `currency`, or nil if it has a smaller part.
  package func exactMoney(_ currency: Currency) -> Money? {
    let unit = Rounding.powerOfTen(ExactAmount.scale - currency.minorDigits)
    let (minorUnits, rest) = picos.quotientAndRemainder(dividingBy: unit)
    return rest == 0 ? Money(minorUnits: minorUnits, currency: currency) : nil
  }
}
