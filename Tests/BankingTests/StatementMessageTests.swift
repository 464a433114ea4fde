import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Statements and notifications of banks")
struct StatementMessageTests {
  typealias Entry = BankFixture.Entry

  @Test(
    "are read in every version, whatever shape status and parties have there",
    arguments: ["053.001.02", "053.001.04", "053.001.08", "054.001.02", "054.001.04", "054.001.08"])
  func versions(version: String) throws {
    let wrapped = version.hasSuffix(".08")
    let file = try BankFixture.read(
      BankFixture.statement(
        version,
        [
          Entry(details: [BankFixture.details("PAY-1", wrapped: wrapped)]),
          Entry(status: "PDNG", reference: "R2"),
          Entry(
            direction: "CRDT", reference: "R3", extra: "<RvslInd>false</RvslInd>",
            details: [
              BankFixture.details("PAY-1", isReturn: true, wrapped: wrapped, reason: "AC01")
            ]),
        ]))
    #expect(file.format == "camt." + version)
    #expect(file.messageId == "M-1")
    #expect(file.pending == 1)
    #expect(file.bookings.map(\.direction) == [.debit, .credit])
    #expect(file.bookings.map(\.reference) == ["R1", "R3"])
    #expect(file.bookings.map(\.isReturn) == [false, true])
    let details = file.bookings.flatMap(\.details)
    #expect(details.map(\.endToEndId) == ["PAY-1", "PAY-1"])
    #expect(details.map(\.otherName) == ["Alpha GmbH", "Alpha GmbH"])
    #expect(details.map(\.otherAccount) == ["DE89370400440532013000", "DE89370400440532013000"])
    #expect(details.map(\.reason) == ["", "AC01"])
    #expect(details[1].information == "Kontonummer falsch")
    #expect(try file.bookings.map(\.day) == [day("2026-11-16"), day("2026-11-16")])
    #expect(file.bookings[0].place.line == 6)
  }

  @Test("take amounts padded with zeros, ids padded with blanks, and NOTPROVIDED for none")
  func padded() throws {
    let file = try BankFixture.read(
      BankFixture.statement(
        "053.001.08",
        [
          Entry(
            amount: "000000000000099.92",
            details: [BankFixture.details("  PAY-1 ", amount: "0099.92")]),
          Entry(amount: "5", details: [BankFixture.details("NOTPROVIDED", amount: "5.0")]),
        ]))
    #expect(try file.bookings.map(\.amount) == [money("99.92", "EUR"), money("5.00", "EUR")])
    #expect(file.bookings.map(\.details[0].endToEndId) == ["PAY-1", ""])
    #expect(try file.bookings[0].details[0].amount == money("99.92", "EUR"))
  }

  @Test("keep a batch of which only the sum is told")
  func batch() throws {
    let batch =
      "<Btch><MsgId>MSG-1</MsgId><PmtInfId>PMT-1   </PmtInfId><NbOfTxs>3</NbOfTxs></Btch>"
    let file = try BankFixture.read(
      BankFixture.statement("053.001.02", [Entry(amount: "300.00", batch: batch)]))
    let booking = try #require(file.bookings.first)
    #expect(booking.details.isEmpty)
    #expect(booking.batch?.messageId == "MSG-1")
    #expect(booking.batch?.blockId == "PMT-1")
    #expect(booking.batch?.count == 3)
  }

  @Test("keep what was ordered in another currency beside what was booked")
  func otherCurrency() throws {
    let details = """
      <TxDtls><Refs><EndToEndId>PAY-1</EndToEndId></Refs><AmtDtls><InstdAmt><Amt Ccy="USD">110.00\
      </Amt></InstdAmt><TxAmt><Amt Ccy="EUR">100.00</Amt></TxAmt></AmtDtls></TxDtls>
      """
    let file = try BankFixture.read(
      BankFixture.statement("053.001.08", [Entry(details: [details])]))
    let item = try #require(BankItem.items(of: file.bookings[0], at: 0).first)
    #expect(try item.moved(in: currency("USD")) == money("110.00", "USD"))
    #expect(try item.moved(in: currency("EUR")) == money("100.00", "EUR"))
    #expect(try item.moved(in: currency("GBP")) == nil)
  }

  /// A file that is refused, and why.
  struct Bad: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var code: FindingCode
    var text: String

