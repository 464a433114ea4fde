import CSV
import ExactMoney

/// Writes `unsent.csv`: payments that no file holds, to be paid by hand.
struct UnsentCSV {
  private var csv = CSVWriter()

  init() {
    csv.header([
      "paymentId", "participantId", "participantName", "programName", "currency", "totalPayment",
      "reason", "remedy",
    ])
  }

  mutating func add(_ unsent: UnsentPayment) {
    let order = unsent.order
    csv.plain(order.paymentId)
    csv.text(order.participantId)
    csv.text(order.participantName)
    csv.text(order.program)
    csv.plain(order.amount.currency.code)
    csv.plain(order.amount.text)
    csv.text(unsent.what)
    csv.text(UnsentReason.remedy(unsent.reasons))
    csv.endRecord()
  }

  var bytes: [UInt8] { csv.bytes }
}
