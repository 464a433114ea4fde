import CSV
import Domain
package import ExactMoney

/// Writes `payments.csv`: the payments in the columns of the Partner Center payments report, in the
/// order that its export has.
package struct PaymentsReportCSV {
  private var csv = CSVWriter()

  package init() {
    csv.header([
      "participantID", "participantIDType", "participantName", "programName", "earned", "earnedUSD",
      "withheldTax", "salesTax", "serviceFeeTax", "totalPayment", "earnedCurrencyCode",
      "paymentCurrencyCode", "paymentMethod", "paymentID", "paymentStatus",
      "paymentStatusDescription", "paymentDate", "CIReferenceNumber",
    ])
  }

  /// Adds a payment; they come by partner, program and currency.
  ///
  /// - Parameter earnedUSD: The gross in USD; nil where there is no rate for it.
  package mutating func add(
    _ order: PaymentOrder, earnedUSD: Money?, _ standing: PaymentStanding
  ) {
    csv.text(order.participantId)
    csv.empty()
    csv.text(order.participantName)
    csv.text(order.program)
    csv.plain(order.gross.text)
    csv.plain(earnedUSD?.text ?? "")
    csv.plain(order.withheldTax.text)
    csv.plain(order.salesTax.text)
    csv.empty()
    csv.plain(order.amount.text)
    csv.plain(order.gross.currency.code)
    csv.plain(order.amount.currency.code)
    csv.plain(order.method.reportName)
    csv.plain(order.paymentId)
    csv.plain(standing.status.rawValue)
    csv.text(standing.description)
    csv.plain(standing.date?.text ?? "")
    csv.empty()
    csv.endRecord()
  }

  package var bytes: [UInt8] { csv.bytes }
}

extension PaymentMethod {
  /// As that report names it.
  fileprivate var reportName: String {
    switch self {
    case .bankTransfer: "Electronic bank transfer"
    case .creditNote: "Credit note"
    }
  }
}
