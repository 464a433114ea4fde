import Domain
import ExactMoney
import Statements
import TestSupport
import Testing

@Suite("Statements as CSV")
struct StatementTests {
  private func statement(
    _ settlements: [Settlement], _ earnings: Earnings = Earnings(), partner: Int = 0
  ) throws -> [UInt8] {
    StatementCSV(
      registry: Fixture().registry, plans: try Fixture.plans(), period: try period("2026-10"),
      feeds: ["a.csv", "=b,c.xml"]
    ).statement(partner: partner, settlements, page: earnings.page)
  }

  @Test("the header")
  func columns() throws {
    #expect(
      header(try statement([])) == "participantId,lineNumber,lineType,period,programName,lever,"
        + "earningType,earningId,transactionId,transactionDate,transactionCurrency,"
        + "transactionAmount,rate,earnedAmount,earnedCurrency,exchangeRate,amount,currency,"
        + "customerName,productName,reasonCodes,source")
  }

  static let everyLine: [String] = [
    "opening,2026-10,CSP Direct,,,,,,,,,,,,10.00,EUR,,,,",
    "earning,2026-10,CSP Direct,Core,Rebate,E-1,T-1,2026-10-05,EUR,100.50,0.0475,4.773750,EUR,,,"
      + "EUR,\"A, B\",P,late,a.csv:2",
    "earning,2026-09,CSP Direct,Growth,Rebate,E-2,,2026-09-30,KRW,-7,,-0.350000,KRW,,,EUR,,,,"
      + "\"'=b,c.xml:30\"",
    "subtotal,2026-10,CSP Direct,Core,Rebate,,,,,,,4.773750,EUR,1,4.77,EUR,,,,",
    "subtotal,2026-09,CSP Direct,Growth,Rebate,,,,,,,-0.350000,KRW,0.00068,0.00,EUR,,,,",
    "coop,2026-10,CSP Direct,Core,Rebate,,,,,,,,,,-1.91,EUR,,,,",
    "adjustment,2026-08,CSP Direct,,,ADJ-1,,,,,,-2.50,USD,0.86,-2.15,EUR,,,goodwill,",
    "gross,2026-10,CSP Direct,,,,,,,,,,,,-10.71,EUR,,,,",
    "salesTax,2026-10,CSP Direct,,,,,,,,,,,,2.03,EUR,,,,",
    "withheldTax,2026-10,CSP Direct,,,,,,,,,,,,-0.54,EUR,,,,",
    "payment,2026-10,CSP Direct,,,,,,,,,,,,12.20,EUR,,,,",
    "closing,2026-10,CSP Direct,,,,,,,,,,,,0.00,EUR,,,,",
    "capped,2026-10,CSP Direct,Core,Rebate,E-1,T-1,2026-10-05,EUR,100.50,,1.250000,EUR,,,EUR,"
      + "\"A, B\",P,,a.csv:2",
    "ineligible,2026-10,CSP Direct,Core,Co-op,E-3,,2026-10-05,EUR,1.00,,,,,,EUR,C,,E301 E304,"
      + "a.csv:9",
    "held,2026-10,CSP Direct,,,,,,,,,,,,,EUR,,,H503 H506,",
  ]

  @Test("every type of line, in order, with the columns that it fills")
  func lines() throws {
    var earnings = Earnings()
    var settlement = Settlement(
      partner: 0, program: 0, currency: try currency("EUR"),
      opening: Opening(balance: try money("10.00"), coop: try money("0")))
    let first = Earnings.Row(
      id: "E-1", transactionId: "T-1", amount: "100.500", customerName: "A, B", productName: "P",
      reasonCode: "late")
    let second = Earnings.Row(
      id: "E-2", amount: "-7", currency: "KRW", day: "2026-09-30", lever: 1, feed: 1, line: 30)
    settlement.lines = [
      try earnings.add(first, earned: "4.77375", rate: "4.75%", capped: "1.25"),
      try earnings.add(second, earned: "-0.35"),
    ]
    try addSubtotals(&settlement)
    settlement.ineligible = [
      try earnings.add(
        Earnings.Row(id: "E-3", amount: "1", type: .coop, customerName: "C", line: 9),
        reasons: [.agreement, .profiles])
    ]
    settlement.gross = try money("10.71")
    settlement.salesTax = try money("2.03")
    settlement.withheldTax = try money("0.54")
    settlement.totalPayment = try money("12.20")
    settlement.closing = try money("0")
    settlement.holds = [.taxProfile, .threshold]
    let lines = records(try statement([settlement], earnings))
    #expect(
      lines == Self.everyLine.enumerated().map { "0048101,\($0.offset + 1),\($0.element)" })
    #expect(lines.allSatisfy { $0.replacing(#/"[^"]*"/#, with: "").count { $0 == "," } == 21 })
  }

  private func addSubtotals(_ settlement: inout Settlement) throws {
    settlement.subtotals = [
      Subtotal(
        period: try period("2026-10"), lever: 0, earningType: .rebate,
        earnedCurrency: try currency("EUR"), earned: try amount("4.77375"), exchangeRate: .one,
        amount: try money("4.77"), coop: try money("1.91")),
      Subtotal(
        period: try period("2026-09"), lever: 1, earningType: .rebate,
        earnedCurrency: try currency("KRW"), earned: try amount("-0.35"),
        exchangeRate: try rate("0.00068"), amount: try money("0"), coop: try money("0")),
    ]
    settlement.adjustmentLines = [
      PostedAdjustment(
        adjustment: Adjustment(
          adjustmentId: "ADJ-1", partner: 0, program: 0, amount: try amount("-2.5"),
          currency: try currency("USD"), appliesTo: try period("2026-08"), reasonCode: "goodwill"),
        exchangeRate: try rate("0.86"), amount: try money("-2.15"))
    ]
  }

  @Test("nothing but ineligible earnings: opening, gross, payment and closing are there, and zero")
  func zeros() throws {
    var earnings = Earnings()
    var settlement = Settlement(partner: 1, program: 1, currency: try currency("KWD"))
    settlement.ineligible = [
      try earnings.add(
        Earnings.Row(id: "-1", amount: "-0.0005", currency: "KWD"), reasons: .profiles)
    ]
    // A partner's id that a spreadsheet would take for a formula, and ids that are plain decimals.
    #expect(
      records(try statement([settlement], earnings, partner: 1)) == [
        "'=2,1,opening,2026-10,CSP Indirect,,,,,,,,,,,,0.000,KWD,,,,",
        "'=2,2,gross,2026-10,CSP Indirect,,,,,,,,,,,,0.000,KWD,,,,",
        "'=2,3,payment,2026-10,CSP Indirect,,,,,,,,,,,,0.000,KWD,,,,",
        "'=2,4,closing,2026-10,CSP Indirect,,,,,,,,,,,,0.000,KWD,,,,",
        "'=2,5,ineligible,2026-10,CSP Indirect,Core,Rebate,-1,,2026-10-05,KWD,-0.0005,,,,,,KWD,,,"
          + "E304,a.csv:2",
      ])
  }

  @Test("lines that wait for an exchange rate have no earned amount; a zero subtotal is there")
  func waiting() throws {
    var earnings = Earnings()
    var settlement = Settlement(partner: 0, program: 0, currency: try currency("JPY"))
    settlement.lines = [try earnings.add(Earnings.Row(id: "E", amount: "0"), earned: nil)]
    settlement.subtotals = [
      Subtotal(
        period: try period("2026-10"), lever: 0, earningType: .rebate,
        earnedCurrency: try currency("EUR"), earned: nil, exchangeRate: nil,
        amount: try money("0", "JPY"), coop: try money("0", "JPY"))
    ]
    settlement.holds = .exchangeRate
    let lines = records(try statement([settlement], earnings))
    #expect(lines.count == 7)
    #expect(
      lines[1] == "0048101,2,earning,2026-10,CSP Direct,Core,Rebate,E,,2026-10-05,EUR,0.00,,,EUR,,,"
        + "JPY,,,,a.csv:2")
    #expect(
      lines[2] == "0048101,3,subtotal,2026-10,CSP Direct,Core,Rebate,,,,,,,,EUR,,0,JPY,,,,")
    #expect(lines[6].hasSuffix(",JPY,,,H508,"))
  }

  @Test("several programs and currencies come one after the other, the lines numbered through")
  func programs() throws {
    let settlements = [
      Settlement(partner: 0, program: 0, currency: try currency("EUR")),
      Settlement(partner: 0, program: 0, currency: try currency("USD")),
      Settlement(partner: 0, program: 1, currency: try currency("EUR")),
    ]
    let lines = records(try statement(settlements))
    #expect(
      lines.map { $0.split(separator: ",")[1] } == (1...12).map { Substring(String($0)) })
    #expect(lines[4].hasSuffix("CSP Direct,,,,,,,,,,,,0.00,USD,,,,"))
    #expect(lines[8].hasSuffix("CSP Indirect,,,,,,,,,,,,0.00,EUR,,,,"))
  }

  static let neutralised: [(text: String, written: String)] = [
    ("=1+1", "'=1+1"), ("+49 1", "'+49 1"), ("@x", "'@x"), ("-", "'-"), ("\tx", "'\tx"),
    (" =1", "' =1"), ("\u{A0}\u{3000}=1", "'\u{A0}\u{3000}=1"), ("\rx", "\"'\rx\""),
    ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠1", "'＠1"),
    // Plain decimals are left alone; what only begins like one is not one.
    ("-12.50", "-12.50"), ("+7", "+7"), ("-1e3", "'-1e3"), ("-1,5", "\"'-1,5\""), (" -1", "' -1"),
    // What is no formula stays: the sign in another place, a quote, an apostrophe.
    ("a=b", "a=b"), ("'=1", "'=1"), ("\"=1\"", "\"\"\"=1\"\"\""), ("", ""), ("−1", "−1"),
  ]

  @Test("text that a spreadsheet would take for a formula is neutralised", arguments: neutralised)
  func neutralise(text: String, written: String) throws {
    var earnings = Earnings()
    var settlement = Settlement(partner: 0, program: 0, currency: try currency("EUR"))
    let row = Earnings.Row(
      id: text, transactionId: text, amount: "-1", customerName: text, productName: text,
      reasonCode: text)
    settlement.lines = [try earnings.add(row, earned: "-1")]
    let bytes = try statement([settlement], earnings)
    let line =
      "0048101,2,earning,2026-10,CSP Direct,Core,Rebate,\(written),\(written),2026-10-05,"
      + "EUR,-1.00,,-1.000000,EUR,,,EUR,\(written),\(written),\(written),a.csv:2\r\n"
    #expect(String(decoding: bytes, as: UTF8.self).contains("\r\n" + line))
  }
}
