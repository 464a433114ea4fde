/// A text on statements that a workspace may change, by the name it has in `payout.yaml`.
///
/// To add one, add a case here and its text in each language; a test finds what is missing.
package enum StatementWord: Int, CaseIterable, Hashable, Sendable {
  // The head.
  case title
  case period
  case asOf
  case partnerId
  case taxIdEnding
  case draft

  // Payments.
  case payments
  case paymentsInAll
  case program
  case status
  case how
  case paymentDate
  case expectedDate
  case openDate
  case paymentId
  case amount
  case upcoming
  case inProgress
  case sent
  case reversed
  case refusedByBank
  case onHold
  case nothingDue
  case bankTransfer
  case bankTransferTo
  case creditNote

  // From opening to closing.
  case bridge
  case item
  case opening
  case earnings
  case coop
  case adjustments
  case gross
  case closing
  case chart
  case coopBalance
  case coopAccrued
  case coopMoved

  // Taxes.
  case taxes
  case base
  case rate
  case salesTax
  case withheldTax
  case grossAmount
  case payment

  // Earnings.
  case earningsByLever
  case lever
  case month
  case earned
  case exchangeRate
  case isCoop
  case appliedRate
  case appliedGiven
  case appliedGraduated
  case appliedSlab
  case tierRange
  case tierAbove
  case tierBasis
  case tierNotReached
  case capped
  case waiting
  case rebate
  case coopType
  case fee
  case sell
  case adjustmentType

  // Lines.
  case lines
  case date
  case earningId
  case customer
  case product
  case transaction
  case more
  case oneMore
  case allInFile
  case adjustmentId
  case appliesTo
  case reason
  case currencyChange
  case paymentReturned

  // Ineligible.
  case ineligible
  case ineligibleNote
  case reasons
  case disputeBy
  case over
  case whatToDo

  // Holds.
  case holds
  case release
  case threshold

  // Exchange rates.
  case exchangeRates
  case fromCurrency
  case toCurrency
  case rateMonth
  case source

  // The end.
  case glossary
  case footer

  // Why earnings do not count: what is wrong, and what to do about it.
  case e301, e302, e303, e304, e305
  case e301Remedy, e302Remedy, e303Remedy, e304Remedy, e305Remedy

  // Why a payment is on hold: what is wrong, and what releases it.
  case h501, h502, h503, h504, h505, h506, h507, h508, h509
  case h501Remedy, h502Remedy, h503Remedy, h504Remedy, h505Remedy, h506Remedy, h507Remedy
  case h508Remedy, h509Remedy

  // What the words mean.
  case openingMeaning, earningsMeaning, coopMeaning, adjustmentMeaning, grossMeaning
  case salesTaxMeaning, withheldTaxMeaning, paymentMeaning, closingMeaning, leverMeaning
  case tierMeaning, capMeaning, ineligibleMeaning, holdMeaning, exchangeRateMeaning
  case tierTerm, capTerm, ineligibleTerm, holdTerm

  package var name: String { "\(self)" }

  package init?(name: String) {
    guard let word = StatementWord.allCases.first(where: { $0.name == name }) else { return nil }
    self = word
  }
}
