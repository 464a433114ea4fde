import ByteStreams
import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger
import Logging
import Statements
import Workers
import Workspace

/// Draws a period from the books: settles every balance and writes the output directory.
///
/// Partners come partition by partition in the order of their ids, so that the lists are written
/// in order as the balances are settled, and memory holds one partition of rows at a time.
struct PeriodDraft {
  /// Larger pages than this are settled one at a time, so that memory holds one of them.
  private static let pageBytesMax = 1 << 21

  private let session: PeriodSession
  private let state: DraftState
  let accounts: OpenAccounts
  let settler: PageSettler
  private let names: StatementNames
  /// Nil where none are written.
  private let statementFiles: StatementFiles?

  private var register: RegisterCSV
  private var ineligible: IneligibleCSV
  private(set) var tally = BucketTally()
  private(set) var proof = Proof()
  /// What a close posts; empty in a draft.
  private(set) var settlements: [LedgerSettlement] = []
  private(set) var leverMonths: [LedgerLeverMonth] = []
  private var missing: MissingRates
  private var statementPrograms: [Int: Set<Int>] = [:]
  /// Those that the configuration asks for; nil until something is written.
  private(set) var reports: PeriodReports?
  private(set) var held = 0
  private(set) var payments = 0
  /// By feed number: whether it was taken in in the period that is drawn.
  private let isOfPeriod: [Bool]

  var missingRates: Set<MissingRate> { missing.all }
  private var workspace: LoadedWorkspace { session.workspace }
  private var period: Period { session.period }

  /// - Throws: ``RunFailure`` with code 78 where the ledger has what the workspace has lost; what
  ///   the ledger throws.
  init(_ session: PeriodSession, state: DraftState, writesStatements: Bool) throws {
    self.session = session
    self.state = state
    let workspace = session.workspace
    let period = session.period
    let (registry, plans) = (workspace.registry, workspace.plans)
    accounts = try OpenAccounts(session)
    let calculator = SettlementCalculator(
      registry: registry, plans: plans, rates: workspace.exchangeRates,
      rounding: workspace.configuration.rounding, period: period,
      kept: try KeptCopies(paths: session.paths, ledger: session.ledger).plans(
        of: session.books.earlierMonths.intersection(session.ledger.closedPeriods)))
    names = StatementNames(registry: registry)
    statementFiles =
      writesStatements
      ? StatementFiles(session, calculator, names: names, state: state) : nil
    register = RegisterCSV(registry: registry, plans: plans, period: period)
    ineligible = IneligibleCSV(registry: registry, plans: plans, feeds: session.feedNames)
    missing = MissingRates(workspace, period: period)
    var isOfPeriod = Array(repeating: false, count: session.feedNames.count)
    for feed in session.feeds { isOfPeriod[Int(feed.feed.number)] = feed.feed.period == period }
    self.isOfPeriod = isOfPeriod
    settler = PageSettler(
      workspace: workspace, pricer: session.pricer, calculator: calculator, accounts: accounts,
      standings: session.books.fates.standings, isOfPeriod: isOfPeriod)
  }

  /// Settles everything and writes all that depends on it.
  ///
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  mutating func write(to directory: StagedDirectory) throws {
    for feed in session.feeds { try tally.merge(feed.unrecorded) }
    reports = try PeriodReports(
      session, state, statements: statementFiles.map { _ in names.names }, directory)
    let registerFile = try StagedTable("register.csv", in: directory)
    let ineligibleFile = try StagedTable("ineligible.csv", in: directory)
    let work = OrderedWork(threads: session.threads) { [settler] (page: UnsettledPage) in
      settler.settle(page.page, page.partners)
    }
    defer { work.finish() }
    func takeNext() throws {
      try Interruption.check()
      let settled = work.next()
      session.progress?(
        Progress(
          work: "settling", done: settled.partnersBefore,
          total: workspace.registry.partners.count, unit: .partners))
      try take(settled, directory)
      try registerFile.drain(&register.bytes)
      try ineligibleFile.drain(&ineligible.bytes)
    }
    try session.books.forEachPage { page, partners in
      // The rows of a partner who has very many are held alone.
      let isLarge = page.bytes.count > PeriodDraft.pageBytesMax
      while isLarge, work.pending > 0 { try takeNext() }
      work.add(UnsettledPage(page: page, partners: partners))
      while work.pending > (isLarge ? 0 : 2 * (work.threads - 1)) { try takeNext() }
    }
    while work.pending > 0 { try takeNext() }
    try statementFiles?.finish(directory)
    try registerFile.finish(register.bytes)
    try ineligibleFile.finish(ineligible.bytes)
    for feed in session.feeds where feed.feed.period == period {
      try proof.check(feed, tally)
    }
    try proof.finish()
    try writeLists(directory)
  }

