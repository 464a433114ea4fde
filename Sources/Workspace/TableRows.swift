import CSV
import Domain

/// The rows of a CSV file where they stand: a value becomes a text only when it is asked for.
struct TableRows {
  private let bytes: [UInt8]
  /// After a byte order mark; all offsets of `index` count from here.
  private let start: Int
  private var index = CSVIndex()
  private(set) var header: [String] = []
  /// The records after the header that have as many values as it and no faults.
  private(set) var records: [Int] = []
  /// Whether all of the file is in `records`.
  private(set) var isComplete = false

  /// Finds the rows; faults in the structure of the file are findings.
  init(_ bytes: [UInt8], _ columns: [TableColumn], _ findings: inout FindingList) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = bytes.span.extracting(start..<bytes.count)
    if let invalid = YAMLText.firstInvalid(text) {
      findings.add(
        .X902, at: YAMLText.place(text, invalid), "a byte that is not UTF-8",
        remedy: "Save the file as UTF-8.")
      return
    }
    let scan = CSVScanner(CSVDialect()).scan(text, isLast: true, into: &index)
    if index.recordCount > 0 { header = (0..<valueCount(0)).map { value(0, $0) } }
    for record in 0..<index.recordCount where isSound(record, &findings) && record > 0 {
      records.append(record)
    }
    isComplete = scan.openQuote == nil && records.count + 1 == index.recordCount
    if let quote = scan.openQuote {
      findings.add(
        .X902, at: YAMLText.place(text, quote), "the quote that opens here is never closed",
        remedy: "Close it, or double it if it is meant.")
    } else if index.recordCount == 0 {
      let names = columns.map(\.name).joined(separator: ",")
      findings.add(
        .X902, at: Place(line: 1, column: 1, byteOffset: nil), "the file is empty",
        remedy: "Write at least the header: \(names).")
    }
  }

  // MARK: Values

  /// The line in which a record begins; counts from 1.
  func line(_ record: Int) -> Int {
    Int(index.recordLine[record]) + 1
  }

  /// The place of a value, that of its quote where it is quoted.
  func place(_ record: Int, _ value: Int) -> Place {
    let field = Int(index.firstField[record]) + value
    let isQuoted = index.fieldFlags[field].contains(.quoted)
    let first = start + Int(index.recordStart[record])
    let target = start + Int(index.fieldStart[field]) - (isQuoted ? 1 : 0)
    var place = Place(line: line(record), column: 1, byteOffset: nil)
    for position in first..<max(first, target) {
      if bytes[position] == 0x0A {
        place.line += 1
        place.column = 1
      } else {
        place.column += 1
      }
    }
    return place
  }

  func isEmpty(_ record: Int, _ value: Int) -> Bool {
    range(record, value).isEmpty
  }

  /// A value as text.
  func value(_ record: Int, _ value: Int) -> String {
    let range = range(record, value)
    guard hasDoubledQuote(record, value) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var unescaped: [UInt8] = []
    unescape(
      bytes.span, start: range.lowerBound, end: range.upperBound, quote: 0x22, into: &unescaped)
    return String(decoding: unescaped, as: UTF8.self)
  }

  /// Reads a value from its bytes, without making a text of them.
  func read<Value>(_ record: Int, _ value: Int, _ parse: (Span<UInt8>) -> Value?) -> Value? {
    guard hasDoubledQuote(record, value) else {
      return parse(bytes.span.extracting(range(record, value)))
    }
    let unescaped = Array(self.value(record, value).utf8)
    return parse(unescaped.span)
  }

  private func range(_ record: Int, _ value: Int) -> Range<Int> {
    let field = Int(index.firstField[record]) + value
    return start + Int(index.fieldStart[field])..<start + Int(index.fieldEnd[field])
  }

  private func hasDoubledQuote(_ record: Int, _ value: Int) -> Bool {
    index.fieldFlags[Int(index.firstField[record]) + value].contains(.hasDoubledQuote)
  }

  private func valueCount(_ record: Int) -> Int {
    Int(index.firstField[record + 1] - index.firstField[record])
  }

  // MARK: Structure

  /// Whether a record can be read; what is wrong with it is a finding.
  private func isSound(_ record: Int, _ findings: inout FindingList) -> Bool {
    var isSound = true
    let count = valueCount(record)
    let first = Int(index.firstField[record])
    for value in 0..<count {
      let flags = index.fieldFlags[first + value]
      if flags.contains(.misplacedQuote) {
        isSound = false
        findings.add(
          .X902, at: place(record, value), "a quote in the wrong place",
          remedy: "Put the whole value in quotes, and double each quote inside it.")
      } else if flags.contains(.loneCarriageReturn) {
        isSound = false
        findings.add(
          .X902, at: place(record, value), "a carriage return without a line feed",
          remedy: "End lines with LF or CRLF, and put values with line breaks in quotes.")
      }
    }
    guard count != header.count else { return isSound }
    findings.add(
      .X902, at: Place(line: line(record), column: 1, byteOffset: nil),
      "the header has \(header.count) columns, this row has \(count) values",
      remedy: "Give the row \(header.count) values; a value with a comma in it stands in quotes.")
    return false
  }
}
