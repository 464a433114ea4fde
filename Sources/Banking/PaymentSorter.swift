package import Domain
import ExactMoney

/// Sorts payments into files, and says of each text what had to be done to it.
package struct PaymentSorter {
  private var router: PaymentRouter
  private var sorted: SortedPayments
  private var texts: BankTexts
  /// The payments of which a bank told before their file was written: no file pays them.
  private let toldBefore: Set<String>

  package init(payer: Payer, findingsMax: Int, toldBefore: Set<String> = []) {
    self.toldBefore = toldBefore
    router = PaymentRouter(payer: payer)
    sorted = SortedPayments(findingsMax: findingsMax)
    texts = BankTexts(findingsMax: findingsMax)
    texts.check(payer)
  }

  /// Sorts in a payment; they come by partner, program and currency.
  package mutating func add(_ order: PaymentOrder) {
    if order.method != .creditNote, toldBefore.contains(order.paymentId) {
      return refuse(order, [.toldBefore])
    }
    switch router.route(order) {
    case .creditNote: sorted.creditNotes.append(order)
    case .transfer(let account, let isSEPA): addTransfer(order, account, isSEPA: isSEPA)
    case .ach(let account): addToACH(order, account)
    case .unsent(let reasons): refuse(order, reasons)
    case .withoutAccount: sorted.withoutAccount.append(order)
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

  private mutating func addTransfer(
    _ order: PaymentOrder, _ account: PayerAccount, isSEPA: Bool
  ) {
    guard let written = texts.write(order, isSEPA: isSEPA) else { return refuse(order, [.name]) }
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

  // MARK: Files for banks in the United States

  private mutating func addToACH(_ order: PaymentOrder, _ account: PayerAccount) {
    guard let written = texts.write(ach: order) else { return refuse(order, [.name]) }
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
