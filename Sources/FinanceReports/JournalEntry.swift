package import ExactMoney

/// What a balance did in a period, as the ledger posts it.
///
/// All amounts are of one currency, that of the balance.
package struct JournalEntry: Sendable {
  /// An amount that moves from one account to another.
  package struct Movement: Sendable {
    /// Why, in the word of the ledger: `earned`, `gross`.
    package var cause: String
    /// Accounts of the ledger: `payable`, `expense`.
    package var debit: String
    package var credit: String
    /// Above zero.
    package var amount: Money

    package init(cause: String, debit: String, credit: String, amount: Money) {
      self.cause = cause
      self.debit = debit
      self.credit = credit
      self.amount = amount
    }
  }

  package var participantId: String
  package var participantName: String
  package var program: String
  package var closing: Money
  package var coopClosing: Money
  package var movements: [Movement] = []
  /// Empty where nothing is paid.
  package var paymentId = ""

  package init(
    participantId: String, participantName: String, program: String, closing: Money,
    coopClosing: Money
  ) {
    self.participantId = participantId
    self.participantName = participantName
    self.program = program
    self.closing = closing
    self.coopClosing = coopClosing
  }

  package var currency: Currency { closing.currency }
}
