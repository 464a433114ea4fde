import CSV
import Domain
import ExactMoney

/// A table that a run wrote, read back.
struct DiffTable {
  private var columns: [String: Int] = [:]
  /// Without the header.
  private(set) var rows: [[String]] = []

  /// - Returns: Nil if it is no table.
  init?(_ bytes: [UInt8]) {
    let scanner = CSVScanner(CSVDialect())
    var index = CSVIndex()
    guard scanner.scan(bytes.span, isLast: true, into: &index).openQuote == nil,
      index.recordCount > 0
    else { return nil }
    rows.reserveCapacity(index.recordCount)
    for record in 0..<index.recordCount {
      let fields = Int(index.firstField[record])..<Int(index.firstField[record + 1])
      rows.append(fields.map { DiffTable.value(bytes, index, $0) })
    }
    for (number, name) in rows.removeFirst().enumerated() { columns[name] = number }
    let count = columns.count
    guard rows.allSatisfy({ $0.count == count }) else { return nil }
  }

  private static func value(_ bytes: [UInt8], _ index: CSVIndex, _ field: Int) -> String {
    let start = Int(index.fieldStart[field])
    let end = Int(index.fieldEnd[field])
    guard index.fieldFlags[field].contains(.hasDoubledQuote) else {
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
    var result: [UInt8] = []
    unescape(bytes.span, start: start, end: end, quote: 0x22, into: &result)
    return String(decoding: result, as: UTF8.self)
  }

  /// A value as it was before it was neutralised; empty where there is no such column.
  func text(_ row: [String], _ column: String) -> String {
    let text = plain(row, column)
    guard text.hasPrefix("'") else { return text }
    let rest = Array(text.utf8.dropFirst())
    return neutralised(rest.span) ? String(text.dropFirst()) : text
  }

  private func plain(_ row: [String], _ column: String) -> String {
    columns[column].map { row[$0] } ?? ""
  }

  /// An amount of money; nil if it is none.
  func money(_ row: [String], _ column: String, _ currency: Currency) -> Money? {
    DiffTable.units(plain(row, column), decimals: currency.minorDigits).map {
      Money(minorUnits: $0, currency: currency)
    }
  }

  /// An exact amount; nil where the column is empty, or not one.
  func amount(_ row: [String], _ column: String) -> ExactAmount? {
    DiffTable.units(plain(row, column), decimals: ExactAmount.scale).map(ExactAmount.init(picos:))
  }

  func rate(_ row: [String], _ column: String) -> ExactRate? {
    DiffTable.units(plain(row, column), decimals: ExactRate.scale).map(ExactRate.init(parts:))
  }

  /// A decimal in units of its last place; sums may be longer than what a feed may bring.
  private static func units(_ text: String, decimals: Int) -> Int128? {
    var digits = text.utf8[...]
    let isNegative = digits.first == 0x2D
    if isNegative { digits = digits.dropFirst() }
    let parts = digits.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 2, !digits.isEmpty,
      let fraction = parts.count == 2 ? parts[1] : Optional(""[...].utf8),
      fraction.count <= decimals
    else { return nil }
    var value: Int128 = 0
    let zeros = [UInt8](repeating: 0x30, count: decimals - fraction.count)
    for byte in Array(parts[0]) + Array(fraction) + zeros {
      guard (0x30...0x39).contains(byte) else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int128(byte - 0x30))
      guard !tooLarge, !overflow else { return nil }
      value = sum
    }
    return isNegative ? -value : value
  }
}
