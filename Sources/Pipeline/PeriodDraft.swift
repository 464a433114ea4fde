import ByteStreams
import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger
import Logging
import Statements
import Workspace

/// Draws a period from the books: settles every balance and writes the output directory.
///
/// Partners come partition by partition in the order of their ids, so that the lists are written
/// in order as the balances are settled, and memory holds one partition of rows at a time.
struct PeriodDraft {
  /// Whether the period may still change.
  enum State: String {
    case draft, final
  }

  private let session: PeriodSession
  private let state: State
  let accounts: OpenAccounts
  private let calculator: SettlementCalculator
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
  private(set) var missingRates: Set<MissingRate> = []
  private var statementPrograms: [Int: Set<Int>] = [:]
  /// Those that the configuration asks for; nil until something is written.
  private(set) var reports: PeriodReports?
  private(set) var held = 0
  private(set) var payments = 0
  /// By feed number: whether it was taken in in the period that is drawn.
  private var isOfPeriod: [Bool]

  private var workspace: LoadedWorkspace { session.workspace }
  var books: EarningBooks { session.books }
  private var period: Period { session.period }

  /// - Throws: ``RunFailure`` with code 78 where the ledger has what the workspace has lost; what
  ///   the ledger throws.
  init(_ session: PeriodSession, state: State, writesStatements: Bool) throws {
    self.session = session
    self.state = state
    let workspace = session.workspace
    let period = session.period
    let (registry, plans) = (workspace.registry, workspace.plans)
    accounts = try OpenAccounts(session)
    calculator = SettlementCalculator(
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
    isOfPeriod = Array(repeating: false, count: session.feedNames.count)
    for feed in session.feeds { isOfPeriod[Int(feed.feed.number)] = feed.feed.period == period }
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
    try books.forEachPage { page, partners in
      try Interruption.check()
      var rows = try sortedRows(page)[...]
      for partner in partners {
        let own = rows.prefix { $0.partner == partner }
        rows = rows.dropFirst(own.count)
        try settle(partner, own, page, directory)
      }
      try registerFile.drain(&register.bytes)
      try ineligibleFile.drain(&ineligible.bytes)
    }
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

  /// Says which statements have boxes in the place of characters.
  func warnOfMissingGlyphs(_ logger: Logger) {
    for (path, count) in statementFiles?.missingGlyphs.prefix(20) ?? [] {
      logger.warning(
        "\(path): no installed font has \(count) of its characters, so they are drawn as boxes")
    }
  }

  // MARK: Rows

  /// The rows of a page that are on statements, by partner, program, lever, day and id; all of its
  /// rows are counted.
  mutating func sortedRows(_ page: EarningPage) throws -> [SettledRow] {
    var rows: [SettledRow] = []
    rows.reserveCapacity(page.offsets.count)
    for offset in page.offsets {
      let record = page.record(at: offset)
      let key = RowKey(feed: record.feed, row: record.row)
      let (ended, wasOpen) = try books.fates.standing(of: key)
      guard let bucket = ended else { continue }
      if isOfPeriod[Int(record.feed)] || wasOpen {
        try tally.add(
          feed: Int(record.feed), currency: record.currency, bucket: bucket,
          amount: record.amount)
      }
      guard bucket == .accepted || bucket == .ineligible && !record.reasons.isEmpty else {
        continue
      }
      rows.append(SettledRow(record, at: offset, isAccepted: bucket == .accepted))
    }
    rows.sort { SettledRow.precedes($0, $1, page) }
    return rows
  }

  /// The lines of rows of the page.
  ///
  /// No closure, which would copy the draft for each of them.
  func lines(_ rows: ArraySlice<SettledRow>, _ page: EarningPage) -> [EarningLine] {
    var lines: [EarningLine] = []
    lines.reserveCapacity(rows.count)
    for row in rows { lines.append(line(row, page)) }
    return lines
  }

  private func line(_ row: SettledRow, _ page: EarningPage) -> EarningLine {
    var record = page.record(at: row.offset)
    if row.isAccepted { record.reasonBits = 0 }
    var line = EarningLine(
      record: record, offset: row.offset, earned: record.earned, earnedCurrency: record.currency,
      rate: session.pricer.shownRate(of: record))
    // A row that takes an earning back does so at the rate of that earning's day.
    if row.isAccepted, record.flags.contains(.follows),
      let day = books.fates.followedDay(of: RowKey(feed: record.feed, row: record.row)),
      let terms = page.terms(of: record, at: row.offset)
    {
      let price = session.pricer.price(record, terms, on: day)
      if !price.faults.contains(.noRate) {
        line.earned = price.earned
        if line.rate != nil { line.rate = price.rate }
      }
    }
    return line
  }

  // MARK: Balances

  private mutating func settle(
    _ partner: Int, _ rows: ArraySlice<SettledRow>, _ page: EarningPage,
    _ directory: StagedDirectory
  ) throws {
    // Here and not in the closure that calls it, which would copy the draft.
    let lines = lines(rows, page)
    let settlements = try settlements(of: partner, lines, page)
    guard let statementFiles, !settlements.isEmpty else { return }
    statementPrograms[partner] = Set(settlements.map(\.program))
    do {
      try statementFiles.write(partner: partner, settlements, page: page, to: directory)
    } catch is MoneyError {
      throw tooLarge(partner, settlements[0].program)
    }
  }

  /// All that is on the statement of a partner, by program and currency.
  ///
  /// - Parameter trace: Told the steps, if anybody wants to know.
  /// - Throws: ``RunFailure``; what the ledger throws.
  mutating func settlements(
    of partner: Int, _ rows: [EarningLine], _ page: EarningPage,
    trace: CalculationTrace? = nil
  ) throws -> [Settlement] {
    let programs = accounts.programs(of: partner).union(rows.map { Int($0.record.program) })
    var settlements: [Settlement] = []
    var rest = rows[...]
    for program in programs.sorted() {
      let lines = rest.prefix { Int($0.record.program) == program }
      rest = rest.dropFirst(lines.count)
      for var settlement in try settleProgram(partner, program, lines, page, trace) {
        try post(&settlement, page)
        settlements.append(settlement)
      }
    }
    settlements.removeAll { !$0.isRegistered && $0.ineligible.isEmpty }
    return settlements
  }

  private func settleProgram(
    _ partner: Int, _ program: Int, _ lines: ArraySlice<EarningLine>, _ page: EarningPage,
    _ trace: CalculationTrace?
  ) throws -> [Settlement] {
    var account = SettlementCalculator.Account(partner: partner, program: program)
    account.accepted = lines.filter { $0.record.reasons.isEmpty }
    account.ineligible = lines.filter { !$0.record.reasons.isEmpty }
    accounts.fill(&account)
    do {
      return try calculator.settle(account, trace: trace, idPrecedes: page.idPrecedes)
    } catch {
      throw tooLarge(partner, program)
    }
  }

  private func tooLarge(_ partner: Int, _ program: Int) -> RunFailure {
    let id = SafeText.shown(workspace.registry.partners[partner].participantId)
    let message =
      "amounts of partner \(id) in \(workspace.plans[program].program) are too large to"
      + " calculate with; nothing was published"
    return RunFailure(
      .sumsDisagree, message, findings: [Finding(.C401, feed: "", message: message)])
  }

  /// Gives a payment its id, proves the settlement and enters it in the register.
  private mutating func post(_ settlement: inout Settlement, _ page: EarningPage) throws {
    let partner = workspace.registry.partners[settlement.partner]
    if settlement.status == .upcoming {
      payments += 1
      settlement.paymentId = PaymentIdentity.id(
        payer: workspace.configuration.payer.identity, participantId: partner.participantId,
        program: workspace.plans[settlement.program].program, currency: settlement.currency,
        period: period)
      if state == .final { settlement.status = .inProgress }
    }
    if settlement.status == .onHold { held += 1 }
    noteMissingRates(settlement)
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

  /// Which rates a close would wait for.
  private mutating func noteMissingRates(_ settlement: Settlement) {
    guard settlement.holds.contains(.exchangeRate) else { return }
    let plan = workspace.plans[settlement.program]
    for line in settlement.lines where line.isWaiting {
      note(line.period, line.record.currency, plan.currency)
    }
    for subtotal in settlement.subtotals where subtotal.exchangeRate == nil {
      note(period, subtotal.earnedCurrency, settlement.currency)
    }
    for posted in settlement.adjustmentLines where posted.exchangeRate == nil {
      note(period, posted.adjustment.currency, settlement.currency)
    }
    for currency in settlement.coopWaiting { note(period, currency, settlement.currency) }
    if plan.thresholds[settlement.currency] == nil, plan.thresholds[plan.currency] != nil {
      note(period, plan.currency, settlement.currency)
    }
  }

  private mutating func note(_ month: Period, _ from: Currency, _ to: Currency) {
    guard workspace.exchangeRates.rate(month, from: from, to: to) == nil else { return }
    missingRates.insert(MissingRate(period: month, from: from, to: to))
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

/// An exchange rate that a balance waits for.
struct MissingRate: Hashable {
  var period: Period
  var from: Currency
  var to: Currency
}

extension LedgerSettlement {
  /// A settlement as the ledger posts it.
  init(_ settlement: Settlement, participantId: String, program: String) {
    self.init(participantId: participantId, program: program, currency: settlement.currency)
    opening = settlement.opening
    earned = settlement.earned
    adjustments = settlement.adjustments
    for line in settlement.adjustmentLines where line.isCurrencyChange {
      // The sum of all adjustments was checked, so that of a part fits too.
      currencyChange = (try? currencyChange.plus(line.amount)) ?? currencyChange
    }
    gross = settlement.gross
    salesTax = settlement.salesTax
    withheldTax = settlement.withheldTax
    totalPayment = settlement.totalPayment
    closing = settlement.closing
    coopOpening = settlement.coopOpening
    coop = settlement.coop
    coopCurrencyChange = settlement.coopMoved
    coopClosing = settlement.coopClosing
    if !settlement.paymentId.isEmpty { payment = Payment(paymentId: settlement.paymentId) }
    paymentMethod = settlement.paymentMethod
    holds = settlement.holds
  }
}
