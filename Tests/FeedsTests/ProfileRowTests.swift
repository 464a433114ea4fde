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

  @Test("a row behind the trailer refuses the feed; behind that of a section, in the same section")
  func rowsAfterTrailer() throws {
    let rules = "trailers:\n  - {where: {1: Rows}, rows: 2}\n"
    let reading = try read(
      Self.header + "E-1,2026-10-05,1,\nRows,1\nE-2,2026-10-05,90000,\n",
      by: plainProfile + rules)
    #expect(reading.shown == ["F114 4:1"])
    let typed = try read(
      "SH,P-1\nCH,id,date,amount\nSB,E-1,2026-10-05,1\nSF,1\nSB,E-2,2026-10-05,2\n",
      by: Self.typed)
    #expect(typed.shown == ["F114 5:1"])
  }

  @Test("a trailer without the value that the profile looks at says so")
  func shortTrailer() throws {
    let rules = "trailers:\n  - {where: {1: Rows}, rows: 9}\n"
    let reading = try read(
      Self.header + "E-1,2026-10-05,1,\nRows,1\n", by: plainProfile + rules)
    #expect(reading.refusal?.message.contains("no value 9") == true)
  }

  @Test("what is missing at the end of a short row is empty for rules and values, too")
  func shortValues() throws {
    let rules = """
      shortRows: true
      leaveOut: [{where: {name: ""}, because: nameless}]

      """
    let reading = try read(
      Self.header + "E-1,2026-10-05,1,\nE-2,2026-10-05,2\nE-3,2026-10-05,3,x\n",
      by: plainProfile + rules)
    #expect(reading.rows.map { $0[.earningId] } == ["E-3"])
    let yaml = plainProfile.replacing(
      "{column: name, optional: true}", with: "{column: name, values: {\"\": nobody}}")
    let named = try read(
      Self.header + "E-1,2026-10-05,1,\nE-2,2026-10-05,2\n", by: yaml + "shortRows: true\n")
    #expect(named.rows.map { $0[.customerName] } == ["nobody", "nobody"])
  }

  @Test("a preamble is passed over where the profile names the columns, too")
  func preambleOfColumns() throws {
    let reading = try read(
      "Week,44,500,x\nE-1,2026-10-05,5,a\n",
      by: plainProfile + "columns: [id, date, amount, name]\npreamble: 1\n")
    #expect(reading.rows.map { $0[.earningId] } == ["E-1"])
  }

  @Test("without an earned amount, another transaction is no repetition")
  func repeatedTransaction() throws {
    let reading = try read(
      Self.header + "E-1,2026-10-05,5,\nE-1,2026-10-05,5,\nE-1,2026-10-05,6000,\n",
      by: plainProfile + "repeatedEarnings: true\n")
    #expect(reading.rows.map { $0[.transactionAmount] } == ["5", "6000"])
  }

  private static let parts = """
    profile: test
    records: {column: 1, header: N, rows: [R], others: [H]}
    parts:
      group: {record: H, column: 2}
      number: {record: H, column: 3}
      count: {record: H, column: 4}
    fields:
      earningId: id
      participantId: {constant: P-1}
      programName: {constant: Program}
      transactionDate: date
      transactionCurrency: {constant: EUR}
      transactionAmount: amount

    """

  /// A feed, and what is said.
  static let partFeeds: [(String, String)] = [
    ("H,g,1,1\nN,id,date,amount\nR,E-1,2026-10-05,1\n", ""),
    ("N,id,date,amount\nR,E-1,2026-10-05,1\n", "F119"),
    ("H,g,1,1\nN,id,date,amount\nR,E-1,2026-10-05,1\nH,g,2,2\nR,E-2,2026-10-05,1\n", "F119"),
  ]

  @Test("a part says once which it is, before its rows", arguments: partFeeds)
  func partNumbers(text: String, expected: String) throws {
    #expect(try read(text, by: Self.parts).codes.joined() == expected)
  }

  @Test("what to do about a value shows how the profile writes it")
  func remedies() throws {
    let yaml = plainProfile.replacing("profile: test", with: "profile: test\ndates: dd.MM.yyyy")
    let reading = try read(
      Self.header + "E-1,2026-10-05,x,\n",
      by: yaml + "decimalMark: \",\"\nthousandsMark: .\nnegative: [trailingMinus]\n")
    #expect(
      reading.findings.map(\.remedy) == [
        "Write the date like dd.MM.yyyy, as the profile test says.",
        "Write the number like 1.234,50 or 1.234,50-, as the profile test says.",
      ])
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
    // That nobody looked for a trailer.
    #expect(again.codes == ["F117"])
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
