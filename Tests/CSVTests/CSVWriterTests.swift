import CSV
import TestSupport
import Testing

@Suite("Writer")
struct CSVWriterTests {
  @Test(
    "quotes only where they are needed",
    arguments: [
      ("a b", "a b"),
      ("", ""),
      ("a,b", "\"a,b\""),
      ("a\"b", "\"a\"\"b\""),
      ("\"", "\"\"\"\""),
      ("a\nb", "\"a\nb\""),
      ("a\rb", "\"a\rb\""),
      // Other delimiters and blanks need none.
      (" a;b\tc ", " a;b\tc "),
      ("한,é", "\"한,é\""),
    ])
  func quoting(_ value: String, _ expected: String) {
    #expect(written { $0.text(value) } == expected)
    #expect(written { $0.plain(value) } == expected)
  }

  @Test("records have commas between values and end with CRLF")
  func records() {
    let text = written { writer in
      writer.header(["id", "a,b"])
      writer.empty()
      writer.plain("1.50")
      writer.empty()
      writer.endRecord()
      writer.text("x")
      writer.text("")
      writer.endRecord()
    }
    #expect(text == "id,\"a,b\"\r\n,1.50,\r\nx,\r\n")
  }

  @Test("every way to write a value writes the same")
  func overloads() {
    let bytes = Array("<=\"a\">".utf8)
    let text = written { writer in
      writer.text(bytes, in: 1..<5)
      writer.text("=\"a\"")
      writer.text(bytes[1..<5].span)
      writer.plain(bytes)
      writer.plain(bytes.span)
      writer.plain(String(decoding: bytes, as: UTF8.self))
      writer.plain("abc" as StaticString)
    }
    let quoted = "\"'=\"\"a\"\"\""
    let plain = "\"<=\"\"a\"\">\""
    #expect(text == [quoted, quoted, quoted, plain, plain, plain, "abc"].joined(separator: ","))
  }

  @Test("raw bytes are neither quoted nor separated")
  func raw() {
    let text = written { writer in
      writer.raw(Array("x,\"".utf8))
      writer.plain("a")
      writer.raw(Array("=,\n".utf8).span)
      writer.plain("b")
      writer.endRecord()
    }
    #expect(text == "x,\"a=,\n,b\r\n")
  }

  @Test("what was written can be taken away between records")
  func emptied() {
    let text = written { writer in
      writer.plain("a")
      writer.endRecord()
      writer.bytes.removeAll(keepingCapacity: true)
      writer.plain("b")
    }
    #expect(text == "b")
  }

  @Test(
    "text that could be a formula gets an apostrophe in front",
    arguments: [
      ("=1", true),
      ("+a", true),
      ("-", true),
      ("@x", true),
      ("\t", true),
      ("\tx", true),
      ("\rx", true),
      // After blanks of three kinds.
      (" =1", true),
      ("\u{A0}=1", true),
      ("\u{3000} \u{A0}@x", true),
      // Full-width forms of = + - @.
      ("\u{FF1D}1", true),
      ("\u{FF0B}1", true),
      ("\u{FF0D}1", true),
      ("\u{FF20}x", true),
      // Not a plain decimal as a whole.
      ("-5a", true),
      ("--5", true),
      (" -5", true),
      ("-5 ", true),
      ("-.5", true),
      ("-5.", true),
      ("-1.2.3", true),
      ("-1e5", true),
      ("+1,5", true),
      // However many digits there are.
      ("-1234567890123456789", false),
      ("-0.1234567890123", false),
      // Plain decimals stay.
      ("-5", false),
      ("+1.5", false),
      ("-123456789012345678.123456789012", false),
      ("0", false),
      // What begins with anything else stays, whatever it is.
      ("1e5", false),
      ("1234567890123456789", false),
      ("'=1", false),
      ("a=1", false),
      ("\n=1", false),
      ("", false),
      ("   ", false),
      // Neighbours of the full-width forms and of the blanks, and bytes cut off.
      ("\u{FF1E}1", false),
      ("\u{3001}=", false),
      ("\u{A1}=", false),
      ("한글", false),
    ])
  func neutralising(_ value: String, _ expected: Bool) {
    #expect(isNeutralised(Array(value.utf8)) == expected)
    let text = written { $0.text(value) }
    #expect(text.contains("'" + value) == expected)
    // Ours is never touched.
    #expect(!written { $0.plain(value) }.contains("'" + value))
  }

  @Test(
    "a text cut off in the middle of a character is no formula",
    arguments: [0xC2, 0xE3, 0xEF] as [UInt8])
  func cutOff(byte: UInt8) {
    #expect(!isNeutralised([byte]))
    #expect(!isNeutralised([0x20, byte, 0xBC]))
  }

  @Test("what was written is read back as it was", arguments: 0..<8 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = ["a", "é", ",", "\"", "\n", "\r\n", " ", "1"]
    for _ in 0..<100 {
      let rows = (0..<3).map { _ in
        (0..<4).map { column in
          let count = Int.random(in: 0...5, using: &generator)
          let value = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
          return "\(column)" + value.joined()
        }
      }
      var writer = CSVWriter()
      for row in rows {
        for value in row { writer.text(value) }
        writer.endRecord()
      }
      #expect(read(writer.bytes) == rows)
    }
  }

  /// The values of every record, unescaped.
  private func read(_ bytes: [UInt8]) -> [[String]] {
    scan(bytes).records.map { record in
      record.values.map { value in
        var text: [UInt8] = []
        unescape(bytes.span, start: value.start, end: value.end, quote: 0x22, into: &text)
        return String(decoding: text, as: UTF8.self)
      }
    }
  }

  /// The macros cannot look into a span.
  private func isNeutralised(_ bytes: [UInt8]) -> Bool {
    neutralised(bytes.span)
  }

  private func written(_ write: (inout CSVWriter) -> Void) -> String {
    var writer = CSVWriter()
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
