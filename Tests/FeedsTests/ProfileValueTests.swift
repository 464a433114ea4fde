import Domain
import ExactMoney
import Feeds
import Testing

@Suite("Values as a profile says they are written")
struct ProfileValueTests {
  private static let comma = "decimalMark: \",\"\nthousandsMark: \".\"\ndelimiter: \";\"\n"
  private static let us =
    "thousandsMark: \",\"\ncurrencySigns: [\"$\", US$]\nnegative: [minus, parentheses]\n"

  /// Settings, what is delivered, and what it means; nil where it is R203.
  static let amounts: [(String, String, String?)] = [
    ("", "12.34", "12.34"), ("", "12,34", nil), ("", "1,234", nil), ("", "12.", nil),
    (comma, "1.234,50", "1234.50"), (comma, "1234,5", "1234.5"), (comma, "-0,01", "-0.01"),
    (comma, "1.234.567,00", "1234567.00"), (comma, "99.99", nil), (comma, "1.23,4", nil),
    (comma, "1.2345,00", nil), (comma, ".234,00", nil), (comma, "1..234", nil),
    (comma, "1,234,5", nil), (comma, ",5", nil), (comma, "5-", nil), (comma, "1e3", nil),
    (comma + "negative: [trailingMinus]\n", "5-", "-5"),
    (comma + "negative: [trailingMinus]\n", "-5", nil),
    (comma + "negative: [trailingMinus]\n", "5 -", "-5"),
    (us, "$1,234.50", "1234.50"), (us, "US$ 7", "7"), (us, "($1,234.50)", "-1234.50"),
    (us, "-$5", "-5"), (us, "$-5", "-5"), (us, "(5", nil), (us, "5)", nil), (us, "(-5)", nil),
    (us, "$$5", nil), (us, "5 $", "5"), (us, "$", nil), (us, "()", nil), (us, "+5", "5"),
    // A decimal that is written with the other mark is not a thousand times as much.
    (us, "0,123", nil), (us, "$0,001", nil), (comma, "0.500", nil), (comma, "001.234", nil),
    (comma, "01.000,00", nil), (us, "100,000", "100000"),
    ("thousandsMark: \"\u{A0}\"\n", "1\u{A0}234.5", "1234.5"),
    ("thousandsMark: \"'\"\n", "1'234.5", "1234.5"),
  ]

  @Test("an amount is read in one way or not at all", arguments: amounts)
  func amount(settings: String, text: String, expected: String?) throws {
    let mark: Character = settings.contains(";") ? ";" : ","
    let row = ["E-1", "2026-10-05", "\"\(text)\""].joined(separator: String(mark))
    let header = ["id", "date", "amount"].joined(separator: String(mark))
    let reading = try read(header + "\n" + row + "\n", by: plainProfile + settings)
    #expect(reading.refusal == nil)
    let read = try #require(reading.rows.first)
    if let expected {
      #expect(reading.codes == [])
      #expect(read.amount == ExactAmount(expected))
    } else {
      #expect(read.faults == ["R203 transactionAmount"])
      #expect(reading.findings.first?.value == text)
    }
  }

  /// Settings, what is delivered, and the day in UTC; nil where it is R202.
  static let dates: [(String, String, String?)] = [
    ("", "2026-10-05", "2026-10-05"), ("", "05.10.2026", nil),
    ("dates: dd.MM.yyyy", "05.10.2026", "2026-10-05"), ("dates: dd.MM.yyyy", "5.10.2026", nil),
    ("dates: d.M.yyyy", "5.1.2026", "2026-01-05"), ("dates: dd.MM.yyyy", "2026-10-05", nil),
    ("dates: dd.MM.yyyy", "31.02.2026", nil), ("dates: dd.MM.yyyy", "05.10.2026 ", nil),
    ("dates: [MM/dd/yyyy, dd/MM/yyyy]", "10/13/2026", "2026-10-13"),
    ("dates: [MM/dd/yyyy, dd/MM/yyyy]", "10/10/2026", "2026-10-10"),
    // Read in two ways: refused.
    ("dates: [MM/dd/yyyy, dd/MM/yyyy]", "10/11/2026", nil),
    ("dates: \"MMM d, yyyy\"", "Oct 3, 2026", "2026-10-03"),
    ("dates: \"MMM d, yyyy\"", "October 3, 2026", nil),
    ("dates: \"MMMM d yyyy\"", "MAY 31 2026", "2026-05-31"),
    ("dates: yyyy/MM/dd HH:mm:ss Z", "2026/10/31 23:30:00 -0700", "2026-11-01"),
    ("dates: yyyy/MM/dd HH:mm:ss Z", "2026/10/01 01:30:00 +09:00", "2026-09-30"),
    ("dates: yyyy/MM/dd HH:mm:ss Z", "2026/10/01 01:30:00 UTC", "2026-10-01"),
    ("dates: yyyy/MM/dd HH:mm:ss Z", "2026/10/01 01:30:00", nil),
    ("dates: yyyy-MM-dd HH:mm\ntimeZone: \"+09:00\"", "2026-10-01 08:59", "2026-09-30"),
    ("dates: yyyy-MM-dd HH:mm\ntimeZone: \"+09:00\"", "2026-10-01 09:00", "2026-10-01"),
    // New York is four hours behind in summer and five in winter.
    ("dates: yyyy-MM-dd HH:mm\ntimeZone: America/New_York", "2026-07-01 20:00", "2026-07-02"),
    ("dates: yyyy-MM-dd HH:mm\ntimeZone: America/New_York", "2026-12-01 18:59", "2026-12-01"),
    ("dates: yyyy-MM-dd HH:mm\ntimeZone: America/New_York", "2026-12-01 19:00", "2026-12-02"),
  ]

