package import Domain
package import ExactMoney

/// The accounts of the payer of which files of banks may tell.
package struct BankAccounts: Sendable {
  /// By account; nil where it may be of any currency.
  private var currencies: [String: Currency?] = [:]

  package init(_ payer: Payer) {
    if !payer.iban.isEmpty { currencies[payer.iban] = .some(nil) }
    for account in payer.accounts where !account.iban.isEmpty {
      currencies[account.iban] = account.currency
    }
  }

  package func contains(_ account: String) -> Bool { currencies[account] != nil }

  /// Whether the account may have this currency.
  package func allows(_ currency: Currency, on account: String) -> Bool {
    guard let own = currencies[account] else { return false }
    return own.map { $0 == currency } ?? true
  }
}
