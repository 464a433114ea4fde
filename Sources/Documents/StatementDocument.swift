package import Domain
package import ExactMoney

/// What a statement says to its partner: typed, in the order in which it is shown, and without any
/// word of a language.
///
/// Every rendering for people is made of this, and it is made of the same settlements as the CSV, so
/// that they cannot disagree. Words are in ``StatementTexts``, the ways of writing numbers and days in
/// ``StatementFormat``.
package struct StatementDocument: Sendable {
  package var partner: Partner
  package var payer: Payer
  package var language: StatementLanguage
  package var period: Period
  package var asOf: Day
  /// Whether the period is closed; the figures of a draft may still change.
  package var isFinal: Bool
  /// Whether payment files wait for approvals, which may come later than the dates that the files have.
  package var waitsForApproval = false
  /// The last four characters of each tax id that counts for one of the programs, each once.
  package var taxIdEndings: [String] = []
  /// What reaches the partner in all, by currency; one zero where nothing does.
  package var paid: [Money]
  /// When all of that is paid: the date of its payments, where they have one and the same.
  package var paymentDate: Day?
  /// By program and currency, as in the CSV; never empty.
  package var balances: [StatementBalance]
  /// Every exchange rate that was used, by period, currencies.
  package var exchangeRates: [StatementExchangeRate]
  /// The terms of the glossary that this statement uses, in their order.
  package var glossary: [StatementTerm]
  /// The name of the CSV that has every line, `0048101.csv`.
  package var csvName: String
  /// Where the texts of the lines are.
  package var page: EarningPage

  /// Whether the dates of payments stand; until then they are what is expected.
  package var hasFixedDates: Bool { isFinal && !waitsForApproval }

  /// A text of a line; most have no customer or product.
  package func text(_ text: EarningRecord.Text, of line: EarningLine) -> String {
    page.text(text, of: line.record, at: line.offset)
  }
}

/// An exchange rate that a statement used.
package struct StatementExchangeRate: Hashable, Sendable {
  /// The month for which the rate was set.
  package var period: Period
  package var from: Currency
  package var to: Currency
  /// How much `to` one `from` buys.
  package var rate: ExactRate
  /// Who set it, in the payer's words; may be empty.
  package var source: String
}

/// A word that a statement explains.
package enum StatementTerm: Int, CaseIterable, Hashable, Sendable {
  case opening, earnings, coop, adjustment, gross, salesTax, withheldTax, payment, closing
  case lever, tier, cap, ineligible, hold, exchangeRate
}
