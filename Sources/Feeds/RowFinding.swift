package import Domain

/// Makes findings about rows: the place, the ids, the value, and the line with a caret.
package enum RowFinding {
  /// A finding about one row.
  ///
  /// - Parameters:
  ///   - field: Whose value it is about.
  ///   - atRecord: The finding has no place of its own and stands at the record's beginning.
  package static func make(
    _ code: FindingCode, feed: String, _ batch: EarningBatch, _ row: Int,
    field: EarningField? = nil, atRecord: Bool = false, message: String
  ) -> Finding {
    let place = field.map { atRecord ? batch.place(row) : batch.place(row, $0) }
    let at = place ?? batch.place(row)
    var finding = Finding(
      code, feed: feed, line: at.line, column: at.column == 0 ? nil : at.column,
      byteOffset: at.byteOffset, field: field?.name ?? "", message: message)
    finding.earningId = shown(batch, row, .earningId)
    finding.participantId = shown(batch, row, .participantId)
    if let field { finding.value = shown(batch, row, field) }
    finding.excerpt = excerpt(batch, row, atRecord ? nil : field, field)
    return finding
  }

  /// A finding about a value of a column that is not ours.
  static func make(
    _ stray: StrayValue, feed: String, _ batch: EarningBatch, message: String
  ) -> Finding {
    let row = Int(stray.row)
    let at = batch.place(stray)
    var finding = Finding(
      stray.code, feed: feed, line: at.line, column: at.column, byteOffset: at.byteOffset,
      field: stray.column, message: message)
    finding.earningId = shown(batch, row, .earningId)
    finding.participantId = shown(batch, row, .participantId)
    finding.value = SafeText.shown(batch.bytes.span.extracting(stray.start..<stray.end))
    finding.excerpt = excerpt(batch, row, at: stray.start)
    return finding
  }

  private static func shown(_ batch: EarningBatch, _ row: Int, _ field: EarningField) -> String {
    SafeText.shown(batch.bytes.span.extracting(batch.range(row, field)))
  }

  /// The line with the place in it, cut to what fits a terminal.
  ///
  /// - Parameter place: The field whose value is the place; nil for the record's beginning.
  private static func excerpt(
    _ batch: EarningBatch, _ row: Int, _ place: EarningField?, _ field: EarningField?
  ) -> Finding.Excerpt? {
    guard batch.hasRecords else { return element(batch, row, field) }
    guard let place, !batch.isEmpty(row, place) else {
      return excerpt(batch, row, at: Int(batch.recordStart[row]))
    }
    let text = batch.texts[row * EarningBatch.fieldCount + place.rawValue]
    return excerpt(batch, row, at: Int(text.rawStart))
  }

  /// - Parameter target: Where the caret points, in the bytes of the batch.
  private static func excerpt(
    _ batch: EarningBatch, _ row: Int, at target: Int
  ) -> Finding.Excerpt? {
    let start = Int(batch.recordStart[row])
    let end = Int(batch.recordEnd[row])
    guard target >= start, target <= end, end > start else { return nil }
    var first = target
    while first > start, batch.bytes[first - 1] != 0x0A { first -= 1 }
    var last = target
    while last < end, batch.bytes[last] != 0x0A { last += 1 }
    // A long line is cut at a character near the place.
    if target - first > 60 {
      first = target - 60
      while first < target, batch.bytes[first] & 0xC0 == 0x80 { first += 1 }
    }
    let before = shown(batch.bytes[first..<target], bytesMax: .max)
    let after = shown(batch.bytes[target..<last])
    return Finding.Excerpt(text: before + after, caret: before.count)
  }

  /// A piece of a line; the tabs between values are blanks here.
  private static func shown(_ bytes: ArraySlice<UInt8>, bytesMax: Int = 80) -> String {
    let line = bytes.map { $0 == 0x09 ? 0x20 : $0 }
    return SafeText.shown(line.span, bytesMax: bytesMax)
  }

  private static func element(
    _ batch: EarningBatch, _ row: Int, _ field: EarningField?
  ) -> Finding.Excerpt? {
    guard let field, !batch.isEmpty(row, field) else { return nil }
    let tag = "<\(field.name)>"
    let text = tag + shown(batch, row, field) + "</\(field.name)>"
    return Finding.Excerpt(text: text, caret: tag.count)
  }
}
