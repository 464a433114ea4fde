import ByteStreams
import Domain
import Ledger

/// How many payments there are, and what they add up to by currency code, in millionths.
struct PaymentTotals: Equatable {
  var payments: Int
  var amounts: [String: Int128]

  /// - Throws: ``RunFailure`` if an amount is no decimal.
  init(payments: Int, amounts: [(currency: String, text: String)]) throws(RunFailure) {
    self.payments = payments
    self.amounts = [:]
    for (currency, text) in amounts {
      guard let amount = VerifyAmount.millionths(Array(text.utf8)[...]) else {
        throw RunFailure(.fault, "an amount of payments is no decimal: \(text)")
      }
      self.amounts[currency] = amount
    }
  }

  /// Those of a closed period's register.
  ///
  /// - Throws: ``RunFailure`` with code 65 if it is not the one that the close wrote; ``FileError``.
  init(register close: LedgerClosing, _ paths: WorkspacePaths) throws {
    let directory = paths.outbox(close.period)
    let again = "payout close \(close.period.text) writes it again; nothing was done"
    guard Publication.isPublished(close, paths: paths),
      let manifest = try WrittenManifest(directory: directory),
      let output = manifest.outputs.first(where: { $0.path == "register.csv" })
    else {
      throw RunFailure(
        .sumsDisagree, "\(directory)/run.json is not the one that the close wrote: \(again)")
    }
    let path = directory + "/register.csv"
    if let fault = VerifyFiles.fault(path, sha256: output.sha256, bytes: output.bytes) {
      throw RunFailure(.sumsDisagree, "\(path): \(fault): \(again)")
    }
    let bytes = try FileSystem.readFile(path, limit: Int.max - 1)
    guard let register = try? VerifyRegister(bytes, period: close.period.text) else {
      throw RunFailure(.sumsDisagree, "\(path) cannot be read: \(again)")
    }
    payments = register.rows.values.count { !$0.paymentId.isEmpty }
    amounts = register.paid
  }
}
