package import Domain

/// Two things in the ledger that should agree and do not.
package enum LedgerDisagreement: Hashable, Sendable, CustomStringConvertible {
  /// What SQLite finds wrong with the file.
  case file(String)
  /// The schema is not the one of this version: a table, a check or a trigger was changed.
  case schema
  /// A row refers to one that is not there.
  case reference(table: String, row: Int64?)
  /// The rows of a table are not numbered without gaps.
  case gap(table: String)
  /// The amounts of a settlement do not add up.
  case settlement(Period, LedgerBalanceName, equation: String)
  /// The postings of a settlement are not the ones that its amounts make.
  case postings(Period, LedgerBalanceName)
  /// A balance does not open with the closing of the period before.
  case opening(Period, LedgerBalanceName)
  /// A balance that was not zero has no settlement in the next closed period.
  case leftOut(Period, LedgerBalanceName)
  /// The payment of a settlement is not its total payment.
  case payment(Period, LedgerBalanceName)
  /// A close does not have as many rows as it says, or the months do not follow each other.
  case close(Period)
  /// What was posted of a payment is not what banks have said of it.
  case bank(String)

  /// A sentence without its full stop.
  package var description: String {
    switch self {
    case .file(let message): "SQLite finds: \(message)"
    case .schema: "the schema of the ledger was changed"
    case .reference(let table, let row):
      "a row of \(table) refers to nothing" + (row.map { ": \($0)" } ?? "")
    case .gap(let table): "the rows of \(table) are not numbered without gaps"
    case .settlement(let period, let balance, let equation):
      "\(period.text), \(balance): does not hold: \(equation)"
    case .postings(let period, let balance):
      "\(period.text), \(balance): the postings are not those of the settlement"
    case .opening(let period, let balance):
      "\(period.text), \(balance): the opening is not the closing before"
    case .leftOut(let period, let balance):
      "\(period.text), \(balance): not zero before, and not settled"
    case .payment(let period, let balance):
      "\(period.text), \(balance): the payment is not the total payment"
    case .close(let period): "\(period.text): the close is not as large as it says"
    case .bank(let paymentId):
      "payment \(paymentId): what was posted is not what banks have said of it"
    }
  }
}
