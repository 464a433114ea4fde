import Domain

/// Names of the required columns, in order.
let requiredColumns =
  "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount"

/// A row with nothing but the required values, and nothing wrong.
let plainRow = "E-1,0048123,CSP Direct,2026-10-05,EUR,10.00"

/// What ``plainRow`` holds, by field.
let plainValues: [EarningField: String] = [
  .earningId: "E-1", .participantId: "0048123", .programName: "CSP Direct",
  .transactionDate: "2026-10-05", .transactionCurrency: "EUR", .transactionAmount: "10.00",
]

/// The two syntaxes of feeds.
enum Syntax: String, CaseIterable, Sendable {
  case csv, xml

  /// A feed of one row.
  func feed(_ values: [EarningField: String]) -> [UInt8] {
    let fields = EarningField.allCases.filter { values[$0] != nil }
    switch self {
    case .csv:
      let header = fields.map(\.name).joined(separator: ",")
      let row = fields.map { "\"" + (values[$0] ?? "").replacing("\"", with: "\"\"") + "\"" }
      return Array((header + "\n" + row.joined(separator: ",") + "\n").utf8)
    case .xml:
      let children = fields.map { field in
        "<\(field.name)>\(xmlEscaped(values[field] ?? ""))</\(field.name)>"
      }
      return Array(xmlFeed("<earning>" + children.joined() + "</earning>").utf8)
    }
  }

  /// Reads a feed of one row.
  func read(_ values: [EarningField: String], limits: Limits = Limits()) throws -> Reading {
    try FeedsTests.read(feed(values), as: "feed." + rawValue, limits: limits)
  }
}

/// A feed with this inside its root element.
func xmlFeed(_ content: String, attributes: String = "") -> String {
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    + "<earningsFeed xmlns=\"urn:payout:earnings:1\"\(attributes)>\(content)</earningsFeed>\n"
}

/// The children of an earning that say what ``plainRow`` says.
let plainChildren = EarningField.allCases.compactMap { field in
  plainValues[field].map { "<\(field.name)>\($0)</\(field.name)>" }
}.joined()

/// Text with everything that markup or line ending normalisation would change as references.
func xmlEscaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\r": escaped += "&#xD;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
