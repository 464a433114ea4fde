import Domain

/// Reads camt.053 and camt.054: what a bank has booked on accounts of the payer.
struct StatementMessageReader {
  private static let names = [
    "Document", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "GrpHdr", "MsgId", "Stmt", "Ntfctn", "Id",
    "IBAN", "Othr", "Acct", "Ccy", "Bal", "Tp", "CdOrPrtry", "Cd", "Prtry", "Amt", "CdtDbtInd",
    "Dt", "DtTm", "TxsSummry", "TtlNtries", "TtlCdtNtries", "TtlDbtNtries", "NbOfNtries", "Sum",
    "TtlNetNtryAmt", "TtlNetNtry", "Ntry", "Sts", "BookgDt", "ValDt", "AcctSvcrRef",
    "BkTxCd", "Domn", "Fmly", "SubFmlyCd", "NtryDtls", "Btch", "PmtInfId", "NbOfTxs", "TtlAmt",
    "TxDtls", "Refs", "InstrId", "EndToEndId", "UETR", "AmtDtls", "TxAmt", "InstdAmt",
    "RltdPties", "Dbtr", "Cdtr", "DbtrAcct", "CdtrAcct", "Pty", "Nm", "RtrInf", "Rsn", "AddtlInf",
  ]
  private static let units: Set<String> = [
    "GrpHdr", "Acct", "Bal", "TxsSummry", "TxDtls", "Ntry", "Stmt", "Ntfctn",
  ]

  private let message: BankMessage
  private let name: String
  private let accounts: BankAccounts

  init(_ message: BankMessage, name: String, accounts: BankAccounts) {
    self.message = message
    self.name = name
    self.accounts = accounts
  }

  /// - Throws: ``BankRefusal``.
  func read(path: String) throws(BankRefusal) -> BankFile {
    var statements = StatementMessage(message, name: name, accounts: accounts)
    var reader = try BankElementReader(
      path: path, file: name, namespace: message.namespace, names: Self.names)
    try reader.read(units: Self.units) { element, around throws(BankRefusal) in
      try statements.take(element, in: around)
    }
    return try statements.finish()
  }
}
