import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger
import Reports
import Workspace

/// The payment files of a period as they were drawn.
struct DrawnPayments {
  var manifest: PaymentManifest
  /// Of the manifest: the same for the same files.
  var digest: SHA256Digest
  var findings: FindingLog
  /// The text of the `payout.yaml` they went by, where it is not the one that the close kept.
  var configuration: String?
  var payments: SortedPayments
  /// What is written though the rest has to wait, by name: credit notes wait for nobody.
  var early: [(name: String, bytes: [UInt8])]

  /// The names of what is written early.
  static let earlyNames = [PaymentDirectory.creditNotesName, PaymentDirectory.reportName]

  /// Currencies of transfers that the payer has no account for: the files are not all there.
  var currenciesWithoutAccount: [Currency] {
    Set(payments.withoutAccount.map(\.amount.currency)).sorted()
  }
}

/// Draws the payment files of a period. The same source gives the same bytes.
struct PaymentDrawing {
  let source: PaymentSource
  /// The text of the `payout.yaml` by which they were drawn before, where it is not the kept one.
  private let recorded: String?
  /// That of today, to be asked where the kept one has no account; nil if there is none.
  private let today: String?
  /// The payments that no file pays: banks told of them before.
  private let toldBefore: Set<String>

  /// - Parameters:
  ///   - recorded: What the ledger says of them; nil if they were never written.
  ///   - today: The text of the `payout.yaml` of now; it counts for what was never written.
  init(source: PaymentSource, recorded: LedgerPaymentFiles?, today: String?) {
    self.source = source
    self.recorded = recorded?.configuration
    self.today = recorded == nil ? today : nil
    toldBefore = recorded.map { Set($0.leftOut) } ?? source.toldBefore
  }

  /// Draws them into a directory.
  ///
  /// - Throws: ``RunFailure`` if a sum does not hold; ``FileError``; what the ledger throws.
  func draw(into directory: StagedDirectory) throws -> DrawnPayments {
    let (sorted, configuration, text) = try sort()
    var findings = sorted.findings
    noteHolidays(sorted, configuration, &findings)
    findings.sort()
    var errors = ErrorsCSV()
    for finding in findings.listed { errors.add(finding) }
    var files = PaymentDirectory(
      sorted, payer: configuration.payer, period: source.period, asOf: source.asOf,
      run: source.run)
    let (manifest, digest) = try files.write(to: directory, findings: errors.bytes)
    try directory.write(PaymentDirectory.reportName, try report(sorted, waits: false))
    if sorted.withoutAccount.isEmpty { try prove(manifest, sorted) }
    return DrawnPayments(
      manifest: manifest, digest: digest, findings: findings, configuration: text,
      payments: sorted,
      early: [
        (PaymentDirectory.creditNotesName, files.creditNotes),
        (PaymentDirectory.reportName, try report(sorted, waits: true)),
      ])
  }

  /// The payments of which a bank may tell.
  ///
  /// - Throws: As ``draw(into:)``.
  func bankPayments() throws -> [BankPayment] {
    let (sorted, configuration, _) = try sort()
    return sorted.bankPayments(payer: configuration.payer, period: source.period)
  }

  // MARK: By which payout.yaml

  private func sort() throws -> (SortedPayments, Configuration, text: String?) {
    if let recorded {
      guard let configuration = WorkspaceLoader.configuration(Array(recorded.utf8)) else {
        throw RunFailure(
          .inputOutput,
          "the payout.yaml that the ledger keeps of the payment files of"
            + " \(source.period.text) cannot be read by this version")
      }
      return (try sort(configuration), configuration, recorded)
    }
    let kept = source.workspace.configuration
    let sorted = try sort(kept)
    guard !sorted.withoutAccount.isEmpty, let today,
      let configuration = WorkspaceLoader.configuration(Array(today.utf8))
    else { return (sorted, kept, nil) }
    return (try sort(configuration), configuration, today)
  }

  private func sort(_ configuration: Configuration) throws -> SortedPayments {
    let calendar = ExecutionCalendar(
      configuration.payments, period: source.period, asOf: source.asOf)
    var sorter = PaymentSorter(
      payer: configuration.payer, findingsMax: configuration.limits.findings,
      toldBefore: toldBefore)
    for settlement in source.settlements { sorter.add(try order(settlement, calendar)) }
    return sorter.finish()
  }

  // MARK: Orders

