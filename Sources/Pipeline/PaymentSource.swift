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

/// How many payments there are, and what they add up to by currency code, in millionths.
struct PaymentTotals: Equatable {
  var payments: Int
  var amounts: [String: Int128]

  /// - Throws: ``RunFailure`` if an amount is no decimal.
  init(payments: Int, amounts: [(currency: String, text: String)]) throws(RunFailure) {
    self.payments = payments
    self.amounts = [:]
    for (currency, text) in amounts {
      guard let amount = VerifyAmount.millionths(Array(text.utf8)[...]) else {
        throw RunFailure(.fault, "an amount of payments is no decimal: \(text)")
      }
      self.amounts[currency] = amount
    }
  }

  /// Those of a closed period's register.
  ///
  /// - Throws: ``RunFailure`` with code 65 if it is not the one that the close wrote; ``FileError``.
  init(register close: LedgerClosing, _ paths: WorkspacePaths) throws {
    let directory = paths.outbox(close.period)
    let again = "payout close \(close.period.text) writes it again; nothing was done"
    guard Publication.isPublished(close, paths: paths),
      let manifest = try WrittenManifest(directory: directory),
      let output = manifest.outputs.first(where: { $0.path == "register.csv" })
    else {
      throw RunFailure(
        .sumsDisagree, "\(directory)/run.json is not the one that the close wrote: \(again)")
    }
    let path = directory + "/register.csv"
    if let fault = VerifyFiles.fault(path, sha256: output.sha256, bytes: output.bytes) {
      throw RunFailure(.sumsDisagree, "\(path): \(fault): \(again)")
    }
    let bytes = try FileSystem.readFile(path, limit: Int.max - 1)
    guard let register = try? VerifyRegister(bytes, period: close.period.text) else {
      throw RunFailure(.sumsDisagree, "\(path) cannot be read: \(again)")
    }
    payments = register.rows.values.count { !$0.paymentId.isEmpty }
    amounts = register.paid
  }
}
