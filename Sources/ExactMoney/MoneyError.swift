/// What can go wrong in exact arithmetic.
@usableFromInline
package enum MoneyError: Error, Hashable, Sendable {
  /// The result does not fit in 128 bits.
  case overflow
  /// A division by zero was asked for.
  case divisionByZero
}
