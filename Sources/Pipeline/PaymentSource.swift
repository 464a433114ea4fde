import ByteStreams
import Domain
import ExactMoney
import Ledger
import Workspace

/// What payment files are made from: a period that is closed, or is being closed just now.
struct PaymentSource {
  let period: Period
  /// The clock of the close.
  let asOf: Day
  /// Of the final `run.json`.
  let run: SHA256Digest
  /// What the period went by.
  let workspace: LoadedWorkspace
  /// Those with a payment, by partner, program and currency.
  let settlements: [LedgerSettlement]
  let register: PaymentTotals
  /// What banks have said of the payments, by paymentId.
  let stories: [String: LedgerPaymentStory]

  /// A period that is being closed.
  ///
  /// - Throws: ``RunFailure`` if an amount is no decimal.
  init(
    _ session: PeriodSession, _ draft: PeriodDraft, run: SHA256Digest
  ) throws(RunFailure) {
    period = session.period
    asOf = session.asOf
    self.run = run
    workspace = session.workspace
    settlements = PaymentSource.paid(draft.settlements)
    register = try PaymentTotals(
      payments: draft.payments,
      amounts: draft.proof.paid.map { ($0.currency.code, $0.amount.text) })
    stories = [:]
  }

  /// A closed period, by the copies that the close kept and the register that it wrote.
  ///
  /// - Throws: ``RunFailure`` if they are not what they were; ``FileError``; what the ledger throws.
  init(_ close: LedgerClosing, _ ledger: Ledger, _ paths: WorkspacePaths) throws {
    try self.init(close, ledger, paths, register: PaymentTotals(register: close, paths))
  }

  /// - Parameter register: Nil where nothing is to be compared with it.
  init(
    _ close: LedgerClosing, _ ledger: Ledger, _ paths: WorkspacePaths, register: PaymentTotals?
  ) throws {
    period = close.period
    asOf = close.asOf
    run = close.manifestDigest
    workspace = try KeptCopies(paths: paths, ledger: ledger).workspace(of: close.period)
    settlements = PaymentSource.paid(try ledger.settlements(close.period))
    self.register = try register ?? PaymentTotals(payments: 0, amounts: [])
    stories = Dictionary(
      try ledger.stories(of: close.period).map { ($0.payment.paymentId, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The payments of which banks have told: what is written from now on pays none of them.
  var toldBefore: Set<String> {
    Set(stories.filter { !$0.value.events.isEmpty }.keys)
  }

  private static func paid(_ settlements: [LedgerSettlement]) -> [LedgerSettlement] {
    settlements.filter { $0.payment != nil }.sorted { left, right in
      let (one, other) = (left.balance, right.balance)
      if one.participantId != other.participantId {
        return precedesInBytes(one.participantId, other.participantId)
      }
      if one.program != other.program { return precedesInBytes(one.program, other.program) }
      return one.currency < other.currency
    }
  }
}
