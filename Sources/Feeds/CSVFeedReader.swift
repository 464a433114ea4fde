import CSV
import Domain

/// Reads a CSV feed: bytes → the text columns of batches.
///
/// One buffer is filled chunk by chunk; the scanner finds the records in it, and the unfinished
/// one at its end moves to the front before the next chunk. Memory is bounded by a chunk and the
/// longest record that the limits allow.
struct CSVFeedReader: ~Copyable {
  private static let chunkBytes = 1 << 20
  private static let rowsPerBatch = 256

  private let feed: FeedFile
  private var source: FeedByteReader
  private let scanner = CSVScanner(CSVDialect())
  private var index = CSVIndex()
  private var buffer: [UInt8] = []
  /// Bytes of the buffer that hold data.
  private var filled = 0
  /// Where the first record that was not handed out yet begins, in the buffer.
  private var position = 0
  /// The offset of the buffer's first byte in the feed.
  private var bufferOffset = 0
  /// Lines before `position`.
  private var linesBefore = 0
  private var atEnd = false
  private var rows = 0

  private(set) var header = HeaderMapping()
  /// The header's own bytes and the line ending after it, for the rejects file.
  private(set) var headerEnd = 0

  /// Opens the feed and reads its header.
  ///
  /// - Throws: ``FeedRefusal``.
  static func open(_ feed: FeedFile) throws(FeedRefusal) -> CSVFeedReader {
    var reader = CSVFeedReader(feed: feed, source: try FeedByteReader(feed))
    try reader.readHeader()
    return reader
  }

  private init(feed: FeedFile, source: consuming FeedByteReader) {
    self.feed = feed
    self.source = source
  }

  /// Reads the next rows.
  ///
  /// - Returns: Whether there were any.
  /// - Throws: ``FeedRefusal``.
  mutating func next(_ batch: inout EarningBatch) throws(FeedRefusal) -> Bool {
    batch.removeAll(firstRow: rows)
    while try scan(limit: CSVFeedReader.rowsPerBatch) {
      guard index.recordCount > 0 else { continue }
      fill(&batch)
      rows += batch.count
      return true
    }
    return false
  }

  private mutating func readHeader() throws(FeedRefusal) {
    try fillBuffer()
    if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    repeat {
      guard try scan(limit: 1) else {
        throw FeedRefusal(Finding(.F113, feed: feed.name, message: "the file is empty"))
      }
    } while index.recordCount == 0
    header = try HeaderMapping(columns: headerColumns(), feed: feed)
    headerEnd = bufferOffset + scanned + Int(index.recordEnd[0])
  }

  /// The names of the header, which was just scanned, and where they stand.
  private func headerColumns() -> [HeaderMapping.Column] {
    let recordStart = scanned + Int(index.recordStart[0])
    var place = Place(
      line: lineOfScan + Int(index.recordLine[0]) + 1, column: 1,
      byteOffset: bufferOffset + recordStart)
    var position = recordStart
    // One more than the limit is enough to see that it is exceeded.
    return (0..<min(Int(index.firstField[1]), feed.limits.columns + 1)).map { field in
      while position < scanned + index.rawStart(ofField: field) {
        place.column += 1
        if buffer[position] == 0x0A { (place.line, place.column) = (place.line + 1, 1) }
        position += 1
      }
      place.byteOffset = bufferOffset + position
      var name: [UInt8] = []
      unescape(
        buffer.span, start: scanned + Int(index.fieldStart[field]),
        end: scanned + Int(index.fieldEnd[field]), quote: 0x22, into: &name)
      return HeaderMapping.Column(name: String(decoding: name, as: UTF8.self), place: place)
    }
  }

  /// Where in the buffer the last scan began.
  private var scanned = 0

  /// Finds the next records; reads on where the buffer has no whole one.
  ///
  /// - Returns: False at the end of the feed. A true answer may still bring no record.
  private mutating func scan(limit: Int) throws(FeedRefusal) -> Bool {
    while true {
      if position < filled {
        let scan = scanBuffer(isLast: atEnd, limit: limit)
        if scan.consumed > 0 {
          try accept(scan)
          return true
        }
        if atEnd, let quote = scan.openQuote {
          // The first fault counts.
          try checkEncoding(position..<(position + quote))
          throw openQuote(at: position + quote)
        }
      }
      guard !atEnd else { return false }
      try makeRoom()
      try fillBuffer()
    }
  }

  private mutating func scanBuffer(isLast: Bool, limit: Int) -> CSVScan {
    // The index is taken out while the buffer is read: one of the two may be changed at a time.
    var scanned = CSVIndex()
    swap(&scanned, &index)
    let scan = scanner.scan(
      buffer.span.extracting(position..<filled), isLast: isLast, recordLimit: limit,
      into: &scanned)
    swap(&scanned, &index)
    return scan
  }

  private mutating func accept(_ scan: CSVScan) throws(FeedRefusal) {
    let consumed = position..<(position + scan.consumed)
    try checkEncoding(consumed)
    for record in 0..<index.recordCount
    where Int(index.recordEnd[record] - index.recordStart[record]) > feed.limits.row {
      throw rowTooLong(line: linesBefore + Int(index.recordLine[record]) + 1)
    }
    scanned = position
    lineOfScan = linesBefore
    position = consumed.upperBound
    linesBefore += scan.linesConsumed
  }

  /// - Parameter range: Of the buffer, not before `position`.
  private func checkEncoding(_ range: Range<Int>) throws(FeedRefusal) {
    if let invalid = UTF8Check.firstInvalid(buffer.span.extracting(range)) {
      throw invalidUTF8(at: range.lowerBound + invalid)
    }
  }

  /// Lines before the place where the last scan began.
  private var lineOfScan = 0

