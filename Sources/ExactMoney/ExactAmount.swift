/// An exact quantity of money of some currency, in picos (10⁻¹² of the major unit).
///
/// Feeds bring at most 18 digits before the point and 12 after it, so every amount of a feed is
/// exact, and 10⁸ of the largest add up before 128 bits are full. Whatever is rounded goes through
/// ``times(_:decimals:_:)``, ``times(_:dividedBy:decimals:_:)`` or ``rounded(decimals:_:)``.
@usableFromInline
package struct ExactAmount: Hashable, Comparable, Sendable {
  /// How many decimals a pico stands for.
  package static let scale = 12
  @inlinable package static var zero: ExactAmount { ExactAmount(picos: 0) }

  /// The quantity in picos; negative for what is taken back.
  @usableFromInline package let picos: Int128

  @inlinable
  package init(picos: Int128) {
    self.picos = picos
  }

  /// A whole number of `10⁻ᵈ` units.
  ///
  /// - Precondition: `decimals` is 0 to 12.
  /// - Throws: ``MoneyError/overflow``.
  package init(units: Int128, decimals: Int) throws(MoneyError) {
    let factor = Rounding.powerOfTen(ExactAmount.scale - decimals)
    let (picos, overflow) = units.multipliedReportingOverflow(by: factor)
    guard !overflow else { throw .overflow }
    self.picos = picos
  }

  @inlinable
  package static func < (left: ExactAmount, right: ExactAmount) -> Bool {
    left.picos < right.picos
  }

  @inlinable package var isNegative: Bool { picos < 0 }
  @inlinable package var isZero: Bool { picos == 0 }
  @inlinable package var negated: ExactAmount { ExactAmount(picos: -picos) }
  @inlinable package var magnitude: ExactAmount { picos < 0 ? negated : self }

  /// The sum of two amounts of one currency.
  ///
  /// - Throws: ``MoneyError/overflow``.
  @inlinable
  package func plus(_ other: ExactAmount) throws(MoneyError) -> ExactAmount {
    let (sum, overflow) = picos.addingReportingOverflow(other.picos)
    // The smallest value has no negative, so it is kept out of reach.
    guard !overflow, sum != Int128.min else { throw .overflow }
    return ExactAmount(picos: sum)
  }

  /// The difference of two amounts of one currency.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package func minus(_ other: ExactAmount) throws(MoneyError) -> ExactAmount {
    try plus(other.negated)
  }

  /// This amount rounded to `decimals` (0 to 12) decimals.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package func rounded(decimals: Int, _ mode: RoundingMode) throws(MoneyError) -> ExactAmount {
    let divisor = Rounding.powerOfTen(ExactAmount.scale - decimals)
    let units = try Rounding.quotient(picos, divisor, mode)
    return try ExactAmount(units: units, decimals: decimals)
  }

  /// This amount times a rate, rounded once, from the exact product, to `decimals` (0 to 12).
  ///
  /// - Throws: ``MoneyError/overflow``.
  package func times(
    _ rate: ExactRate, decimals: Int, _ mode: RoundingMode
  ) throws(MoneyError) -> ExactAmount {
    let divisor = Rounding.powerOfTen(ExactAmount.scale + ExactRate.scale - decimals)
    let units = try Rounding.productQuotient(picos, rate.parts, divisor, mode)
    return try ExactAmount(units: units, decimals: decimals)
  }

  /// `self × factor ÷ divisor`, rounded once, from the exact value, to `decimals` (0 to 12).
  ///
  /// - Throws: ``MoneyError/overflow``; ``MoneyError/divisionByZero``.
  package func times(
    _ factor: ExactAmount, dividedBy divisor: ExactAmount, decimals: Int, _ mode: RoundingMode
  ) throws(MoneyError) -> ExactAmount {
    let unit = Rounding.powerOfTen(ExactAmount.scale - decimals)
    let (denominator, overflow) = divisor.picos.multipliedReportingOverflow(by: unit)
    guard !overflow else { throw .overflow }
    let units = try Rounding.productQuotient(picos, factor.picos, denominator, mode)
    return try ExactAmount(units: units, decimals: decimals)
  }
}
