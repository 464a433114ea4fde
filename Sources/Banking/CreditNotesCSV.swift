import CSV
import ExactMoney

/// Writes `credit-notes.csv`: payments that no bank has to make.
struct CreditNotesCSV {
  private var csv = CSVWriter()

  init() {
    csv.header([
      "paymentId", "participantId", "participantName", "programName", "currency", "gross",
      "salesTax", "withheldTax", "totalPayment", "documentNumber",
    ])
  }

  mutating func add(_ order: PaymentOrder) {
    csv.plain(order.paymentId)
    csv.text(order.participantId)
    csv.text(order.participantName)
    csv.text(order.program)
    csv.plain(order.amount.currency.code)
    for money in [order.gross, order.salesTax, order.withheldTax, order.amount] {
      csv.plain(money.text)
    }
    csv.text(order.documentNumber)
    csv.endRecord()
  }

  var bytes: [UInt8] { csv.bytes }
}
