/// What is wrong with the structure of a table.
package struct CSVProblem: Hashable, Sendable {
  /// What it is.
  package enum Kind: Hashable, Sendable {
    case invalidUTF8
    case misplacedQuote
    case openQuote
    case loneCarriageReturn
    case fieldCount(expected: Int, found: Int)
    /// There is not even a header.
    case empty
  }

  package var kind: Kind
  /// Counts from 1.
  package var line: Int
  /// Counts from 1, in bytes.
  package var column: Int
}

/// A small CSV file as a whole: a header and rows of strings.
package struct CSVTable: Sendable {
  /// A record.
  package struct Row: Sendable {
    /// Of the record's beginning, counts from 1.
    package let line: Int
    package let values: [String]
    fileprivate let places: [UInt64]

    /// The place of a value, that of its quote where it is quoted.
    package func position(of column: Int) -> (line: Int, column: Int) {
      (Int(places[column] >> 32), Int(places[column] & 0xFFFF_FFFF))
    }
  }

  package private(set) var header: [String] = []
  /// Rows without structural faults.
  package private(set) var rows: [Row] = []
  package private(set) var problems: [CSVProblem] = []

  /// Reads a table; a byte order mark is passed over.
  package init(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = bytes.span.extracting(start..<bytes.count)
    if let invalid = CSVTable.firstInvalid(text) {
      let (line, column) = CSVTable.place(text, from: 0, line: 1, to: invalid)
      problems.append(CSVProblem(kind: .invalidUTF8, line: line, column: column))
      return
    }
    var index = CSVIndex()
    let scan = CSVScanner(CSVDialect()).scan(text, isLast: true, into: &index)
    for record in 0..<index.recordCount { add(record, index, text) }
    if let quote = scan.openQuote {
      let (line, column) = CSVTable.place(
        text, from: scan.consumed, line: scan.linesConsumed + 1, to: quote)
      problems.append(CSVProblem(kind: .openQuote, line: line, column: column))
    } else if index.recordCount == 0 {
      problems.append(CSVProblem(kind: .empty, line: 1, column: 1))
    }
  }

  private mutating func add(_ record: Int, _ index: CSVIndex, _ text: Span<UInt8>) {
    let fields = Int(index.firstField[record])..<Int(index.firstField[record + 1])
    var place = (line: Int(index.recordLine[record]) + 1, column: 1)
    let line = place.line
    var cursor = Int(index.recordStart[record])
    var values: [String] = []
    var places: [UInt64] = []
    let problemsBefore = problems.count
    for field in fields {
      let flags = index.fieldFlags[field]
      let raw = Int(index.fieldStart[field]) - (flags.contains(.quoted) ? 1 : 0)
      while cursor < raw {
        place = text[cursor] == 0x0A ? (place.line + 1, 1) : (place.line, place.column + 1)
        cursor += 1
      }
      places.append(UInt64(place.line) << 32 | UInt64(place.column))
      if let kind = CSVTable.problem(flags) {
        problems.append(CSVProblem(kind: kind, line: place.line, column: place.column))
      }
      values.append(CSVTable.value(text, index, field))
    }
    if record > 0, values.count != header.count {
      let kind = CSVProblem.Kind.fieldCount(expected: header.count, found: values.count)
      problems.append(CSVProblem(kind: kind, line: line, column: 1))
    }
    if record == 0 {
      header = values
    } else if problems.count == problemsBefore {
      rows.append(Row(line: line, values: values, places: places))
    }
  }

  private static func problem(_ flags: CSVFieldFlags) -> CSVProblem.Kind? {
    if flags.contains(.misplacedQuote) { return .misplacedQuote }
    return flags.contains(.loneCarriageReturn) ? .loneCarriageReturn : nil
  }

  private static func value(_ text: Span<UInt8>, _ index: CSVIndex, _ field: Int) -> String {
    let start = Int(index.fieldStart[field])
    let end = Int(index.fieldEnd[field])
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end - start)
    if index.fieldFlags[field].contains(.hasDoubledQuote) {
      unescape(text, start: start, end: end, quote: 0x22, into: &bytes)
    } else {
      for position in start..<end { bytes.append(text[position]) }
    }
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

  private static func place(
    _ text: Span<UInt8>, from start: Int, line: Int, to end: Int
  ) -> (line: Int, column: Int) {
    var place = (line: line, column: 1)
    for position in start..<end {
      place = text[position] == 0x0A ? (place.line + 1, 1) : (place.line, place.column + 1)
    }
    return place
  }
}
