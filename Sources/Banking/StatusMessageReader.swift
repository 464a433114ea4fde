import Domain

/// Reads pain.002: what a bank says of payment files that it was sent.
struct StatusMessageReader {
  private static let names = [
    "Document", "CstmrPmtStsRpt", "GrpHdr", "MsgId", "OrgnlGrpInfAndSts", "OrgnlMsgId", "GrpSts",
    "StsRsnInf", "Rsn", "Cd", "Prtry", "AddtlInf", "OrgnlPmtInfAndSts", "OrgnlPmtInfId",
    "PmtInfSts", "TxInfAndSts", "OrgnlInstrId", "OrgnlEndToEndId", "OrgnlUETR", "TxSts",
  ]
  private static let units: Set<String> = [
    "GrpHdr", "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "TxInfAndSts",
  ]
  private static let root = ["Document", "CstmrPmtStsRpt"]

  private let message: BankMessage
  private let name: String

  init(_ message: BankMessage, name: String) {
    self.message = message
    self.name = name
  }

  /// - Throws: ``BankRefusal``.
  func read(path: String) throws(BankRefusal) -> BankFile {
    var file = BankFile(name: name, format: message.name)
    var messageId = ""
    // Payments come before the block that holds them has told its name: they are within it.
    var payments: [BankStatus] = []
    var reader = try BankElementReader(
      path: path, file: name, namespace: message.namespace, names: Self.names)
    try reader.read(units: Self.units) { element, around throws(BankRefusal) in
      switch element.name {
      case "GrpHdr" where around == Self.root: file.messageId = element.value("MsgId")
      case "OrgnlGrpInfAndSts" where around == Self.root:
        messageId = element.value("OrgnlMsgId")
        add(status(element, .message, "GrpSts", messageId), to: &file)
      case "TxInfAndSts" where around.starts(with: Self.root):
        payments.append(status(element, .payment, "TxSts", messageId))
      case "OrgnlPmtInfAndSts" where around == Self.root:
        var block = status(element, .block, "PmtInfSts", messageId)
        block.blockId = element.value("OrgnlPmtInfId")
        for var payment in payments {
          payment.blockId = block.blockId
          add(payment, to: &file)
        }
        payments = []
        add(block, to: &file)
      default: break
      }
    }
    guard !messageId.isEmpty else {
      throw BankRefusal(
        .B621, name, nil, "it does not say which payment file it is about (OrgnlMsgId)")
    }
    for payment in payments { add(payment, to: &file) }
    return file
  }

  /// What says nothing is left out.
  private func add(_ status: BankStatus, to file: inout BankFile) {
    if !status.code.isEmpty { file.statuses.append(status) }
  }

  private func status(
    _ element: BankElement, _ level: BankStatus.Level, _ code: String, _ messageId: String
  ) -> BankStatus {
    var status = BankStatus(place: element.place, level: level, code: element.value(code))
    status.messageId = messageId
    status.endToEndId = BankIdentifier.read(element.value("OrgnlEndToEndId"))
    status.instructionId = BankIdentifier.read(element.value("OrgnlInstrId"))
    status.uetr = BankIdentifier.read(element.value("OrgnlUETR")).lowercased()
    let reasons = element.all("StsRsnInf")
    status.reason =
      reasons.map { $0.value(of: [["Rsn", "Cd"], ["Rsn", "Prtry"]]) }.first { !$0.isEmpty } ?? ""
    status.information = reasons.flatMap { $0.all("AddtlInf") }.map(\.text.trimmed)
      .joined(separator: " ")
    return status
  }
}
