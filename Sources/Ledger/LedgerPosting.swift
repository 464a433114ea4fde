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

  /// What a positive amount is debited to; a negative one is credited to it.
  var debit: String {
    switch self {
    case .earned: "expense"
    case .adjustment: "adjustment"
    case .currencyChange, .coopCurrencyChange: "exchange"
    case .coop: "coopExpense"
    case .gross: "payable"
    case .salesTax: "salesTax"
    case .withheldTax: "payment"
    }
  }

  /// What a positive amount is credited to; a negative one is debited to it.
  var credit: String {
    switch self {
    case .earned, .adjustment, .currencyChange: "payable"
    case .coop, .coopCurrencyChange: "coop"
    case .gross, .salesTax: "payment"
    case .withheldTax: "withheldTax"
    }
  }

  /// How much of a settlement has this cause, in minor units; nil if it does not fit.
  func minorUnits(_ settlement: LedgerSettlement) -> Int128? {
    switch self {
    case .earned: settlement.earned.minorUnits
    case .adjustment: rest(settlement.adjustments, settlement.currencyChange)
    case .currencyChange: settlement.currencyChange.minorUnits
    case .coop: rest(settlement.coop, settlement.coopCurrencyChange)
    case .coopCurrencyChange: settlement.coopCurrencyChange.minorUnits
    case .gross: settlement.gross.minorUnits
    case .salesTax: settlement.salesTax.minorUnits
    case .withheldTax: settlement.withheldTax.minorUnits
    }
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
