import Foundation
import Testing

// MARK: Files of banks

extension ReconcileWorld {
  /// An entry of a statement.
  static func entry(
    _ payment: Payment?, on day: String, more: Int = 0, back reason: String? = nil
  ) -> String {
    let id = payment?.id ?? ""
    let (currency, amount) = (payment?.currency ?? "", text((payment?.amount ?? 0) + more))
    let back = reason.map { "<RtrInf><Rsn><Cd>\($0)</Cd></Rsn></RtrInf>" } ?? ""
    return """
      <Ntry><Amt Ccy="\(currency)">\(amount)</Amt><CdtDbtInd>\(reason == nil ? "DBIT" : "CRDT")\
      </CdtDbtInd><RvslInd>\(id.count % 2 == 0)</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>\(day)</Dt>\
      </BookgDt><AcctSvcrRef>\(id.suffix(8))\(reason ?? "")</AcctSvcrRef><NtryDtls><TxDtls><Refs>\
      <EndToEndId>\(id)</EndToEndId></Refs>\(back)</TxDtls></NtryDtls></Ntry>

      """
  }

  /// A camt.053 or camt.054 in a version whose status is plain.
  static func camt(_ message: String, _ account: String, _ entries: [String]) -> String {
    let isStatement = message.hasPrefix("camt.053")
    let (root, part) =
      isStatement ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    return """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(message)"><\(root)><GrpHdr><MsgId>M</MsgId>
      </GrpHdr><\(part)><Id>1</Id><Acct><Id><IBAN>\(account)</IBAN></Id></Acct>
      \(entries.joined())</\(part)></\(root)></Document>

      """
  }

  static func rejection(_ payment: Payment?, _ reason: String) -> String {
    """
    <Document xmlns="http://www.six-interbank-clearing.com/de/pain.002.001.03.ch.02.xsd">
    <CstmrPmtStsRpt><GrpHdr><MsgId>S</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>M</OrgnlMsgId>
    <GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId>
    <TxInfAndSts><OrgnlEndToEndId>\(payment?.id ?? "")</OrgnlEndToEndId><TxSts>RJCT</TxSts>
    <StsRsnInf><Rsn><Cd>\(reason)</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>
    </CstmrPmtStsRpt></Document>

    """
  }

  /// One entry for a whole part of the payment file of a period, as the bank was told to name it.
  func lump(_ period: String, _ payments: [Payment], on day: String) throws -> String {
    let files = try Program.files(root.appending(path: "payments/\(period)"))
    let text = String(
      decoding: try #require(files["transfers-1.pain.001.001.09.xml"]), as: UTF8.self)
    let block = try #require(text.firstMatch(of: #/<PmtInfId>(.*?)<\/PmtInfId>/#)?.1)
    let sum = payments.reduce(0) { $0 + $1.amount }
    return """
      <Ntry><Amt Ccy="EUR">\(Self.text(sum))</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
      <BookgDt><Dt>\(day)</Dt></BookgDt><AcctSvcrRef>LUMP</AcctSvcrRef><NtryDtls><Btch><PmtInfId>\
      \(block)</PmtInfId><NbOfTxs>\(payments.count)</NbOfTxs></Btch></NtryDtls></Ntry>

      """
  }

  static func poundCSV(_ payment: Payment?, on day: String) -> String {
    "Date,Out,In,Reference\n\(day),\(text(payment?.amount ?? 0)),,\(payment?.id ?? "")\n"
  }
}
