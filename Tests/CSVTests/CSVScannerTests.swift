import CSV
import Testing

@Suite("Scanner, rule by rule")
struct CSVScannerTests {
  /// A text and the values that the index must show.
  struct Case: Sendable {
    var text: String
    var values: [[String]]
  }

  @Test(
    "records and values",
    arguments: [
      // Nothing is no record.
      Case(text: "", values: []),
      // LF, CRLF, and a last record without line ending.
      Case(text: "a,b\nc,d\r\ne,f", values: [["a", "b"], ["c", "d"], ["e", "f"]]),
      // Empty values, at the end too.
      Case(text: ",\na,,\n", values: [["", ""], ["a", "", ""]]),
      // Empty lines are passed over: nothing, or a CR before the LF.
      Case(text: "\n\r\na\n\n\r\nb\n\n", values: [["a"], ["b"]]),
      // A line of blanks is not empty.
      Case(text: " \na", values: [[" "], ["a"]]),
      // Quotes are not part of the value, and delimiters and line endings inside are.
      Case(text: "\"a,\r\nb\n\",c\n", values: [["a,\r\nb\n", "c"]]),
      // A doubled quote stays doubled in the index.
      Case(text: "\"a\"\"b\"\r\n", values: [["a\"\"b"]]),
      // An empty quoted value makes a record, also as the last thing of a file.
      Case(text: "\"\"\n\"\"", values: [[""], [""]]),
      // From a quote in the wrong place the value is unquoted, and its range is the raw value.
      Case(text: "a\"b,c\"\n\"d\"e,f", values: [["a\"b", "c\""], ["\"d\"e", "f"]]),
      // Text after a closing quote ends at the next delimiter, quoted or not.
      Case(text: "\"a\" \"b,c\"\n", values: [["\"a\" \"b", "c\""]]),
      // A carriage return alone is no line break.
      Case(text: "a\rb,c\r\r\nd\r", values: [["a\rb", "c\r"], ["d\r"]]),
      // Blanks before a quote make it misplaced.
      Case(text: "a, \"b\"", values: [["a", " \"b\""]]),
      // Bytes beyond ASCII are text, whatever their lower seven bits are: here those of LF and CR.
      Case(text: "\u{8A}\u{8D}é,한\n", values: [["\u{8A}\u{8D}é", "한"]]),
    ])
  func values(_ sample: Case) {
    #expect(CSVTests.values(sample.text) == sample.values)
  }

  @Test(
    "what is noticed about a value",
    arguments: [
      ("a", []),
      ("\"a\"", .quoted),
      ("\"a\"\"\"", [.quoted, .hasDoubledQuote]),
      // The raw value is not unescaped, so its doubled quotes do not count.
      ("\"a\"\"\"b", .misplacedQuote),
      ("a\"", .misplacedQuote),
      ("\"a\"\"b\"c\"", .misplacedQuote),
      ("a\rb", .loneCarriageReturn),
      // Before the end of the file a CR is alone.
      ("a\r", .loneCarriageReturn),
      ("\"a\rb\"", [.quoted, .loneCarriageReturn]),
      // The second of two is followed by LF, the first is not.
      ("a\r\r\n", .loneCarriageReturn),
      // CRLF and LF inside quotes are fine.
      ("\"a\r\nb\nc\"", .quoted),
      // Text after a closing quote may be a CR.
      ("\"a\"\r", [.misplacedQuote, .loneCarriageReturn]),
      ("\"a\"\rb\n", [.misplacedQuote, .loneCarriageReturn]),
      // A lone CR inside the quotes of a value that is not a quoted one after all.
      ("\"a\rb\"c", [.misplacedQuote, .loneCarriageReturn]),
      ("\"a\"\r\n", .quoted),
    ] as [(String, CSVFieldFlags)])
  func flags(_ text: String, _ flags: CSVFieldFlags) {
    #expect(scan(Array(text.utf8)).records.first?.values.map(\.flags) == [flags])
  }

