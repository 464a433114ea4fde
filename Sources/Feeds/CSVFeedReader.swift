import CSV
import Domain

/// Reads a canonical CSV feed: records → the text columns of batches.
struct CSVFeedReader: ~Copyable {
  private static let rowsPerBatch = 256

  private var records: CSVRecords
  private var rows = 0

  let header: HeaderMapping
  private let strays: StrayColumns
  /// Where the header's own bytes end in the feed.
  let headerEnd: Int

  /// Opens the feed and reads its header.
  ///
  /// - Throws: ``FeedRefusal``.
  static func open(_ feed: FeedFile) throws(FeedRefusal) -> CSVFeedReader {
    var records = try CSVRecords.open(feed)
    repeat {
      guard try records.next(limit: 1) else {
        throw FeedRefusal(Finding(.F113, feed: feed.name, message: "the file is empty"))
      }
    } while records.index.recordCount == 0
    // One more than the limit is enough to see that it is exceeded.
    let columns = records.columns(of: 0, max: feed.limits.columns + 1)
    let header = try HeaderMapping(columns: columns, feed: feed)
    let headerEnd = records.offset(of: records.range(of: 0).upperBound)
    let strays = StrayColumns(
      header.unknown.map { ($0.number, SafeText.shown($0.name)) }, limits: feed.limits)
    return CSVFeedReader(records, header, strays, headerEnd: headerEnd)
  }

  private init(
    _ records: consuming CSVRecords, _ header: HeaderMapping, _ strays: StrayColumns,
    headerEnd: Int
  ) {
    self.records = records
    self.header = header
    self.strays = strays
    self.headerEnd = headerEnd
  }

  /// Reads the next rows.
  ///
  /// - Returns: Whether there were any.
  /// - Throws: ``FeedRefusal``.
  mutating func next(_ batch: inout EarningBatch) throws(FeedRefusal) -> Bool {
    batch.removeAll(firstRow: rows)
    while try records.next(limit: CSVFeedReader.rowsPerBatch) {
      guard records.index.recordCount > 0 else { continue }
      fill(&batch)
      rows += batch.count
      return true
    }
    return false
  }

  private mutating func fill(_ batch: inout EarningBatch) {
    let count = records.index.recordCount
    let first = records.range(of: 0).lowerBound
    let last = records.range(of: count - 1).upperBound
    batch.bytes.append(contentsOf: records.buffer[first..<last])
    for record in 0..<count {
      addRow(record, shift: first, &batch)
      strays.note(record, of: records, record: record, shift: first, to: &batch)
      fillValues(record, shift: first - records.scanned, &batch)
    }
  }

  /// - Parameter shift: From the buffer to the bytes of the batch.
  private mutating func addRow(_ record: Int, shift: Int, _ batch: inout EarningBatch) {
    let range = records.range(of: record)
    let start = range.lowerBound - shift
    let end = range.upperBound - shift
    var flags = RowFlags(rawValue: 0)
    if UTF8Check.mayHaveControls(batch.bytes.span.extracting(start..<end)) {
      flags.insert(.suspicious)
    }
    if records.fields(of: record).count != header.fields.count { flags.insert(.malformed) }
    batch.addRow(records.place(of: record), record: start..<end, flags: flags)
  }

  /// - Parameter shift: From the places of the index to the bytes of the batch.
  private func fillValues(_ record: Int, shift: Int, _ batch: inout EarningBatch) {
    let row = record * EarningBatch.fieldCount
    let fields = records.fields(of: record)
    var isSuspicious = false
    // The texts are filled through a span: the array would be checked anew for every value.
    var texts = batch.texts.mutableSpan
    for column in 0..<min(fields.count, header.fields.count) where header.fields[column] >= 0 {
      let field = fields.lowerBound + column
      let start = records.index.fieldStart[field] - UInt32(shift)
      let end = records.index.fieldEnd[field] - UInt32(shift)
      let entry = row + header.fields[column]
      texts[entry] = ValueText(start: start, end: end, rawStart: start)
      if !records.index.fieldFlags[field].isEmpty || texts[entry].count > EarningLimits.idBytesMax {
        isSuspicious = true
      }
    }
    guard isSuspicious else { return }
    for column in 0..<min(fields.count, header.fields.count) where header.fields[column] >= 0 {
      let entry = row + header.fields[column]
      noteFlags(fields.lowerBound + column, entry: entry, row: record, &batch)
    }
  }

  /// Enters what the scanner noticed about a value.
  private func noteFlags(_ field: Int, entry: Int, row: Int, _ batch: inout EarningBatch) {
    let flags = records.index.fieldFlags[field]
    if flags.contains(.quoted) { batch.texts[entry].rawStart -= 1 }
    if flags.contains(.misplacedQuote) { batch.texts[entry].flags.insert(.misplacedQuote) }
    if flags.contains(.loneCarriageReturn) { batch.texts[entry].flags.insert(.loneCarriageReturn) }
    if !batch.texts[entry].flags.isEmpty || batch.texts[entry].count > EarningLimits.idBytesMax {
      batch.flags[row].insert(.suspicious)
    }
    guard flags.contains(.hasDoubledQuote) else { return }
    batch.texts[entry].start = UInt32(batch.bytes.count)
    // Read from the buffer: the batch cannot be read and grown at the same time.
    batch.bytes += records.text(ofField: field)
    batch.texts[entry].end = UInt32(batch.bytes.count)
  }
}
