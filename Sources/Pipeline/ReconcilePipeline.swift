import Banking
import ByteStreams
import Domain
import Ledger
package import Logging
import Workspace

/// Which files of banks are to be reconciled.
package struct ReconcileRequest: Sendable {
  package var root: String
  package var files: [String]
  package var logger = Logger(label: "payout")

  package init(root: String, files: [String]) {
    self.root = root
    self.files = files
  }
}

/// Takes in files of banks: what they say of payments is matched, posted and reported.
///
/// The ledger's commit makes all of it count at once; a file that cannot be relied on is left out as
/// a whole. What comes after the commit, `payments.csv` and the report, is finished by the next
/// command if this one is ended.
package struct ReconcilePipeline {
  /// So many days after a payment was to be executed it is missing.
  static let missingAfterDays = 5

  private let request: ReconcileRequest

  package init(_ request: ReconcileRequest) {
    self.request = request
  }

  /// Reconciles.
  ///
  /// - Throws: ``RunFailure``; with code 66 if no period is closed or a file cannot be read.
  package func reconcile() throws(RunFailure) -> ReconcileReport {
    let open = try OpenWorkspace.open(root: request.root)
    do {
      try open.heal()
      return try reconcile(open)
    } catch {
      throw RunFailure(error)
    }
  }

  private func reconcile(_ open: OpenWorkspace) throws -> ReconcileReport {
    guard !open.ledger.closes.isEmpty else {
      throw RunFailure(.noInput, "no period is closed: no bank can have been sent a payment yet")
    }
    let payments = try BankPayments(
      open.ledger, open.paths, today: open.workspace.configurationText, in: open.openPeriod())
    var accounts = BankAccounts(open.workspace.configuration.payer)
    for payer in payments.payers { accounts.add(payer) }
    let reader = BankFileReader(accounts: accounts, profiles: try profiles(open))
    let archive = BankArchive(paths: open.paths)
    var staged: [StagedBankFile] = []
    do {
      for (number, path) in request.files.enumerated() {
        try Interruption.check()
        staged.append(try archive.stage(path, number: number))
      }
      let report = try reconcile(staged, reader, payments, open)
      archive.forget(staged)
      return report
    } catch {
      archive.forget(staged)
      throw error
    }
  }

  private func profiles(_ open: OpenWorkspace) throws -> [BankProfile] {
    let (profiles, findings) = try BankProfileFile.load(root: open.paths.root)
    guard findings.isEmpty else {
      throw RunFailure(
        .configuration, "profiles in bank/ have errors: nothing done", findings: findings)
    }
    return profiles
  }

  private func reconcile(
    _ staged: [StagedBankFile], _ reader: BankFileReader, _ payments: BankPayments,
    _ open: OpenWorkspace
  ) throws -> ReconcileReport {
    let limit = open.workspace.configuration.limits.findings
    var report = ReconcileReport(period: try open.openPeriod())
    var refusals: [Finding] = []
    let sources = try read(staged, reader, open, &report, &refusals)
    var payments = payments
    let stories = payments.stories.values
    let told = (
      events: stories.reduce(0) { $0 + $1.events.count },
      statuses: stories.reduce(0) { $0 + $1.statuses.count }
    )
    let sums = WaitingSums(
      ledger: open.ledger, paths: open.paths, payments: payments, reader: reader)
    let intake = try BankIntake(
      sources, payments,
      known: (entries: try open.ledger.bankEntries(), files: try open.ledger.bankFiles()),
      waiting: sources.isEmpty ? [] : try sums.find(),
      told: told, period: report.period)
    if !sources.isEmpty {
      try BankArchive(paths: open.paths).keep(sources.map { ($0.staged, $0.entry) })
      try Interruption.check()
      try open.ledger.record(intake.intake)
      Interruption.commit()
    }
    try payments.refresh()
    var findings = BankFindings(payments, limit: limit)
    for finding in refusals + sources.flatMap(\.file.findings) { findings.add(finding) }
    say(intake, sources, &findings)
    try ReconciliationPublication(open: open).publish(payments)
    let summary = try ReconciliationSummary(open.ledger, payments)
    findings.addMissing(asOf: summary.asOf, after: Self.missingAfterDays)
    report.take(summary, intake, findings.findings)
    try StatusPipeline(root: request.root).write()
    return report
  }

  /// Reads what is new.
  private func read(
    _ staged: [StagedBankFile], _ reader: BankFileReader, _ open: OpenWorkspace,
    _ report: inout ReconcileReport, _ refusals: inout [Finding]
  ) throws -> [BankIntake.Source] {
    let known = try open.ledger.bankFiles()
    var digests = Set(known.map(\.digest))
    var names = Set(known.map(\.name))
    var sources: [BankIntake.Source] = []
    for file in staged {
      guard digests.insert(file.digest).inserted else {
        report.known += 1
        continue
      }
      let name = SafeText.escaped(file.deliveredAs)
      do throws(BankRefusal) {
        let read = try reader.read(path: file.copy, name: name)
        let kept = BankArchive(paths: open.paths).name(of: file, taken: names)
        names.insert(kept)
        sources.append(
          BankIntake.Source(
            staged: file, file: read,
            entry: LedgerBankFile(
              number: known.count + sources.count + 1, period: report.period, name: kept,
              deliveredAs: name, digest: file.digest, format: read.format,
              messageId: SafeText.shown(read.messageId), pending: read.pending)))
      } catch {
        report.refused += 1
        refusals.append(error.finding)
      }
    }
    return sources
  }

  private func say(
    _ intake: BankIntake, _ sources: [BankIntake.Source], _ findings: inout BankFindings
  ) {
    for unknown in intake.unknown + intake.partlyTwice {
      findings.add(unknown, file: intake.name(of: unknown.item))
    }
    for status in intake.matching.unknownStatuses {
      let source = sources.first { $0.file.statuses.contains(status) }
      findings.add(status, file: source?.file.name ?? "")
    }
    let names = Dictionary(
      uniqueKeysWithValues: sources.map { ($0.entry.number, $0.file.name) })
    for unordered in intake.matching.unordered {
      let source = sources.first { $0.file.statuses.contains(unordered.status) }
      findings.add(unordered, file: source?.file.name ?? "")
    }
    for event in intake.intake.events { findings.add(event, file: intake.name(of: event)) }
    for status in intake.intake.statuses { findings.add(status, file: names[status.file] ?? "") }
  }
}
