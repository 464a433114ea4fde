import ByteStreams
import CSV
import Domain

/// The records of a CSV feed, some at a time.
///
/// One buffer is filled chunk by chunk; the scanner finds the records in it, and the unfinished
/// one at its end moves to the front before the next chunk. Memory is bounded by a chunk and the
/// longest record that the limits allow.
struct CSVRecords: ~Copyable {
  private let feed: FeedFile
  private let quote: UInt8
  private let scanner: CSVScanner
  private var source: FeedTextReader
  /// Where the records stand that were found last, counted from ``scanned``.
  private(set) var index = CSVIndex()
  private(set) var buffer: [UInt8] = []
  /// Bytes of the buffer that hold data.
  private var filled = 0
  /// Where the first record that was not found yet begins, in the buffer.
  private var position = 0
  /// The offset of the buffer's first byte in the text.
  private var bufferOffset = 0
  /// Lines before `position`.
  private var linesBefore = 0
  private var atEnd = false
  /// Where in the buffer the records that were found last begin.
  private(set) var scanned = 0
  /// Lines before that.
  private var lineOfScan = 0
  /// A place in the buffer whose offset in the feed is known; only for a text that is converted.
  private var known = (position: 0, offset: 0)

  /// Opens a feed, behind its byte order mark.
  ///
  /// - Parameter encoding: Nil for UTF-8.
  /// - Throws: ``FeedRefusal``.
  static func open(
    _ feed: FeedFile, dialect: CSVDialect = CSVDialect(), encoding: TextEncoding? = nil
  ) throws(FeedRefusal) -> CSVRecords {
    let source = try FeedTextReader(feed, encoding: encoding)
    var records = CSVRecords(feed, dialect, source)
    try records.begin()
    return records
  }

  private init(_ feed: FeedFile, _ dialect: CSVDialect, _ source: consuming FeedTextReader) {
    self.feed = feed
    self.source = source
    quote = dialect.quote ?? 0x22
    scanner = CSVScanner(dialect)
  }

  private mutating func begin() throws(FeedRefusal) {
    try fillBuffer()
    if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    known = (position, position + source.markLength)
  }

  /// Whether the text has another encoding than UTF-8.
  var isConverted: Bool { source.isConverted }

  /// The encoding of the feed.
  var encoding: TextEncoding { source.encoding ?? .utf8 }

  /// Whether the feed begins with a byte order mark; asked for before records are read.
  var hasMark: Bool { source.markLength > 0 || position == 3 }

