import ByteStreams
import Domain
import ExactMoney

/// The payer as bank files name it, in the characters that banks take.
struct BankPayer: Sendable {
  let name: BankText
  let street: BankText
  let postCode: BankText
  let town: BankText
  let country: String
  let id: BankText
  /// What ids are made from; never written.
  let identity: String

  init(_ payer: Payer) {
    name = BankText(payer.name, max: BankField.name)
    street = BankText(payer.street, max: BankField.street)
    postCode = BankText(payer.postCode, max: BankField.postCode)
    town = BankText(payer.town, max: BankField.town)
    country = payer.country
    id = BankText(payer.id, max: BankField.reference)
    identity = payer.identity
  }

  /// An id for a message or a part of one: the same for the same parts, whoever asks and when.
  func reference(_ prefix: String, _ period: Period, _ parts: [String]) -> String {
    var bytes: [UInt8] = []
    for part in [identity, period.text] + parts {
      // The length in front keeps two neighbours from running into each other.
      bytes += Array("\(part.utf8.count):".utf8) + Array(part.utf8)
    }
    return "\(prefix)-\(period.text)-" + SHA256Digest.of(bytes).hex.prefix(16).uppercased()
  }
}

/// How many characters the fields of bank files have.
enum BankField {
  /// SEPA has 70; the format itself has 140.
  static let name = 70
  static let street = 70
  static let postCode = 16
  static let town = 35
  static let reference = 35
  static let accountNumber = 34
}

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
