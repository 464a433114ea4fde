package import Domain
package import ExactMoney

/// One balance in one closed period, from its opening to its closing, as in the register.
///
/// All amounts are of one currency, that of the balance. What must hold:
/// opening + earned + adjustments − gross = closing, coopOpening + coop = coopClosing, and
/// gross + salesTax − withheldTax = totalPayment.
package struct LedgerSettlement: Hashable, Sendable {
  package var balance: LedgerBalanceName
  package var opening: Money
  package var earned: Money
  /// All adjustments, those of a changed currency and of returned payments included.
  package var adjustments: Money
  /// The part of `adjustments` by which the balance moved to or from another currency.
  package var currencyChange: Money
  package var gross: Money
  package var salesTax: Money
  package var withheldTax: Money
  package var totalPayment: Money
  package var closing: Money
  package var coopOpening: Money
  /// All movements of the co-op balance, that of a changed currency included.
  package var coop: Money
  /// The part of `coop` by which the co-op balance moved to or from another currency.
  package var coopCurrencyChange: Money
  package var coopClosing: Money
  /// The payment issued, if `totalPayment` is not zero.
  package var payment: Payment?
  /// The payments that came back into the balance; their gross is part of `adjustments`.
  package var returns: [LedgerReturn] = []
  package var paymentMethod: PaymentMethod?
  package var holds: HoldReasons = []

  /// By what a payment is known.
  package struct Payment: Hashable, Sendable {
    package var paymentId: String
    /// 1, and one more each time the bank returned it.
    package var attempt: Int

    package init(paymentId: String, attempt: Int = 1) {
      self.paymentId = paymentId
      self.attempt = attempt
    }
  }

  /// A settlement in which nothing happened: it closes as it opened.
  package init(
    participantId: String, program: String, currency: Currency, opening: Opening? = nil
  ) {
    balance = LedgerBalanceName(
      participantId: participantId, program: program, currency: currency)
    let zero = Money.zero(currency)
    self.opening = opening?.balance ?? zero
    earned = zero
    adjustments = zero
    currencyChange = zero
    gross = zero
    salesTax = zero
    withheldTax = zero
    totalPayment = zero
    closing = self.opening
    coopOpening = opening?.coop ?? zero
    coop = zero
    coopCurrencyChange = zero
    coopClosing = coopOpening
  }

  /// The amounts in the order of the columns of the ledger.
  var amounts: [Money] {
    [
      opening, earned, adjustments, currencyChange, gross, salesTax, withheldTax, totalPayment,
      closing, coopOpening, coop, coopCurrencyChange, coopClosing,
    ]
  }
}

extension LedgerSettlement {
  /// What does not hold among the amounts, as an equation that should; nil if all is well.
  var brokenEquation: String? {
    let equations: [(String, added: [Money], taken: [Money], result: Money)] = [
      (
        "opening + earned + adjustments - gross = closing",
        [opening, earned, adjustments], [gross], closing
      ),
      ("coopOpening + coop = coopClosing", [coopOpening, coop], [], coopClosing),
      (
        "gross + salesTax - withheldTax = totalPayment",
        [gross, salesTax], [withheldTax], totalPayment
      ),
    ]
    for equation in equations
    where LedgerSettlement.sum(equation.added, minus: equation.taken) != equation.result.minorUnits
    {
      return equation.0
    }
    if gross.isNegative || salesTax.isNegative || withheldTax.isNegative {
      return "gross, salesTax, withheldTax >= 0"
    }
    if totalPayment.isNegative { return "totalPayment >= 0" }
    return (payment == nil) == totalPayment.isZero ? nil : "paymentId only for a payment"
  }

  /// The sum in minor units, or nil if it does not fit.
  private static func sum(_ added: [Money], minus taken: [Money]) -> Int128? {
    var sum: Int128 = 0
    for term in added.map(\.minorUnits) + taken.map(\.negated.minorUnits) {
      let (next, overflow) = sum.addingReportingOverflow(term)
      guard !overflow else { return nil }
      sum = next
    }
    return sum
  }
}
