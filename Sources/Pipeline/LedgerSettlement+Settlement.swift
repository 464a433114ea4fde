import Domain
import ExactMoney
import Ledger

extension LedgerSettlement {
  /// A settlement as the ledger posts it.
  init(_ settlement: Settlement, participantId: String, program: String) {
    self.init(participantId: participantId, program: program, currency: settlement.currency)
    opening = settlement.opening
    earned = settlement.earned
    adjustments = settlement.adjustments
    for line in settlement.adjustmentLines where line.isCurrencyChange {
      // The sum of all adjustments was checked, so that of a part fits too.
      currencyChange = (try? currencyChange.plus(line.amount)) ?? currencyChange
    }
    gross = settlement.gross
    salesTax = settlement.salesTax
    withheldTax = settlement.withheldTax
    totalPayment = settlement.totalPayment
    closing = settlement.closing
    coopOpening = settlement.coopOpening
    coop = settlement.coop
    coopCurrencyChange = settlement.coopMoved
    coopClosing = settlement.coopClosing
    if !settlement.paymentId.isEmpty { payment = Payment(paymentId: settlement.paymentId) }
    paymentMethod = settlement.paymentMethod
    holds = settlement.holds
  }
}
