import Domain
import ExactMoney

/// A message while it is read: one or more statements of an account each.
struct StatementMessage {
  private let values: BankValues
  private let accounts: BankAccounts
  private let message: BankMessage
  private var file: BankFile
  private var statement = StatementTotals()
  /// Of the entry that is read.
  private var details: [BankElement] = []
  private var statements = 0

  init(_ message: BankMessage, name: String, accounts: BankAccounts) {
    self.message = message
    self.accounts = accounts
    values = BankValues(file: name)
    file = BankFile(name: name, format: message.name)
  }

  private var name: String { file.name }
  private var root: [String] {
    message.kind == .statement
      ? ["Document", "BkToCstmrStmt", "Stmt"] : ["Document", "BkToCstmrDbtCdtNtfctn", "Ntfctn"]
  }

  mutating func take(_ element: BankElement, in around: [String]) throws(BankRefusal) {
    switch element.name {
    case "GrpHdr" where around == Array(root.prefix(2)):
      file.messageId = element.value("MsgId")
    case "TxDtls" where around == root + ["Ntry", "NtryDtls"]: details.append(element)
    case "Acct" where around == root: try takeAccount(element)
    case "Bal" where around == root: statement.balances.append(element)
    case "TxsSummry" where around == root: statement.summary = element
    case "Ntry" where around == root: try takeEntry(element)
    case "Stmt", "Ntfctn":
      guard around == Array(root.prefix(2)), element.name == root[2] else { break }
      try finishStatement(element)
    default: break
    }
  }

  private mutating func takeAccount(_ element: BankElement) throws(BankRefusal) {
    let account = element.value(of: [["Id", "IBAN"], ["Id", "Othr", "Id"]]).asAccount
    guard accounts.contains(account) else {
      throw BankRefusal(
        .B622, name, element.place, field: "Acct",
        "it is about the account \(BankAccounts.shown(account)), which payout.yaml does not have as"
          + " one of the payer")
    }
    statement.account = account
    let code = element.value("Ccy")
    guard !code.isEmpty else { return }
    guard let currency = Currency(code), accounts.allows(currency, on: account) else {
      throw BankRefusal(
        .B622, name, element.place, field: "Ccy", value: code,
        "the account \(BankAccounts.shown(account)) has another currency in payout.yaml than here")
    }
    statement.currency = currency
  }

  // MARK: Entries

  private mutating func takeEntry(_ element: BankElement) throws(BankRefusal) {
    let details = details
    self.details = []
    guard !statement.account.isEmpty, let amountElement = element.first("Amt") else {
      throw BankRefusal(
        .B624, name, element.place, "an entry has no amount, or there is no account before it")
    }
    let amount = try values.money(amountElement)
    try requireCurrency(amount.currency, amountElement)
    let direction = try values.direction(element)
    try statement.add(amount, direction, element, name)
    switch element.value(of: [["Sts", "Cd"], ["Sts"]]) {
    case "BOOK": break
    case "PDNG", "INFO", "FUTR":
      file.pending += 1
      return
    case let other:
      throw BankRefusal(
        .B624, name, element.place, field: "Sts", value: other,
        "an entry does not say whether it is booked (BOOK) or not yet (PDNG)")
    }
    guard let day = values.day(element.first("BookgDt")) ?? values.day(element.first("ValDt"))
    else {
      throw BankRefusal(.B624, name, element.place, field: "BookgDt", "an entry has no day")
    }
    guard !amount.isZero else { return }
    var booking = BankBooking(
      place: element.place, account: statement.account, direction: direction, amount: amount,
      day: day)
    // NtryRef only counts the entries of one file.
    booking.reference = element.value("AcctSvcrRef")
    booking.isReturn = element.value("BkTxCd", "Domn", "Fmly", "SubFmlyCd") == "RRTN"
    try fill(&booking, element, details)
    file.bookings.append(booking)
  }

  private mutating func requireCurrency(
    _ currency: Currency, _ element: BankElement
  ) throws(BankRefusal) {
    let isAllowed = accounts.allows(currency, on: statement.account)
    guard isAllowed, statement.currency ?? currency == currency else {
      throw BankRefusal(
        .B622, name, element.place, field: "Ccy", value: currency.code,
        "an entry is in another currency than the account")
    }
    statement.currency = currency
  }