  private mutating func makeRoom() throws(FeedRefusal) {
    if filled - position > feed.limits.row {
      throw try isQuoteLeftOpen() ?? rowTooLong(line: linesBefore + 1)
    }
    guard position > 0 else { return }
    buffer.removeSubrange(0..<position)
    bufferOffset += position
    filled -= position
    position = 0
  }

  private mutating func fillBuffer() throws(FeedRefusal) {
    let wanted = filled + CSVFeedReader.chunkBytes
    if buffer.count < wanted {
      buffer += [UInt8](repeating: 0, count: wanted - buffer.count)
    }
    let read = try source.read(into: &buffer, at: filled, count: CSVFeedReader.chunkBytes)
    filled += read
    if read == 0 { atEnd = true }
  }

  private func fill(_ batch: inout EarningBatch) {
    let first = Int(index.recordStart[0])
    let last = Int(index.recordEnd[index.recordCount - 1])
    batch.bytes.append(contentsOf: buffer[(scanned + first)..<(scanned + last)])
    for record in 0..<index.recordCount {
      addRow(record, shift: first, &batch)
      fillValues(record, shift: first, &batch)
    }
  }

  private func addRow(_ record: Int, shift: Int, _ batch: inout EarningBatch) {
    let start = Int(index.recordStart[record]) - shift
    let end = Int(index.recordEnd[record]) - shift
    var flags = RowFlags(rawValue: 0)
    if UTF8Check.mayHaveControls(batch.bytes.span.extracting(start..<end)) {
      flags.insert(.suspicious)
    }
    if fields(of: record).count != header.fields.count { flags.insert(.malformed) }
    batch.addRow(
      Place(
        line: lineOfScan + Int(index.recordLine[record]) + 1, column: 1,
        byteOffset: bufferOffset + scanned + shift + start),
      record: start..<end, flags: flags)
  }

  private func fields(of record: Int) -> Range<Int> {
    Int(index.firstField[record])..<Int(index.firstField[record + 1])
  }

  private func fillValues(_ record: Int, shift: Int, _ batch: inout EarningBatch) {
    let row = record * EarningBatch.fieldCount
    let fields = fields(of: record)
    var isSuspicious = false
    // The texts are filled through a span: the array would be checked anew for every value.
    var texts = batch.texts.mutableSpan
    for column in 0..<min(fields.count, header.fields.count) where header.fields[column] >= 0 {
      let field = fields.lowerBound + column
      let start = index.fieldStart[field] - UInt32(shift)
      let end = index.fieldEnd[field] - UInt32(shift)
      let entry = row + header.fields[column]
      texts[entry] = ValueText(start: start, end: end, rawStart: start)
      if !index.fieldFlags[field].isEmpty || texts[entry].count > EarningLimits.idBytesMax {
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
    let flags = index.fieldFlags[field]
    if flags.contains(.quoted) { batch.texts[entry].rawStart -= 1 }
    if flags.contains(.misplacedQuote) { batch.texts[entry].flags.insert(.misplacedQuote) }
    if flags.contains(.loneCarriageReturn) { batch.texts[entry].flags.insert(.loneCarriageReturn) }
    if !batch.texts[entry].flags.isEmpty || batch.texts[entry].count > EarningLimits.idBytesMax {
      batch.flags[row].insert(.suspicious)
    }
    guard flags.contains(.hasDoubledQuote) else { return }
    batch.texts[entry].start = UInt32(batch.bytes.count)
    // Read from the buffer: the batch cannot be read and grown at the same time.
    unescape(
      buffer.span, start: scanned + Int(index.fieldStart[field]),
      end: scanned + Int(index.fieldEnd[field]), quote: 0x22, into: &batch.bytes)
    batch.texts[entry].end = UInt32(batch.bytes.count)
  }
}

extension CSVFeedReader {
  private func openQuote(at place: Int) -> FeedRefusal {
    let at = self.place(of: place)
    return FeedRefusal(
      Finding(
        .F112, feed: feed.name, line: at.line, column: at.column,
        byteOffset: at.byteOffset,
        message: "the quote that opens here is never closed"))
  }

  private func invalidUTF8(at place: Int) -> FeedRefusal {
    let at = self.place(of: place)
    return FeedRefusal(
      Finding(
        .F102, feed: feed.name, line: at.line, column: at.column,
        byteOffset: at.byteOffset,
        value: "\\x" + String(buffer[place], radix: 16, uppercase: true),
        message: "a byte that is not UTF-8"))
  }

  private func rowTooLong(line: Int) -> FeedRefusal {
    FeedRefusal(
      Finding(
        .F111, feed: feed.name, line: line, column: 1,
        message: "a record of more than \(feed.limits.row) bytes"))
  }

  /// Of a record that is too long: whether the reason is a quote that is never closed.
  private mutating func isQuoteLeftOpen() throws(FeedRefusal) -> FeedRefusal? {
    let probe = scanBuffer(isLast: true, limit: .max)
    guard let quote = probe.openQuote else { return nil }
    let refusal = openQuote(at: position + quote)
    var inQuotes = true
    var read = 0
    repeat {
      read = try source.read(into: &buffer, at: 0, count: CSVFeedReader.chunkBytes)
      for offset in 0..<read where buffer[offset] == 0x22 { inQuotes.toggle() }
    } while read > 0 && inQuotes
    return inQuotes ? refusal : nil
  }

  /// The place of a byte of the buffer that is not before `position`.
  private func place(of place: Int) -> Place {
    var line = linesBefore + 1
    var lineStart = position
    for offset in position..<place where buffer[offset] == 0x0A {
      line += 1
      lineStart = offset + 1
    }
    return Place(line: line, column: place - lineStart + 1, byteOffset: bufferOffset + place)
  }
}
