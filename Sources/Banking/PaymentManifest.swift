import ByteStreams
import Domain
import ExactMoney
import FoundationEssentials

/// `payments.json`: which payment files there are of a period, and what is in them. Its digest is
/// what approvals sign and what the ledger keeps.
package struct PaymentManifest: Codable, Hashable, Sendable {
  /// Payments and their sums, by currency code.
  package struct Sums: Codable, Hashable, Sendable {
    package var payments = 0
    package var amounts: [String: String] = [:]

    package init() {}

    /// - Throws: ``MoneyError/overflow``.
    init(_ orders: [PaymentOrder]) throws(MoneyError) {
      payments = orders.count
      var sums: [Currency: Money] = [:]
      for order in orders {
        let currency = order.amount.currency
        sums[currency] = try (sums[currency] ?? .zero(currency)).plus(order.amount)
      }
      amounts = Dictionary(uniqueKeysWithValues: sums.map { ($0.key.code, $0.value.text) })
    }

    /// `2 payments, EUR 12.00 USD 7.50`.
    package var text: String {
      let sums = amounts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      let what = payments == 1 ? "payment" : "payments"
      return ([["\(payments) \(what)"], sums.isEmpty ? [] : [sums.joined(separator: " ")]])
        .flatMap { $0 }.joined(separator: ", ")
    }
  }

  /// A file of the directory.
  package struct File: Codable, Hashable, Sendable {
    package var path: String
    /// `pain.001.001.09`, `NACHA CCD` or `CSV`.
    package var format: String
    package var sha256: String
    package var bytes: Int
    /// Of files for banks.
    package var sums: Sums?
    package var executionDates: [String]?
  }

  package var period: String
  package var asOf: String
  package var payer: String
  /// Of the final `run.json`.
  package var run: String
  package var files: [File] = []
  package var creditNotes = Sums()
  package var unsent = Sums()
  /// Of all payments of the period.
  package var total = Sums()

  init(period: Period, asOf: Day, payer: String, run: SHA256Digest) {
    self.period = period.text
    self.asOf = asOf.text
    self.payer = payer
    self.run = run.hex
  }

  /// Nil if the bytes are no such document.
  package init?(json: [UInt8]) {
    guard let read = try? JSONDecoder().decode(PaymentManifest.self, from: Data(json)) else {
      return nil
    }
    self = read
  }

  /// The document, the same bytes for the same content.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }
}
