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
    payments += (ach?.batches.flatMap(\.orders) ?? []).map { BankPayment($0.order) }
    return payments + (unsent.map(\.order) + withoutAccount).map { BankPayment($0) }
  }
}

extension BankPayment {
  init(_ order: PaymentOrder) {
    self.init(
      paymentId: order.paymentId, amount: order.amount, executionDay: order.executionDate)
    account = (order.iban.isEmpty ? order.accountNumber : order.iban).asAccount
  }
}
