import ExactMoney

extension StatementTerm {
  /// The terms that these balances use.
  static func used(in balances: [StatementBalance], hasRates: Bool) -> [StatementTerm] {
    allCases.filter { term in
      switch term {
      case .opening, .closing: true
      case .earnings, .lever: balances.contains { !$0.earnings.isEmpty }
      case .coop: balances.contains { $0.coop != nil }
      case .adjustment: balances.contains { !$0.adjustments.isEmpty }
      case .gross, .payment: balances.contains { !$0.payment.gross.isZero }
      case .salesTax: balances.contains { $0.has(.salesTax) }
      case .withheldTax: balances.contains { $0.has(.withheldTax) }
      case .tier: balances.contains { $0.earnings.contains(where: \.isTiered) }
      case .cap: balances.contains { $0.earnings.contains { $0.cap != nil } }
      case .ineligible: balances.contains { !$0.ineligible.isEmpty }
      case .hold: balances.contains { !$0.holds.isEmpty }
      case .exchangeRate: hasRates
      }
    }
  }
}

extension StatementBalance {
  fileprivate func has(_ kind: StatementTax.Kind) -> Bool { taxes.contains { $0.kind == kind } }
}

extension StatementEarnings {
  fileprivate var isTiered: Bool {
    if case .tiers = basis { return true }
    return false
  }
}
