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

  package init(payer: Payer, findingsMax: Int) {
    self.payer = payer
    sorted = SortedPayments(findingsMax: findingsMax)
    texts = BankTexts(findingsMax: findingsMax)
    texts.check(payer)
  }

  /// Sorts in a payment; they come by partner, program and currency.
  package mutating func add(_ order: PaymentOrder) {
    if order.method == .creditNote {
      sorted.creditNotes.append(order)
    } else if let account = payer.achAccount, order.amount.currency == account.currency,
      !order.routingNumber.isEmpty, !order.accountNumber.isEmpty
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

  private mutating func refuse(_ order: PaymentOrder, _ reason: UnsentReason) {
    sorted.unsent.append(UnsentPayment(order: order, reason: reason))
    texts.add(
      .B604, order, reason.place, "payment \(order.paymentId): \(reason.what)", reason.remedy)
  }

  // MARK: Credit transfers

  private mutating func addTransfer(_ order: PaymentOrder, _ account: PayerAccount) {
    let isSEPA =
      order.amount.currency.code == "EUR" && SEPAArea.includes(iban: account.iban)
      && !order.iban.isEmpty && SEPAArea.includes(iban: order.iban)
    if let reason = transferFault(order, isSEPA: isSEPA) { return refuse(order, reason) }
    guard let written = texts.write(order, isSEPA: isSEPA) else { return refuse(order, .name) }
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

  private func transferFault(_ order: PaymentOrder, isSEPA: Bool) -> UnsentReason? {
    let max = isSEPA ? PaymentSorter.sepaMax : PaymentSorter.transferMax
    if order.amount.minorUnits > max { return .amount }
    if isSEPA { return nil }
    if !BIC.isValid(order.bic) { return .bic }
    if !BankText(order.town, max: BankField.town).isReadable { return .town }
    guard order.iban.isEmpty else { return nil }
    return isAccountNumber(order.accountNumber, max: BankField.accountNumber)
      ? nil : .accountNumber
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
    guard isAccountNumber(order.accountNumber, max: ACHRecord.accountNumberMax) else {
      return refuse(order, .accountNumber)
    }
    guard order.amount.minorUnits <= ACHRecord.amountMax else { return refuse(order, .amount) }
    guard let written = texts.write(ach: order, payer) else { return refuse(order, .name) }
    guard ach.take(order.amount.minorUnits) else { return refuse(order, .fileFull) }
    var file = sorted.ach ?? ACHFile(account: account)
    if let batch = file.batches.firstIndex(where: { $0.executionDate == order.executionDate }) {
      file.batches[batch].orders.append(written)
    } else {
      file.batches.append(ACHBatch(executionDate: order.executionDate, orders: [written]))
    }
    sorted.ach = file
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
