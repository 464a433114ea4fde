import ByteStreams
package import Domain
package import ExactMoney

/// Makes paymentIds: the same whenever the same payment is computed again, unique for ever.
package enum PaymentIdentity {
  /// `PAY-` and 24 hex digits, from who pays whom, for what and when; never from the amount.
  ///
  /// - Parameter attempt: 1, and one more each time the bank returned the payment.
  package static func id(
    payer: String, participantId: String, program: String, currency: Currency, period: Period,
    attempt: Int = 1
  ) -> String {
    var bytes: [UInt8] = []
    for part in [payer, participantId, program, currency.code, period.text, String(attempt)] {
      // The length in front keeps two neighbours from running into each other.
      bytes += Array("\(part.utf8.count):".utf8) + Array(part.utf8)
    }
    let digits = SHA256Digest.of(bytes).hex.utf8.prefix(24).map { $0 >= 0x61 ? $0 - 0x20 : $0 }
    return "PAY-" + String(decoding: digits, as: UTF8.self)
  }
}
