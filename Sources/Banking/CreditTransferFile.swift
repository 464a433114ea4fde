import Domain
import ExactMoney

/// Writes a credit transfer initiation of ISO 20022, `pain.001.001.09`: what one account pays.
struct CreditTransferFile {
  static let format = "pain.001.001.09"

  let file: TransferFile
  let payer: BankPayer
  let period: Period
  let asOf: Day

  /// Writes the file, piece by piece.
  ///
  /// - Throws: ``MoneyError`` if a sum is too large; what `sink` throws.
  func write(to sink: ([UInt8]) throws -> Void) throws {
    var xml = IndentedXML()
    xml.start("Document", [("xmlns", "urn:iso:std:iso:20022:tech:xsd:" + Self.format)])
    xml.start("CstmrCdtTrfInitn")
    try writeHeader(&xml)
    for block in file.blocks {
      xml.start("PmtInf")
      try writeBlock(block, &xml)
      for order in block.orders {
        writeTransfer(order, block, &xml)
        try sink(xml.take())
      }
      xml.end()
    }
    xml.end()
    xml.end()
    try sink(xml.take())
  }

  private func writeHeader(_ xml: inout IndentedXML) throws(MoneyError) {
    let orders = file.blocks.reduce(0) { $0 + $1.orders.count }
    xml.start("GrpHdr")
    xml.leaf("MsgId", file.messageId(payer, period))
    // The message has to have a time; no clock is asked, so it is that of the close.
    xml.leaf("CreDtTm", asOf.text + "T00:00:00Z")
    xml.leaf("NbOfTxs", String(orders))
    xml.leaf("CtrlSum", try sum(file.blocks))
    xml.start("InitgPty")
    xml.leaf("Nm", payer.name.text)
    xml.path(["Id", "OrgId", "Othr", "Id"], payer.id.text)
    xml.end()
    xml.end()
  }

  /// Adds up amounts as numbers, whatever their currencies: that is what a control sum is.
  private func sum(_ blocks: [TransferBlock]) throws(MoneyError) -> String {
    var sum = ExactAmount.zero
    for block in blocks {
      for order in block.orders { sum = try sum.plus(order.order.amount.exact()) }
    }
    return sum.text(decimals: 2)
  }

  // MARK: Blocks

  private func writeBlock(
    _ block: TransferBlock, _ xml: inout IndentedXML
  ) throws(MoneyError) {
    xml.leaf("PmtInfId", block.blockId(file.account, payer, period))
    xml.leaf("PmtMtd", "TRF")
    // One entry on the statement for each payment, so that each can be found there.
    xml.leaf("BtchBookg", "false")
    xml.leaf("NbOfTxs", String(block.orders.count))
    xml.leaf("CtrlSum", try sum([block]))
    if block.isSEPA { xml.path(["PmtTpInf", "SvcLvl", "Cd"], "SEPA") }
    xml.path(["ReqdExctnDt", "Dt"], block.executionDate.text)
    xml.start("Dbtr")
    xml.leaf("Nm", payer.name.text)
    writeAddress(
      street: payer.street.text, postCode: payer.postCode.text, town: payer.town.text,
      country: payer.country, &xml)
    xml.path(["Id", "OrgId", "Othr", "Id"], payer.id.text)
    xml.end()
    xml.path(["DbtrAcct", "Id", "IBAN"], file.account.iban)
    if BIC.isValid(file.account.bic) {
      xml.path(["DbtrAgt", "FinInstnId", "BICFI"], file.account.bic)
    } else {
      xml.path(["DbtrAgt", "FinInstnId", "Othr", "Id"], "NOTPROVIDED")
    }
    xml.leaf("ChrgBr", block.isSEPA ? "SLEV" : "SHAR")
  }

  /// An address in fields; none without a town, as banks refuse it.
  private func writeAddress(
    street: String, postCode: String, town: String, country: String, _ xml: inout IndentedXML
  ) {
    guard !town.isEmpty, !country.isEmpty else { return }
    xml.start("PstlAdr")
    xml.leaf("StrtNm", street)
    xml.leaf("PstCd", postCode)
    xml.leaf("TwnNm", town)
    xml.leaf("Ctry", country)
    xml.end()
  }

  // MARK: Transfers

  private func writeTransfer(
    _ written: BankOrder, _ block: TransferBlock, _ xml: inout IndentedXML
  ) {
    let order = written.order
    xml.start("CdtTrfTxInf")
    xml.start("PmtId")
    xml.leaf("InstrId", order.paymentId)
    xml.leaf("EndToEndId", order.paymentId)
    xml.end()
    xml.start("Amt")
    xml.leaf("InstdAmt", order.amount.text, [("Ccy", block.currency.code)])
    xml.end()
    // Inside SEPA the IBAN says which bank it is, but not everywhere.
    let needsBIC = !block.isSEPA || SEPAArea.needsBIC(iban: order.iban)
    if needsBIC, BIC.isValid(order.bic) {
      xml.path(["CdtrAgt", "FinInstnId", "BICFI"], order.bic)
    }
    xml.start("Cdtr")
    xml.leaf("Nm", written.name)
    writeAddress(
      street: written.street, postCode: written.postCode, town: written.town,
      country: order.country, &xml)
    xml.end()
    if order.iban.isEmpty {
      xml.path(["CdtrAcct", "Id", "Othr", "Id"], order.accountNumber)
    } else {
      xml.path(["CdtrAcct", "Id", "IBAN"], order.iban)
    }
    xml.path(["Purp", "Cd"], order.purpose)
    writeRemittance(written, &xml)
    xml.end()
  }

  /// Which document the payment settles. With its tags this is shorter than the 140 characters that
  /// SEPA allows.
  private func writeRemittance(_ written: BankOrder, _ xml: inout IndentedXML) {
    xml.start("RmtInf")
    xml.start("Strd")
    xml.start("RfrdDocInf")
    xml.path(["Tp", "CdOrPrtry", "Cd"], written.order.document.code)
    xml.leaf("Nb", written.documentNumber)
    xml.end()
    xml.end()
    xml.end()
  }
}

extension PlanPayment.Document {
  /// The code of ISO 20022 for documents of this kind.
  fileprivate var code: String {
    switch self {
    case .statement: "SOAC"
    case .selfBilledInvoice: "SBIN"
    }
  }
}
