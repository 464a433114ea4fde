package import ByteStreams
package import Domain

/// That the payment files of a closed period were written, and which.
package struct LedgerPaymentFiles: Hashable, Sendable {
  package var period: Period
  /// Of the list of the files.
  package var manifestDigest: SHA256Digest
  /// The text of the `payout.yaml` they went by, where it is not the copy that the close kept.
  package var configuration: String?
  /// By user.
  package var approvals: [LedgerPaymentApproval] = []
  /// The paymentIds that they do not pay, as a bank had told of them before; sorted.
  package var leftOut: [String] = []

  package init(period: Period, manifestDigest: SHA256Digest, configuration: String? = nil) {
    self.period = period
    self.manifestDigest = manifestDigest
    self.configuration = configuration
  }
}

/// An approval by which payment files were written.
package struct LedgerPaymentApproval: Hashable, Sendable {
  package var userId: String
  /// 32 bytes.
  package var publicKey: [UInt8]
  /// 64 bytes.
  package var signature: [UInt8]

  package init(userId: String, publicKey: [UInt8], signature: [UInt8]) {
    self.userId = userId
    self.publicKey = publicKey
    self.signature = signature
  }
}
