package import Domain
import ExactMoney

/// Sorts payments into files, and says of each text what had to be done to it.
package struct PaymentSorter {
  /// SEPA takes no larger amount: 999,999,999.99 EUR.
  private static let sepaMax: Int128 = 99_999_999_999
  /// A transfer's amount has at most 18 digits.
  private static let transferMax: Int128 = 999_999_999_999_999_999

  private let payer: Payer
  private var sorted: SortedPayments
  private var texts: BankTexts
  private var ach = ACHRoom()
  /// The payments of which a bank told before their file was written: no file pays them.
  private let toldBefore: Set<String>

  package init(payer: Payer, findingsMax: Int, toldBefore: Set<String> = []) {
    self.payer = payer
    self.toldBefore = toldBefore
    sorted = SortedPayments(findingsMax: findingsMax)
    texts = BankTexts(findingsMax: findingsMax)
    texts.check(payer)
  }

  /// Sorts in a payment; they come by partner, program and currency.
  package mutating func add(_ order: PaymentOrder) {
    if order.method == .creditNote {
      sorted.creditNotes.append(order)
    } else if toldBefore.contains(order.paymentId) {
      refuse(order, [.toldBefore])
    } else if let account = payer.achAccount, order.amount.currency == account.currency,
      !order.routingNumber.isEmpty, !order.accountNumber.isEmpty, texts.canName(payer)
    {
      addToACH(order, account)
    } else if let account = payer.transferAccount(order.amount.currency),
      texts.canName(payer)
    {
      addTransfer(order, account)
    } else {
      sorted.withoutAccount.append(order)
    }
  }

  /// The payments in their files.
  package consuming func finish() -> SortedPayments {
    var done = sorted
    for file in done.transfers.indices {
      done.transfers[file].blocks.sort(by: TransferBlock.precedes)
    }
    done.ach?.batches.sort { $0.executionDate < $1.executionDate }
    done.findings = texts.findings
    return done
  }

  private mutating func refuse(_ order: PaymentOrder, _ reasons: [UnsentReason]) {
    sorted.unsent.append(UnsentPayment(order: order, reasons: reasons))
    for reason in reasons {
      texts.add(
        reason == .toldBefore ? .B610 : .B604, order, reason.place,
        "payment \(order.paymentId): \(reason.what)",
        UnsentReason.remedy([reason]))
    }
  }

  // MARK: Credit transfers

  private mutating func addTransfer(_ order: PaymentOrder, _ account: PayerAccount) {
    let isSEPA =
      order.amount.currency.code == "EUR" && SEPAArea.includes(iban: account.iban)
      && !order.iban.isEmpty && SEPAArea.includes(iban: order.iban)
    let faults = transferFaults(order, isSEPA: isSEPA)
    guard faults.isEmpty, let written = texts.write(order, isSEPA: isSEPA) else {
      return refuse(order, faults)
    }
    let file = fileIndex(account)
    let block = sorted.transfers[file].blocks.firstIndex {
      $0.currency == order.amount.currency && $0.executionDate == order.executionDate
        && $0.isSEPA == isSEPA
    }
    if let block {
      sorted.transfers[file].blocks[block].orders.append(written)
    } else {
      sorted.transfers[file].blocks.append(
        TransferBlock(
          currency: order.amount.currency, executionDate: order.executionDate, isSEPA: isSEPA,
          orders: [written]))
    }
  }

  private mutating func fileIndex(_ account: PayerAccount) -> Int {
    if let file = sorted.transfers.firstIndex(where: { $0.account.iban == account.iban }) {
      return file
    }
    sorted.transfers.append(TransferFile(account: account))
    return sorted.transfers.count - 1
  }

  private func transferFaults(_ order: PaymentOrder, isSEPA: Bool) -> [UnsentReason] {
    var faults: [UnsentReason] = []
    if !BankText(order.accountHolder, max: BankField.name).isReadable { faults.append(.name) }
    let max = isSEPA ? PaymentSorter.sepaMax : PaymentSorter.transferMax
    if order.amount.minorUnits > max { faults.append(.amount) }
    guard !isSEPA else { return faults }
    if order.bic.isEmpty, order.iban.isEmpty, !order.routingNumber.isEmpty,
      order.amount.currency.code == "USD"
    {
      return faults + [.usAccount]
    }
    if !BIC.isValid(order.bic) { faults.append(.bic) }
    if !BankText(order.town, max: BankField.town).isReadable { faults.append(.town) }
    if order.iban.isEmpty, !isAccountNumber(order.accountNumber, max: BankField.accountNumber) {
      faults.append(.accountNumber)
    }
    return faults
  }

  private func isAccountNumber(_ text: String, max: Int) -> Bool {
    (1...max).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x20: true
        default: false
        }
      }
  }

  // MARK: Files for banks in the United States

  private mutating func addToACH(_ order: PaymentOrder, _ account: PayerAccount) {
    var faults: [UnsentReason] = []
    if !BankText(order.accountHolder, max: ACHRecord.nameMax).isReadable { faults.append(.name) }
    if order.amount.minorUnits > ACHRecord.amountMax { faults.append(.amount) }
    if !isAccountNumber(order.accountNumber, max: ACHRecord.accountNumberMax) {
      faults.append(.accountNumber)
    }
    if faults.isEmpty, !ach.take(order.amount.minorUnits) { faults.append(.fileFull) }
    guard faults.isEmpty, let written = texts.write(ach: order) else {
      return refuse(order, faults)
    }
    // In place: a copy of all payments for each of them would be too many.
    if sorted.ach == nil { sorted.ach = ACHFile(account: account) }
    let day = order.executionDate
    if let batch = sorted.ach?.batches.firstIndex(where: { $0.executionDate == day }) {
      sorted.ach?.batches[batch].orders.append(written)
    } else {
      sorted.ach?.batches.append(ACHBatch(executionDate: day, orders: [written]))
    }
  }
}

/// How much still fits into the totals of an ACH file.
private struct ACHRoom {
  private var entries = 0
  private var cents: Int128 = 0

  /// Whether one more payment fits; if so it counts.
  mutating func take(_ amount: Int128) -> Bool {
    guard entries < ACHRecord.entriesMax, cents + amount <= ACHRecord.totalMax else { return false }
    entries += 1
    cents += amount
    return true
  }
}
