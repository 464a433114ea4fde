import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger
import Workspace

/// The payments of which banks may tell, credit notes left out, as they stand in a period.
struct BankPayments {
  /// So many periods back what was settled is drawn again, to know to which accounts it went.
  private static let periodsDrawn = 3

  /// What came after this period is left out: a report of it is the same whenever it is drawn.
  let period: Period
  /// By paymentId.
  private(set) var stories: [String: LedgerPaymentStory] = [:]
  /// In the order of their periods and of the register.
  private(set) var payments: [BankPayment] = []
  private var waiting: Set<String> = []
  private let ledger: Ledger
  private let paths: WorkspacePaths
  /// The payer as it was when they were ordered.
  private(set) var payers: [Payer] = []

  /// - Parameters:
  ///   - today: The `payout.yaml` of now, for payments whose files are not written yet.
  ///   - period: The period in which they stand; what it issues itself is not among them.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  init(
    _ ledger: Ledger, _ paths: WorkspacePaths, today: String?, in period: Period
  ) throws {
    self.ledger = ledger
    self.paths = paths
    self.period = period
    for (issued, stories) in Dictionary(grouping: try known(), by: \.payment.period)
      .sorted(by: { $0.key < $1.key })
    {
      let isRecent = period.number - issued.number <= Self.periodsDrawn
      let isOpen = stories.contains { $0.state == .open || $0.state == .contradicted }
      if isRecent || isOpen {
        try draw(stories, issued, today: today)
      } else {
        for story in stories { add(story, BankPayment(story)) }
      }
    }
  }

  /// The stories up to the period.
  private func known() throws -> [LedgerPaymentStory] {
    let file = try ledger.bankFiles().last { $0.period <= period }?.number ?? 0
    return try ledger.stories()
      .filter { $0.payment.paymentMethod == .bankTransfer && $0.payment.period < period }
      .map { $0.known(in: period, file: file) }
  }

  private mutating func draw(
    _ stories: [LedgerPaymentStory], _ issued: Period, today: String?
  ) throws {
    guard let close = ledger.closes.first(where: { $0.period == issued }) else { return }
    let source = try PaymentSource(
      close, ledger, paths, register: PaymentTotals(payments: 0, amounts: []))
    let recorded = try ledger.paymentFiles(issued)
    let drawing = PaymentDrawing(source: source, recorded: recorded, today: today)
    let drawn = Dictionary(
      try drawing.bankPayments().map { ($0.paymentId, $0) },
      uniquingKeysWith: { first, _ in first })
    payers.append(source.workspace.configuration.payer)
    for story in stories {
      var payment = drawn[story.payment.paymentId] ?? BankPayment(story)
      payment.said = story.said
      payment.issued = min(close.asOf, issued.lastDay)
      payment.isOrdered = recorded != nil
      add(story, payment)
    }
  }

  /// Where payments went: name, address and payment profile as the closes that issued them kept
  /// those, as digests.
  ///
  /// - Throws: ``RunFailure`` if the copies are damaged; ``FileError``; what the ledger throws.
  func destinations(of paymentIds: Set<String>) throws -> [String: SHA256Digest] {
    var digests: [String: SHA256Digest] = [:]
    let payments = paymentIds.compactMap { stories[$0]?.payment }
    for (period, payments) in Dictionary(grouping: payments, by: \.period) {
      let kept = try KeptCopies(paths: paths, ledger: ledger).workspace(of: period)
      for payment in payments {
        guard let partner = kept.registry.ids.find(payment.balance.participantId) else { continue }
        let profile = kept.plans.names.find(payment.balance.program).flatMap {
          kept.registry.paymentProfile(partner: partner, program: $0)
        }
        digests[payment.paymentId] = PaymentDestination.digest(
          kept.registry.partners[partner], profile)
      }
    }
    return digests
  }

  private mutating func add(_ story: LedgerPaymentStory, _ payment: BankPayment) {
    stories[payment.paymentId] = story
    payments.append(payment)
    if !payment.isOrdered { waiting.insert(payment.paymentId) }
  }

  /// Whether the payment file of a payment is yet to be written.
  func isWaiting(_ paymentId: String) -> Bool { waiting.contains(paymentId) }

  /// Takes over what was said just now.
  ///
  /// - Throws: What the ledger throws.
  mutating func refresh() throws {
    for story in try known() where stories[story.payment.paymentId] != nil {
      stories[story.payment.paymentId] = story
    }
    for index in payments.indices {
      if let story = stories[payments[index].paymentId] { payments[index].said = story.said }
    }
  }
}

extension BankPayment {
  /// A payment of long ago: known by its id alone.
  fileprivate init(_ story: LedgerPaymentStory) {
    self.init(
      paymentId: story.payment.paymentId, amount: story.payment.amount,
      executionDay: story.payment.period.lastDay, said: story.said)
  }
}
