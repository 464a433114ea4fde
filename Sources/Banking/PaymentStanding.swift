package import Domain

/// Where a payment stands.
package struct PaymentStanding: Hashable, Sendable {
  package var status: PaymentStatus
  /// A sentence without its full stop; empty where the status says it all.
  package var description: String
  /// The day on which it was, or is to be, executed; nil where nobody knows.
  package var date: Day?

  package init(_ status: PaymentStatus, _ description: String = "", date: Day? = nil) {
    self.status = status
    self.description = description
    self.date = date
  }
}
