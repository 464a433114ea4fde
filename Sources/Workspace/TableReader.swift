import Domain
import ExactMoney

/// Reads the rows of a table by column name, and reports what cannot be read.
///
/// The methods read values of the current row; a column is named by its number in `columns`.
struct TableReader {
  private let columns: [TableColumn]
  private let rows: TableRows
  /// By column of ours: its number in the file. Nil where the header cannot be used.
  private let numbers: [Int?]?
  private let idColumn: Int?
  private let mayHaveControlCharacters: Bool
  /// The record that is read now.
  private var current = 0
  private(set) var findings: FindingList

  /// Reads the header.
  init(_ bytes: [UInt8], file: String, columns: [TableColumn]) {
    let isSecret = columns.contains(where: \.isSecret)
    var findings = FindingList(
      file: file, bytes: bytes, excerpts: isSecret ? .hidden : .shown)
    rows = TableRows(bytes, columns, &findings)
    numbers = rows.header.isEmpty ? nil : TableHeader.map(rows, columns, &findings)
    self.columns = columns
    self.findings = findings
    idColumn = columns.firstIndex { $0.name == "participantId" }
    mayHaveControlCharacters = TableReader.mayHaveControlCharacters(bytes.span)
  }

  /// Whether the header has what it needs and no row is left out.
  var isComplete: Bool { numbers != nil && rows.isComplete }

  var rowCount: Int { numbers == nil ? 0 : rows.records.count }

  /// Goes through the rows.
  mutating func forEachRow(_ row: (inout TableReader) -> Void) {
    guard numbers != nil else { return }
    for record in rows.records {
      current = record
      if mayHaveControlCharacters { checkControlCharacters() }
      row(&self)
    }
  }

  /// Of the current row; counts from 1.
  var line: Int { rows.line(current) }

  // MARK: What is wrong

  /// Reports something about a value of the current row.
  mutating func report(
    _ code: FindingCode, _ column: Int, _ message: String, remedy: String
  ) {
    let place = numbers?[column].map { rows.place(current, $0) }
    findings.add(
      code, at: place ?? Place(line: line, column: 1, byteOffset: nil),
      field: columns[column].name,
      value: columns[column].isSecret ? "" : raw(column),
      participantId: idColumn.map { raw($0) } ?? "", message, remedy: remedy)
  }

  /// Whether any value may have a control character; nearly no file has, and then none is asked.
  private static func mayHaveControlCharacters(_ bytes: Span<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for position in 0..<bytes.count {
      let byte = bytes[position]
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return true }
      if byte == 0x7F || (previous == 0xC2 && byte < 0xA0) { return true }
      previous = byte
    }
    return false
  }

  private mutating func checkControlCharacters() {
    for column in columns.indices where ControlCharacters.isIn(raw(column)) {
      report(
        .X905, column, "\(columns[column].name): a control character",
        remedy: "Remove the control character.")
    }
  }

  // MARK: Values

  /// The value of a column, empty where there is none.
  func raw(_ column: Int) -> String {
    guard let number = numbers?[column] else { return "" }
    return rows.value(current, number)
  }

  func isEmpty(_ column: Int) -> Bool {
    guard let number = numbers?[column] else { return true }
    return rows.isEmpty(current, number)
  }

  /// A text, which must be there where the column is required.
  mutating func text(_ column: Int) -> String? {
    isMissing(column) ? nil : raw(column)
  }

  /// Whether a required value is empty, which is reported.
  private mutating func isMissing(_ column: Int) -> Bool {
    guard columns[column].isRequired, isEmpty(column) else { return false }
    report(
      .X904, column, "\(columns[column].name) is required and empty",
      remedy: "Fill in the \(columns[column].name).")
    return true
  }

  /// A value that `parse` reads; nil where it is empty or cannot be read.
  mutating func value<Value>(
    _ column: Int, expected: @autoclosure () -> String, _ parse: (String) -> Value?
  ) -> Value? {
    guard !isMissing(column), !isEmpty(column) else { return nil }
    if let value = parse(raw(column)) { return value }
    reportUnexpected(column, expected())
    return nil
  }

  /// A value that `parse` reads from its bytes; nil where it is empty or cannot be read.
  mutating func bytes<Value>(
    _ column: Int, expected: @autoclosure () -> String, _ parse: (Span<UInt8>) -> Value?
  ) -> Value? {
    guard !isMissing(column), !isEmpty(column), let number = numbers?[column] else { return nil }
    if let value = rows.read(current, number, parse) { return value }
    reportUnexpected(column, expected())
    return nil
  }

  /// The number that an index has for a value; nil where it is empty or not there.
  mutating func find(_ column: Int, in index: NameIndex) -> Int? {
    guard !isMissing(column), !isEmpty(column), let number = numbers?[column] else { return nil }
    return rows.read(current, number) { index.find($0) }
  }

  private mutating func reportUnexpected(_ column: Int, _ expected: String) {
    report(
      .X905, column, "\(columns[column].name): expected \(expected)",
      remedy: "Write \(expected)" + (columns[column].isRequired ? "." : ", or leave it empty."))
  }

  mutating func day(_ column: Int) -> Day? {
    bytes(column, expected: "a date like 2026-10-31") { $0.count == 10 ? DayText.day($0) : nil }
  }

  mutating func period(_ column: Int) -> Period? {
    value(column, expected: "a month like 2026-10") { Period($0) }
  }

  mutating func currency(_ column: Int) -> Currency? {
    bytes(column, expected: "a currency code of ISO 4217 in capitals, like EUR") {
      Currency.find($0)
    }
  }

  /// One of the words of an enumeration.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ column: Int, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    value(
      column,
      expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "),
      { Word(rawValue: $0) })
  }

  /// A rate from 0 to 100%; 0 where it is empty.
  mutating func share(_ column: Int) -> ExactRate {
    let rate = value(column, expected: "a rate like 0.05 or 5%, at most 12 decimals") {
      ExactRate($0)
    }
    guard let rate, !rate.isShare else { return rate ?? .zero }
    report(
      .X911, column, "\(columns[column].name) is below 0 or above 100%",
      remedy: "Write a rate from 0 to 1, or from 0% to 100%: five per cent is 5% or 0.05.")
    return .zero
  }

  /// An interval whose end does not come before its beginning.
  mutating func validity(from: Int, to: Int) -> Validity? {
    let first = day(from)
    let last = day(to)
    guard let first else { return nil }
    checkOrder(first, last, to)
    return Validity(from: first, to: last)
  }

  /// Reports an end that comes before its beginning.
  mutating func checkOrder(_ first: Day?, _ last: Day?, _ column: Int) {
    guard let first, let last, last < first else { return }
    report(
      .X907, column, "ends on \(last.text), before it begins on \(first.text)",
      remedy: "Correct one of the two dates; both days themselves count.")
  }
}