  @Test("flags of one value do not reach the next")
  func flagsEnd() {
    let records = scan(Array("a\"\r,b,\"c\"\n\"d\"e,f\ng".utf8)).records
    #expect(
      records.map { $0.values.map(\.flags) } == [
        [[.misplacedQuote, .loneCarriageReturn], [], .quoted], [.misplacedQuote, []], [[]],
      ])
  }

  @Test(
    "lines are counted by line feeds, those in quotes and of empty lines too",
    arguments: [
      ("a\nb\nc", [0, 1, 2]),
      ("\n\na\r\n\r\nb", [2, 4]),
      ("\"a\n\n\",\"\r\n\"\nb\n", [0, 4]),
      // A carriage return alone counts for nothing.
      ("a\rb\nc", [0, 1]),
      // The line feeds inside a value whose quotes are in the wrong place.
      ("\"a\nb\"c\nd", [0, 2]),
    ])
  func lines(_ text: String, _ lines: [Int]) {
    #expect(scan(Array(text.utf8)).records.map(\.line) == lines)
  }

  @Test("the range of a record is its bytes without the line ending")
  func recordRanges() {
    let bytes = Array("a,\"b\"\r\n\r\n\"c\"\nd\r\r\ne".utf8)
    let records = scan(bytes).records.map {
      String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
    }
    #expect(records == ["a,\"b\"", "\"c\"", "d\r", "e"])
  }

  @Test(
    "a quote that is never closed",
    arguments: [
      ("\"", 0),
      ("a,b\nc,\"d\ne,f\n", 6),
      // The last quote is doubled, so it closes nothing.
      ("a\n\"b\"\"", 2),
    ])
  func openQuote(_ text: String, _ quote: Int) {
    let bytes = Array(text.utf8)
    let scanned = scan(bytes)
    #expect(scanned.openQuote == quote)
    // The record is not in the index, what stands before it is.
    #expect(scanned == CSVOracle.scan(bytes))
    #expect(scanned.end <= quote)
    // With more to come the quote may still be closed.
    var index = CSVIndex()
    let unfinished = CSVScanner(CSVDialect()).scan(bytes.span, isLast: false, into: &index)
    #expect(unfinished.openQuote == nil)
  }

  @Test(
    "a buffer with more to come leaves what is undecided",
    arguments: [
      // No line ending yet.
      ("a,b\nc,d", 4),
      // The carriage return may belong to a CRLF.
      ("a\nb\r", 2),
      ("\r", 0),
      // The quote may be the first of two.
      ("a\n\"b\"", 2),
      ("a\n\"b\"\r", 2),
      ("a\n\"b", 2),
      // Empty lines are consumed.
      ("a\n\n\r\n", 5),
      ("", 0),
    ])
  func unfinished(_ text: String, _ consumed: Int) {
    var index = CSVIndex()
    let bytes = Array(text.utf8)
    let scan = CSVScanner(CSVDialect()).scan(bytes.span, isLast: false, into: &index)
    #expect(scan.consumed == consumed)
    #expect(scan.linesConsumed == bytes[..<consumed].count { $0 == 0x0A })
    #expect(scan.openQuote == nil)
    #expect(index.recordCount == (consumed > 1 ? 1 : 0))
    #expect(index.fieldStart.count == Int(index.firstField[index.recordCount]))
  }

  @Test("a limit ends the scan after its last record")
  func recordLimit() {
    var index = CSVIndex()
    let bytes = Array("a\n\"b\n\"\r\n\nc\nd".utf8)
    let scanner = CSVScanner(CSVDialect())
    let scan = scanner.scan(bytes.span, isLast: true, recordLimit: 2, into: &index)
    #expect(scan == CSVScan(consumed: 8, linesConsumed: 3, openQuote: nil))
    #expect(index.recordCount == 2)
    let none = scanner.scan(bytes.span, isLast: true, recordLimit: 0, into: &index)
    #expect(none == CSVScan(consumed: 0, linesConsumed: 0, openQuote: nil))
    #expect(index.recordCount == 0)
  }

  @Test(
    "other dialects",
    arguments: [
      // Tabs, and a comma is text.
      (CSVDialect(delimiter: 0x09), "a\tb,\t\"c\td\"\n", [["a", "b,", "c\td"]]),
      // Single quotes, and a double quote is text.
      (CSVDialect(delimiter: 0x3B, quote: 0x27), "a\";'b;''c'\n", [["a\"", "b;''c"]]),
      // Without quoting a quote is text.
      (CSVDialect(quote: nil), "\"a,b\"\n\",\"\"\n", [["\"a", "b\""], ["\"", "\"\""]]),
    ])
  func dialects(_ dialect: CSVDialect, _ text: String, _ expected: [[String]]) {
    #expect(CSVTests.values(text, dialect: dialect) == expected)
    let flags = scan(Array(text.utf8), dialect: dialect).records.flatMap(\.values).map(\.flags)
    #expect(!flags.contains { $0.contains(.misplacedQuote) })
  }

  @Test("the raw range of a value has its quotes, if it is a quoted one")
  func rawRanges() {
    var index = CSVIndex()
    let bytes = Array("a,\"b\",c\"".utf8)
    _ = CSVScanner(CSVDialect()).scan(bytes.span, isLast: true, into: &index)
    let raw = (0..<3).map { index.rawStart(ofField: $0)..<index.rawEnd(ofField: $0) }
    #expect(raw == [0..<1, 2..<5, 6..<8])
  }

  @Test(
    "doubled quotes are halved",
    arguments: [
      ("", ""), ("a", "a"), ("\"\"", "\""), ("a\"\"\"\"b", "a\"\"b"), ("é\"\"", "é\""),
    ])
  func unescaping(_ text: String, _ expected: String) {
    let bytes = Array("x\(text)\"".utf8)
    var result: [UInt8] = [0x3E]
    unescape(bytes.span, start: 1, end: bytes.count - 1, quote: 0x22, into: &result)
    #expect(String(decoding: result, as: UTF8.self) == ">" + expected)
  }

  @Test("a quote that is no ASCII is a programming error")
  func badDialect() async {
    await #expect(processExitsWith: .failure) { _ = CSVScanner(CSVDialect(quote: 0xAB)) }
  }
}
