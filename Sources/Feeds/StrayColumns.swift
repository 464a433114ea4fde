import CSV
import Domain

/// The columns of a feed that nothing is read from, whose values are looked at all the same.
struct StrayColumns {
  /// Their numbers, and their names in the header.
  private let columns: [(number: Int, name: String)]
  /// Bytes of a value.
  private let limit: Int

  init(_ columns: [(number: Int, name: String)], limits: Limits) {
    self.columns = columns
    limit = limits.field
  }

  /// Whether there are none, so that nothing has to be looked at.
  var isEmpty: Bool { columns.isEmpty }

  /// Notes the faulty values of a row that was added to a batch.
  ///
  /// - Parameters:
  ///   - first: How many columns stand in front of those of the header.
  ///   - shift: From the buffer to the bytes of the batch.
  /// - Returns: Whether there are any.
  @discardableResult
  func note(
    _ row: Int, of records: borrowing CSVRecords, record: Int, first: Int = 0, shift: Int,
    to batch: inout EarningBatch
  ) -> Bool {
    guard !columns.isEmpty, !batch.flags[row].contains(.malformed) else { return false }
    let fields = records.fields(of: record)
    let mayHaveControls = batch.flags[row].contains(.suspicious)
    let count = batch.strays.count
    for column in columns where first + column.number < fields.count {
      let field = fields.lowerBound + first + column.number
      guard let code = fault(field, records, mayHaveControls: mayHaveControls) else { continue }
      let start = records.scanned + records.index.rawStart(ofField: field) - shift
      let end = records.scanned + records.index.rawEnd(ofField: field) - shift
      batch.strays.append(
        StrayValue(row: row, code: code, column: column.name, range: start..<end))
    }
    return batch.strays.count > count
  }

  private func fault(
    _ field: Int, _ records: borrowing CSVRecords, mayHaveControls: Bool
  ) -> FindingCode? {
    let flags = records.index.fieldFlags[field]
    if flags.contains(.misplacedQuote) { return .R218 }
    let start = records.scanned + Int(records.index.fieldStart[field])
    let end = records.scanned + Int(records.index.fieldEnd[field])
    if end - start > limit, records.text(ofField: field).count > limit { return .R214 }
    if flags.contains(.loneCarriageReturn) { return .R215 }
    guard mayHaveControls else { return nil }
    let value = records.buffer.span.extracting(start..<end)
    return UTF8Check.hasControl(value, identifier: false) ? .R215 : nil
  }
}
