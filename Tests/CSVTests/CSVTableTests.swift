import CSV
import Testing

@Suite("Tables")
struct CSVTableTests {
  @Test("header and rows, with values unescaped")
  func rows() {
    let table = CSVTable(Array("id,name\r\n1,\"a \"\"b\"\", c\"\n\n2,한\n".utf8))
    #expect(table.header == ["id", "name"])
    #expect(table.rows.map(\.values) == [["1", "a \"b\", c"], ["2", "한"]])
    #expect(table.rows.map(\.line) == [2, 4])
    #expect(table.problems.isEmpty)
  }

  @Test("a byte order mark is no part of the first name, nor of its column")
  func byteOrderMark() {
    let table = CSVTable([0xEF, 0xBB, 0xBF] + Array("id,\"na\"\"me\"\n1,2\r3\n".utf8))
    #expect(table.header == ["id", "na\"me"])
    #expect(table.problems == [CSVProblem(kind: .loneCarriageReturn, line: 2, column: 3)])
  }

  @Test("places are those of the value, also after quoted line feeds")
  func places() throws {
    let table = CSVTable(Array("a,b,c,d\n\n1,\"x\ny\",é,\"z\"\n".utf8))
    let row = try #require(table.rows.first)
    // A quoted value begins at its quote, and columns are bytes.
    let places = (0..<4).map { row.position(of: $0) }
    #expect(places.map(\.line) == [3, 3, 4, 4])
    #expect(places.map(\.column) == [1, 3, 4, 7])
  }

  /// A file and its one fault.
  struct Fault: Sendable {
    var text: String
    var kind: CSVProblem.Kind
    var line: Int
    var column: Int
    var rows: Int

    init(_ text: String, _ kind: CSVProblem.Kind, _ line: Int, _ column: Int, rows: Int) {
      (self.text, self.kind, self.line, self.column, self.rows) = (text, kind, line, column, rows)
    }
  }

  @Test(
    "a fault is reported, its row left out and the others kept",
    arguments: [
      Fault("", .empty, 1, 1, rows: 0),
      // Empty lines are no header.
      Fault("\n\r\n", .empty, 1, 1, rows: 0),
      Fault("a,b\n1,2\n3\n4,5\n", .fieldCount(expected: 2, found: 1), 3, 1, rows: 2),
      Fault("a,b\n1,2,3\n4,5\n", .fieldCount(expected: 2, found: 3), 2, 1, rows: 1),
      Fault("a,b\n1,2\"\n4,5\n", .misplacedQuote, 2, 3, rows: 1),
      Fault("a,b\n\"1\n\",\"2\"x\n4,5\n", .misplacedQuote, 3, 3, rows: 1),
      // The header can be at fault too.
      Fault("a,b\"\n1,2\n", .misplacedQuote, 1, 3, rows: 1),
      Fault("a,b\n1,2\n4,\"5\n", .openQuote, 3, 3, rows: 1),
      Fault("a,b\n1,2\n\"4\n\",\"5\n", .openQuote, 4, 3, rows: 1),
      Fault("\"a,b\n", .openQuote, 1, 1, rows: 0),
      // In a file of carriage returns everything is the header.
      Fault("a,b\r1,2\r", .loneCarriageReturn, 1, 3, rows: 0),
      Fault("a,b\n\"1\r\",2\n4,5\n", .loneCarriageReturn, 2, 1, rows: 1),
    ])
  func faults(_ fault: Fault) {
    let table = CSVTable(Array(fault.text.utf8))
    let expected = CSVProblem(kind: fault.kind, line: fault.line, column: fault.column)
    #expect(table.problems.first == expected)
    #expect(table.rows.count == fault.rows)
  }

  @Test("all faults are reported, in the order of the file")
  func allFaults() {
    let table = CSVTable(Array("a,b\n1\"\n2,3\n4,5\r6\n7,\"".utf8))
    #expect(
      table.problems == [
        CSVProblem(kind: .misplacedQuote, line: 2, column: 1),
        CSVProblem(kind: .fieldCount(expected: 2, found: 1), line: 2, column: 1),
        CSVProblem(kind: .loneCarriageReturn, line: 4, column: 3),
        CSVProblem(kind: .openQuote, line: 5, column: 3),
      ])
    #expect(table.rows.map(\.values) == [["2", "3"]])
  }

  @Test("bytes that are not UTF-8 are found where they stand; other rows are kept")
  func invalidUTF8() {
    let table = CSVTable(
      Array("a,b\n1,\"x\ny".utf8) + [0xC3, 0x28] + Array("\"\n3,4\n5,".utf8) + [0xFF, 0x0A])
    #expect(
      table.problems == [
        CSVProblem(kind: .invalidUTF8, line: 3, column: 2),
        CSVProblem(kind: .invalidUTF8, line: 5, column: 3),
      ])
    #expect(table.rows.map(\.values) == [["3", "4"]])
  }
}
