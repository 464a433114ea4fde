package import Domain
package import ExactMoney

/// A payment that a close issued, with all that its bank file needs.
package struct PaymentOrder: Hashable, Sendable {
  package var paymentId: String
  package var participantId: String
  package var participantName: String
  package var program: String
  package var method: PaymentMethod
  package var gross: Money
  package var salesTax: Money
  package var withheldTax: Money
  /// What is paid: gross + salesTax − withheldTax.
  package var amount: Money
  /// Whose account it is; the partner's own name where the profile has none.
  package var accountHolder: String
  package var street = ""
  package var postCode = ""
  package var town = ""
  /// ISO 3166 alpha-2.
  package var country: String
  package var iban = ""
  package var accountNumber = ""
  package var routingNumber = ""
  package var bic = ""
  /// A purpose code of ISO 20022; empty = none.
  package var purpose = ""
  package var document = PlanPayment.Document.statement
  /// By which the partner finds the document.
  package var documentNumber: String
  package var executionDate: Day

  package init(
    paymentId: String, partner: Partner, program: String, method: PaymentMethod, amount: Money,
    documentNumber: String, executionDate: Day
  ) {
    self.paymentId = paymentId
    participantId = partner.participantId
    participantName = partner.name
    self.program = program
    self.method = method
    gross = amount
    salesTax = .zero(amount.currency)
    withheldTax = .zero(amount.currency)
    self.amount = amount
    accountHolder = partner.name
    street = partner.street
    postCode = partner.postCode
    town = partner.town
    country = partner.country
    self.documentNumber = documentNumber
    self.executionDate = executionDate
  }
}
