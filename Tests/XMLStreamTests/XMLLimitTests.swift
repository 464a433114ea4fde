import Testing
import XMLStream

@Suite("Limits of a document")
struct XMLLimitTests {
  private static let limits = XMLLimits(depth: 3, value: 10, attributes: 2, tag: 40, comment: 20)

  @Test(
    "as much is allowed, more is not, however the document is cut",
    arguments: [
      ("<a><b><c/></b></a>", "<a><b><c><d/></c></b></a>", .depth(3)),
      ("<a>0123456789</a>", "<a>0123456789a</a>", .value(10)),
      ("<a><![CDATA[01234]]>56789</a>", "<a><![CDATA[01234]]>56789a</a>", .value(10)),
      ("<a>&amp;012345678</a>", "<a>&amp;0123456789</a>", .value(10)),
      ("<a b='0123456789'/>", "<a b='0123456789a'/>", .value(10)),
      ("<a b='' c=''/>", "<a b='' c='' d=''/>", .attributes(2)),
      ("<a xmlns='' b=''/>", "<a xmlns='' b='' c=''/>", .attributes(2)),
      (
        "<a b='0123456789' cccc='0123456789'    />", "<a b='0123456789' cccc='0123456789'      />",
        .tag(40)
      ),
      ("<a><!--01234567890123456789--></a>", "<a><!--012345678901234567890--></a>", .comment(20)),
      ("<a><?b 01234567890123456789?></a>", "<a><?b 012345678901234567890?></a>", .comment(20)),
    ] as [(String, String, XMLLimits.Exceeded)])
  func exact(allowed: String, refused: String, limit: XMLLimits.Exceeded) {
    for chunks in splits(Array(allowed.utf8)) {
      #expect(read(chunks, limits: Self.limits).fault == nil)
    }
    for chunks in splits(Array(refused.utf8)) {
      #expect(read(chunks, limits: Self.limits).fault?.kind == .limit(limit))
    }
  }

  @Test("a long CDATA section is bounded as text, not as a comment")
  func longSection() {
    let limits = XMLLimits(depth: 8, value: 200_000, comment: 20)
    for (count, fault) in [(200_000, nil), (200_001, XMLFault.Kind.limit(.value(200_000)))] {
      let text = String(repeating: "x", count: count)
      let document = Array("<feed xmlns='urn:x'><![CDATA[\(text)]]></feed>".utf8)
      for cut in [1000, 100_000, document.count] {
        let reading = read([Array(document[..<cut]), Array(document[cut...])], limits: limits)
        #expect(reading.fault?.kind == fault)
        #expect(reading.events == (fault == nil ? ["feed=" + text] : []))
      }
    }
  }

  @Test("a limit is said where it is exceeded")
  func place() {
    let fault = read("<a>\n<b>\n<c>\n <d/></c></b></a>", limits: Self.limits).fault
    #expect(fault?.line == 4)
    #expect(fault?.column == 2)
    #expect(fault?.byteOffset == 13)
  }

  /// A document of megabytes: its name alone is shown, as it takes longer to show it than to read it.
  struct Hostile: CustomTestStringConvertible, Sendable {
    let name: String
    let document: String

    init(_ name: String, _ document: String) {
      (self.name, self.document) = (name, document)
    }

    var testDescription: String { name }
  }

  static let hostile: [Hostile] = [
    Hostile("attributes", "<a " + (0..<200_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"),
    Hostile(
      "declarations", "<a " + (0..<200_000).map { "xmlns:a\($0)='b'" }.joined(separator: " ") + "/>"
    ),
    Hostile("depth", String(repeating: "<a>", count: 1_000_000)),
    Hostile("text", "<a>" + String(repeating: "text ", count: 1_000_000) + "</a>"),
    Hostile("CDATA", "<a><![CDATA[" + String(repeating: "text ", count: 1_000_000) + "]]></a>"),
    Hostile("blanks", "<a>" + String(repeating: "\n", count: 5_000_000) + "</a>"),
    Hostile("attribute", "<a b='" + String(repeating: "text ", count: 1_000_000) + "'/>"),
    Hostile("name", "<" + String(repeating: "a", count: 5_000_000) + "/>"),
    Hostile("comment", "<a><!--" + String(repeating: "\n", count: 5_000_000) + "--></a>"),
    Hostile("instruction", "<?a " + String(repeating: "\n", count: 5_000_000) + "?><a/>"),
    Hostile("reference", "<a>&" + String(repeating: "a", count: 5_000_000) + ";</a>"),
    Hostile("open tag", "<a" + String(repeating: " ", count: 5_000_000)),
    Hostile("junk", String(repeating: "junk ", count: 1_000_000)),
    Hostile(
      "laughs",
      "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '" + String(repeating: "&a;", count: 10_000)
        + "'><!ENTITY c '" + String(repeating: "&b;", count: 10_000) + "'>]><a>&c;</a>"
    ),
  ]

  @Test("a hostile document is refused early", arguments: hostile)
  func refused(_ hostile: Hostile) {
    let clock = ContinuousClock()
    let bytes = Array(hostile.document.utf8)
    let limits = XMLLimits(depth: 32, value: 1 << 20)
    var reading = Reading()
    let time = clock.measure { reading = read([bytes], limits: limits) }
    #expect(reading.fault != nil)
    // It takes milliseconds; what it must not take is minutes.
    #expect(time < .seconds(10), "\(time)")
    #expect((reading.fault?.byteOffset ?? 0) < 3 << 20)
  }
}
