import Domain

/// What can be wrong with a text before anybody asks what it means.
extension RowDecoder {
  /// Whether no required value is missing; with nothing suspicious, all texts are well then.
  func hasRequired(_ row: Int, _ batch: EarningBatch) -> Bool {
    let first = row * EarningBatch.fieldCount
    for entry in first...(first + EarningField.transactionAmount.rawValue)
    where batch.texts[entry].count == 0 {
      return false
    }
    return true
  }

  /// R201 (ids and program), R214, R215, R218.
  ///
  /// - Returns: A bit per field whose value cannot be read.
  func checkTexts(
    _ row: Int, _ batch: inout EarningBatch, _ findings: inout FindingLog
  ) -> UInt64 {
    var unreadable: UInt64 = 0
    for field in EarningField.all {
      let text = batch.texts[row * EarningBatch.fieldCount + field.rawValue]
      if text.count == 0 {
        guard field.isRequired, !text.flags.contains(.misplacedQuote) else { continue }
        reject(.R201, row, field, &batch, &findings) { "is required and missing" }
        unreadable |= 1 << UInt64(field.rawValue)
      } else if let code = fault(field, text, batch) {
        reject(code, row, field, &batch, &findings) {
          textMessage(code, field, text.flags)
        }
        unreadable |= 1 << UInt64(field.rawValue)
      }
    }
    return unreadable
  }

  private func fault(
    _ field: EarningField, _ text: ValueText, _ batch: EarningBatch
  ) -> FindingCode? {
    if text.flags.contains(.misplacedQuote) { return .R218 }
    if text.flags.contains(.otherwiseWritten) { return field == .transactionDate ? .R202 : .R203 }
    let limit =
      field == .earningId || field == .participantId
      ? EarningLimits.idBytesMax : feed.limits.field
    if text.count > limit { return .R214 }
    if text.flags.contains(.loneCarriageReturn) { return .R215 }
    let value = batch.bytes.span.extracting(Int(text.start)..<Int(text.end))
    return UTF8Check.hasControl(value, identifier: field.isIdentifier) ? .R215 : nil
  }
}