    init(_ name: String, _ code: FindingCode, _ text: String) {
      testDescription = name
      self.code = code
      self.text = text
    }
  }

  static let good = BankFixture.statement("053.001.08", [Entry()])

  static let bad: [Bad] = [
    Bad("cut off", .B620, String(good.dropLast(40))),
    Bad("no XML", .B620, good.replacing("</Ntry>", with: "</Entry>")),
    Bad(
      "a DOCTYPE", .B620,
      good.replacing("<Document", with: "<!DOCTYPE Document><Document")),
    Bad("another version", .B621, good.replacing("camt.053.001.08", with: "camt.053.001.13")),
    Bad("another message", .B621, good.replacing("camt.053.001.08", with: "camt.052.001.08")),
    Bad("another namespace", .B621, good.replacing("urn:iso:std:iso:20022", with: "urn:other")),
    Bad("a message that its root is not", .B621, good.replacing("BkToCstmrStmt", with: "Other")),
    Bad(
      "another account", .B622,
      BankFixture.statement("053.001.08", [Entry()], account: "DE89370400440532013000")),
    Bad(
      "an entry in another currency", .B622,
      BankFixture.statement("053.001.08", [Entry(currency: "USD")])),
    Bad(
      "fewer payments than it says", .B623,
      BankFixture.statement(
        "053.001.08",
        [
          Entry(
            details: [BankFixture.details("PAY-1")], batch: "<Btch><NbOfTxs>2</NbOfTxs></Btch>")
        ])),
    Bad(
      "payments that do not add up", .B623,
      BankFixture.statement(
        "053.001.08",
        [
          Entry(
            amount: "200.00",
            details: [
              BankFixture.details("PAY-1"), BankFixture.details("PAY-2", amount: "99.99"),
            ])
        ])),
    Bad(
      "another number of entries", .B623,
      BankFixture.statement(
        "053.001.08", [Entry()],
        summary: "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>")),
    Bad(
      "another sum of debits", .B623,
      BankFixture.statement(
        "053.001.08", [Entry()],
        summary: "<TxsSummry><TtlDbtNtries><Sum>100.01</Sum></TtlDbtNtries></TxsSummry>")),
    Bad("no direction", .B624, good.replacing("DBIT", with: "")),
    Bad("no amount", .B624, good.replacing(">100.00<", with: ">1e2<")),
    Bad("half a cent", .B624, good.replacing(">100.00<", with: ">100.005<")),
    Bad("no status", .B624, good.replacing("BOOK", with: "SOON")),
    Bad("no day", .B624, good.replacing("2026-11-16", with: "2026-11-31")),
  ]

  @Test("that cannot be relied on are refused as a whole", arguments: bad)
  func refused(bad: Bad) throws {
    let finding = try #require(try BankFixture.refusal(bad.text))
    #expect(finding.code == bad.code, "\(finding.message)")
    #expect(finding.feed == "bank.xml")
    #expect(!finding.message.contains("DE89370400440532013000"))
  }

  @Test("whose summary is right are read, in both ways to write it")
  func summary() throws {
    for net in [
      "<TtlNetNtryAmt>40.00</TtlNetNtryAmt>", "<TtlNetNtry><Amt>40.00</Amt></TtlNetNtry>",
    ] {
      let summary = """
        <TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>160.00</Sum>\(net)</TtlNtries>\
        <TtlCdtNtries><Sum>60</Sum></TtlCdtNtries></TxsSummry>
        """
      let file = try BankFixture.read(
        BankFixture.statement(
          "053.001.04", [Entry(), Entry(amount: "60.00", direction: "CRDT")], summary: summary))
      #expect(file.bookings.count == 2)
    }
  }

  static func balance(_ type: String, _ amount: String) -> String {
    """
    <Bal><Tp><CdOrPrtry><Cd>\(type)</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">\(amount)</Amt>\
    <CdtDbtInd>CRDT</CdtDbtInd></Bal>
    """
  }

  @Test(
    "with balances that do not add up are read, and that is said",
    arguments: [
      ("CLBD", "400.00", 0), ("CLBD", "401.00", 1), ("FWAV", "400.00", 0), ("CLAV", "9", 0),
    ])
  func balances(type: String, amount: String, findings: Int) throws {
    let file = try BankFixture.read(
      BankFixture.statement(
        "053.001.08", [Entry()],
        balances: Self.balance("OPBD", "500.00") + Self.balance(type, amount)))
    #expect(file.findings.map(\.code) == Array(repeating: .B625, count: findings))
    #expect(file.bookings.count == 1)
  }
}
