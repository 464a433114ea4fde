import Testing
import XMLStream

@Suite("Places of events")
struct XMLPlaceTests {
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
    "are those of the bytes",
    arguments: [
      // A leaf's place is behind the `>` of its tag; a close event's is that of the end tag.
      Case(
        "<feed xmlns='urn:x'>\n <id>1</id>\n</feed>",
        "<feed> 1:1@0", "id=1 2:6@26", "</feed> 3:1@33"),
      // Bytes count, not characters: é has two, 한 three, 😀 four.
      Case(
        "<feed xmlns='urn:x'><id>é한😀</id><id>x</id></feed>",
        "<feed> 1:1@0", "id=é한😀 1:25@24", "id=x 1:43@42", "</feed> 1:49@48"),
      // CDATA at the beginning of a leaf is passed over, later it is not.
      Case("<feed xmlns='urn:x'><![CDATA[a]]>b</feed>", "feed=ab 1:30@29"),
      Case("<feed xmlns='urn:x'>b<![CDATA[a]]></feed>", "feed=ba 1:21@20"),
      Case("<feed xmlns='urn:x'><![CDATA[]]>b</feed>", "feed=b 1:33@32"),
      // So are comments and instructions.
      Case("<feed xmlns='urn:x'><!--\n-->b</feed>", "feed=b 2:4@28"),
      // An entity is where it is written.
      Case("<feed xmlns='urn:x'>&amp;</feed>", "feed=& 1:21@20"),
      // A carriage return is a byte of its line.
      Case(
        "<feed\r\n xmlns='urn:x'>\r\n<id\r\n>x\r\ny</id><id>z</id></feed>",
        "<feed> 1:1@0", "id=x\ny 4:2@30", "id=z 5:11@43", "</feed> 5:17@49"),
      // An attribute has the place of its tag, wherever it stands.
      Case(
        "<feed xmlns='urn:x'>\n  <id\n rows='1&#10;>'/>x</feed>",
        "<feed> 1:1@0", "<id> 2:3@23", "@rows=1\n> 2:3@23", "</id> 2:3@23", "\"x\" 3:18@44",
        "</feed> 3:19@45"),
      // Empty leaves are behind their tags.
      Case(
        "<feed xmlns='urn:x'><id/><id></id></feed>",
        "<feed> 1:1@0", "id= 1:26@25", "id= 1:30@29", "</feed> 1:35@34"),
      // A byte order mark counts as bytes of the file, not as columns.
      Case("\u{FEFF}<feed xmlns='urn:x'>x</feed>", "feed=x 1:21@23"),
    ])
  func places(_ example: Case) {
    let reading = read(example.document, detail: .places)
    #expect(reading == Reading(events: example.events, fault: nil))
  }

  @Test("stay right over a long document", arguments: [1000, 4096, 1 << 18])
  func longDocument(chunkBytes: Int) throws {
    var document = Array("<feed xmlns='urn:x'>\n".utf8)
    var offsets: [Int] = []
    for row in 0..<20_000 {
      document += Array("<!-- ü -->\r\n<id>".utf8)
      offsets.append(document.count)
      document += Array("\(row)</id>\n".utf8)
    }
    document += Array("</feed>".utf8)
    let reader = XMLStreamReader(
      names: knownNames, namespace: "urn:x", limits: XMLLimits(depth: 8, value: 4096))
    var events = XMLEvents()
    var leaves = 0
    for start in stride(from: 0, to: document.count, by: chunkBytes) {
      let end = min(start + chunkBytes, document.count)
      try reader.parse(
        document.span.extracting(start..<end), isLast: end == document.count, into: &events)
      for index in events.kinds.indices where events.kinds[index] == .leaf {
        let isRight =
          events.byteOffset[index] == UInt64(offsets[leaves]) && events.column[index] == 5
          && events.line[index] == UInt32(2 * leaves + 3)
        if !isRight { Issue.record("leaf \(leaves) at \(events.byteOffset[index])") }
        leaves += 1
      }
    }
    #expect(leaves == offsets.count)
  }
}