  private func order(
    _ settlement: LedgerSettlement, _ calendar: ExecutionCalendar
  ) throws -> PaymentOrder {
    let (registry, plans) = (source.workspace.registry, source.workspace.plans)
    let name = settlement.balance
    guard let number = registry.ids.find(name.participantId), let payment = settlement.payment,
      let program = plans.names.find(name.program), let method = settlement.paymentMethod
    else {
      throw RunFailure(
        .inputOutput, "the copies kept of \(source.period.text) do not know who is paid: \(name)")
    }
    let plan = plans[program]
    var order = PaymentOrder(
      paymentId: payment.paymentId, partner: registry.partners[number], program: plan.program,
      method: method, amount: settlement.totalPayment,
      documentNumber: source.period.text + "-" + name.participantId,
      executionDate: calendar.executionDate(name.currency, plan.payment))
    order.gross = settlement.gross
    order.salesTax = settlement.salesTax
    order.withheldTax = settlement.withheldTax
    order.purpose = plan.payment.purpose
    order.document = plan.payment.document
    if let profile = registry.paymentProfile(partner: number, program: program) {
      order.take(profile)
    }
    return order
  }

  // MARK: What is said

  private func noteHolidays(
    _ sorted: SortedPayments, _ configuration: Configuration, _ findings: inout FindingLog
  ) {
    let calendar = ExecutionCalendar(
      configuration.payments, period: source.period, asOf: source.asOf)
    let days =
      sorted.transfers.flatMap { $0.blocks.map { (day: $0.executionDate, currency: $0.currency) } }
      + (sorted.ach.map { file in
        file.batches.map { (day: $0.executionDate, currency: file.account.currency) }
      } ?? [])
    var said: Set<String> = []
    for (day, currency) in days where calendar.lacksHolidays(of: day, currency) {
      guard said.insert("\(currency.code) \(day.date.year)").inserted else { continue }
      findings.add(.B609) {
        Finding(
          .B609, feed: "payout.yaml", field: "payments.holidays",
          message: "no holidays of \(day.date.year) for payments in \(currency.code), which are"
            + " executed on \(day.text)")
      }
    }
  }

  /// `payments.csv`: all payments in the order of the register.
  private func report(_ sorted: SortedPayments, waits: Bool) throws -> [UInt8] {
    let standings = PaymentStandings(
      sorted, asOf: source.asOf, waits: waits, stories: source.stories)
    let orders = Dictionary(
      sorted.all.map { ($0.paymentId, $0) }, uniquingKeysWith: { first, _ in first })
    var report = PaymentsReportCSV()
    for settlement in source.settlements {
      guard let id = settlement.payment?.paymentId, let order = orders[id] else { continue }
      report.add(order, earnedUSD: try usd(order.gross), standings.standing(of: order))
    }
    return report.bytes
  }

  private func usd(_ gross: Money) throws(MoneyError) -> Money? {
    guard let usd = Currency("USD"),
      let rate = source.workspace.exchangeRates.rate(
        source.period, from: gross.currency, to: usd)
    else { return nil }
    return try Money(
      converting: gross.exact(), at: rate, to: usd, source.workspace.configuration.rounding)
  }

  // MARK: Proof

  /// Every payment of the register is in one place, once, with its amount.
  private func prove(_ manifest: PaymentManifest, _ sorted: SortedPayments) throws {
    var parts = PaymentManifest.Sums()
    parts.payments =
      manifest.files.reduce(0) { $0 + ($1.sums?.payments ?? 0) } + manifest.creditNotes.payments
      + manifest.unsent.payments
    var sums: [String: Int128] = [:]
    let all = manifest.files.compactMap(\.sums) + [manifest.creditNotes, manifest.unsent]
    for (currency, text) in all.flatMap(\.amounts) {
      sums[currency, default: 0] += VerifyAmount.millionths(Array(text.utf8)[...]) ?? 0
    }
    let ids = Set(sorted.all.map(\.paymentId))
    guard parts.payments == source.register.payments, ids.count == source.register.payments,
      sums == source.register.amounts
    else {
      let message =
        "a sum does not hold: the payment files of \(source.period.text) have"
        + " \(parts.payments) payments, the register has \(source.register.payments), or their"
        + " amounts differ; no payment file was written"
      throw RunFailure(
        .sumsDisagree, message, findings: [Finding(.C402, feed: "", message: message)])
    }
  }
}

extension PaymentOrder {
  /// Takes over where the money goes.
  mutating func take(_ profile: PaymentProfile) {
    if !profile.accountHolder.isEmpty { accountHolder = profile.accountHolder }
    iban = profile.iban
    accountNumber = profile.accountNumber
    routingNumber = profile.routingNumber
    bic = profile.bic
  }
}
