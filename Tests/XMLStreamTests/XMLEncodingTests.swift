import Testing
import XMLStream

@Suite("Encodings of a document")
struct XMLEncodingTests {
  private static let body = "<feed xmlns='urn:x'\n>\r\n<id>Größe €😀</id>\n</feed>"

  static let documents: [(name: String, bytes: [UInt8])] = [
    ("UTF-16 LE", utf16("<?xml version='1.0' encoding='UTF-16'?>" + body, bigEndian: false)),
    ("UTF-16 BE", utf16("<?xml version='1.0' encoding='UTF-16'?>" + body, bigEndian: true)),
    ("UTF-16 LE without declaration", utf16(body, bigEndian: false)),
    (
      "UTF-16 LE without mark", Array(utf16("<?xml version='1.0'?>" + body, bigEndian: false)[2...])
    ),
    ("UTF-16 BE without mark", Array(utf16("<?xml version='1.0'?>" + body, bigEndian: true)[2...])),
  ]

  @Test("UTF-16 gives UTF-8 and its own places, for every split", arguments: documents)
  func wide(name: String, bytes: [UInt8]) {
    // The root begins behind the declaration, the others in lines of their own.
    let isMarked = [0xFE, 0xFF].contains(bytes[0])
    let mark = isMarked ? 2 : 0
    let declaration = bytes.count - mark - 2 * Self.body.utf16.count
    let root = "<feed> 1:\(declaration + 1)@\(mark + declaration)"
    // 22 units to the first line end, 25 to the second, 4 for `<id>`; 14 and 1 to the next line.
    let start = mark + declaration
    let expected = [
      root, "id=Größe €😀 3:9@\(start + 2 * 27)", "</feed> 4:1@\(start + 2 * 42)",
    ]
    for chunks in splits(bytes) {
      let reading = read(chunks, detail: .places)
      guard reading == Reading(events: expected, fault: nil) else {
        #expect(reading == Reading(events: expected, fault: nil), "at \(chunks[0].count)")
        return
      }
    }
  }

  @Test(
    "a declared encoding is obeyed",
    arguments: [
      ("ISO-8859-1", [0xE9, 0xA4], "é¤"),
      ("iso-8859-15", [0xA4], "€"),
      ("windows-1252", [0x80, 0x93], "€“"),
      ("US-ASCII", [0x41], "A"),
      ("EUC-KR", [0xC7, 0xD1], "한"),
      ("utf8", [0xC3, 0xA9], "é"),
    ] as [(String, [UInt8], String)])
  func declared(name: String, bytes: [UInt8], text: String) {
    let document =
      Array("<?xml version=\"1.0\"  encoding = '\(name)' standalone='yes'?>\n".utf8)
      + Array("<feed xmlns='urn:x'>".utf8) + bytes + Array("</feed>".utf8)
    for chunks in splits(document) {
      #expect(read(chunks) == Reading(events: ["feed=\(text)"], fault: nil))
    }
  }

  @Test("a long document in another encoding comes whole")
  func longLatin() {
    // Each byte becomes three; a row is a leaf with as many.
    let row = Array("<id>".utf8) + [UInt8](repeating: 0x80, count: 999) + Array("</id>\r\n".utf8)
    let document =
      Array("<?xml version='1.0' encoding='windows-1252'?><feed xmlns='urn:x'>".utf8)
      + [[UInt8]](repeating: row, count: 300).flatMap(\.self) + Array("</feed>".utf8)
    let reading = read([document])
    let leaf = "id=" + String(repeating: "€", count: 999)
    #expect(reading.fault == nil)
    #expect(
      reading.events == ["<feed>"] + Array(repeating: leaf, count: 300) + ["</feed>"])
  }

  @Test(
    "bytes that mean nothing are refused where they stand",
    arguments: [
      // In a text, an attribute, a name, a comment, CDATA; overlong, surrogate, cut by a tag.
      ("<feed xmlns='urn:x'>\na", [0xFF], "b</feed>", 22),
      ("<feed xmlns='urn:x' rows='\n", [0xC0, 0x80], "'/>", 27),
      ("<feed xmlns='urn:x'\n><i", [0xED, 0xA0, 0x80], "d/></feed>", 23),
      ("<!--\n", [0x80], "--><feed/>", 5),
      ("<feed><![CDATA[\n", [0xE2, 0x82], "]]></feed>", 16),
      ("<feed>\n", [0xF5], "", 7),
      ("<feed/>\n", [0xC3], "", 8),
    ] as [(String, [UInt8], String, Int)])
  func invalid(before: String, bytes: [UInt8], after: String, offset: Int) {
    let document = Array(before.utf8) + bytes + Array(after.utf8)
    for chunks in splits(document) {
      let fault = read(chunks).fault
      #expect(fault?.kind == .invalidEncoding)
      #expect(fault?.line == 2)
      #expect(fault?.byteOffset == offset)
      #expect(
        fault?.column == before.utf8.count
          - (before.utf8.lastIndex(of: 0x0A).map {
            before.utf8.distance(from: before.utf8.startIndex, to: $0)
          } ?? 0))
    }
  }

  @Test("so are they in UTF-16")
  func invalidConverted() {
    let surrogate: [UInt8] = utf16("<a>\nx", bigEndian: false) + [0x00, 0xDC, 0x3C, 0x00]
    for chunks in splits(surrogate) {
      let fault = read(chunks).fault
      #expect(fault?.kind == .invalidEncoding)
      #expect(fault?.line == 2)
      #expect(fault?.column == 3)
      #expect(fault?.byteOffset == 12)
    }
  }

  @Test("an error before a bad byte comes first")
  func errorBeforeBadByte() {
    let document = Array("<feed>a & b".utf8) + [0xFF] + Array("</feed>".utf8)
    guard case .notWellFormed = read([document]).fault?.kind else {
      Issue.record("\(read([document]))")
      return
    }
  }

  @Test("a declaration that cannot be true is refused")
  func contradiction() {
    #expect(
      read("<?xml version='1.0' encoding='UTF-16'?><a/>").fault?.kind == .invalidEncoding)
    #expect(
      read("<?xml version='1.0' encoding='nonsense'?><a/>").fault?.kind
        == .notWellFormed("the encoding NONSENSE is not known"))
  }
}
