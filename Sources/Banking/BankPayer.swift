import ByteStreams
import Domain

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
