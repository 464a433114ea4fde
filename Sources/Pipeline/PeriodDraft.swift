import ByteStreams
import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger
import Statements
import Workspace

/// Draws the open period from the books: settles every balance and writes the output directory.
///
/// Partners come partition by partition in the order of their ids, so that the lists are written
/// in order as the balances are settled, and memory holds one partition of rows at a time.
struct PeriodDraft {
  private let workspace: LoadedWorkspace
  private let books: EarningBooks
  private let period: Period
  private let asOf: Day
  private let feeds: [FeedOutcome]
  private let writesStatements: Bool
  private let calculator: SettlementCalculator
  private let pricer: RowPricer
  private let names: StatementNames
  private let statementCSV: StatementCSV
  private let adjustments: [Int: [Adjustment]]

  private var register: RegisterCSV
  private var ineligible: IneligibleCSV
  private(set) var tally = BucketTally()
  private(set) var proof = Proof()
  private var statementPrograms: [Int: Set<Int>] = [:]
  private(set) var held = 0
  private(set) var payments = 0

  init(
    _ workspace: LoadedWorkspace, books: EarningBooks, pricer: RowPricer, period: Period,
    asOf: Day, feeds: [FeedOutcome], writesStatements: Bool
  ) {
    self.workspace = workspace
    self.books = books
    self.pricer = pricer
    self.period = period
    self.asOf = asOf
    self.feeds = feeds
    self.writesStatements = writesStatements
    let (registry, plans) = (workspace.registry, workspace.plans)
    calculator = SettlementCalculator(
      registry: registry, plans: plans, rates: workspace.exchangeRates,
      rounding: workspace.configuration.rounding, period: period)
    names = StatementNames(registry: registry)
    let feedNames = feeds.map(\.file.name)
    statementCSV = StatementCSV(
      registry: registry, plans: plans, period: period, feeds: feedNames)
    adjustments = Dictionary(
      grouping: workspace.adjustments.filter { $0.appliesTo <= period }, by: \.partner)
    register = RegisterCSV(registry: registry, plans: plans, period: period)
    ineligible = IneligibleCSV(registry: registry, plans: plans, feeds: feedNames)
  }

  /// Settles everything and writes all that depends on it.
  ///
  /// - Throws: ``RunFailure``; ``FileError``.
  mutating func write(to directory: StagedDirectory) throws {
    for feed in feeds { try tally.merge(feed.rejectedRows) }
    var partners = workspace.registry.partners.indices[...]
    for partition in 0..<EarningBooks.partnerPartitions {
      let page = try books.load(partition: partition)
      var rows = try sortedRows(page)[...]
      while let partner = partners.first, books.partition(ofPartner: partner) == partition {
        partners = partners.dropFirst()
        let own = rows.prefix { Int($0.record.partner) == partner }
        rows = rows.dropFirst(own.count)
        try settle(partner, own, page, directory)
      }
    }
    for (number, feed) in feeds.enumerated() { try proof.check(feed: number, feed, tally) }
    try proof.finish()
    try writeLists(directory)
  }

  /// The rows of a page that are on statements, by partner, program, lever, period, day and id;
  /// all of its rows are counted.
  private mutating func sortedRows(_ page: EarningPage) throws -> [EarningLine] {
    var lines: [EarningLine] = []
    for offset in page.offsets {
      let record = page.record(at: offset)
      guard let bucket = books.bucket(of: record.ordinal) else { continue }
      try tally.add(
        feed: Int(record.feed), currency: record.currency, bucket: bucket, amount: record.amount)
      guard bucket == .accepted || bucket == .ineligible else { continue }
      lines.append(line(record, page, offset, bucket))
    }
    let order = lines.indices.sorted { precedes(lines[$0], lines[$1], page) }
    return order.map { lines[$0] }
  }

  private func line(
    _ record: EarningRecord, _ page: EarningPage, _ offset: Int, _ bucket: Bucket
  ) -> EarningLine {
    var record = record
    if bucket == .accepted { record.reasonBits = 0 }
    var line = EarningLine(
      record: record, offset: offset, earned: record.earned, earnedCurrency: record.currency,
      rate: rate(of: record))
    // A row that takes an earning back does so at the rate of that earning's day.
    if bucket == .accepted, let day = books.followedDay(of: record.ordinal),
      let terms = page.terms(of: record, at: offset)
    {
      let price = pricer.price(record, terms, on: day)
      if !price.faults.contains(.noRate) {
        line.earned = price.earned
        if line.rate != nil { line.rate = price.rate }
      }
    }
    return line
  }

