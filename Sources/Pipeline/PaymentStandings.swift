import Banking
import Domain
import Ledger

/// Where each payment of a period stands: what `payments.csv` says of it.
///
/// What a bank has said of a payment comes before what is known without it; ``standing(of:)`` is the
/// one place that decides.
struct PaymentStandings {
  private let asOf: Day
  private let waits: Bool
  private let unsent: [String: String]
  private let stories: [String: LedgerPaymentStory]

  /// - Parameters:
  ///   - asOf: The clock of the close, the day on which credit notes were issued.
  ///   - waits: The bank's files are not written yet.
  ///   - stories: What banks have said, by paymentId.
  init(
    _ payments: SortedPayments, asOf: Day, waits: Bool, stories: [String: LedgerPaymentStory]
  ) {
    self.asOf = asOf
    self.waits = waits
    self.stories = stories
    unsent = Dictionary(
      payments.unsent.map { ($0.order.paymentId, $0.what) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Where a payment stands.
  func standing(of order: PaymentOrder) -> PaymentStanding {
    // A credit note is the payment itself.
    if order.method == .creditNote { return PaymentStanding(.sent, date: asOf) }
    if var said = stories[order.paymentId]?.standing {
      if said.status == .inProgress, said.date == nil { said.date = order.executionDate }
      return said
    }
    if waits { return PaymentStanding(.inProgress, "Its payment file is not written yet") }
    if let reason = unsent[order.paymentId] {
      return PaymentStanding(.inProgress, "To be paid by hand: \(reason)")
    }
    return PaymentStanding(.inProgress, date: order.executionDate)
  }
}

extension LedgerPaymentStory {
  /// What banks have said so far.
  var said: BankWord {
    var said = BankWord()
    said.isBooked = event(.booked) != nil
    said.isReturned = event(.returned) != nil
    said.isRejected = event(.rejected) != nil
    said.hasLeftAgain = hasLeftAgain
    said.settled = Set(statuses.map(\.code))
    return said
  }

  var state: BankState { said.state }

  /// Where the payment stands by what banks have said; nil if they have said nothing yet.
  var standing: PaymentStanding? {
    switch state {
    case .open:
      statuses.last.map {
        PaymentStanding(.inProgress, "The bank calls it settled (\($0.code))")
      }
    case .booked: PaymentStanding(.sent, date: event(.booked)?.day)
    case .returned:
      PaymentStanding(.reversed, reason(.returned), date: event(.returned)?.day)
    case .rejected: PaymentStanding(.rejected, reason(.rejected))
    case .contradicted:
      PaymentStanding(
        .inProgress, contradiction,
        date: event(.booked)?.day)
    }
  }

  private var contradiction: String {
    if event(.returned) != nil { return "It left the account twice, and came back once" }
    return event(.booked) == nil
      ? "The bank has rejected it and calls it settled" : "The bank has rejected and booked it"
  }

  private func reason(_ kind: LedgerPaymentEvent.Kind) -> String {
    ReturnReason(SafeText.shown(event(kind)?.reason ?? "")).text
  }
}
