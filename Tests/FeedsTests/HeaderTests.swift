import Domain
import TestSupport
import Testing

@Suite("Headers of CSV feeds")
struct HeaderTests {
  static let accepted: [String] = [
    // Case, blanks, `_` and `-` do not count.
    "EARNINGID,PARTICIPANTID,PROGRAMNAME,TRANSACTIONDATE,TRANSACTIONCURRENCY,TRANSACTIONAMOUNT",
    "Earning ID,Participant Id,Program Name,Transaction Date,Transaction Currency,"
      + "Transaction Amount",
    "earning_id,participant_id,program_name,transaction_date,transaction_currency,"
      + "transaction_amount",
    "earning-id,-participantId,programName-,transaction--date, transactionCurrency ,"
      + "tran_SACTION-am ount",
    // Quoted, with a doubled quote in no name of ours, and with a byte order mark.
    "\"earningId\",\"participantId\",\"programName\",\"transactionDate\",transactionCurrency,"
      + "\"transactionAmount\"",
    "\u{FEFF}" + requiredColumns,
    "\u{FEFF}\"earningId\"" + requiredColumns.dropFirst(9),
    // Empty lines before it.
    "\n\r\n" + requiredColumns, "\u{FEFF}\n" + requiredColumns,
  ]

  @Test("name the fields", arguments: accepted, ["\n", "\r\n"])
  func names(header: String, lineEnding: String) throws {
    let text = header + lineEnding + plainRow + lineEnding
    let reading = try read(Array(text.utf8))
    #expect(reading.shown == [])
    let row = try #require(reading.rows.first)
    for field in EarningField.allCases { #expect(row[field] == plainValues[field] ?? "") }
  }

  @Test("every field has a column, in any order", arguments: 0..<4 as Range<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let fields = EarningField.allCases.shuffled(using: &generator)
    let values = fields.map { plainValues[$0] ?? ($0 == .quantity ? "7" : "") }
    let text = fields.map(\.name).joined(separator: ",") + "\n" + values.joined(separator: ",")
    let row = try #require(try read(Array(text.utf8)).rows.first)
    #expect(row.texts == EarningField.allCases.map { values[fields.firstIndex(of: $0) ?? 0] })
  }

  @Test("unknown columns are noted once, however many rows there are")
  func unknown() throws {
    let rows = (1...3).map { "a,E-\($0)\(plainRow.dropFirst(3)),b" }
    let text = "taxCity," + requiredColumns + ",Tax Zip\n" + rows.joined(separator: "\n")
    let reading = try read(Array(text.utf8))
    #expect(reading.shown == ["F116 1:1@0"])
    #expect(reading.findings.first?.message.contains("taxCity, Tax Zip") == true)
    #expect(reading.rows.map { $0[.earningId] } == ["E-1", "E-2", "E-3"])
    #expect(reading.rows.allSatisfy { $0.faults.isEmpty })
  }

  @Test("columns that begin with _ are passed over, also twice, also with a name of ours")
  func annotations() throws {
    let text = "_line,_codes,_line,_lever,\(requiredColumns)\n1,R202,2,x,\(plainRow)\n"
    let reading = try read(Array(text.utf8))
    #expect(reading.shown == [])
    #expect(reading.rows.first?[.lever] == "")
  }

  @Test("a required column that is missing refuses the feed", arguments: 0..<6)
  func missing(column: Int) throws {
    var names = requiredColumns.split(separator: ",").map(String.init)
    let missing = names.remove(at: column)
    let reading = try read(Array((names.joined(separator: ",") + ",lever\n").utf8))
    #expect(reading.shown == ["F103 1:1@0 \(missing)"])
  }

  @Test("all missing columns are named")
  func missingAll() throws {
    let reading = try read(Array("\n\nearningId;participantId\n".utf8))
    #expect(reading.shown == ["F103 3:1@2 earningId"])
    #expect(
      reading.refusal?.message.hasSuffix(requiredColumns.replacing(",", with: ", ")) == true)
  }

  static let twice: [(more: String, shown: String)] = [
    // Behind the 89 bytes of the required ones and a comma.
    (",lever,lever", "1:97@96 lever"),
    (",lever,Lever", "1:97@96 Lever"),
    (",customerName,customer_name", "1:104@103 customer_name"),
    (",reason code,x,reason-Code", "1:105@104 reason-Code"),
    (",EARNINGID", "1:91@90 EARNINGID"),
    // Unknown ones too: nobody could say which of the two a rejects file means.
    (",taxCity,x,tax city", "1:101@100 tax city"),
    // A quoted name begins at its quote, also behind a line break in another name.
    (",lever,\"a\nb\",\"lever\"", "2:4@102 lever"),
  ]

  @Test("a column named twice refuses the feed", arguments: twice)
  func namedTwice(more: String, shown: String) throws {
    let reading = try read(Array((requiredColumns + more + "\n" + plainRow + "\n").utf8))
    #expect(reading.shown == ["F104 \(shown)"])
  }

  @Test("as many columns as limits.columns allows, and not one more", arguments: [8, 7])
  func columns(limit: Int) throws {
    var limits = Limits()
    limits.columns = limit
    let reading = try read(
      Array((requiredColumns + ",a,b\n" + plainRow + ",1,2\n").utf8), limits: limits)
    #expect(reading.codes == (limit == 8 ? ["F116"] : ["F111"]))
  }
}