  /// The plan's rate, of a given earning the feed's; none for tiers.
  private func rate(of record: EarningRecord) -> ExactRate? {
    let program = Int(record.program)
    let lever = Int(record.lever)
    if pricer.isGiven(program: program, lever: lever, type: record.earningType) {
      return record.flags.contains(.hasEarningRate) ? record.rate : nil
    }
    if case .rates = workspace.plans[program].levers[lever].rule { return record.rate }
    return nil
  }

  private func precedes(_ left: EarningLine, _ right: EarningLine, _ page: EarningPage) -> Bool {
    let (a, b) = (left.record, right.record)
    if a.partner != b.partner { return a.partner < b.partner }
    if a.program != b.program { return a.program < b.program }
    if a.lever != b.lever { return a.lever < b.lever }
    if left.period != right.period { return left.period < right.period }
    if a.dayNumber != b.dayNumber { return a.dayNumber < b.dayNumber }
    return page.idPrecedes(left, right)
  }

  private mutating func settle(
    _ partner: Int, _ rows: ArraySlice<EarningLine>, _ page: EarningPage,
    _ directory: StagedDirectory
  ) throws {
    let own = adjustments[partner] ?? []
    let programs = Set(rows.map { Int($0.record.program) } + own.map(\.program)).sorted()
    guard !programs.isEmpty else { return }
    var settlements: [Settlement] = []
    for program in programs {
      let lines = rows.filter { Int($0.record.program) == program }
      var settlement = try settleProgram(
        partner, program, lines, own.filter { $0.program == program }, page)
      try post(&settlement, page)
      settlements.append(settlement)
    }
    guard writesStatements else { return }
    statementPrograms[partner] = Set(programs)
    try directory.write(
      "statements/\(names.names[partner]).csv",
      statementCSV.statement(partner: partner, settlements, page: page))
  }

  private func settleProgram(
    _ partner: Int, _ program: Int, _ lines: [EarningLine], _ adjustments: [Adjustment],
    _ page: EarningPage
  ) throws -> Settlement {
    do {
      return try calculator.settle(
        partner: partner, program: program,
        accepted: lines.filter { books.bucket(of: $0.record.ordinal) == .accepted },
        ineligible: lines.filter { books.bucket(of: $0.record.ordinal) == .ineligible },
        adjustments: adjustments, opening: nil, idPrecedes: page.idPrecedes)
    } catch {
      let id = SafeText.shown(workspace.registry.partners[partner].participantId)
      let message =
        "amounts of partner \(id) in \(workspace.plans[program].program) are too large to"
        + " calculate with; nothing was published"
      throw RunFailure(
        .sumsDisagree, message, findings: [Finding(.C401, feed: "", message: message)])
    }
  }

  /// Gives a payment its id, proves the settlement and enters it in the register.
  private mutating func post(_ settlement: inout Settlement, _ page: EarningPage) throws {
    let partner = workspace.registry.partners[settlement.partner]
    let program = workspace.plans[settlement.program].program
    if settlement.status == .upcoming {
      payments += 1
      let payer = workspace.configuration.payer
      settlement.paymentId = PaymentIdentity.id(
        payer: payer.id.isEmpty ? payer.name : payer.id, participantId: partner.participantId,
        program: program, currency: settlement.currency, period: period)
    }
    if settlement.status == .onHold { held += 1 }
    try proof.check(settlement, partner: SafeText.shown(partner.participantId))
    ineligible.add(
      partner: settlement.partner, program: settlement.program, settlement.ineligible, page: page)
    guard settlement.isRegistered else { return }
    try proof.register(settlement)
    register.add(settlement)
  }

  private func writeLists(_ directory: StagedDirectory) throws {
    let lists = PartnerLists(registry: workspace.registry, plans: workspace.plans)
    let rules = EligibilityRules(registry: workspace.registry, plans: workspace.plans)
    try directory.write("register.csv", register.bytes)
    try directory.write("ineligible.csv", ineligible.bytes)
    try directory.write(
      "buckets.csv", BucketsCSV.bytes(tally, period: period, feeds: feeds.map(\.file.name)))
    try directory.write(
      "invitations.csv",
      lists.invitations {
        rules.qualifies(partner: $0, program: $1, on: period.lastDay)
      })
    try directory.write("expiring.csv", lists.expiring(asOf: asOf))
    try directory.write("access.csv", lists.access(names: names, statements: statementPrograms))
  }
}