  private func fill(
    _ booking: inout BankBooking, _ entry: BankElement, _ elements: [BankElement]
  ) throws(BankRefusal) {
    for element in elements {
      booking.details.append(try detail(element, booking))
      if element.first("RtrInf") != nil { booking.isReturn = true }
    }
    if booking.details.count == 1, booking.details[0].amount == nil,
      booking.details[0].instructed == nil
    {
      booking.details[0].amount = booking.amount
    }
    let batches = entry.all("NtryDtls").compactMap { $0.first("Btch") }
    // Several batches in one entry say nothing of the whole.
    guard batches.count == 1, let batch = batches.first else {
      return try BookingSums(booking, name).check(batchTotal: nil)
    }
    booking.batch = try self.batch(batch)
    let total = try batch.first("TtlAmt").map { element throws(BankRefusal) in
      try values.money(element)
    }
    try BookingSums(booking, name).check(batchTotal: total)
  }

  private func batch(_ element: BankElement) throws(BankRefusal) -> BankBooking.Batch {
    var batch = BankBooking.Batch()
    batch.messageId = element.value("MsgId")
    batch.blockId = element.value("PmtInfId")
    let count = element.value("NbOfTxs")
    if !count.isEmpty { batch.count = try values.count(count, element) }
    return batch
  }

  private func detail(
    _ element: BankElement, _ booking: BankBooking
  ) throws(BankRefusal) -> BankDetail {
    var detail = BankDetail(place: element.place)
    let own = booking.amount.currency
    let amounts = [
      element.first("Amt"), element.first("AmtDtls", "TxAmt", "Amt"),
      element.first("AmtDtls", "InstdAmt", "Amt"),
    ]
    for found in amounts {
      guard let found else { continue }
      let money = try values.money(found)
      if money.currency == own {
        detail.amount = detail.amount ?? money
      } else {
        detail.instructed = detail.instructed ?? money
      }
    }
    let ids = element.first("Refs")
    detail.endToEndId = BankIdentifier.read(ids?.value("EndToEndId") ?? "")
    detail.instructionId = BankIdentifier.read(ids?.value("InstrId") ?? "")
    detail.uetr = BankIdentifier.read(ids?.value("UETR") ?? "").lowercased()
    takeOther(element, booking.direction, &detail)
    detail.reason = element.value(of: [["RtrInf", "Rsn", "Cd"], ["RtrInf", "Rsn", "Prtry"]])
    detail.information =
      element.first("RtrInf")?.all("AddtlInf").map(\.text.trimmed)
      .joined(separator: " ") ?? ""
    return detail
  }

  /// Who is at the other end. In a payment that came back banks name the partner as creditor, as it
  /// was in the order, or as debtor, from whom the money comes.
  private func takeOther(
    _ element: BankElement, _ direction: BankBooking.Direction, _ detail: inout BankDetail
  ) {
    let roles = direction == .debit ? ["Cdtr", "Dbtr"] : ["Dbtr", "Cdtr"]
    for role in roles {
      guard let parties = element.first("RltdPties") else { return }
      let account = parties.value(
        of: [[role + "Acct", "Id", "IBAN"], [role + "Acct", "Id", "Othr", "Id"]]
      ).asAccount
      let party = parties.value(of: [[role, "Pty", "Nm"], [role, "Nm"]])
      // The payer's own account may stand in either place.
      if !account.isEmpty, account != statement.account, detail.otherAccount.isEmpty {
        detail.otherAccount = account
        detail.otherName = party
      } else if detail.otherName.isEmpty, account.isEmpty {
        detail.otherName = party
      }
    }
  }

  // MARK: Ends

  private mutating func finishStatement(_ element: BankElement) throws(BankRefusal) {
    statements += 1
    if let finding = try statement.finish(name, values) { file.findings.append(finding) }
    statement = StatementTotals()
  }

  consuming func finish() throws(BankRefusal) -> BankFile {
    guard statements > 0 else {
      throw BankRefusal(
        .B621, name, nil, "it has no \(root[2]) of the namespace that it names: nothing to read")
    }
    return file
  }
}
