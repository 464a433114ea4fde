package import Domain
package import ExactMoney

/// The accounts of the payer of which files of banks may tell.
package struct BankAccounts: Sendable {
  /// By account; nil where it may be of any currency.
  private var currencies: [String: Currency?] = [:]
  /// Those at banks in the United States, by the company id that files of these give back.
  private var ach: [String: ACHAccount] = [:]

  package init(_ payer: Payer) {
    add(payer)
  }

  /// Adds the accounts that a payer has, or had when payments were ordered.
  package mutating func add(_ payer: Payer) {
    if !payer.iban.isEmpty { currencies[payer.iban] = .some(nil) }
    for account in payer.accounts {
      let name = account.iban.isEmpty ? account.accountNumber.asAccount : account.iban
      // The number may have been added after payments were made.
      if !account.companyId.isEmpty, ach[account.companyId] == nil || !name.isEmpty {
        ach[account.companyId] = ACHAccount(
          name: name.isEmpty ? account.companyId : name, currency: account.currency)
      }
      guard !name.isEmpty else { continue }
      let isKnown = currencies[name].map { $0 != account.currency } ?? false
      currencies[name] = isKnown ? .some(nil) : account.currency
    }
  }

  /// The account of which a file of a bank in the United States tells.
  func achAccount(companyId: String) -> ACHAccount? { ach[companyId] }

  package func contains(_ account: String) -> Bool { currencies[account] != nil }

  /// Whether the account may have this currency.
  package func allows(_ currency: Currency, on account: String) -> Bool {
    guard let own = currencies[account] else { return false }
    return own.map { $0 == currency } ?? true
  }
}

extension BankAccounts {
  /// An account as messages may show it: its last four characters.
  static func shown(_ account: String) -> String {
    account.count > 8 ? "…" + account.suffix(4) : "that it names"
  }
}
