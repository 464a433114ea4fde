import Domain
import ExactMoney
import Statements
import TestSupport
import Testing

@Suite("register.csv")
struct RegisterTests {
  @Test("columns, decimals by currency, status, holds")
  func rows() throws {
    var register = RegisterCSV(
      registry: Fixture().registry, plans: try Fixture.plans(), period: try period("2026-10"))
    var paid = Settlement(
      partner: 0, program: 0, currency: try currency("EUR"),
      opening: Opening(balance: try money("-1.5"), coop: try money("2")))
    paid.earned = try money("300")
    paid.adjustments = try money("-0.01")
    paid.gross = try money("298.49")
    paid.salesTax = try money("56.71")
    paid.withheldTax = try money("29.85")
    paid.totalPayment = try money("325.35")
    paid.closing = try money("0")
    paid.coop = try money("4")
    paid.coopClosing = try money("6")
    paid.status = .upcoming
    paid.paymentMethod = .bankTransfer
    paid.paymentId = "PAY-1"
    register.add(paid)
    var held = Settlement(partner: 1, program: 1, currency: try currency("KRW"))
    held.earned = try money("1000", "KRW")
    held.closing = held.earned
    held.status = .onHold
    held.holds = [.partnerStatus, .negativeBalance]
    held.paymentMethod = .creditNote
    register.add(held)
    register.add(Settlement(partner: 1, program: 1, currency: try currency("KWD")))
    #expect(
      header(register.bytes) == "period,participantId,participantName,programName,currency,opening,"
        + "earned,adjustments,gross,salesTax,withheldTax,totalPayment,closing,coopOpening,coop,"
        + "coopClosing,paymentStatus,holdReasons,paymentMethod,paymentId")
    #expect(
      records(register.bytes) == [
        "2026-10,0048101,Fabrikam,CSP Direct,EUR,-1.50,300.00,-0.01,298.49,56.71,29.85,325.35,0.00,"
          + "2.00,4.00,6.00,Upcoming,,bankTransfer,PAY-1",
        "2026-10,'=2,\"Wide, World\",CSP Indirect,KRW,0,1000,0,0,0,0,0,1000,0,0,0,On hold,"
          + "H501 H507,creditNote,",
        "2026-10,'=2,\"Wide, World\",CSP Indirect,KWD,0.000,0.000,0.000,0.000,0.000,0.000,0.000,"
          + "0.000,0.000,0.000,0.000,Nothing due,,,",
      ])
  }
}

@Suite("buckets.csv")
struct BucketsTests {
  @Test("by feed, currency and bucket; what cannot be read has neither currency nor amount")
  func rows() throws {
    var tally = BucketTally()
    let rows: [(feed: Int, currency: String?, bucket: Bucket, amount: String)] = [
      (0, "USD", .accepted, "10"), (0, "USD", .accepted, "-2.505"), (0, "USD", .rejected, "1"),
      (0, "EUR", .notYetDue, "-3"), (0, "EUR", .duplicate, "0.5"), (0, nil, .rejected, "99"),
      (0, nil, .rejected, "0"), (1, "KRW", .ineligible, "7"), (1, "KRW", .accepted, "1.0"),
      (1, "JPY", .accepted, "5"), (1, "JPY", .accepted, "-5"), (2, "EUR", .accepted, "1"),
    ]
    for row in rows {
      try tally.add(
        feed: row.feed, currency: row.currency.map { try currency($0) }, bucket: row.bucket,
        amount: amount(row.amount))
    }
    // By the period in which they were taken in, then by the bytes of the names, before they are neutralised, not by the order of taking in.
    let bytes = BucketsCSV.bytes(
      tally, feeds: ["b.csv", "B.csv", "=a.csv"],
      takenIn: [0: try period("2026-10"), 1: try period("2026-10"), 2: try period("2026-09")])
    #expect(header(bytes) == "period,feed,currency,bucket,rows,amount")
    #expect(
      records(bytes) == [
        "2026-09,'=a.csv,EUR,accepted,1,1.00",
        "2026-10,B.csv,JPY,accepted,2,0", "2026-10,B.csv,KRW,accepted,1,1",
        "2026-10,B.csv,KRW,ineligible,1,7",
        "2026-10,b.csv,,rejected,2,",
        "2026-10,b.csv,EUR,duplicate,1,0.50", "2026-10,b.csv,EUR,notYetDue,1,-3.00",
        "2026-10,b.csv,USD,accepted,2,7.495", "2026-10,b.csv,USD,rejected,1,1.00",
      ])
  }

  @Test("nothing taken in is a header")
  func empty() throws {
    let bytes = BucketsCSV.bytes(BucketTally(), feeds: [], takenIn: [:])
    #expect(records(bytes) == [])
  }
}

@Suite("ineligible.csv")
struct IneligibleTests {
  @Test("by earningId, with all reasons, who acts, and until when")
  func rows() throws {
    var earnings = Earnings()
    var ineligible = IneligibleCSV(
      registry: Fixture().registry, plans: try Fixture.plans(), feeds: ["a.csv", "b.xml"])
    let lines = [
      try earnings.add(
        Earnings.Row(id: "b", amount: "1.5", day: "2026-10-31", lever: 1, feed: 1, line: 7),
        reasons: [.competency, .enrollment]),
      try earnings.add(
        Earnings.Row(id: "B", transactionId: "=T", amount: "-20", currency: "KRW"),
        reasons: .payableFrom),
      try earnings.add(Earnings.Row(id: "a", amount: "0"), reasons: [.agreement, .payableFrom]),
    ]
    ineligible.add(partner: 1, program: 0, lines, page: earnings.page)
    #expect(
      header(ineligible.bytes) == "participantId,participantName,programName,lever,earningId,"
        + "transactionId,transactionDate,transactionAmount,transactionCurrency,reasonCodes,reason,"
        + "whoActs,remedy,disputeBy,feed,line")
    let written = records(ineligible.bytes)
    // 90 days after 5 October are 3 January, after 31 October 29 January.
    let expected: [(start: String, codes: [FindingCode], whoActs: String, end: String)] = [
      ("Core,B,'=T,2026-10-05,-20,KRW,E305", [.E305], "payer", "2027-01-03,a.csv,2"),
      (
        "Core,a,,2026-10-05,0.00,EUR,E301 E305", [.E301, .E305], "partner payer",
        "2027-01-03,a.csv,2"
      ),
      ("Growth,b,,2026-10-31,1.50,EUR,E302 E303", [.E302, .E303], "partner", "2027-01-29,b.xml,7"),
    ]
    try #require(written.count == expected.count)
    for (line, expected) in zip(written, expected) {
      #expect(line.hasPrefix("'=2,\"Wide, World\",CSP Direct,\(expected.start),"))
      #expect(line.hasSuffix("," + expected.end))
      #expect(line.contains(",\(expected.whoActs),"))
      for code in expected.codes {
        #expect(line.contains(code.text.title) && line.contains(code.remedy))
      }
    }
  }
}
