import ExactMoney

/// Why an amount moved from one account to another; the accounts are told by the cause.
///
/// The table `postingKind` of the database has the same list, and admits nothing else.
package enum LedgerCause: String, CaseIterable, Sendable {
  case earned
  case adjustment
  case currencyChange
  case coop
  case coopCurrencyChange
  case gross
  case salesTax
  case withheldTax
  case paymentReturned
  case returnedSalesTax
  case returnedWithheldTax

  /// What a positive amount is debited to; a negative one is credited to it.
  var debit: String {
    switch self {
    case .earned: "expense"
    case .adjustment: "adjustment"
    case .currencyChange, .coopCurrencyChange: "exchange"
    case .coop: "coopExpense"
    case .gross: "payable"
    case .salesTax: "salesTax"
    case .withheldTax, .paymentReturned, .returnedSalesTax: "payment"
    case .returnedWithheldTax: "withheldTax"
    }
  }

  /// What a positive amount is credited to; a negative one is debited to it.
  var credit: String {
    switch self {
    case .earned, .adjustment, .currencyChange, .paymentReturned: "payable"
    case .coop, .coopCurrencyChange: "coop"
    case .gross, .salesTax, .returnedWithheldTax: "payment"
    case .withheldTax: "withheldTax"
    case .returnedSalesTax: "salesTax"
    }
  }

  /// How much of a settlement has this cause, in minor units; nil if it does not fit.
  func minorUnits(_ settlement: LedgerSettlement) -> Int128? {
    switch self {
    case .earned: settlement.earned.minorUnits
    case .adjustment: manual(settlement)
    case .currencyChange: settlement.currencyChange.minorUnits
    case .coop: rest(settlement.coop, settlement.coopCurrencyChange)
    case .coopCurrencyChange: settlement.coopCurrencyChange.minorUnits
    case .gross: settlement.gross.minorUnits
    case .salesTax: settlement.salesTax.minorUnits
    case .withheldTax: settlement.withheldTax.minorUnits
    case .paymentReturned: sum(settlement.returns.map(\.gross))
    case .returnedSalesTax: sum(settlement.returns.map(\.salesTax))
    case .returnedWithheldTax: sum(settlement.returns.map(\.withheldTax))
    }
  }

  /// The adjustments that people made.
  private func manual(_ settlement: LedgerSettlement) -> Int128? {
    guard let returned = sum(settlement.returns.map(\.gross)),
      let rest = rest(settlement.adjustments, settlement.currencyChange)
    else { return nil }
    let (manual, overflow) = rest.subtractingReportingOverflow(returned)
    return overflow ? nil : manual
  }

  private func sum(_ amounts: [Money]) -> Int128? {
    var sum: Int128 = 0
    for amount in amounts {
      let (next, overflow) = sum.addingReportingOverflow(amount.minorUnits)
      guard !overflow else { return nil }
      sum = next
    }
    return sum
  }

  private func rest(_ whole: Money, _ part: Money) -> Int128? {
    let (rest, overflow) = whole.minorUnits.subtractingReportingOverflow(part.minorUnits)
    return overflow ? nil : rest
  }
}

/// An amount that moves from one account to another.
package struct LedgerPosting: Hashable, Sendable {
  package var cause: LedgerCause
  package var debit: String
  package var credit: String
  /// In minor units, above 0.
  package var amount: UInt128

  /// The posting of a cause in a settlement; nil if nothing moves.
  init?(_ cause: LedgerCause, _ minorUnits: Int128) {
    guard minorUnits != 0 else { return nil }
    self.cause = cause
    debit = minorUnits > 0 ? cause.debit : cause.credit
    credit = minorUnits > 0 ? cause.credit : cause.debit
    amount = minorUnits.magnitude
  }

  /// All that a settlement moves.
  ///
  /// - Throws: ``LedgerRefusal/sums(_:equation:)`` if an amount does not fit.
  package static func all(
    _ settlement: LedgerSettlement
  ) throws(LedgerFault) -> [LedgerPosting] {
    var postings: [LedgerPosting] = []
    for cause in LedgerCause.allCases {
      guard let minorUnits = cause.minorUnits(settlement) else {
        throw .refused(.sums(settlement.balance, equation: "128 bits hold \(cause.rawValue)"))
      }
      if let posting = LedgerPosting(cause, minorUnits) { postings.append(posting) }
    }
    return postings
  }
}
