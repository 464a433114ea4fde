import ByteStreams
import Domain
import ExactMoney
import FinanceReports
import Ledger
import Workspace

/// The reports of a period (docs/reports.md) while they are made: they take what the register and the
/// other tables take, when those take it, and reckon nothing anew.
final class PeriodReports {
  /// The file that lists their digests, as `sha256sum -c` reads it.
  ///
  /// They stand there and not in `run.json`, whose digest the ledger keeps for ever: another version
  /// of this program or of the library that writes workbooks may draw a report otherwise, and what
  /// was closed must still be what was closed.
  static let digests = "reports.sha256"

  private static let workbookName = "reconciliation.xlsx"

  private let session: PeriodSession
  private let directory: StagedDirectory
  private let isDraft: Bool
  private var sums = RegisterSums()
  private var journal: JournalFiles?
  private var workbook: ReconciliationWorkbook?
  private var page: (report: ReportPage, file: StagedTable)?
  private var previous: PreviousPayments?
  private var held = HeldBalances()
  /// What banks have told of earlier payments; nil where no report shows it, or nobody has told.
  private let bank: BankFacts?

  /// - Parameter statements: The names of the statements by partner; nil where there are none.
  /// - Throws: ``FileError``; what the ledger throws.
  init(
    _ session: PeriodSession, _ state: DraftState, statements: [String]?,
    _ directory: StagedDirectory
  ) throws {
    self.session = session
    self.directory = directory
    isDraft = state == .draft
    let kinds = session.reports
    bank = kinds.isDisjoint(with: [.html, .workbook]) ? nil : try BankFacts(session)
    if kinds.contains(.journal) {
      journal = try JournalFiles(session, isDraft: isDraft, directory)
    }
    if kinds.contains(.workbook) {
      workbook = try ReconciliationWorkbook(
        path: directory.staging + "/" + Self.workbookName, temporaryDirectory: directory.staging,
        registry: session.workspace.registry, plans: session.workspace.plans,
        period: session.period, asOf: session.asOf, feeds: session.feedNames,
        hasBank: bank != nil)
    }
    if kinds.contains(.html) {
      let report = ReportPage(
        registry: session.workspace.registry, plans: session.workspace.plans,
        period: session.period, statements: statements,
        format: ["html", "pdf"].first(where: session.workspace.configuration.formats.contains)
          ?? "csv")
      page = (report, try StagedTable("report.html", in: directory))
      previous = try PreviousPayments(session)
    }
  }

  /// Takes a row of the register; they come by partner, program and currency.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  func add(_ settlement: Settlement) throws {
    try sums.add(settlement)
    try journal?.add(settlement)
    workbook?.add(settlement)
    try addToPage(settlement)
  }

  private func addToPage(_ settlement: Settlement) throws {
    guard page != nil else { return }
    try page?.report.add(settlement, before: previous?.take(settlement))
    if settlement.status == .onHold { held.add(settlement, name(of: settlement)) }
    if var open = page {
      page = nil
      try open.file.drain(&open.report.bytes)
      page = open
    }
  }

  private func name(of settlement: Settlement) -> LedgerBalanceName {
    LedgerBalanceName(
      participantId: session.workspace.registry.partners[settlement.partner].participantId,
      program: session.workspace.plans[settlement.program].program, currency: settlement.currency)
  }

  /// Takes the ineligible lines of a balance.
  func addIneligible(_ settlement: Settlement, _ page: EarningPage) {
    if !settlement.ineligible.isEmpty { workbook?.addIneligible(settlement, page) }
  }

  /// Writes what is left once all tables are written.
  ///
  /// - Parameter refused: The feeds refused just now, and what else is to be said of the inbox.
  /// - Throws: ``FileError``; ``MoneyError``.
  func finish(_ draft: PeriodDraft, refused: [(name: String, findings: [Finding])]) throws {
    try journal?.finish()
    let facts = try facts(draft, refused)
    if let workbook {
      try workbook.finish(facts, sums)
      try directory.adopt(Self.workbookName)
    }
    try finishPage(facts)
  }

  private func finishPage(_ facts: PeriodFacts) throws {
    guard let open = page.take() else { return }
    var report = open.report
    for movement in try previous?.rest() ?? [] { report.add(movement) }
    try report.finish(facts, sums, held.table(session.ledger, before: session.period))
    try open.file.finish(report.bytes)
  }

  private func facts(
    _ draft: PeriodDraft, _ refused: [(name: String, findings: [Finding])]
  ) throws -> PeriodFacts {
    var facts = PeriodFacts(period: session.period, asOf: session.asOf, isDraft: isDraft)
    facts.payer = session.workspace.configuration.payer.name
    let own = session.feeds.filter { $0.feed.period == session.period }.map {
      PeriodFacts.Feed(
        name: $0.feed.name, number: Int($0.feed.number), rows: $0.feed.rows, findings: $0.findings)
    }
    let notTaken = refused.map {
      PeriodFacts.Feed(name: $0.name, number: nil, rows: 0, findings: FindingLog($0.findings))
    }
    facts.feeds = (own + notTaken).sorted { precedesInBytes($0.name, $1.name) }
    facts.tally = draft.tally
    facts.feedNames = session.feedNames
    facts.takenIn = Dictionary(
      uniqueKeysWithValues: session.feeds.map { (Int($0.feed.number), $0.feed.period) })
    facts.checks = draft.proof.checks.map { .init(rule: $0.rule, checked: $0.checked) }
    facts.before = previous?.period
    facts.bank = bank
    for balance in try session.ledger.openings(of: session.period) {
      let currency = balance.closing.currency
      facts.openings[currency] = try (facts.openings[currency] ?? .zero(currency))
        .plus(balance.closing)
    }
    let others = Set(session.reports.flatMap(\.files)).subtracting(["report.html"])
    facts.files = Set(directory.outputs.map(\.path).filter { !$0.contains("/") } + ["run.json"])
      .union(others).sorted(by: precedesInBytes)
    return facts
  }

  /// Writes the digests of the reports that stand in the directory.
  ///
  /// - Throws: ``FileError``.
  static func writeDigests(_ files: Set<String>, _ directory: StagedDirectory) throws {
    guard !files.isEmpty else { return }
    let lines = directory.outputs.filter { files.contains($0.path) }
      .map { "\($0.digest.hex)  \($0.path)\n" }
    try directory.write(digests, Array(lines.joined().utf8))
  }

  /// The digests of the reports by their paths, as they stand in an output directory; nil if there
  /// are none that can be read.
  static func readDigests(_ outbox: String) -> [String: String]? {
    let path = outbox + "/" + digests
    guard FileSystem.kind(path) == .file, let bytes = try? FileSystem.readFile(path) else {
      return nil
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return Dictionary(lines.map { (String($0.dropFirst(66)), String($0.prefix(64))) }) { $1 }
  }
}
