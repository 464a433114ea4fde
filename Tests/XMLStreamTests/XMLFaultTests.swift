import Testing
import XMLStream

@Suite("Documents that are refused")
struct XMLFaultTests {
  enum Sort {
    case notWellFormed, doctype, endsInTheMiddle, invalidEncoding, limit
  }

  private static func sort(_ fault: XMLFault?) -> Sort? {
    switch fault?.kind {
    case .notWellFormed: .notWellFormed
    case .doctype: .doctype
    case .endsInTheMiddle: .endsInTheMiddle
    case .invalidEncoding: .invalidEncoding
    case .limit: .limit
    case nil: nil
    }
  }

  @Test(
    "a DOCTYPE comes before anything else",
    arguments: [
      ("<!DOCTYPE feed><feed/>", 0),
      ("\u{FEFF}<?xml version='1.0'?>\n<!DOCTYPE feed [<!ENTITY a 'b'>]><feed>&a;</feed>", 25),
      ("<!-- <a> - -->\n<?b <c>??>\n<!DOCTYPE feed SYSTEM 'file:///etc/passwd'><feed/>", 26),
      // Behind faults of the prolog, and before faults of its own.
      ("junk <!DOCTYPE feed><feed/>", 5),
      (" <?xml version='1.0'?><!-- a -- b --><!DOCTYPE a>", 37),
      ("<?xml version='1.0' encoding='nonsense'?><!DOCTYPE a>", 41),
      ("<!nothing><!-><<!DOCTYPE", 15),
      ("<!DO<!DOCTYPE", 4),
    ])
  func doctype(document: String, offset: Int) {
    for chunks in splits(Array(document.utf8)) {
      let reading = read(chunks)
      #expect(reading.events == [])
      #expect(Self.sort(reading.fault) == .doctype)
      #expect(reading.fault?.byteOffset == offset)
    }
  }

  @Test(
    "what only looks like one does not count",
    arguments: [
      ("<!-- <!DOCTYPE a> --><feed xmlns='urn:x'/>", nil),
      ("<?a <!DOCTYPE a> ?><feed xmlns='urn:x'/>", nil),
      ("<feed xmlns='urn:x'><![CDATA[<!DOCTYPE a>]]></feed>", nil),
      ("<feed><!DOCTYPE a></feed>", .notWellFormed),
      ("<feed/><!DOCTYPE a>", .notWellFormed),
      ("<!doctype html><html/>", .notWellFormed),
    ] as [(String, Sort?)])
  func noDoctype(document: String, sort: Sort?) {
    for chunks in splits(Array(document.utf8)) {
      #expect(Self.sort(read(chunks).fault) == sort)
    }
  }

  @Test("a DOCTYPE is found in another encoding")
  func wideDoctype() {
    let document = utf16("<?xml version='1.0'?>\n<!DOCTYPE a><a/>", bigEndian: true)
    for chunks in splits(document) {
      let fault = read(chunks).fault
      #expect(fault?.kind == .doctype)
      #expect(fault?.line == 2)
    }
  }

  @Test(
    "a document that is cut inside the root ends in the middle",
    arguments: [
      "<?xml version='1.0'?><!-- a --><feed xmlns='urn:x' rows='a>b&amp;'><id>é&#x20AC;<?p q?>"
        + "<![CDATA[한]]></id><!-- c --><id a = \"b\" />\r\n</feed >"
    ])
  func cut(document: String) {
    let bytes = Array(document.utf8)
    #expect(read([bytes]).fault == nil)
    for end in 0..<bytes.count {
      for chunks in [[Array(bytes[..<end])], bytes[..<end].map { [$0] } + [[]]] {
        let fault = read(chunks).fault
        #expect(fault?.kind == .endsInTheMiddle, "cut at \(end)")
      }
    }
  }

  @Test(
    "nothing at all ends in the middle", arguments: ["", " ", "\n\r\n\t  ", "\u{FEFF}", "<!-- -->"])
  func nothing(document: String) {
    #expect(read(document).fault?.kind == .endsInTheMiddle)
    #expect(read(document).fault?.line == (document == "\n\r\n\t  " ? 3 : 1))
  }

  @Test(
    "what is not well-formed is refused where it is",
    arguments: [
      // Tags that do not match: at the end tag.
      ("<a>\n<b>\n </c>\n</a>", 3, 2),
      ("<a>\n</a>\n<b/>", 3, 1),
      ("<a/>\njunk", 2, 1),
      ("<a>\n& b</a>", 2, 2),
      ("<a>\n<b c='1' c='2'/></a>", 2, nil),
      ("<a>\n<b c=1/></a>", 2, nil),
      ("<a>\n<b c='<'/></a>", 2, nil),
      ("<a>\nb]]></a>", 2, 2),
      ("<a>\n&unknown;</a>", 2, nil),
      ("<a>\n&#xD800;</a>", 2, nil),
      ("<a>\n&#0;</a>", 2, nil),
      ("<a>\n&#xFFFFFFFFFF;</a>", 2, nil),
      ("<a>\n\u{0}</a>", 2, nil),
      ("<a>\n\u{1}</a>", 2, nil),
      ("<a>\n\u{FFFF}</a>", 2, nil),
      ("<a><![CDATA[\n\u{2}]]></a>", 2, nil),
      ("<a>\n<b c='\u{3}'/></a>", 2, nil),
      ("<a>\n<!-- -- --></a>", 2, nil),
      ("<a>\n<?xml version='1.0'?></a>", 2, nil),
      ("\n<?xml version='1.0'?><a/>", 2, nil),
      ("\njunk", 2, 1),
      ("<a/>\n<", 2, nil),
      ("<a/>\n<!-", 2, nil),
      ("<a/>\n<!-- ", 2, nil),
    ] as [(String, Int, Int?)])
  func notWellFormed(document: String, line: Int, column: Int?) {
    for chunks in splits(Array(document.utf8)) {
      let fault = read(chunks).fault
      #expect(Self.sort(fault) == .notWellFormed, "\(String(describing: fault))")
      #expect(fault?.line == line, "\(String(describing: fault))")
      if let column { #expect(fault?.column == column, "\(String(describing: fault))") }
    }
  }

  @Test("a reference without end does not hold back the document")
  func referenceWithoutEnd() {
    let rest = String(repeating: "<b>text</b>\n", count: 20_000)
    let reading = read("<a>\n<b>Tom & Jerry</b>\n" + rest + "</a>")
    #expect(Self.sort(reading.fault) == .notWellFormed)
    #expect(reading.fault?.line == 2)
  }

  @Test("nothing is parsed after a fault, and events before it came")
  func afterFault() {
    let reader = XMLStreamReader(
      names: [], namespace: "", limits: XMLLimits(depth: 8, value: 4096))
    var events = XMLEvents()
    var faults: [XMLFault] = []
    for text in ["<a><b/>&#0;", "<c/></a>"] {
      do throws(XMLFault) {
        try reader.parse(Array(text.utf8).span, isLast: false, into: &events)
      } catch {
        faults.append(error)
      }
      #expect(events.kinds == (faults.count == 1 ? [.open, .leaf] : []))
    }
    #expect(faults.count == 2 && faults.first == faults.last)
  }
}
