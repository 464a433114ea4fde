import Domain
import Testing

@Suite("Control totals")
struct ControlTests {
  /// Rows of 10.00 and -2.50 EUR and of 7 KRW.
  private static let rows: [(amount: String, currency: String)] = [
    ("10.00", "EUR"), ("-2.50", "EUR"), ("7", "KRW"),
  ]

  private static func csv(_ rows: [(amount: String, currency: String)]) -> [UInt8] {
    let lines = rows.enumerated().map { number, row in
      "E-\(number),0048123,CSP Direct,2026-10-05,\(row.currency),\(row.amount)\n"
    }
    return Array((requiredColumns + "\n" + lines.joined()).utf8)
  }

  private static func xml(
    _ rows: [(amount: String, currency: String)], _ control: String
  ) -> [UInt8] {
    let earnings = rows.map { row in
      "<earning>"
        + plainChildren.replacing("EUR", with: row.currency).replacing("10.00", with: row.amount)
        + "</earning>"
    }
    return Array(xmlFeed(earnings.joined() + control).utf8)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let rows: Int?
    let totals: [String: String]?
    let codes: [String]
    var testDescription: String { "\(rows ?? -1) \(totals ?? [:])" }

    init(_ rows: Int?, _ totals: [String: String]?, _ codes: String...) {
      self.rows = rows
      self.totals = totals
      self.codes = codes
    }

    var sidecar: String {
      let sums = totals.map { totals in
        "\"totals\": {" + totals.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
      }
      return "{" + [rows.map { "\"rows\": \($0)" }, sums].compactMap { $0 }.joined(separator: ",")
        + "}"
    }

    /// Nil where XML has no way to say it.
    var element: String? {
      guard let rows, totals?.isEmpty != true else { return nil }
      let sums = (totals ?? [:]).map { "<total currency=\"\($0)\">\($1)</total>" }
      return "<controlTotals rows=\"\(rows)\">" + sums.joined() + "</controlTotals>"
    }
  }

  static let cases: [Case] = [
    Case(3, nil), Case(nil, nil), Case(2, nil, "F108"), Case(4, nil, "F108"), Case(0, nil, "F108"),
    // Sums are numbers, not texts.
    Case(3, ["EUR": "7.50", "KRW": "7"]), Case(3, ["EUR": "7.5", "KRW": "7.00"]),
    Case(3, ["EUR": "+07.500", "KRW": "7"]), Case(nil, ["EUR": "7.50", "KRW": "7"]),
    Case(3, ["EUR": "7.51", "KRW": "7"], "F108"), Case(3, ["EUR": "-7.50", "KRW": "7"], "F108"),
    // A currency not listed is 0, and so is one that the rows do not have.
    Case(3, ["EUR": "7.50"], "F108"), Case(nil, [:], "F108"),
    Case(3, ["EUR": "7.50", "KRW": "7", "USD": "0.00"]),
    Case(3, ["EUR": "7.50", "KRW": "7", "USD": "1"], "F108"),
    Case(3, ["EUR": "7.50", "KRW": "7", "ZZZ": "1"], "F108"),
    // The rows are compared first, and alone are enough.
    Case(2, ["EUR": "7.50", "KRW": "7"], "F108"),
    // What is no decimal must not pass for a sum that agrees.
    Case(3, ["EUR": "7,50", "KRW": "7"], "unreadable"),
    Case(3, ["EUR": "", "KRW": "7"], "unreadable"),
  ]

  @Test("are compared with the rows", arguments: cases)
  func compare(_ example: Case) throws {
    let isReadable = example.codes != ["unreadable"]
    let csv = try read(Self.csv(Self.rows), sidecar: example.sidecar)
    #expect(csv.codes == (isReadable ? example.codes : ["F108"]))
    guard let element = example.element else { return }
    let xml = try read(Self.xml(Self.rows, element), as: "feed.xml")
    #expect(xml.codes == (isReadable ? example.codes : ["F106"]))
  }

  static let wrongValues: [(amount: String, currency: String, fault: String)] = [
    ("x", "EUR", "R203"), ("1", "eur", "R204"), ("", "EUR", "R201"), ("1", "", "R201"),
    ("1\u{7F}", "EUR", "R215"),
  ]

