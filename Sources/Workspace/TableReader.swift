import CSV
import Domain
import ExactMoney

/// Reads the rows of a registry file by column name, and reports what cannot be read.
struct TableReader {
  private let table: CSVTable
  /// By column of ours: its place in the file, or nil.
  private var places: [Int?] = []
  private let columns: [Column]
  private var current = 0
  private(set) var findings: FindingList

  /// A column of the contract.
  struct Column {
    let name: String
    let isRequired: Bool
    /// Its values are shown in no finding.
    let isSecret: Bool

    init(_ name: String, required: Bool = false, secret: Bool = false) {
      self.name = name
      isRequired = required
      isSecret = secret
    }
  }

  /// Reads the header.
  init(_ bytes: [UInt8], file: String, columns: [Column]) {
    table = CSVTable(bytes)
    self.columns = columns
    findings = FindingList(file: file)
    for problem in table.problems { report(problem) }
    if !table.header.isEmpty { mapHeader() }
  }

  /// Goes through the rows; `row` reads the values with the methods below.
  mutating func forEachRow(_ row: (inout TableReader) -> Void) {
    guard places.count == columns.count else { return }
    for number in table.rows.indices {
      current = number
      row(&self)
    }
  }

  private mutating func report(_ problem: CSVProblem) {
    let message =
      switch problem.kind {
      case .invalidUTF8: "a byte that is not UTF-8"
      case .misplacedQuote: "a quote in the wrong place"
      case .openQuote: "the quote that opens here is never closed"
      case .loneCarriageReturn: "a carriage return without a line feed"
      case .fieldCount(let expected, let found):
        "the header has \(expected) columns, this row has \(found) values"
      case .empty: "the file is empty: it needs a header"
      }
    findings.add(.X902, line: problem.line, column: problem.column, message)
  }

  private mutating func mapHeader() {
    let names = columns.map(\.name)
    var found = [Int?](repeating: nil, count: columns.count)
    for (place, name) in table.header.enumerated() where !name.hasPrefix("_") {
      let folded = TableReader.fold(name)
      guard let column = names.firstIndex(where: { TableReader.fold($0) == folded }) else {
        let nearest = NearestName.find(name, among: names)
        findings.add(
          .X903, line: 1, column: 1, field: SafeText.shown(name),
          "the column \(SafeText.shown(name)) is not known",
          remedy: nearest.map { "Did you mean \($0)?" }
            ?? "Known here: \(names.joined(separator: ", ")).")
        continue
      }
      if found[column] != nil {
        findings.add(
          .X906, line: 1, column: 1, field: names[column], "the column stands twice")
      }
      found[column] = place
    }
    for (column, place) in zip(columns, found) where column.isRequired && place == nil {
      findings.add(
        .X904, line: 1, column: 1, field: column.name,
        "the header has no column \(column.name)")
    }
    places = found
  }

  private static func fold(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }

  var line: Int { table.rows[current].line }

  /// The value of a column, empty where there is none.
  func raw(_ column: Int) -> String {
    places[column].map { table.rows[current].values[$0] } ?? ""
  }

  /// Reports something about a value of the current row.
  mutating func report(
    _ code: FindingCode, _ column: Int, _ message: String, remedy: String? = nil
  ) {
    let place = places[column].map { table.rows[current].position(of: $0) }
    let isSecret = columns[column].isSecret
    findings.add(
      code, line: place?.line ?? line, column: place?.column ?? 1, field: columns[column].name,
      value: isSecret ? "" : raw(column), message, remedy: remedy)
  }

  /// A text, which must be there where the column is required.
  mutating func text(_ column: Int) -> String? {
    let value = raw(column)
    if value.isEmpty, columns[column].isRequired {
      report(.X904, column, "\(columns[column].name) is required and missing")
      return nil
    }
    return value
  }

  /// A value that `parse` reads; nil where it is empty or cannot be read.
  mutating func value<Value>(
    _ column: Int, expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(column), !text.isEmpty else { return nil }
    if let value = parse(text) { return value }
    report(.X905, column, "\(columns[column].name): expected \(expected)")
    return nil
  }

  mutating func day(_ column: Int) -> Day? {
    value(column, expected: "a date like 2026-10-31") { DayText.plainDay($0) }
  }

  mutating func currency(_ column: Int) -> Currency? {
    value(column, expected: "a currency code of ISO 4217, like EUR") { Currency($0) }
  }

  /// One of the words of an enumeration.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ column: Int, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    return value(column, expected: "one of \(words)") { Word(rawValue: $0) }
  }

  /// A rate from 0 to 100%; 0 where it is empty.
  mutating func share(_ column: Int) -> ExactRate {
    let rate = value(column, expected: "a rate like 0.05 or 5%") { ExactRate($0) }
    guard let rate, !rate.isShare else { return rate ?? .zero }
    report(.X911, column, "\(columns[column].name) is below 0 or above 100%")
    return .zero
  }

  /// An interval whose end does not come before its beginning.
  mutating func validity(from: Int, to: Int) -> Validity? {
    guard let first = day(from) else {
      _ = day(to)
      return nil
    }
    let last = day(to)
    if let last, last < first {
      report(.X907, to, "ends on \(last.text), before it begins on \(first.text)")
    }
    return Validity(from: first, to: last)
  }
}
