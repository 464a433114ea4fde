package import ExactMoney

/// When payments are made: what `payout.yaml` says under `payments`.
package struct PaymentTerms: Hashable, Sendable {
  /// Calendar days from the last day of the period to the day on which its payments are due.
  package var daysAfterPeriod = 15
  /// Business days that the bank wants a file before the day on which it is executed.
  package var cutOffDays = 1
  /// Days on which no bank works.
  package var weekend: Set<Weekday> = [.saturday, .sunday]
  /// Holidays of banks for payments in any currency.
  package var holidays: Set<Day> = []
  /// Holidays of banks for payments in one currency.
  package var currencyHolidays: [Currency: Set<Day>] = [:]

  package init() {}
}

/// What a plan says of the payments of its program.
package struct PlanPayment: Hashable, Sendable {
  /// The document that a payment settles, as the bank is told.
  package enum Document: String, CaseIterable, Hashable, Sendable {
    case statement, selfBilledInvoice
  }

  /// A purpose code of ISO 20022, four capital letters; empty = none.
  package var purpose = ""
  package var document = Document.statement
  /// Counts over ``PaymentTerms/daysAfterPeriod``.
  package var daysAfterPeriod: Int?

  package init() {}
}
