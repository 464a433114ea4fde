import Domain
import Feeds
import Testing

@Suite("Rows of a feed that has a profile")
struct ProfileRowTests {
  private static let header = "id,date,amount,name\n"

  @Test("preamble, repeated headers and empty lines are no rows")
  func passedOver() throws {
    let reading = try read(
      "Report of October\n\n\(Self.header)E-1,2026-10-05,5,a\n\(Self.header)E-2,2026-10-05,5,b\n",
      by: plainProfile + "preamble: 1\nrepeatedHeaders: true\n")
    #expect(reading.rows.map { $0[.earningId] } == ["E-1", "E-2"])
    #expect(reading.codes == [])
  }

  @Test("rows are left out by all conditions of a rule, and counted by rule")
  func leftOut() throws {
    let rules = """
      leaveOut:
        - {where: {name: [x, ""], amount: "0"}, because: nothing in it}
        - {where: {4: y}, because: of y}

      """
    let reading = try read(
      Self.header
        + "E-1,2026-10-05,0,x\nE-2,2026-10-05,5,x\nE-3,2026-10-05,0,\nE-4,2026-10-05,5,y\n",
      by: plainProfile + rules)
    #expect(reading.rows.map { $0[.earningId] } == ["E-2"])
    #expect(
      reading.findings.map(\.message) == [
        "2 rows are left out: nothing in it", "1 row is left out: of y",
      ])
    #expect(reading.totals.rows == 1)
  }

  @Test("a row of another length is R212; short ones where the profile allows them")
  func lengths() throws {
    let text = Self.header + "E-1,2026-10-05,5\nE-2,2026-10-05,5,a,b\nE-3,2026-10-05,5,c\n"
    let strict = try read(text, by: plainProfile)
    #expect(strict.rows.map(\.faults) == [["R212"], ["R212"], []])
    let lenient = try read(text, by: plainProfile + "shortRows: true\n")
    #expect(lenient.rows.map(\.faults) == [[], ["R212"], []])
    #expect(lenient.rows[0][.customerName] == "")
  }

  @Test("of rows that repeat an earning the first counts; another amount is no repetition")
  func repeated() throws {
    let yaml = """
      profile: test
      repeatedEarnings: true
      fields:
        earningId: id
        participantId: {constant: P-1}
        programName: {constant: Program}
        transactionDate: date
        transactionCurrency: {constant: EUR}
        transactionAmount: amount
        earningAmount: earned

      """
    let reading = try read(
      """
      id,date,amount,earned
      E-1,2026-10-05,100,7
      E-2,2026-10-05,50,3
      E-1,2026-10-06,200,7
      E-1,2026-10-07,300,8
      """, by: yaml)
    #expect(reading.rows.map { $0[.transactionAmount] } == ["100", "50", "300"])
    #expect(reading.codes == ["F118"])
  }

  /// The trailer's lines, and what is said.
  static let trailers: [(String, String)] = [
    ("Rows,3\nSum,6.00\n", ""), ("Rows,2\nSum,6.00\n", "F114"), ("Rows,3\nSum,6.01\n", "F114"),
    ("Rows,3\n", "F114"), ("Sum,6.00\n", "F114"), ("", "F114"), ("Rows,three\nSum,6\n", "F114"),
    ("Rows\nSum,6\n", "F114"),
  ]

  @Test("trailers are compared with the rows, and have to be there", arguments: trailers)
  func trailer(lines: String, expected: String) throws {
    let rules = """
      trailers:
        - {where: {1: Rows}, rows: 2}
        - {where: {1: Sum}, sum: 2, of: amount}

      """
    let rows = "E-1,2026-10-05,1.50,\nE-2,2026-10-05,2.50,\nE-3,2026-10-05,2,\n"
    let reading = try read(Self.header + rows + lines, by: plainProfile + rules)
    #expect(reading.codes.joined(separator: " ") == expected)
  }

  @Test("a sum is not compared where an amount cannot be read")
  func incompleteSum() throws {
    let rules = "trailers:\n  - {where: {1: Sum}, sum: 2, of: amount}\n"
    let reading = try read(
      Self.header + "E-1,2026-10-05,x,\nSum,5\n", by: plainProfile + rules)
    #expect(reading.codes == ["R203", "F117"])
  }

  private static let typed = """
    profile: test
    records: {column: 1, header: CH, rows: [SB], others: [SH, SF]}
    trailers:
      - {where: {1: SF}, rows: 2, section: true}
    fields:
      earningId: id
      participantId: {record: SH, column: 2}
      programName: {constant: Program}
      transactionDate: date
      transactionCurrency: {constant: EUR}
      transactionAmount: amount

    """

  @Test("the first value says what a record is; sections have their own header, context, trailer")
  func types() throws {
    let text = """
      SH,P-1
      CH,id,date,amount
      SB,E-1,2026-10-05,1
      SB,E-2,2026-10-05,2
      SF,2
      SH,P-2
      CH,id,date,amount
      SB,E-3,2026-10-05,x
      SF,1
      """
    let reading = try read(text, by: Self.typed)
    #expect(reading.rows.map { $0[.participantId] } == ["P-1", "P-1", "P-2"])
    #expect(reading.codes == ["R203"])
    let rejected = String(decoding: try rejects(Array(text.utf8), by: Self.typed), as: UTF8.self)
    #expect(
      rejected == """
        _line,_codes,_message,CH,id,date,amount
        ,,,SH,P-2
        8,R203,transactionAmount: not a decimal,SB,E-3,2026-10-05,x

        """)
    let again = try read(rejected.replacing("05,x", with: "05,3"), by: Self.typed)
    #expect(again.codes == [])
    #expect(again.rows.map { $0[.participantId] } == ["P-2"])
  }

  @Test("a record of no known type is a row that is rejected, and not lost")
  func unknownType() throws {
    let reading = try read(
      "SH,P-1\nCH,id,date,amount\nXX,E-1,2026-10-05,1\nSF,1\n", by: Self.typed)
    #expect(reading.rows.map(\.faults) == [["R212"]])
  }

  /// Feed, code.
  static let headers: [(String, String)] = [
    ("", "F113"), ("id,date\nE-1,2026-10-05\n", "F103"), ("id,date,amount\n", "F113"),
    ("id,date,amount,ID\nE-1,2026-10-05,1,x\n", "F104"),
    ("id,date,amount\nE-1,2026-10-05,\"1\n", "F112"),
  ]

  @Test("a header that does not fit refuses the feed", arguments: headers)
  func header(text: String, code: String) throws {
    #expect(try read(text, by: plainProfile).codes == [code])
  }

  @Test("of several delimiters the one that gives the columns is used")
  func delimiters() throws {
    for mark in [",", ";", "\t"] {
      let text =
        ["id", "date", "amount"].joined(separator: mark) + "\n"
        + ["E-1", "2026-10-05", "5"].joined(separator: mark) + "\n"
      let reading = try read(text, by: plainProfile + "delimiter: [\",\", tab, \";\"]\n")
      #expect(reading.rows.map { $0[.earningId] } == ["E-1"])
    }
  }
}