  /// Finds the next records; reads on where the buffer has no whole one.
  ///
  /// - Returns: False at the end of the feed. A true answer may still bring no record.
  /// - Throws: ``FeedRefusal``.
  mutating func next(limit: Int) throws(FeedRefusal) -> Bool {
    while true {
      if position < filled {
        let scan = scanBuffer(isLast: atEnd && source.fault == nil, limit: limit)
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
      guard !atEnd else {
        if let fault = source.fault { throw notConverted(fault) }
        return false
      }
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
  private mutating func checkEncoding(_ range: Range<Int>) throws(FeedRefusal) {
    // What was converted is UTF-8.
    guard !source.isConverted else { return }
    if let invalid = UTF8Check.firstInvalid(buffer.span.extracting(range)) {
      throw invalidUTF8(at: range.lowerBound + invalid)
    }
  }

  private mutating func makeRoom() throws(FeedRefusal) {
    if filled - position > feed.limits.row {
      throw try isQuoteLeftOpen() ?? rowTooLong(line: linesBefore + 1)
    }
    guard position > 0 else { return }
    if source.isConverted {
      known = (0, offset(of: position))
    }
    // What is behind it is written over: the buffer keeps its length. Only a part of a record moves.
    for offset in position..<filled { buffer[offset - position] = buffer[offset] }
    bufferOffset += position
    filled -= position
    position = 0
    scanned = 0
  }

  private mutating func fillBuffer() throws(FeedRefusal) {
    let read = try source.read(into: &buffer, at: filled, count: feed.chunkBytes)
    filled += read
    if read == 0 { atEnd = true }
  }
}

// MARK: Places

extension CSVRecords {
  /// The values of a record, as numbers of the index.
  func fields(of record: Int) -> Range<Int> {
    Int(index.firstField[record])..<Int(index.firstField[record + 1])
  }

  /// Where the bytes of a record stand in the buffer, without its line ending.
  func range(of record: Int) -> Range<Int> {
    (scanned + Int(index.recordStart[record]))..<(scanned + Int(index.recordEnd[record]))
  }

  /// The line ending after a record, CRLF or LF.
  func lineEnding(of record: Int) -> [UInt8] {
    let end = range(of: record).upperBound
    return end < filled && buffer[end] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }

  /// A record as it came, from one of its values on.
  func rawText(of record: Int, from value: Int) -> [UInt8] {
    let fields = fields(of: record)
    guard value < fields.count else { return [] }
    let start = scanned + index.rawStart(ofField: fields.lowerBound + value)
    return Array(buffer[start..<range(of: record).upperBound])
  }

  /// The line in which a record begins.
  func line(of record: Int) -> Int {
    lineOfScan + Int(index.recordLine[record]) + 1
  }

  /// The offset in the feed of a place in the buffer.
  ///
  /// - Parameter place: In a text that is converted, not before the last one asked for.
  mutating func offset(of place: Int) -> Int {
    guard source.isConverted else { return bufferOffset + place }
    precondition(place >= known.position, "places are asked for in order")
    let width = source.width(of: buffer, known.position..<place)
    known = (place, known.offset + width)
    return known.offset
  }

  /// The place of a record's beginning; records in order, see ``offset(of:)``.
  mutating func place(of record: Int) -> Place {
    Place(line: line(of: record), column: 1, byteOffset: offset(of: range(of: record).lowerBound))
  }

  /// How many bytes of the feed a part of the buffer takes.
  mutating func width(of range: Range<Int>) -> Int {
    source.width(of: buffer, range)
  }

  /// A value as text, its doubled quotes halved.
  func text(ofField field: Int) -> [UInt8] {
    var text: [UInt8] = []
    unescape(
      buffer.span, start: scanned + Int(index.fieldStart[field]),
      end: scanned + Int(index.fieldEnd[field]), quote: quote, into: &text)
    return text
  }

  /// The values of a record, which is a header, and where they stand.
  mutating func columns(of record: Int, max: Int) -> [HeaderMapping.Column] {
    var place = place(of: record)
    var position = range(of: record).lowerBound
    return fields(of: record).prefix(max).map { field in
      let start = scanned + index.rawStart(ofField: field)
      while position < start {
        place.column += 1
        if buffer[position] == 0x0A { (place.line, place.column) = (place.line + 1, 1) }
        position += 1
      }
      place.byteOffset = offset(of: start)
      return HeaderMapping.Column(
        name: String(decoding: text(ofField: field), as: UTF8.self), place: place)
    }
  }

  /// The place of a byte of the buffer that is not before `position`.
  private mutating func place(at place: Int) -> Place {
    var line = linesBefore + 1
    var lineStart = position
    for offset in position..<place where buffer[offset] == 0x0A {
      line += 1
      lineStart = offset + 1
    }
    let start = offset(of: lineStart)
    let offset = offset(of: place)
    return Place(line: line, column: offset - start + 1, byteOffset: offset)
  }
}

// MARK: Refusals

extension CSVRecords {
  private mutating func openQuote(at place: Int) -> FeedRefusal {
    refusal(.F112, at: place, message: "the quote that opens here is never closed")
  }

  private mutating func invalidUTF8(at place: Int) -> FeedRefusal {
    let byte = buffer[place]
    return refusal(.F102, at: place, byte: byte, message: "a byte that is not UTF-8")
  }

  private mutating func notConverted(_ fault: TranscodingFault) -> FeedRefusal {
    refusal(
      .F102, at: filled, byte: fault.byte,
      message: fault.isCut
        ? "the feed ends within a character"
        : "a byte that is not of the encoding that the profile names")
  }

  private mutating func refusal(
    _ code: FindingCode, at place: Int, byte: UInt8? = nil, message: String
  ) -> FeedRefusal {
    let at = self.place(at: place)
    return FeedRefusal(
      Finding(
        code, feed: feed.name, line: at.line, column: at.column, byteOffset: at.byteOffset,
        value: byte.map { "\\x" + String($0, radix: 16, uppercase: true) } ?? "",
        message: message))
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
      read = try source.read(into: &buffer, at: 0, count: feed.chunkBytes)
      for offset in 0..<read where buffer[offset] == self.quote { inQuotes.toggle() }
    } while read > 0 && inQuotes
    return inQuotes ? refusal : nil
  }
}