  @Test("a date is read in one way or not at all", arguments: dates)
  func date(settings: String, text: String, expected: String?) throws {
    let reading = try read(
      "id,date,amount\nE-1,\"\(text)\",5\n", by: plainProfile + settings + "\n")
    let row = try #require(reading.rows.first)
    if let expected {
      #expect(row.day == DayText.plainDay(expected))
      #expect(row.faults == [])
    } else {
      #expect(row.faults == ["R202 transactionDate"])
    }
  }

  /// An amount, the sign's column, the currency, and what it means.
  static let signed: [(String, String, String, String?)] = [
    ("125000", "CR", "EUR", "1250.00"), ("125000", "DR", "EUR", "-1250.00"),
    ("5", "DR", "EUR", "-0.05"), ("5", "CR", "JPY", "5"), ("1234", "CR", "KWD", "1.234"),
    ("12.50", "CR", "EUR", nil), ("-5", "DR", "EUR", nil), ("5", "", "EUR", nil),
    ("5", "cr", "EUR", nil), ("0", "DR", "EUR", "0.00"),
  ]

  @Test("minor units and a sign in another column", arguments: signed)
  func signs(text: String, sign: String, currency: String, expected: String?) throws {
    let yaml = """
      profile: test
      fields:
        earningId: id
        participantId: {constant: P-1}
        programName: {constant: Program}
        transactionDate: date
        transactionCurrency: currency
        transactionAmount:
          column: amount
          minorUnits: true
          sign: {column: sign, negative: [DR], positive: [CR]}

      """
    let reading = try read(
      "id,date,amount,sign,currency\nE-1,2026-10-05,\(text),\(sign),\(currency)\n", by: yaml)
    let row = try #require(reading.rows.first)
    if let expected {
      #expect(row.faults == [])
      #expect(row.amount == ExactAmount(expected))
    } else {
      #expect(row.faults == ["R203 transactionAmount"])
      let finding = try #require(reading.findings.first)
      let isSign = sign != "CR" && sign != "DR"
      #expect(finding.value == text)
      #expect(
        finding.remedy.contains(isSign ? "Write CR or DR in the column sign" : "without a sign"))
    }
  }

  @Test("values stand for others, columns are joined, per cent is per cent")
  func mapped() throws {
    let yaml = """
      profile: test
      trim: true
      fields:
        earningId: {join: [order, [item, position]], with: "/"}
        participantId: {column: dealer, values: {H-7: "0048311"}}
        programName: {constant: Program}
        transactionDate: date
        transactionCurrency: {constant: EUR}
        transactionAmount: 5
        earningRate: {column: rate, percent: true}

      """
    let reading = try read(
      """
      order,position,dealer,date,betrag,rate
      A,1, H-7 ,2026-10-05,5,4.75
      ,2,H-8,2026-10-05,5,5%
      """, by: yaml)
    #expect(reading.rows.map { $0[.earningId] } == ["A/1", ""])
    #expect(reading.rows.map { $0[.participantId] } == ["0048311", "H-8"])
    #expect(reading.rows[0].earningRate == ExactRate("4.75%"))
    #expect(reading.rows[1].earningRate == ExactRate("5%"))
    #expect(reading.rows[1].faults == ["R201 earningId"])
  }
}
