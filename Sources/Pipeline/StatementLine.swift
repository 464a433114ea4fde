/// Where a value of a statement stands.
struct StatementPlace {
  /// Both count from 1, the column in bytes; nil where nobody can tell.
  var line: Int?
  var column: Int?
  /// Counts from 0.
  var byteOffset: Int?
}

/// A line of a statement with the columns of the CSV; in XML a column without an element is empty.
struct StatementLine {
  /// The types of lines in their order.
  static let order = [
    "opening", "earning", "subtotal", "coop", "adjustment", "gross", "salesTax", "withheldTax",
    "payment", "closing", "capped", "ineligible", "held",
  ]
  /// What to do about anything that is wrong with one.
  static let remedy =
    "Take the statement as it was written, from outbox/ or from whoever sent it; do not edit it."

  var record: VerifyTable.Record
  /// By column, empty where all have that of the record.
  var places: [StatementPlace]
  var start: StatementPlace

  func place(_ column: Int) -> StatementPlace { places.isEmpty ? start : places[column] }
}
