package import ExactMoney

/// A balance that cannot be calculated.
package struct CalculationFault: Error, Sendable {
  package let partner: Int
  package let program: Int
  package let cause: MoneyError
}