  /// Rows of the feeds taken in in the period that ended in a bucket.
  func rows(_ bucket: Bucket) -> Int {
    tally.entries.reduce(0) { sum, entry in
      let counts = entry.key.bucket == bucket && isOfPeriod[entry.key.feed]
      return sum + (counts ? entry.value.rows : 0)
    }
  }

  /// The rejected rows of a feed by currency, in the order in which the ledger keeps them.
  func rejections(feed: Int) -> [LedgerRejection] {
    tally.entries.filter { $0.key.feed == feed && $0.key.bucket == .rejected }
      .map {
        LedgerRejection(
          currency: $0.key.currency, rows: $0.value.rows, amount: $0.value.amount)
      }
      .sorted { ($0.currency?.code ?? "") < ($1.currency?.code ?? "") }
  }

  /// Says what PDFs lack: a logo of a kind that is for screens, characters that became boxes.
  func warnOfMissingParts(_ logger: Logger) {
    if let kind = statementFiles?.logoOnlyForScreens {
      logger.warning(
        "statements as PDF have no logo: it is of the kind \(kind), and they take a PNG only"
      )
    }
    for (path, count) in statementFiles?.missingGlyphs.prefix(20) ?? [] {
      logger.warning(
        "\(path): no installed font has \(count) of its characters, so they are drawn as boxes")
    }
  }

  // MARK: Balances

  /// Takes over what was settled of a page, as far as it was.
  ///
  /// - Throws: Also what stopped the settling.
  private mutating func take(_ settled: SettledPage, _ directory: StagedDirectory) throws {
    try tally.merge(settled.tally)
    for (partner, settlements) in settled.partners {
      let settlements = try post(settlements, settled.page)
      guard let statementFiles, !settlements.isEmpty else { continue }
      statementPrograms[partner] = Set(settlements.map(\.program))
      do {
        try statementFiles.write(
          partner: partner, settlements, page: settled.page, to: directory)
      } catch is MoneyError {
        throw settler.tooLarge(partner, settlements[0].program)
      }
    }
    if let failure = settled.failure { throw failure }
  }

  /// Posts the balances of a partner.
  ///
  /// - Returns: Those that are on the statement, as it shows them.
  /// - Throws: ``RunFailure``; what the ledger throws.
  mutating func post(_ settlements: [Settlement], _ page: EarningPage) throws -> [Settlement] {
    var settlements = settlements
    for number in settlements.indices { try post(&settlements[number], page) }
    settlements.removeAll { !$0.isRegistered && $0.ineligible.isEmpty }
    return settlements
  }

  /// Counts a payment, proves the settlement and enters it in the register.
  private mutating func post(_ settlement: inout Settlement, _ page: EarningPage) throws {
    let partner = workspace.registry.partners[settlement.partner]
    if settlement.status == .upcoming {
      payments += 1
      if state == .final { settlement.status = .inProgress }
    }
    if settlement.status == .onHold { held += 1 }
    missing.note(settlement)
    try proof.check(settlement, partner: SafeText.shown(partner.participantId))
    ineligible.add(
      partner: settlement.partner, program: settlement.program, settlement.ineligible, page: page)
    reports?.addIneligible(settlement, page)
    guard settlement.isRegistered else { return }
    try proof.register(settlement)
    register.add(settlement)
    try reports?.add(settlement)
    if state == .final { prepareClose(settlement) }
  }

  private mutating func prepareClose(_ settlement: Settlement) {
    let partner = workspace.registry.partners[settlement.partner].participantId
    let plan = workspace.plans[settlement.program]
    var posted = LedgerSettlement(settlement, participantId: partner, program: plan.program)
    posted.returns = settlement.adjustmentLines.filter(\.adjustment.isReturn).compactMap {
      accounts.returned[$0.adjustment.adjustmentId]
    }
    settlements.append(posted)
    for month in settlement.months {
      leverMonths.append(
        LedgerLeverMonth(
          participantId: partner, program: plan.program, lever: plan.levers[month.lever].name,
          month: month.month, basis: month.running.basis, earned: month.running.earned))
    }
  }

  // MARK: Lists

  private func writeLists(_ directory: StagedDirectory) throws {
    let lists = PartnerLists(registry: workspace.registry, plans: workspace.plans)
    let rules = EligibilityRules(registry: workspace.registry, plans: workspace.plans)
    let takenIn = Dictionary(
      uniqueKeysWithValues: session.feeds.map { (Int($0.feed.number), $0.feed.period) })
    try directory.write(
      "buckets.csv", BucketsCSV.bytes(tally, feeds: session.feedNames, takenIn: takenIn))
    try directory.write(
      "invitations.csv",
      lists.invitations {
        rules.qualifies(partner: $0, program: $1, on: period.lastDay)
      })
    try directory.write("expiring.csv", lists.expiring(asOf: session.asOf))
    try directory.write("access.csv", lists.access(names: names, statements: statementPrograms))
  }
}
