import Testing
import XMLStream

@Suite("Events of a document")
struct XMLEventTests {
  struct Case: CustomTestStringConvertible {
    let document: String
    let events: [String]
    var testDescription: String { document }
    init(_ document: String, _ events: String...) {
      self.document = document
      self.events = events
    }
  }

  @Test(
    "follow the rules",
    arguments: [
      // An element without attributes and children is a leaf.
      Case("<feed xmlns='urn:x'>abc</feed>", "feed=abc"),
      // Empty elements are empty leaves, however they are written.
      Case("<feed xmlns='urn:x'/>", "feed="),
      Case("<feed xmlns='urn:x'></feed>", "feed="),
      // White space is the text of a leaf, but nothing beside elements.
      Case("<feed xmlns='urn:x'> <id> </id>\n\t</feed>", "<feed>", "id= ", "</feed>"),
      // The five entities and character references.
      Case("<feed xmlns='urn:x'>&lt;&gt;&amp;&apos;&quot;&#65;&#x20AC;</feed>", "feed=<>&'\"A€"),
      // CDATA joins the text around it; an empty one is nothing.
      Case("<feed xmlns='urn:x'>a<![CDATA[<b>&c;]]>d<![CDATA[]]></feed>", "feed=a<b>&c;d"),
      // Comments and processing instructions do not split a text.
      Case("<feed xmlns='urn:x'>a<!-- b -->c<?d e?>f</feed>", "feed=acf"),
      // Text beside elements is a text event, in one piece, with its white space.
      Case(
        "<feed xmlns='urn:x'> a <id>1</id><!--c-->b<?x?>c<id/></feed>",
        "<feed>", "\" a \"", "id=1", "\"bc\"", "id=", "</feed>"),
      // Text before the first child comes after the open event.
      Case(
        "<o xmlns='urn:o'>t<p><q/></p></o>", "<?o>", "\"t\"", "<?p>", "?q=", "</?p>", "</?o>"),
      // An element with attributes is never a leaf.
      Case(
        "<feed xmlns='urn:x' rows='7' o=\"'&#10;\">t</feed>",
        "<feed>", "@rows=7", "@?o='\n", "\"t\"", "</feed>"),
      Case(
        "<feed xmlns='urn:x'><id rows=''/></feed>", "<feed>", "<id>", "@rows=", "</id>", "</feed>"),
      // References in attributes, also to the ampersand and to what looks like one.
      Case(
        "<feed xmlns='urn:x' rows='&amp;&#38;&amp;#38;&lt;&#x9;'/>",
        "<feed>", "@rows=&&&#38;<\t", "</feed>"),
      // Line breaks in text become line feeds, in attributes spaces.
      Case("<feed xmlns='urn:x'>a\r\nb\rc</feed>", "feed=a\nb\nc"),
      Case("<feed xmlns='urn:x' rows='a\r\nb'/>", "<feed>", "@rows=a b", "</feed>"),
      // A referenced carriage return stays one.
      Case("<feed xmlns='urn:x'>&#13;&#10;</feed>", "feed=\r\n"),
      // What is around the root does not come.
      Case("<!-- a --><?b c?>\n<feed xmlns='urn:x'/>\n<!-- d -->", "feed="),
      // Namespaces: by prefix, by default, undone, other, undeclared.
      Case("<p:feed xmlns:p='urn:x'><p:id/></p:feed>", "<feed>", "id=", "</feed>"),
      Case("<feed xmlns='urn:x'><id xmlns=''>1</id></feed>", "<feed>", "?id=1", "</feed>"),
      Case("<feed xmlns='urn:x'><id xmlns='urn:y'/></feed>", "<feed>", "?id=", "</feed>"),
      Case("<feed><id/></feed>", "<?feed>", "?id=", "</?feed>"),
      Case("<feed xmlns='urn:x'><p:id/><id/></feed>", "<feed>", "?id=", "id=", "</feed>"),
      // Attributes are known without a namespace only.
      Case(
        "<feed xmlns='urn:x' xmlns:p='urn:x' p:rows='1' xml:lang='en' rows='2'/>",
        "<feed>", "@?rows=1", "@?lang=en", "@rows=2", "</feed>"),
    ])
  func rules(_ example: Case) {
    #expect(read(example.document) == Reading(events: example.events, fault: nil))
  }

  /// Each has something that is easily cut in two.
  static let samples = [
    "<feed xmlns='urn:x'><earning><id>E-1</id><amount>1.50</amount></earning>\n</feed>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- é -->\r\n<feed xmlns='urn:x'>"
      + "<id>한국어 €😀 é</id>\r\n<o é='ü😀'>a&amp;b&#x1F600;c\r\nd</o></feed>",
    "\u{FEFF}<feed xmlns='urn:x'><id>a<![CDATA[b]]]]>c<![CDATA[\r\n>]]></id><?p a?b?>"
      + "<unknown><!-- - --><nested>x</nested></unknown></feed>",
    // Longer than what libxml2 waits for before it hands out text.
    "<feed xmlns='urn:x'><id>" + String(repeating: "é한😀\r\n", count: 60) + "</id><id><![CDATA["
      + String(repeating: "€\r\n", count: 150) + "]]></id></feed>",
  ]

  @Test("are the same for every split of the document", arguments: samples)
  func everySplit(document: String) {
    let bytes = Array(document.utf8)
    let whole = read([bytes], detail: .places)
    #expect(whole.fault == nil)
    for chunks in splits(bytes) {
      let reading = read(chunks, detail: .places)
      guard reading == whole else {
        #expect(reading == whole, "split at \(chunks[0].count)")
        return
      }
    }
  }

  @Test("do not depend on what the batch held before")
  func foreignBatch() {
    var other = XMLEvents()
    let reader = XMLStreamReader(
      names: [], namespace: "", limits: XMLLimits(depth: 8, value: 4096))
    let document = Array("<a><b>text</b><c>half".utf8)
    #expect(throws: Never.self) {
      try reader.parse(document.span, isLast: false, into: &other)
    }
    #expect(other.kinds == [.open, .leaf])
    let chunks = [Array("<feed xmlns='urn:x'>ab".utf8), Array("cd</feed>".utf8)]
    #expect(read(chunks, reusing: other).events == ["feed=abcd"])
  }

  @Test("come in the call that completes them")
  func completion() throws {
    let reader = XMLStreamReader(
      names: knownNames, namespace: "urn:x", limits: XMLLimits(depth: 8, value: 4096))
    var events = XMLEvents()
    try reader.parse(
      Array("<feed xmlns='urn:x'><id>1</id><id>2".utf8).span, isLast: false, into: &events)
    #expect(events.kinds == [.open, .leaf])
    try reader.parse(Array("3</id".utf8).span, isLast: false, into: &events)
    #expect(events.kinds == [])
    try reader.parse(Array("></feed>".utf8).span, isLast: true, into: &events)
    #expect(events.kinds == [.leaf, .close])
    #expect(Array(events.bytes[..<Int(events.valueEnd[0])]) == Array("23".utf8))
  }
}
