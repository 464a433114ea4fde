import TestSupport
import Testing
import XMLStream

@Suite("Writing XML")
struct XMLWriterTests {
  private static func written(_ body: (inout XMLWriter) -> Void) -> String {
    var writer = XMLWriter()
    body(&writer)
    return String(decoding: writer.take(), as: UTF8.self)
  }

  @Test("a document has the form that was asked for")
  func document() {
    let text = Self.written { writer in
      writer.declaration()
      writer.start("a", [("b", "<\"&'>\n\t")])
      writer.newline()
      writer.indent(1)
      writer.leaf("c", Array("x&y".utf8).span)
      writer.leaf("d", [UInt8]().span)
      writer.start("e")
      writer.attribute("f", Array("g".utf8).span)
      writer.end("e")
      writer.comment("h")
      writer.end("a")
      writer.newline()
    }
    #expect(
      text == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<a b=\"&lt;&quot;&amp;'&gt;&#10;&#9;\">\n  <c>x&amp;y</c><d/><e f=\"g\"/><!-- h --></a>\n"
    )
  }

  @Test("pieces that are taken one by one are the document")
  func pieces() {
    var writer = XMLWriter()
    var bytes: [UInt8] = []
    writer.start("a")
    bytes += writer.take()
    writer.text(Array("b".utf8).span)
    bytes += writer.take()
    writer.end("a")
    bytes += writer.take()
    #expect(String(decoding: bytes, as: UTF8.self) == "<a>b</a>")
    #expect(writer.take().isEmpty)
  }

  @Test(
    "what XML cannot hold is replaced",
    arguments: [
      // Control characters, but for tab and line breaks.
      ([0x00, 0x08, 0x0B, 0x1F, 0x41], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"),
      ([0x09, 0x0A, 0x0D], "\t\n&#13;"),
      // U+FFFE and U+FFFF, but not U+FFFD; C1 is allowed.
      ([0xEF, 0xBF, 0xBE, 0xEF, 0xBF, 0xBF], "\u{FFFD}\u{FFFD}"),
      ([0xEF, 0xBF, 0xBD, 0xC2, 0x80], "\u{FFFD}\u{80}"),
      // Bytes that are not UTF-8.
      ([0x41, 0xFF, 0x3C, 0xC3], "A\u{FFFD}&lt;\u{FFFD}"),
      ([0xF0, 0x9F, 0x98, 0x80], "😀"),
    ] as [([UInt8], String)])
  func replaced(bytes: [UInt8], text: String) {
    #expect(Self.written { $0.text(bytes.span) } == text)
  }

  @Test(
    "a comment cannot be ended by its text",
    arguments: [
      ("a--b", "<!-- a- -b -->"), ("-->", "<!-- - -> -->"), ("---", "<!-- - - - -->"),
      ("a & <b>", "<!-- a & <b> -->"), ("\u{1}", "<!-- \u{FFFD} -->"),
    ])
  func comment(text: String, expected: String) {
    #expect(Self.written { $0.comment(text) } == expected)
    #expect(read("<feed xmlns='urn:x'>" + expected + "</feed>").events == ["feed="])
  }

  @Test("what was written is read again", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("<>&\"'\r\n\t -]]>é한😀\u{85}\u{2028}ab;#x")
    func random() -> String {
      String(
        (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        })
    }
    var writer = XMLWriter()
    writer.start("feed", [("xmlns", "urn:x")])
    var expected = ["<feed>"]
    for _ in 0..<50 {
      let (id, rows, amount) = (random(), random(), random() + "!")
      writer.leaf("id", Array(id.utf8).span)
      writer.start("earning", [("rows", rows)])
      writer.comment(random())
      writer.text(Array(amount.utf8).span)
      writer.end("earning")
      expected += ["id=\(id)", "<earning>", "@rows=\(rows)", "\"\(amount)\"", "</earning>"]
    }
    writer.end("feed")
    let reading = read([writer.take()])
    #expect(reading == Reading(events: expected + ["</feed>"], fault: nil))
  }
}
