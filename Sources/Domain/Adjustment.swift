package import ExactMoney

/// A manual adjustment of a partner's balance in one program.
package struct Adjustment: Hashable, Sendable {
  /// The reason code of the adjustments that move a balance into another currency.
  package static let currencyChange = "currencyChange"
  /// The reason code of the lines by which a payment that came back is a partner's again; the
  /// bank's own code stands behind it.
  package static let paymentReturned = "paymentReturned"

  package var adjustmentId: String
  /// Index in ``Registry/partners``.
  package var partner: Int
  /// Index in ``Plans``.
  package var program: Int
  package var amount: ExactAmount
  package var currency: Currency
  package var appliesTo: Period
  package var reasonCode: String
  package var note: String
  package var approvedBy: String
  /// Nobody's adjustment: a payment that the bank gave back or has not made, by its paymentId.
  package var isReturn = false

  package init(
    adjustmentId: String, partner: Int, program: Int, amount: ExactAmount, currency: Currency,
    appliesTo: Period, reasonCode: String, note: String = "", approvedBy: String = ""
  ) {
    self.adjustmentId = adjustmentId
    self.partner = partner
    self.program = program
    self.amount = amount
    self.currency = currency
    self.appliesTo = appliesTo
    self.reasonCode = reasonCode
    self.note = note
    self.approvedBy = approvedBy
  }
}
