package import ByteStreams
package import Domain
import ExactMoney

/// Where a payment goes, as a digest: another one as soon as anything of the partner's payment
/// profile, name or address has changed.
package enum PaymentDestination {
  package static func digest(_ partner: Partner, _ profile: PaymentProfile?) -> SHA256Digest {
    var parts = [
      partner.participantId, partner.name, partner.street, partner.postCode, partner.town,
      partner.country,
    ]
    if let profile {
      parts += [
        profile.status.rawValue, profile.completedOn?.text ?? "", profile.method.rawValue,
        profile.currency.code, profile.accountHolder, profile.iban, profile.accountNumber,
        profile.bic, profile.routingNumber, profile.hold ? "hold" : "",
      ]
    }
    // The length in front keeps two neighbours from running into each other.
    return SHA256Digest.of(parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) })
  }
}
