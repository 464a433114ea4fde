import Domain
import FoundationEssentials

/// `reconciliation.json`: what was expected, what happened and what is open, for programs.
struct ReconciliationDocument: Codable {
  static let name = "reconciliation.json"

  struct File: Codable {
    var name: String
    var sha256: String
    var format: String
    var messageId: String
    var entries: Int
    /// Not booked yet.
    var pending: Int
  }

  /// Amounts are texts with the decimals of the currency.
  struct Sums: Codable {
    var currency: String
    var issued: String
    var booked: String
    var returned: String
    var rejected: String
    var contradicted: String
    var open: String
    /// What is open, by how many days ago it was to be executed.
    var openByAge: [String: String]
    /// What is left of issued when all others are taken from it.
    var rest: String
    /// What left the accounts for payments, without what came back.
    var moved: String
    /// What of that is no payment.
    var difference: String
    /// What is left of moved when difference and what is booked is taken from it.
    var bankRest: String
    var unknownEntries: Int
    var unknown: String
  }

  var period: String
  var asOf: String
  /// The number of the last file of a bank that is in it.
  var bankFiles: Int
  /// Those of the period.
  var files: [File]
  var sums: [Sums]

  init(period: Period, asOf: Day, bankFiles: Int, files: [File], sums: [Sums]) {
    self.period = period.text
    self.asOf = asOf.text
    self.bankFiles = bankFiles
    self.files = files
    self.sums = sums
  }

  /// Nil if the bytes are no such document.
  init?(json: [UInt8]) {
    guard let read = try? JSONDecoder().decode(ReconciliationDocument.self, from: Data(json))
    else { return nil }
    self = read
  }

  /// The document of schemas/reconciliation.schema.json.
  ///
  /// - Throws: ``RunFailure`` with code 70, which cannot happen.
  func json() throws(RunFailure) -> [UInt8] { Array(try JSONText.document(self).utf8) }
}
