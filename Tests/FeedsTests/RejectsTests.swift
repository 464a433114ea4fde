import Domain
import Feeds
import Testing

@Suite("Rejects files")
struct RejectsTests {
  @Test("a CSV feed's rows come byte for byte, with what is wrong in front")
  func csv() throws {
    let header = "Earning ID," + requiredColumns.dropFirst(10) + ",\"tax City\""
    let text = """
      \(header)
      E-1,0048123,CSP Direct,2026-10-05,EUR,10.00,Cork
      E-2,0048123,CSP Direct,soon,eur,10.00,"Cork, Co."
      =1+1, 0048123 ,"CSP Direct","2026-10-05",EUR,"10.00","a ""b""\nc"
      E-3,0048123,CSP Direct
      E-4,0048123,CSP Direct,2026-10-05,EUR,1"0,한국

      """
    // A title with a comma is quoted like any other value.
    let title = { (code: FindingCode) in code.text.title }
    let expected = """
      _line,_codes,_message,\(header)
      3,R202 R204,"transactionDate: \(title(.R202)); transactionCurrency: \(title(.R204))",\
      E-2,0048123,CSP Direct,soon,eur,10.00,"Cork, Co."
      4,R205,participantId: \(title(.R205)),\
      =1+1, 0048123 ,"CSP Direct","2026-10-05",EUR,"10.00","a ""b""\nc"
      6,R212,\(title(.R212)),E-3,0048123,CSP Direct
      7,R218,transactionAmount: \(title(.R218)),\
      E-4,0048123,CSP Direct,2026-10-05,EUR,1"0,한국

      """
    #expect(try rejects(text) == expected)
  }

  @Test("line endings and the byte order mark are the feed's own")
  func lineEndings() throws {
    let row = plainRow.replacing("EUR", with: "eur")
    let text = "\u{FEFF}\r\n" + requiredColumns + "\r\n" + plainRow + "\r\n" + row
    let message = "transactionCurrency: \(FindingCode.R204.text.title)"
    #expect(
      try rejects(text) == "\u{FEFF}_line,_codes,_message," + requiredColumns + "\r\n"
        + "4,R204,\(message)," + row + "\r\n")
  }

  @Test("what an earlier round put in front is left out, wherever it stands")
  func annotations() throws {
    let row = plainRow.replacing("EUR", with: "eur")
    let text =
      "_line,_codes,_message,\(requiredColumns),_note\n"
      + "7,R204,\"a, \"\"b\"\"\",\(row),\"x\ny\"\n"
    let message = "transactionCurrency: \(FindingCode.R204.text.title)"
    #expect(
      try rejects(text)
        == "_line,_codes,_message,\(requiredColumns)\n2,R204,\(message),\(row)\n")
  }

  @Test("sent again they are rejected for the same reasons, corrected they are accepted")
  func again() throws {
    let row = plainRow.replacing("EUR", with: "eur")
    let first = try rejects(requiredColumns + "\n" + plainRow + "\n" + row + "\n")
    let reading = try read(Array(first.utf8))
    #expect(reading.codes == ["R204"])
    // The line in front is that of the new feed.
    #expect(try rejects(first) == first.replacing("\n3,", with: "\n2,"))
    let corrected = try read(Array(first.replacing("eur", with: "EUR").utf8))
    #expect(corrected.codes == [])
    #expect(corrected.rows.count == 1)
  }

  @Test("of a compressed feed with rows far apart")
  func compressed() throws {
    let wrong = plainRow.replacing("EUR", with: "eur")
    let rows = (0..<3000).map { $0 % 1000 == 7 ? wrong : plainRow }
    let text = requiredColumns + "\n" + rows.joined(separator: "\n") + "\n"
    let message = "transactionCurrency: \(FindingCode.R204.text.title)"
    let expected = [9, 1009, 2009].map { "\($0),R204,\(message),\(wrong)\n" }.joined()
    for name in ["feed.csv", "feed.csv.gz"] {
      #expect(
        try rejects(text, as: name) == "_line,_codes,_message,\(requiredColumns)\n" + expected)
    }
  }

  @Test("an XML feed gives an XML feed with its own totals, and no feedId")
  func xml() throws {
    let wrong =
      "<earning>\(plainChildren.replacing("EUR", with: "eur"))<lever><![CDATA[a&b]]>"
      + "</lever><customerName>a&#13;\n\t</customerName><quantity/></earning>"
    let malformed = "<earning id=\"&lt;\"><lever>1<x a=\"b\">2</x>&amp;</lever></earning>"
    let text = xmlFeed(
      "<earning>\(plainChildren)</earning>" + wrong + malformed
        + "<controlTotals rows=\"3\"/>", attributes: " feedId=\"F-1\"")
    let written = try rejects(text, as: "feed.xml")
    #expect(!written.contains("feedId"))
    #expect(written.contains("<controlTotals rows=\"2\"/>"))
    let why =
      "transactionCurrency: \(FindingCode.R204.text.title); "
      + "lever: \(FindingCode.R207.text.title)"
    #expect(written.contains("<!-- line 2: R204 R207: \(why) -->\n  <earning>"), "\(written)")
    let reading = try read(Array(written.utf8), as: "feed.xml")
    #expect(reading.codes.sorted() == ["R204", "R207", "R212"])
    #expect(reading.rows.first?[.lever] == "a&b")
    #expect(reading.rows.first?[.customerName] == "a\r\n\t")
    // Corrected, the row is what it was meant to be.
    let corrected = try read(
      Array(written.replacing("eur", with: "EUR").replacing("a&amp;b", with: "Core").utf8),
      as: "feed.xml")
    #expect(corrected.rows.first?.faults == [])
  }
}
