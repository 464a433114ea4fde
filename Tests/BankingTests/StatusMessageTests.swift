import Banking
import Domain
import Testing

@Suite("What banks say of payment files")
struct StatusMessageTests {
  static let payment = """
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>PMT-1</OrgnlPmtInfId><TxInfAndSts><OrgnlInstrId>PAY-1\
    </OrgnlInstrId><OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf>\
    <Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf><AddtlInf>in May</AddtlInf></StsRsnInf>\
    </TxInfAndSts></OrgnlPmtInfAndSts>
    """

  @Test(
    "is read in every version, that of Switzerland too",
    arguments: [
      "urn:iso:std:iso:20022:tech:xsd:pain.002.001.03",
      "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10",
      "urn:iso:std:iso:20022:tech:xsd:pain.002.001.11",
      "http://www.six-interbank-clearing.com/de/pain.002.001.03.ch.02.xsd",
    ])
  func versions(namespace: String) throws {
    let file = try BankFixture.read(
      BankFixture.status(Self.payment, namespace: namespace))
    #expect(file.statuses.map(\.level) == [.message, .payment])
    let status = try #require(file.statuses.last)
    #expect(status.isRejection)
    #expect(status.messageId == "MSG-1")
    #expect(status.blockId == "PMT-1")
    #expect(status.instructionId == "PAY-1")
    #expect(status.endToEndId == "")
    #expect(status.reason == "AC04")
    #expect(status.information == "closed in May")
  }

  @Test("may be of a whole block or message")
  func whole() throws {
    let block =
      "<OrgnlPmtInfAndSts><OrgnlPmtInfId>PMT-1</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>"
      + "<StsRsnInf><Rsn><Prtry>X9</Prtry></Rsn></StsRsnInf></OrgnlPmtInfAndSts>"
    let file = try BankFixture.read(BankFixture.status(block, group: "RJCT"))
    #expect(file.statuses.map(\.level) == [.message, .block])
    #expect(file.statuses.map(\.isRejection) == [true, true])
    #expect(file.statuses[1].reason == "X9")
  }

  @Test("is refused where it does not say of which file, or is in a version nobody knows")
  func refused() throws {
    let without = BankFixture.status("").replacing("OrgnlMsgId", with: "OtherId")
    #expect(try BankFixture.refusal(without)?.code == .B621)
    let newer = BankFixture.status(
      "", namespace: "urn:iso:std:iso:20022:tech:xsd:pain.002.001.99")
    #expect(try BankFixture.refusal(newer)?.code == .B621)
    let swiss = BankFixture.status(
      "", namespace: "http://www.six-interbank-clearing.com/de/camt.053.001.04.ch.02.xsd")
    #expect(try BankFixture.refusal(swiss)?.code == .B621)
  }
}
