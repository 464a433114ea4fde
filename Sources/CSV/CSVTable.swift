/// A small CSV file as a whole: a header and rows of strings.
///
/// Nothing about a file makes reading it fail; what is wrong with it is in ``problems``.
package struct CSVTable: Sendable {
  /// A record after the header.
  package struct Row: Sendable {
    /// The line on which the record begins, counted from 1.
    package let line: Int
    /// As many as the header has.
    package let values: [String]
    fileprivate let places: [CSVPlace]

    /// The place of a value, that of its quote where it is quoted.
    ///
    /// - Returns: Line and column, both counted from 1, the column in bytes.
    package func position(of column: Int) -> (line: Int, column: Int) {
      (places[column].line, places[column].column)
    }
  }

  /// The names of the columns; empty if the file has no whole record.
  package private(set) var header: [String] = []
  /// Rows without structural faults.
  package private(set) var rows: [Row] = []
  /// The structural faults, in the order of the file.
  package private(set) var problems: [CSVProblem] = []

  /// Reads a table; a byte order mark is passed over, and so are empty lines.
  package init(_ bytes: [UInt8]) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let isValid = CSVTable.firstInvalid(text.span) == nil
    var index = CSVIndex()
    let scan = CSVScanner(CSVDialect()).scan(text.span, isLast: true, into: &index)
    for record in 0..<index.recordCount { add(record, index, text, isValid: isValid) }
    if let quote = scan.openQuote {
      var place = CSVPlace(line: scan.linesConsumed + 1, offset: scan.consumed)
      place.advance(to: quote, in: text.span)
      report(.openQuote, place)
    } else if index.recordCount == 0 {
      report(.empty, CSVPlace(line: 1, offset: 0))
    }
  }

  private mutating func add(
    _ record: Int, _ index: CSVIndex, _ text: ArraySlice<UInt8>, isValid: Bool
  ) {
    let problemsBefore = problems.count
    let start = CSVPlace(
      line: Int(index.recordLine[record]) + 1, offset: Int(index.recordStart[record]))
    var values: [String] = []
    var places: [CSVPlace] = []
    var place = start
    for field in Int(index.firstField[record])..<Int(index.firstField[record + 1]) {
      let raw = index.rawStart(ofField: field)..<index.rawEnd(ofField: field)
      place.advance(to: raw.lowerBound, in: text.span)
      places.append(place)
      values.append(CSVTable.value(text, index, field))
      reportFaults(index.fieldFlags[field], place)
      if !isValid, let offset = CSVTable.firstInvalid(text.span.extracting(raw)) {
        var invalid = place
        invalid.advance(to: raw.lowerBound + offset, in: text.span)
        report(.invalidUTF8, invalid)
      }
    }
    if record == 0 {
      header = values
      return
    }
    if values.count != header.count {
      report(.fieldCount(expected: header.count, found: values.count), start)
    }
    guard problems.count == problemsBefore else { return }
    rows.append(Row(line: start.line, values: values, places: places))
  }

  private mutating func reportFaults(_ flags: CSVFieldFlags, _ place: CSVPlace) {
    if flags.contains(.misplacedQuote) { report(.misplacedQuote, place) }
    if flags.contains(.loneCarriageReturn) { report(.loneCarriageReturn, place) }
  }

  private mutating func report(_ kind: CSVProblem.Kind, _ place: CSVPlace) {
    problems.append(CSVProblem(kind: kind, line: place.line, column: place.column))
  }

  private static func value(_ text: ArraySlice<UInt8>, _ index: CSVIndex, _ field: Int) -> String {
    let start = Int(index.fieldStart[field])
    let end = Int(index.fieldEnd[field])
    guard index.fieldFlags[field].contains(.hasDoubledQuote) else {
      return String(decoding: text.dropFirst(start).prefix(end - start), as: UTF8.self)
    }
    var bytes: [UInt8] = []
    unescape(text.span, start: start, end: end, quote: 0x22, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func firstInvalid(_ bytes: Span<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}

/// A place in a text that can only move on.
private struct CSVPlace {
  private(set) var line: Int
  private(set) var offset: Int
  private var lineStart: Int

  var column: Int { offset - lineStart + 1 }

  /// The beginning of a line.
  init(line: Int, offset: Int) {
    self.line = line
    self.offset = offset
    lineStart = offset
  }

  mutating func advance(to end: Int, in text: Span<UInt8>) {
    while offset < end {
      if text[offset] == 0x0A {
        line += 1
        lineStart = offset + 1
      }
      offset += 1
    }
  }
}
