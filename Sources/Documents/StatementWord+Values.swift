package import Domain

// What the values of a document are called.

extension PaymentStatus {
  package var word: StatementWord {
    switch self {
    case .upcoming: .upcoming
    case .inProgress: .inProgress
    case .sent: .sent
    case .reversed: .reversed
    case .rejected: .refusedByBank
    case .onHold: .onHold
    case .nothingDue: .nothingDue
    }
  }
}

extension EarningType {
  package var word: StatementWord {
    switch self {
    case .rebate: .rebate
    case .coop: .coopType
    case .fee: .fee
    case .sell: .sell
    case .adjustment: .adjustmentType
    }
  }
}

extension StatementBridgeStep.Kind {
  package var word: StatementWord {
    switch self {
    case .opening: .opening
    case .earnings: .earnings
    case .coop: .coop
    case .adjustments: .adjustments
    case .gross: .gross
    case .closing: .closing
    }
  }
}

extension StatementTax.Kind {
  package var word: StatementWord {
    switch self {
    case .salesTax: .salesTax
    case .withheldTax: .withheldTax
    }
  }
}

extension StatementPayment {
  /// Has a place for ``accountEnding`` where there is one; nil where nobody has said how.
  package var word: StatementWord? {
    switch method {
    case .bankTransfer: accountEnding.isEmpty ? .bankTransfer : .bankTransferTo
    case .creditNote: .creditNote
    case nil: nil
    }
  }
}

extension StatementTerm {
  /// What a term of the glossary is called.
  package var word: StatementWord {
    switch self {
    case .opening: .opening
    case .earnings: .earnings
    case .coop: .coopType
    case .adjustment: .adjustments
    case .gross: .gross
    case .salesTax: .salesTax
    case .withheldTax: .withheldTax
    case .payment: .payment
    case .closing: .closing
    case .lever: .lever
    case .tier: .tierTerm
    case .cap: .capTerm
    case .ineligible: .ineligibleTerm
    case .hold: .holdTerm
    case .exchangeRate: .exchangeRate
    }
  }

  /// What it means.
  package var meaning: StatementWord {
    switch self {
    case .opening: .openingMeaning
    case .earnings: .earningsMeaning
    case .coop: .coopMeaning
    case .adjustment: .adjustmentMeaning
    case .gross: .grossMeaning
    case .salesTax: .salesTaxMeaning
    case .withheldTax: .withheldTaxMeaning
    case .payment: .paymentMeaning
    case .closing: .closingMeaning
    case .lever: .leverMeaning
    case .tier: .tierMeaning
    case .cap: .capMeaning
    case .ineligible: .ineligibleMeaning
    case .hold: .holdMeaning
    case .exchangeRate: .exchangeRateMeaning
    }
  }
}

extension FindingCode {
  /// Why an earning does not count or a payment is on hold, and what to do about it; nil for codes
  /// that stand on no statement.
  package var words: (reason: StatementWord, remedy: StatementWord)? {
    switch self {
    case .E301: (.e301, .e301Remedy)
    case .E302: (.e302, .e302Remedy)
    case .E303: (.e303, .e303Remedy)
    case .E304: (.e304, .e304Remedy)
    case .E305: (.e305, .e305Remedy)
    case .H501: (.h501, .h501Remedy)
    case .H502: (.h502, .h502Remedy)
    case .H503: (.h503, .h503Remedy)
    case .H504: (.h504, .h504Remedy)
    case .H505: (.h505, .h505Remedy)
    case .H506: (.h506, .h506Remedy)
    case .H507: (.h507, .h507Remedy)
    case .H508: (.h508, .h508Remedy)
    case .H509: (.h509, .h509Remedy)
    default: nil
    }
  }
}