  @Test(
    "sums are not compared where one value cannot be read, which is said", arguments: wrongValues)
  func unreadable(amount: String, currency: String, fault: String) throws {
    let rows = Self.rows + [(amount, currency)]
    // A wrong sum passes with a warning; a wrong number of rows does not.
    for (announced, code) in [(4, "F117"), (3, "F108")] {
      let csv = try read(
        Self.csv(rows), sidecar: "{\"rows\": \(announced), \"totals\": {\"EUR\": \"99\"}}")
      #expect(csv.codes.sorted() == [code, fault])
      let element =
        "<controlTotals rows=\"\(announced)\"><total currency=\"EUR\">99</total>"
        + "</controlTotals>"
      #expect(try read(Self.xml(rows, element), as: "f.xml").codes.sorted() == [code, fault])
    }
    // Without sums there is nothing to warn of.
    #expect(try read(Self.csv(rows), sidecar: "{\"rows\": 4}").codes == [fault])
  }

  @Test("a row whose date is wrong still counts in the sums")
  func otherFaults() throws {
    let text = requiredColumns + "\nE-1,0048123,CSP Direct,soon,EUR,10.00\n"
    let reading = try read(Array(text.utf8), sidecar: "{\"totals\": {\"EUR\": \"10\"}}")
    #expect(reading.codes == ["R202"])
  }

  @Test("an empty feed is right where its control totals say 0 rows")
  func noRows() throws {
    let header = Array((requiredColumns + "\n").utf8)
    #expect(try read(header, sidecar: "{\"rows\": 0}").codes == [])
    #expect(try read(header, sidecar: "{\"rows\": 0, \"totals\": {\"EUR\": \"0\"}}").codes == [])
    #expect(try read(header, sidecar: "{\"totals\": {}}").codes == ["F113"])
    #expect(try read(header, sidecar: "{\"rows\": 1}").codes == ["F108"])
    let empty = Array(xmlFeed("<controlTotals rows=\"0\"/>").utf8)
    #expect(try read(empty, as: "f.xml").codes == [])
  }

  static let sidecars: [(json: String, code: String?)] = [
    ("{}", nil), ("{\"feedId\": \"F-1\", \"sha256\": \"AB\"}", nil),
    // Not what it should be: nothing of it may pass for agreement.
    ("", "F108"), ("[]", "F108"), ("{\"rows\": \"3\"}", "F108"), ("{\"rows\": -3}", "F108"),
    ("{\"rows\": 3.5}", "F108"), ("{\"totals\": {\"EUR\": 7.5}}", "F108"), ("{\"rows\": 3", "F108"),
    // Names that are misspelt, values that say nothing, what could be read in two ways.
    ("{\"row\": 3}", "F108"), ("{\"Rows\": 3}", "F108"), ("{\"rows\": null}", "F108"),
    ("{\"totals\": null}", "F108"), ("{\"rows\": 3, \"rows\": 3}", "F108"),
    ("{\"rows\": 3, \"\\u0072ows\": 4}", "F108"),
    ("{\"totals\": {\"EUR\": \"7.5\", \"KRW\": \"7\", \"EUR\": \"7.5\"}}", "F108"),
    ("{\"rows\": 3,}", "F108"), ("{\"rows\": 3} {}", "F108"), ("{\"rows\": 03}", "F108"),
    ("{\"rows\": 3e0}", "F108"), ("{\"rows\": 99999999999999999999}", "F108"),
    ("{'rows': 3}", "F108"), ("{rows: 3}", "F108"), ("// three\n{\"rows\": 3}", "F108"),
    ("{\"totals\": {\"EUR\": {\"EUR\": \"7.5\"}}}", "F108"), ("3", "F108"), ("{\"rows\"", "F108"),
    ("{\"feedId\": \"a\nb\"}", "F108"), ("{\"feedId\": \"\\x\"}", "F108"),
    ("{\"feedId\": \"\\uD800\"}", "F108"), ("{\"feedId\": \"\\uD800\\u0041\"}", "F108"),
    ("{\"feedId\": \"\\u+041\"}", "F108"), ("{\"feedId\": \"\\u00", "F108"),
    // Blanks, escapes and a byte order mark are JSON, or common.
    (" {\t\"rows\"\r\n: 3 , \"feedId\":\"\\uD83D\\uDE00 \\\"\\/\\n\"} ", nil),
    ("\u{FEFF}{\"rows\": 3}", nil),
    ("{\"rows\": 3, \"totals\": {\"EUR\": \"7.5\", \"KRW\": \"7\"}}", nil),
  ]

  @Test("a control file that cannot be read refuses the feed", arguments: sidecars)
  func sidecar(json: String, code: String?) throws {
    #expect(try read(Self.csv(Self.rows), sidecar: json).codes == [code].compactMap { $0 })
  }
}
