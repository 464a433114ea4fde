import Domain
import TestSupport

/// Rows of values, some of them wrong, that both syntaxes can say.
enum RandomRows {
  /// By field, in the order of ``EarningField``.
  static func make(_ count: Int, using generator: inout SeededGenerator) -> [[String]] {
    (0..<count).map { number in
      EarningField.allCases.map { value($0, number, using: &generator) }
    }
  }

  private static let amounts = [
    "10.00", "-2.50", "+7", "0", "000000000000000001.100000000000", "999999999999999999",
  ]
  private static let rates = ["5%", "0.05", "100%", "0"]

  private static func value(
    _ field: EarningField, _ number: Int, using generator: inout SeededGenerator
  ) -> String {
    // One value in eighty is whatever it is, so that some rows of a feed are right.
    if Int.random(in: 0..<80, using: &generator) == 0 { return text(using: &generator) }
    return right(field, number).randomElement(using: &generator) ?? text(using: &generator)
  }

  /// Values that are right, none where any text is.
  private static func right(_ field: EarningField, _ number: Int) -> [String] {
    switch field {
    case .earningId: ["E-\(number)", "é한 \(number)", "=E\(number)", "\"\(number)\","]
    case .participantId: ["0048123", "한국-7"]
    case .programName: ["CSP Direct", "CSP 1T"]
    case .transactionDate: ["2026-10-05", "2026-10-31T23:30:00-07:00", "2026-10-01T00:00Z"]
    case .transactionCurrency: ["EUR", "KRW", "USD"]
    case .transactionAmount: amounts
    case .lever: ["", "Core", "Credit"]
    case .earningType: ["", "Co-op", "Partner-Earned_Credit", "FEE"]
    case .earningRate: rates + ["", ""]
    case .earningAmount, .quantity: amounts + ["", ""]
    case .relatedEarningId: ["", "E-0", "\"x\", y"]
    default: []
    }
  }

  private static let pieces = [
    "a", "Z", " ", "  ", "\t", ",", ";", "\"", "\"\"", "'", "\n", "\r\n", "é", "한", "😀", "&",
    "<", ">", "]]>", "&amp;", "\u{A0}", "\u{200F}", "1", ".5", "-", "=",
    "usd", "2026-02-30",
  ]

  private static let controls = ["\r", "\u{7F}", "\u{85}"]

  private static func text(using generator: inout SeededGenerator) -> String {
    let count = max(0, Int.random(in: -3...6, using: &generator))
    return (0..<count).map { _ in
      let isControl = Int.random(in: 0..<200, using: &generator) == 0
      return (isControl ? controls : pieces).randomElement(using: &generator) ?? ""
    }.joined()
  }
}

/// Where values and records stand in a feed, by row.
struct ValuePlaces {
  var records: [Int] = []
  /// Of values that are not empty.
  var values: [[EarningField: Int]] = []
}

/// Rows as CSV: columns in any order among others, quotes where they must be and where they need
/// not be, either line ending, with or without a byte order mark and a last line ending.
struct CSVText {
  private(set) var bytes: [UInt8] = []
  private(set) var places = ValuePlaces()

  init(_ rows: [[String]], using generator: inout SeededGenerator) {
    var columns: [EarningField?] = EarningField.allCases + [nil, nil]
    columns.shuffle(using: &generator)
    let ending = Bool.random(using: &generator) ? "\r\n" : "\n"
    if Bool.random(using: &generator) { append("\u{FEFF}") }
    for (number, column) in columns.enumerated() {
      if number > 0 { append(",") }
      append(quoted(column?.name.uppercased() ?? "other \(number)", using: &generator))
    }
    for row in rows {
      append(ending)
      if Int.random(in: 0..<5, using: &generator) == 0 { append(ending) }
      places.records.append(bytes.count)
      var values: [EarningField: Int] = [:]
      for (number, column) in columns.enumerated() {
        if number > 0 { append(",") }
        let value = column.map { row[$0.rawValue] } ?? "x,\n\""
        if let column, !value.isEmpty { values[column] = bytes.count }
        append(quoted(value, using: &generator))
      }
      places.values.append(values)
    }
    if Bool.random(using: &generator) { append(ending) }
  }

