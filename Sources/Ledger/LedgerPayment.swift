package import Domain
package import ExactMoney

/// A payment that was issued.
package struct LedgerPayment: Hashable, Sendable {
  package var paymentId: String
  package var period: Period
  package var balance: LedgerBalanceName
  /// 1, and one more each time the bank returned it.
  package var attempt: Int
  package var paymentMethod: PaymentMethod?
  package var amount: Money

  package init(
    paymentId: String, period: Period, balance: LedgerBalanceName, attempt: Int,
    paymentMethod: PaymentMethod?, amount: Money
  ) {
    self.paymentId = paymentId
    self.period = period
    self.balance = balance
    self.attempt = attempt
    self.paymentMethod = paymentMethod
    self.amount = amount
  }
}
