package import Domain
import ExactMoney

// By what banks know payment files and their parts, and give them back.

extension TransferFile {
  /// Of the message.
  func messageId(_ payer: BankPayer, _ period: Period) -> String {
    payer.reference("MSG", period, [account.iban])
  }
}

extension TransferBlock {
  /// Of the part of a message.
  func blockId(_ account: PayerAccount, _ payer: BankPayer, _ period: Period) -> String {
    payer.reference(
      "PMT", period,
      [account.iban, currency.code, executionDate.text, isSEPA ? "SEPA" : ""])
  }
}

extension SortedPayments {
  /// The payments of which a bank may tell, credit notes left out.
  package func bankPayments(payer: Payer, period: Period) -> [BankPayment] {
    let names = BankPayer(payer)
    var payments = transfers.flatMap { file in
      file.blocks.flatMap { block in
        block.orders.map { written in
          var payment = BankPayment(written.order)
          payment.payerAccount = file.account.iban
          payment.messageId = file.messageId(names, period)
          payment.blockId = block.blockId(file.account, names, period)
          return payment
        }
      }
    }
    payments += achPayments(period)
    return payments + (unsent.map(\.order) + withoutAccount).map { BankPayment($0) }
  }

  /// A bank in the United States books a batch as one sum, or payment by payment with the id that
  /// the file has room for.
  private func achPayments(_ period: Period) -> [BankPayment] {
    guard let ach else { return [] }
    return ach.batches.enumerated().flatMap { number, batch in
      batch.orders.map { written in
        var payment = BankPayment(written.order)
        payment.payerAccount = ach.account.accountNumber.asAccount
        payment.shortId = ACHRecord.shortId(written.order.paymentId)
        // No bank is told this name: it holds together what one sum may be of.
        payment.blockId = "ACH \(period.text) \(number + 1)"
        return payment
      }
    }
  }
}

extension BankPayment {
  init(_ order: PaymentOrder) {
    self.init(
      paymentId: order.paymentId, amount: order.amount, executionDay: order.executionDate)
    account = (order.iban.isEmpty ? order.accountNumber : order.iban).asAccount
  }
}