  private mutating func append(_ text: String) {
    bytes += Array(text.utf8)
  }

  private func quoted(_ value: String, using generator: inout SeededGenerator) -> String {
    let needsQuotes = value.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needsQuotes || Bool.random(using: &generator) else { return value }
    return "\"" + value.replacing("\"", with: "\"\"") + "\""
  }
}

/// Rows as XML: children in any order with any white space between them, text as it is, as CDATA or
/// as references, empty elements in any spelling or absent.
struct XMLText {
  private(set) var bytes: [UInt8] = []
  private(set) var places = ValuePlaces()

  init(_ rows: [[String]], using generator: inout SeededGenerator) {
    if Bool.random(using: &generator) { append("\u{FEFF}") }
    append("<?xml version='1.0' encoding='UTF-8'?><earningsFeed xmlns='urn:payout:earnings:1'>")
    for row in rows {
      append(blank(using: &generator))
      places.records.append(bytes.count)
      append("<earning" + blank(using: &generator) + ">")
      var values: [EarningField: Int] = [:]
      for field in EarningField.allCases.shuffled(using: &generator) {
        append(blank(using: &generator))
        if let place = appendChild(field.name, row[field.rawValue], using: &generator) {
          values[field] = place
        }
      }
      append(blank(using: &generator) + "</earning>")
      places.values.append(values)
    }
    append("</earningsFeed>")
  }

  private mutating func append(_ text: String) {
    bytes += Array(text.utf8)
  }

  private func blank(using generator: inout SeededGenerator) -> String {
    ["", "", " ", "\n", "\r\n  ", "\t"].randomElement(using: &generator) ?? ""
  }

  /// Returns where the value begins, nil where there is none.
  private mutating func appendChild(
    _ name: String, _ value: String, using generator: inout SeededGenerator
  ) -> Int? {
    if value.isEmpty {
      let spellings = ["", "<\(name)/>", "<\(name) ></\(name)>", "<\(name)><![CDATA[]]></\(name)>"]
      append(spellings.randomElement(using: &generator) ?? "")
      return nil
    }
    append("<\(name)>")
    if Int.random(in: 0..<6, using: &generator) == 0 { append("<!-- a\nb -->") }
    // CDATA cannot hold its own end, and would lose a carriage return.
    let isCDATA =
      !value.contains("]]>") && !value.utf8.contains(0x0D) && Bool.random(using: &generator)
    if isCDATA { append("<![CDATA[") }
    let place = bytes.count
    append(isCDATA ? value + "]]>" : referenced(value, using: &generator))
    append("</\(name)>")
    return place
  }

  private func referenced(_ value: String, using generator: inout SeededGenerator) -> String {
    value.unicodeScalars.map { scalar in
      Int.random(in: 0..<8, using: &generator) == 0
        ? "&#\(scalar.value);" : xmlEscaped(String(scalar))
    }.joined()
  }
}

/// Makes a feed so much longer that a byte of it comes to lie at a certain offset.
enum Padding {
  /// The text with rows before `start`, so that what was at `cut` is at `boundary`.
  static func padded(
    _ text: [UInt8], at start: Int, _ syntax: Syntax, boundary: Int, cut: Int
  ) -> [UInt8] {
    var padding: [UInt8] = []
    let missing = boundary - cut
    while missing - padding.count > 60_000 { padding += row(50_000, syntax) }
    padding += row(missing - padding.count, syntax)
    return text[..<start] + padding + text[start...]
  }

  private static func row(_ count: Int, _ syntax: Syntax) -> [UInt8] {
    let (before, after) =
      syntax == .csv ? ("\"", "\"\n") : ("<earning><customerName>", "</customerName></earning>")
    let filler = [UInt8](repeating: 0x78, count: count - before.utf8.count - after.utf8.count)
    return Array(before.utf8) + filler + Array(after.utf8)
  }
}
