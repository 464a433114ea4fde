import Domain
import Feeds
import Testing

@Suite("XML feeds")
struct XMLFeedTests {
  /// The children of a plain earning as a list, to be put in another order.
  private static let children = plainChildren.replacing("><", with: ">\n<").split(separator: "\n")

  @Test("children come in any order, with any white space between them")
  func anyOrder() throws {
    let reversed = Self.children.reversed().joined(separator: "\n\t<!-- x --> \r\n")
    let reading = try read(
      Array(xmlFeed("\n <earning>\n" + reversed + " </earning>\n ").utf8), as: "f.xml")
    #expect(reading.shown == [])
    let row = try #require(reading.rows.first)
    for field in EarningField.allCases { #expect(row[field] == plainValues[field] ?? "") }
  }

  struct Value: Sendable, CustomTestStringConvertible {
    let xml: String
    let text: String
    var testDescription: String { xml }

    init(_ xml: String, _ text: String) {
      self.xml = xml
      self.text = text
    }
  }

  static let values: [Value] = [
    Value("a &amp; b &lt; &gt; &quot;&apos;", "a & b < > \"'"),
    Value("<![CDATA[a & b < ]]>", "a & b < "), Value("a<![CDATA[<]]>b<![CDATA[]]>c", "a<bc"),
    Value("<![CDATA[]]]]><![CDATA[>]]>", "]]>"),
    Value("&#65;&#x1F600;&#xD55C;", "A😀한"), Value("a<!-- b -->c<?d e?>f", "acf"),
    // White space is kept; line endings are those of XML, unless they are references.
    Value("  a\t\n", "  a\t\n"), Value("a\r\nb", "a\nb"), Value("a&#13;&#10;b", "a\r\nb"),
    Value("", ""), Value(" ", " "),
  ]

  @Test("values are their text", arguments: values)
  func readValue(_ value: Value) throws {
    let child = "<customerName>\(value.xml)</customerName>"
    let reading = try read(
      Array(xmlFeed("<earning>" + child + plainChildren + "</earning>").utf8), as: "f.xml")
    #expect(reading.rows.map { $0[.customerName] } == [value.text])
    #expect(reading.codes == [])
  }

  @Test("an empty element is a missing one, in its three spellings", arguments: ["lever"])
  func empty(name: String) throws {
    for child in ["<\(name)/>", "<\(name)></\(name)>", "<\(name)><!-- none --></\(name)>"] {
      let reading = try read(
        Array(xmlFeed("<earning>" + plainChildren + child + "</earning>").utf8), as: "f.xml")
      #expect(reading.codes == [])
      #expect(reading.rows.first?.lever == 0)
    }
  }

  private static let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "

  @Test("hints where a schema is, on any element, and blank sections between elements")
  func passedOver() throws {
    let earning =
      "<earning \(Self.xsi)xsi:schemaLocation=\"a b\">\(plainChildren)<![CDATA[ ]]>"
      + "<lever \(Self.xsi)xsi:noNamespaceSchemaLocation=\"a\">Core</lever></earning>"
    let reading = try read(Array(xmlFeed("<![CDATA[]]>" + earning).utf8), as: "f.xml")
    #expect(reading.codes == [])
    #expect(reading.rows.map { $0[.lever] } == ["Core"])
  }

  @Test(
    "attributes of the root that the schema does not have",
    arguments: ["schemaLocation=\"a b\"", "feedId=\"a&#x7F;\"", "feedId=\"a&#13;b\""])
  func rootAttributes(attribute: String) throws {
    let feed = xmlFeed("<earning>\(plainChildren)</earning>", attributes: " " + attribute)
    #expect(try read(Array(feed.utf8), as: "f.xml").codes == ["F106"])
  }

  static let malformed: [(about: String, earning: String)] = [
    ("unknown", "<earning>\(plainChildren)<taxCity>x</taxCity></earning>"),
    ("unknown and empty", "<earning>\(plainChildren)<taxCity/></earning>"),
    ("of another case", "<earning>\(plainChildren)<Lever>Core</Lever></earning>"),
    ("repeated", "<earning>\(plainChildren)<lever>Core</lever><lever>Core</lever></earning>"),
    ("repeated and empty", "<earning>\(plainChildren)<lever/><lever/></earning>"),
    ("nested", "<earning>\(plainChildren)<lever><lever>Core</lever></lever></earning>"),
    ("nested deeper", "<earning>\(plainChildren)<a><earning><b/></earning></a></earning>"),
    ("with an attribute", "<earning>\(plainChildren)<lever a=\"1\">Core</lever></earning>"),
    ("of another namespace", "<earning>\(plainChildren)<lever xmlns=\"urn:x\">C</lever></earning>"),
    ("text between elements", "<earning>\(plainChildren)x</earning>"),
    ("text alone", "<earning>E-1</earning>"),
    ("an attribute of the earning", "<earning id=\"1\">\(plainChildren)</earning>"),
    ("a type", "<earning>\(plainChildren)<lever \(xsi)xsi:type=\"e\">C</lever></earning>"),
  ]

  @Test("what breaks the schema inside one earning rejects it, alone", arguments: malformed)
  func readMalformed(about: String, earning: String) throws {
    let plain = "<earning>\(plainChildren)</earning>"
    let reading = try read(
      Array(xmlFeed(plain + earning + plain + "<controlTotals rows=\"3\"/>").utf8), as: "f.xml")
    #expect(reading.codes == ["R212"])
    #expect(reading.rows.map(\.faults) == [[], ["R212"], []])
    #expect(reading.rejections.count == 1)
  }

  @Test("an earning with nothing in it lacks every required value")
  func emptyEarning() throws {
    for earning in ["<earning/>", "<earning></earning>", "<earning>\n</earning>"] {
      let reading = try read(Array(xmlFeed(earning).utf8), as: "f.xml")
      #expect(reading.rows.first?.faults.count == 6)
      #expect(reading.codes == Array(repeating: "R201", count: 6))
    }
  }

  @Test("the root's attributes and prefixes")
  func root() throws {
    let attributes =
      " feedId=\"F &amp; 1\" period=\"2026-10\""
      + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
      + " xsi:schemaLocation=\"urn:payout:earnings:1 earnings-feed.xsd\""
    let earning = "<earning>\(plainChildren)</earning>"
    let reading = try read(Array(xmlFeed(earning, attributes: attributes).utf8), as: "f.xml")
    #expect(reading.feedId == "F & 1")
    #expect(reading.codes == [])
    let prefixed = xmlFeed(earning).replacing("<", with: "<p:").replacing("<p:/", with: "</p:")
      .replacing("<p:?", with: "<?").replacing("xmlns=", with: "xmlns:p=")
    #expect(try read(Array(prefixed.utf8), as: "f.xml").rows.first?.faults == [])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let document: String
    /// `#` stands for the place of the mark.
    let shown: String
    let mark: String
    var testDescription: String { document }

    init(_ document: String, _ shown: String, at mark: String) {
      self.document = document
      self.shown = shown
      self.mark = mark
    }
  }

  private static let earning = "<earning>\(plainChildren)</earning>"

  static let refused: [Fault] = [
    // F105: not well-formed.
    Fault(xmlFeed("<earning><lever></earning>"), "F105 #", at: "</earning>"),
    Fault(xmlFeed(earning + "&nbsp;"), "F105 #", at: "</earningsFeed"),
    // F106: another root, namespace, attribute, order, content.
    // An element without children and attributes has its place where its text would be.
    Fault("<feed/>", "F106 #", at: ""), Fault("<earningsFeed/>", "F106 #", at: ""),
    Fault("<feed><x/></feed>", "F106 #", at: "<feed>"),
    Fault(xmlFeed(earning).replacing("earnings:1", with: "earnings:2"), "F106 #", at: "<earningsF"),
    Fault(xmlFeed("<payment/>"), "F106 #", at: "</earningsFeed"),
    Fault(xmlFeed("<earningId>E-1</earningId>"), "F106 #", at: "E-1"),
    Fault(xmlFeed(earning + "text"), "F106 #", at: "text"),
    Fault(xmlFeed(earning, attributes: " id=\"1\""), "F106 #", at: "<earningsFeed"),
    Fault(xmlFeed(earning, attributes: " period=\"10/2026\""), "F106 #", at: "<earningsFeed"),
    Fault(xmlFeed("<controlTotals/>"), "F106 #", at: "</earningsFeed"),
    Fault(xmlFeed("<controlTotals rows=\"-1\"/>"), "F106 #", at: "<controlTotals"),
    Fault(xmlFeed("<controlTotals rows=\"+1\"/>"), "F106 #", at: "<controlTotals"),
    Fault(xmlFeed("<controlTotals rows=\"1.0\"/>"), "F106 #", at: "<controlTotals"),
    Fault(xmlFeed("<controlTotals rows=\"0\"/>" + earning), "F106 #", at: "<earning>"),
    Fault(
      xmlFeed("<controlTotals rows=\"0\"/>").replacing("/>", with: "/><controlTotals rows='0'/>"),
      "F106 #", at: "<controlTotals rows='"),
    Fault(
      xmlFeed("<controlTotals rows=\"0\"><total>1</total></controlTotals>"), "F106 #",
      at: "1</total>"),
    Fault(
      xmlFeed("<controlTotals rows=\"0\"><total currency=\"EUR\">1,0</total></controlTotals>"),
      "F106 #", at: "</total>"),
    Fault(
      xmlFeed("<controlTotals rows=\"0\"><total currency=\"eur\">1</total></controlTotals>"),
      "F106 #", at: "</total>"),
    Fault(
      xmlFeed(
        "<controlTotals rows=\"0\"><total currency=\"EUR\">1</total><total currency=\"EUR\">0"
          + "</total ></controlTotals>"), "F106 #", at: "</total >"),
    // F107: whatever the DOCTYPE holds, and wherever the other fault stands.
    Fault("<!DOCTYPE earningsFeed>" + xmlFeed(earning).dropFirst(39), "F107 #", at: "<!DOCTYPE"),
    Fault(
      "<!DOCTYPE a [<!ENTITY b \"c\">]>" + xmlFeed("&b;").dropFirst(39), "F107 #",
      at: "<!DOCTYPE"),
    // F112: ends inside an element.
    Fault(String(xmlFeed(earning).dropLast(17)), "F112 #", at: ""),
    Fault(String(xmlFeed(earning).dropLast(40)), "F112 #", at: ""),
    // F113: no rows.
    Fault(xmlFeed(""), "F113", at: ""), Fault(xmlFeed("\n"), "F113", at: ""),
  ]

  @Test("what breaks anything else refuses the feed", arguments: refused)
  func refuse(_ fault: Fault) throws {
    let bytes = Array(fault.document.utf8)
    let mark = Array(fault.mark.utf8)
    let offset =
      mark.isEmpty
      ? bytes.count : try #require(bytes.indices.first { bytes[$0...].starts(with: mark) })
    let shown = fault.shown.replacing("#", with: place(offset, in: bytes))
    #expect(try read(bytes, as: "f.xml").shown == [shown])
  }

  @Test("the first fault in the file counts, but a DOCTYPE before all others")
  func firstFault() throws {
    let wrongRoot = "<?xml version=\"1.0\"?><!DOCTYPE x><feed></fed>"
    #expect(try read(Array(wrongRoot.utf8), as: "f.xml").codes == ["F107"])
    let schemaFirst = xmlFeed("<payment/></x>")
    #expect(try read(Array(schemaFirst.utf8), as: "f.xml").codes == ["F106"])
    let syntaxFirst = xmlFeed("</x><payment/>")
    #expect(try read(Array(syntaxFirst.utf8), as: "f.xml").codes == ["F105"])
  }

  @Test("bytes that are not in the declared encoding")
  func encoding() throws {
    var bytes = Array(xmlFeed("<earning>" + plainChildren + "</earning>").utf8)
    let offset = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("E-1".utf8)) })
    bytes[offset + 1] = 0xFC
    #expect(try read(bytes, as: "f.xml").shown == ["F102 \(place(offset + 1, in: bytes))"])
  }

  @Test("more elements inside each other than limits.xmlDepth", arguments: [4, 3])
  func depth(limit: Int) throws {
    var limits = Limits()
    limits.xmlDepth = limit
    let reading = try read(
      Array(xmlFeed("<earning><a><b/></a></earning>").utf8), as: "f.xml", limits: limits)
    #expect(reading.codes == [limit == 4 ? "R212" : "F111"])
  }
}
