package import ExactMoney

/// The layout of a CSV file in which a bank tells what it has booked.
package struct BankProfile: Hashable, Sendable {
  /// What a column may say.
  package enum Field: String, CaseIterable, Hashable, Sendable {
    /// Of the payer.
    case account
    case currency
    case date
    /// With its sign: what leaves the account is negative.
    case amount
    /// What leaves the account, without sign.
    case debit
    /// What comes in, without sign.
    case credit
    case reference
    case endToEndId
    case otherAccount
    case otherName
    case reason
    case information
  }

  package var name: String
  package var delimiter: UInt8 = 0x2C
  package var decimalComma = false
  package var dates = DatePattern.iso
  /// Lines before the header.
  package var skippedLines = 0
  /// The payer's account, where no column has it.
  package var account = ""
  /// Nil where a column has it.
  package var currency: Currency?
  /// The header of each column that is read.
  package var columns: [Field: String] = [:]

  package init(name: String) {
    self.name = name
  }
}
