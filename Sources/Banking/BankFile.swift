package import Domain

/// What a file of a bank says.
package struct BankFile: Sendable {
  /// The format of files of returns by the rules of NACHA.
  package static let returnsFormat = "NACHA returns"

  /// As findings name it.
  package var name: String
  /// `camt.053.001.08`, or the name of the profile of a CSV.
  package var format: String
  package var messageId = ""
  package var bookings: [BankBooking] = []
  package var statuses: [BankStatus] = []
  /// Entries that are not booked yet, which count for nothing.
  package var pending = 0
  /// What is to be said of it that does not refuse it.
  package var findings: [Finding] = []

  package init(name: String, format: String) {
    self.name = name
    self.format = format
  }
}
