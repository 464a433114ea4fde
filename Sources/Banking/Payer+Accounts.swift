import Domain
import ExactMoney

extension Payer {
  /// The account that pays transfers in a currency: its own, else the one for all; nil if there is
  /// none whose check digits are right.
  func transferAccount(_ currency: Currency) -> PayerAccount? {
    if let own = accounts.first(where: { $0.currency == currency && !$0.iban.isEmpty }) {
      return own
    }
    guard IBAN.hasValidCheckDigits(iban) else { return nil }
    var account = PayerAccount(currency: currency)
    account.iban = iban
    account.bic = bic
    return account
  }

  /// The account that pays through files for banks in the United States.
  var achAccount: PayerAccount? {
    accounts.first { !$0.routingNumber.isEmpty }
  }
}
