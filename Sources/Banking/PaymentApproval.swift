package import ByteStreams
import FoundationEssentials

/// What an approver signs: which payments of which period, and who says so.
package struct PaymentApproval: Hashable, Sendable {
  /// What the name of an approval's file ends in.
  package static let fileEnding = ".approval"
  private static let signatureKey = "signature: "

  /// The text that is signed, line by line.
  package let text: String

  /// - Parameters:
  ///   - digest: Of the manifest.
  ///   - userId: Who approves.
  package init(_ manifest: PaymentManifest, digest: SHA256Digest, userId: String) {
    text = """
      payout approval 1
      payer: \(PaymentApproval.line(manifest.payer))
      period: \(manifest.period)
      run.json: \(manifest.run)
      payments.json: \(digest.hex)
      total: \(manifest.total.text)
      user: \(userId)

      """
  }

  /// The file of an approval: the text and its signature, 64 bytes.
  package func file(signature: [UInt8]) -> [UInt8] {
    let line = PaymentApproval.signatureKey + Data(signature).base64EncodedString() + "\n"
    return Array((text + line).utf8)
  }

  /// The signature in the file of an approval of exactly this; nil if it is of something else.
  package func signature(in file: [UInt8]) -> [UInt8]? {
    let signed = Array(text.utf8)
    guard file.starts(with: signed) else { return nil }
    let rest = String(decoding: file.dropFirst(signed.count), as: UTF8.self)
    guard rest.hasPrefix(PaymentApproval.signatureKey), rest.hasSuffix("\n") else { return nil }
    let encoded = String(rest.dropFirst(PaymentApproval.signatureKey.count).dropLast())
    return Data(base64Encoded: encoded).map { Array($0) }
  }

  /// A text that stays in its line.
  private static func line(_ text: String) -> String {
    text.replacing("\r", with: " ").replacing("\n", with: " ")
  }
}
