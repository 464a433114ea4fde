import Banking
import ByteStreams
import Domain
import ExactMoney
import Glibc
import TestSupport
import Testing

/// Files of a bank, and what is read of them.
enum BankFixture {
  static let account = "IE29AIBK93115212345678"

  /// An entry of a statement, in the words of its format.
  struct Entry {
    var amount = "100.00"
    var currency = "EUR"
    var direction = "DBIT"
    var status = "BOOK"
    var day = "2026-11-16"
    var reference = "R1"
    var extra = ""
    var details: [String] = []
    var batch = ""
  }

  /// The details of a payment.
  static func details(
    _ id: String, amount: String = "100.00", partner: String = "DE89370400440532013000",
    isReturn: Bool = false, wrapped: Bool = true, reason: String = ""
  ) -> String {
    let role = isReturn ? "Dbtr" : "Cdtr"
    let name = wrapped ? "<Pty><Nm>Alpha GmbH</Nm></Pty>" : "<Nm>Alpha GmbH</Nm>"
    let back =
      reason.isEmpty
      ? ""
      : "<RtrInf><Rsn><Cd>\(reason)</Cd></Rsn><AddtlInf>Kontonummer falsch</AddtlInf></RtrInf>"
    return """
      <TxDtls><Refs><EndToEndId>\(id)</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">\(amount)\
      </Amt></TxAmt></AmtDtls><RltdPties><\(role)>\(name)</\(role)><\(role)Acct><Id><IBAN>\(partner)\
      </IBAN></Id></\(role)Acct></RltdPties>\(back)</TxDtls>
      """
  }

  /// A camt.053 or camt.054 in a version, as `053.001.08`.
  static func statement(
    _ version: String, _ entries: [Entry], account: String = account, currency: String = "EUR",
    summary: String = "", balances: String = ""
  ) -> String {
    let (message, part) =
      version.hasPrefix("053")
      ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    let wrapsStatus = version.hasSuffix(".08")
    let text = entries.map { entry in
      let status = wrapsStatus ? "<Cd>\(entry.status)</Cd>" : entry.status
      let all = entry.batch + entry.details.joined()
      return """
        <Ntry><NtryRef>1</NtryRef><Amt Ccy="\(entry.currency)">\(entry.amount)</Amt><CdtDbtInd>\
        \(entry.direction)</CdtDbtInd><Sts>\(status)</Sts><BookgDt><Dt>\(entry.day)</Dt></BookgDt>\
        <AcctSvcrRef>\(entry.reference)</AcctSvcrRef>\(entry.extra)\
        \(all.isEmpty ? "" : "<NtryDtls>\(all)</NtryDtls>")</Ntry>

        """
    }.joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.\(version)">
      <\(message)><GrpHdr><MsgId>M-1</MsgId></GrpHdr>
      <\(part)><Id>S-1</Id>
      <Acct><Id><IBAN>\(account)</IBAN></Id><Ccy>\(currency)</Ccy></Acct>
      \(balances)\(summary)\(text)</\(part)></\(message)></Document>
      """
  }

  /// A pain.002.
  static func status(
    _ body: String, namespace: String = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10",
    group: String = "PART"
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="\(namespace)"><CstmrPmtStsRpt><GrpHdr><MsgId>P-1</MsgId></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>MSG-1</OrgnlMsgId><GrpSts>\(group)</GrpSts></OrgnlGrpInfAndSts>
    \(body)</CstmrPmtStsRpt></Document>
    """
  }

  static func accounts() throws -> BankAccounts { BankAccounts(try Fixture.payer()) }

  /// Reads a file with this text.
  static func read(
    _ text: String, profiles: [BankProfile] = [], accounts: BankAccounts? = nil
  ) throws -> BankFile {
    let path = "\(P_tmpdir)/payout-bank-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try FileSystem.writeFileAtomically(path, Array(text.utf8))
    defer { try? FileSystem.removeFile(path) }
    return try BankFileReader(accounts: try accounts ?? self.accounts(), profiles: profiles)
      .read(path: path, name: "bank.xml")
  }

  /// The finding with which a text is refused; nil if it is read.
  static func refusal(_ text: String, profiles: [BankProfile] = []) throws -> Finding? {
    do {
      _ = try read(text, profiles: profiles)
      return nil
    } catch let refusal as BankRefusal {
      return refusal.finding
    }
  }
}
