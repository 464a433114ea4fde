import Domain
import Feeds
import Testing

@Suite("Places of findings")
struct PlaceTests {
  /// The required columns and one more, and rows below it.
  private func csv(_ rows: String, mark: Bool = false) -> [UInt8] {
    Array(((mark ? "\u{FEFF}" : "") + requiredColumns + ",customerName" + rows).utf8)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let rows: String
    let shown: [String]
    var testDescription: String { rows }

    init(_ rows: String, _ shown: String...) {
      self.rows = rows
      self.shown = shown
    }
  }

  // The header has 102 bytes, so that with LF the first row begins at byte 103.
  static let rows: [Case] = [
    Case("\nE-1,0048123,CSP Direct,soon,EUR,1,", "R202 2:24@126 transactionDate=soon"),
    Case("\r\nE-1,0048123,CSP Direct,soon,EUR,1,\r\n", "R202 2:24@127 transactionDate=soon"),
    // Empty lines count as lines.
    Case("\n\n\r\nE-1,0048123,CSP Direct,soon,EUR,1,", "R202 4:24@129 transactionDate=soon"),
    // A quoted value begins at its quote.
    Case("\nE-1,0048123,CSP Direct,\"so,on\",EUR,1,", "R202 2:24@126 transactionDate=so,on"),
    Case("\nE-1,0048123,CSP Direct,\"a\"\"b\",EUR,1,", "R202 2:24@126 transactionDate=a\"b"),
    // Columns are bytes: é has two, 한 three, so the row's own place is 3 bytes earlier.
    Case(
      "\né한,0048123,CSP Direct,soon,EUR,1,", "R202 2:26@128 transactionDate=soon"),
    // What is missing has no place of its own and stands at the record's beginning.
    Case("\nE-1,0048123,CSP Direct,,EUR,1,", "R201 2:1@103 transactionDate"),
    Case("\nE-1,0048123,CSP Direct,\"\",EUR,1,", "R201 2:1@103 transactionDate"),
    Case("\n,0048123,CSP Direct,2026-10-01,EUR,1,", "R201 2:1@103 earningId"),
    // So does a row of the wrong shape, whatever else is wrong with it.
    Case("\nE-1,0048123,CSP Direct,soon,EUR,1", "R212 2:1@103"),
    Case("\nE-1,0048123,CSP Direct,soon,EUR,1,,", "R212 2:1@103"),
    Case("\nE-1", "R212 2:1@103"),
    // After a quoted line break the value's own line counts.
    Case(
      "\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,\"a\n\nb\"\nE-2,0048123,x,2026-10-01,EUR,1,c",
      "R206 5:13@162 programName=x"),
    Case(
      "\nE-1,0048123,\"CSP\nDirect\",soon,EUR,1,",
      "R206 2:13@115 programName=CSP\\u{A}Direct", "R202 3:9@128 transactionDate=soon"),
    Case(
      "\r\n\"E\r\n1\",0048123,CSP Direct,soon,EUR,1,",
      "R215 2:1@104 earningId=E\\u{D}\\u{A}1", "R202 3:23@130 transactionDate=soon"),
    // A quote in the wrong place, and text after a closing one: the value begins at its first byte.
    Case(
      "\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,19\" rack", "R218 2:41@143 customerName=19\" rack"),
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,\"a\"b", "R218 2:41@143 customerName=\"a\"b"),
    Case("\nE\"1,0048123,CSP Direct,2026-10-01,EUR,1,", "R218 2:1@103 earningId=E\"1"),
    Case(
      "\nE-1,0048123,CSP Direct,2026-10-01,EUR,\"1\" ,", "R218 2:39@141 transactionAmount=\"1\" "),
    // A carriage return alone ends no line.
    Case(
      "\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,a\rE-2,0048123,CSP Direct,soon,EUR,1,\n",
      "R212 2:1@103"),
    Case(
      "\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,a\rb\nE-2,0048123,CSP Direct,soon,EUR,1,",
      "R215 2:41@143 customerName=a\\u{D}b", "R202 3:24@170 transactionDate=soon"),
  ]

  /// The header has 101 bytes here: `claim` is a column that is not ours, `_line` one of rejects.
  static let strays: [Case] = [
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,19\" rack,", "R218 2:41@142 claim=19\" rack"),
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,\"a\"b,", "R218 2:41@142 claim=\"a\"b"),
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,a\u{7},", "R215 2:41@142 claim=a\\u{7}"),
    Case(
      "\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,\"\na\rb\",",
      "R215 2:41@142 claim=\"\\u{A}a\\u{D}b\""),
    // Behind a line break the line of the value counts.
    Case(
      "\nE-1,0048123,\"CSP\nDirect\",2026-10-01,EUR,1,x\"y,",
      "R206 2:13@114 programName=CSP\\u{A}Direct", "R218 3:26@144 claim=x\"y"),
    // Right values, what an earlier file of rejects says, and rows that have the wrong shape anyway.
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,\"a \"\"b\"\"\t\","),
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,a,x\"y\u{7}"),
    Case("\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,x\"y", "R212 2:1@102"),
  ]

  @Test("of columns that are not ours are said, too, and their rows rejected", arguments: strays)
  func strayPlaces(_ example: Case) throws {
    let reading = try read(Array((requiredColumns + ",claim,_line" + example.rows).utf8))
    #expect(reading.shown.filter { !$0.hasPrefix("F116") } == example.shown)
    #expect(reading.rejections.count == (example.shown.isEmpty ? 0 : 1))
  }

  @Test("a value of a column that is not ours may be as long as any other")
  func longStray() throws {
    var limits = Limits()
    limits.field = 20
    for (value, shown) in [
      (String(repeating: "x", count: 20), []),
      (String(repeating: "x", count: 21), ["R214 2:41@136"]),
      ("\"" + String(repeating: "\"\"", count: 20) + "\"", []),
    ] {
      let text = requiredColumns + ",claim\nE-1,0048123,CSP Direct,2026-10-01,EUR,1,\(value)"
      let found = try read(Array(text.utf8), limits: limits).shown
      #expect(found.filter { !$0.hasPrefix("F116") }.map { $0.prefix(13) } == shown.map { $0[...] })
    }
  }

  @Test("in CSV are those of the value", arguments: rows)
  func csvPlaces(_ example: Case) throws {
    #expect(try read(csv(example.rows)).shown == example.shown)
  }

  @Test("a byte order mark is bytes of the feed, but of no column", arguments: rows)
  func byteOrderMark(_ example: Case) throws {
    let marked = example.shown.map { shown in
      shown.replacing(#/@(\d+)/#) { "@\((Int($0.1) ?? 0) + 3)" }
    }
    #expect(try read(csv(example.rows, mark: true)).shown == marked)
  }

  struct Child: Sendable, CustomTestStringConvertible {
    /// Stands for the transactionDate of an earning.
    let xml: String
    /// What is found, `#` for its place.
    let shown: String
    /// What stands at that place.
    let mark: String
    var testDescription: String { xml }

    init(_ xml: String, _ shown: String, at mark: String) {
      self.xml = xml
      self.shown = shown
      self.mark = mark
    }
  }

  static let children: [Child] = [
    Child("<transactionDate\n>soon</transactionDate>", "R202 # transactionDate=soon", at: "soon"),
    // Passed over: the opening of CDATA, comments, instructions.
    Child(
      "<transactionDate><![CDATA[soon]]></transactionDate>", "R202 # transactionDate=soon",
      at: "soon"),
    Child(
      "<transactionDate><!-- so --><?x y?>\nsoon</transactionDate>",
      "R202 # transactionDate=\\u{A}soon", at: "\nsoon"),
    // A reference is where it is written.
    Child(
      "<transactionDate>&amp;</transactionDate>", "R202 # transactionDate=&", at: "&amp;"),
    Child(
      "<transactionDate>&#x41;b</transactionDate>", "R202 # transactionDate=Ab", at: "&#x41;"),
    Child("<transactionDate>é한</transactionDate>", "R202 # transactionDate=é한", at: "é한"),
    // The start tag, where a value is missing or the row is malformed.
    Child("<transactionDate/>", "R201 # transactionDate", at: "<earning\n"),
    Child("<transactionDate></transactionDate>", "R201 # transactionDate", at: "<earning\n"),
    Child(
      "<transactionDate><![CDATA[]]></transactionDate>", "R201 # transactionDate",
      at: "<earning\n"),
    Child("", "R201 # transactionDate", at: "<earning\n"),
    Child("<transactionDate>2026-10-05</transactionDate><x/>", "R212 #", at: "<earning\n"),
  ]

  @Test(
    "in XML are those of the text, and of the start tag where there is none",
    arguments: children, [false, true])
  func xmlPlaces(_ child: Child, mark: Bool) throws {
    let date = "<transactionDate>2026-10-05</transactionDate>"
    let content =
      "\r\n  <!-- é -->\n \t<earning\n>" + plainChildren.replacing(date, with: child.xml)
      + "</earning>\n"
    let bytes = Array(((mark ? "\u{FEFF}" : "") + xmlFeed(content)).utf8)
    let offset = try #require(
      bytes.indices.first { bytes[$0...].starts(with: Array(child.mark.utf8)) })
    let shown = child.shown.replacing("#", with: place(offset, in: bytes))
    #expect(try read(bytes, as: "feed.xml").shown == [shown])
  }

  @Test("in XML that is not UTF-8 are those of its own bytes")
  func otherEncoding() throws {
    let text = xmlFeed("\n<earning>" + plainChildren + "</earning>")
      .replacing("UTF-8", with: "ISO-8859-1").replacing("E-1", with: "é")
      .replacing("2026-10-05", with: "soon")
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    let offset = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("soon".utf8)) })
    let reading = try read(bytes, as: "feed.xml")
    #expect(reading.shown == ["R202 \(place(offset, in: bytes)) transactionDate=soon"])
    #expect(reading.rows.first?[.earningId] == "é")
  }

  @Test("in XML in UTF-16 count two bytes for each character and leave the mark out of the column")
  func wideXML() throws {
    let text = xmlFeed("\n<earning>" + plainChildren + "</earning>")
      .replacing("UTF-8", with: "UTF-16").replacing("E-1", with: "한")
      .replacing("2026-10-05", with: "soon")
    let units = Array("\u{FEFF}\(text)".utf16)
    let index = try #require(units.indices.first { units[$0...].starts(with: Array("soon".utf16)) })
    let start = try #require(units[..<index].lastIndex(of: 0x0A)) + 1
    let bytes = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let reading = try read(bytes, as: "feed.xml")
    #expect(
      reading.shown == ["R202 3:\(2 * (index - start) + 1)@\(2 * index) transactionDate=soon"])
  }
}
