import Banking
import Domain

/// Where each payment of a period stands: what `payments.csv` says of it.
///
/// What a bank has said of a payment comes before what is known without it; ``standing(of:)`` is the
/// one place that decides.
struct PaymentStandings {
  private let asOf: Day
  private let waits: Bool
  private let unsent: [String: String]

  /// - Parameters:
  ///   - asOf: The clock of the close, the day on which credit notes were issued.
  ///   - waits: The bank's files are not written yet.
  init(_ payments: SortedPayments, asOf: Day, waits: Bool) {
    self.asOf = asOf
    self.waits = waits
    unsent = Dictionary(
      payments.unsent.map { ($0.order.paymentId, $0.what) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Where a payment stands.
  func standing(of order: PaymentOrder) -> PaymentStanding {
    // A credit note is the payment itself.
    if order.method == .creditNote { return PaymentStanding(.sent, date: asOf) }
    if waits { return PaymentStanding(.inProgress, "Its payment file is not written yet") }
    if let reason = unsent[order.paymentId] {
      return PaymentStanding(.inProgress, "To be paid by hand: \(reason)")
    }
    return PaymentStanding(.inProgress, date: order.executionDate)
  }
}
