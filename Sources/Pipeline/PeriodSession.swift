import ByteStreams
import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger
import Workers
import Workspace

/// A period while it is drawn: what it goes by, and the books that its feeds are read into.
///
/// A run, a close, a preview and a proof of a closed period all draw the same way; they differ in
/// which period, and in what becomes of the result.
struct PeriodSession {
  let workspace: LoadedWorkspace
  let ledger: Ledger
  let period: Period
  let asOf: Day
  let paths: WorkspacePaths
  let books: EarningBooks
  let pricer: RowPricer
  private let assessor: EligibilityAssessor
  /// How many threads read and draw.
  let threads: Int
  var feeds: [SessionFeed] = []
  var intake: FeedIntake
  /// The rows that are taken again; set before feeds are read.
  var retaken: RetakenRows?
  /// The HTML and the PDFs that a close published, by path; they are not drawn again where the period
  /// only is to be proved.
  var publishedPages: [String: StagedDirectory.Output] = [:]
  /// Which files are written: that of a closed period is the one of its close.
  var drawing = PeriodSession.currentDrawing
  /// Whether it is a draft without statements, which somebody wants soon: of the reports it has the
  /// page alone.
  var isBrief = false
  /// Told how far reading and drawing have come, if anybody looks on.
  var progress: ProgressSink? { didSet { intake.progress = progress } }
  /// The only partner whose rows take part, where somebody asks about that one; nil for all.
  var onlyPartner: Int?

  /// - Parameter temporaryDirectory: Where temporary files may stand; nil = in the ledger.
  /// - Throws: ``FileError``; what the ledger throws.
  init(
    _ workspace: LoadedWorkspace, _ ledger: Ledger, period: Period, asOf: Day?,
    paths: WorkspacePaths, temporaryDirectory: String? = nil, threads: Int = Threads.count
  ) throws {
    self.threads = threads
    self.workspace = workspace
    self.ledger = ledger
    self.period = period
    self.asOf = asOf ?? period.lastDay
    self.paths = paths
    pricer = RowPricer(plans: workspace.plans, rounding: workspace.configuration.rounding)
    books = try EarningBooks(
      directory: temporaryDirectory ?? paths.scratch, key: ledger.digestKey,
      plans: workspace.plans,
      partnerCount: workspace.registry.partners.count,
      fates: RowFates(period: period, source: ledger.fateSource(upTo: period)),
      index: ledger.index)
    assessor = EligibilityAssessor(registry: workspace.registry, plans: workspace.plans)
    let rules = RowRules(
      registry: workspace.registry, plans: workspace.plans, pricer: pricer, assessor: assessor,
      lastDay: period.lastDay)
    intake = try FeedIntake(
      books: books, rules: rules, feedNames: [""] + ledger.feeds.map(\.name),
      rejections: Rejections.makeFile(directory: temporaryDirectory ?? paths.scratch),
      threads: threads)
  }

  /// 2 with reports; it is counted up where files are added that every close writes from then on.
  static let currentDrawing = 2

  /// The reports that are written.
  var reports: Set<ReportKind> {
    if drawing < 2 { return [] }
    let asked = workspace.configuration.reports
    return isBrief ? asked.intersection([.html]) : asked
  }

  /// A feed that takes part in the period.
  struct SessionFeed {
    var feed: LedgerFeed
    var file: FeedFile
    /// What its rows add up to; only of feeds taken in in this period.
    var totals = FeedTotals()
    /// Rows that stand in no record of the books.
    var unrecorded = BucketTally()
    var findings: FindingLog
    /// Those of a feed that was taken in just now.
    var rejections: Rejections?
  }

  /// The names of all feeds, by number; the first one has the number 1.
  var feedNames: [String] { intake.feedNames }

  // MARK: Feeds of earlier runs

  /// Reads the feeds of earlier runs: those with rows that were still open when the period
  /// opened, and those taken in in it.
  ///
  /// - Throws: ``RunFailure`` with code 78 where registry or plans lost something that was taken
  ///   in; ``FileError``; what the ledger throws.
  mutating func readTakenFeeds() throws {
    var reader = makeReader()
    let firstOpen = earliestOpenDay
    for feed in versions where feed.period <= period {
      let isOpen = try feed.period == period || ledger.takesPart(feed, in: period, from: firstOpen)
      if isOpen { try read(feed, &reader, only: nil) }
    }
    try books.takeFollowersAlong()
    try finish(&reader)
  }

  /// Reads rows of older feeds that take part in the period because of what others brought.
  ///
  /// - Throws: As ``readTakenFeeds()``.
  mutating func readRevivedRows() throws {
    let revived = Dictionary(grouping: books.fates.revived, by: \.feed)
    guard !revived.isEmpty else { return }
    var reader = makeReader()
    for feed in versions {
      guard let keys = revived[feed.number] else { continue }
      let isRead = feeds.contains { $0.feed.number == feed.number }
      if isRead { try paths.prove(feed) }
      let rows = Set(keys.map(\.row))
      if isRead {
        _ = try reader.read(file(feed), feed: feed, only: rows)
      } else {
        try read(feed, &reader, only: rows)
      }
    }
    try finish(&reader)
  }

  /// The feeds taken in, with the findings and rejects that they have in the period.
  private var versions: [LedgerFeed] {
    ledger.feeds.map { ledger.version(of: $0, in: period) }
  }

  private func makeReader() -> TakenFeedReader {
    var reader = TakenFeedReader(
      books: books, period: period, asOf: asOf, registry: workspace.registry,
      plans: workspace.plans, pricer: pricer, assessor: assessor, threads: threads)
    reader.retaken = retaken
    reader.progress = progress
    reader.onlyPartner = onlyPartner.map { Int32($0) }
    return reader
  }

  /// An ineligible earning of an earlier day was no longer open when the period opened.
  private var earliestOpenDay: Day {
    let longest = workspace.plans.plans.map(\.disputeDays).max() ?? 0
    return period.firstDay.advanced(by: -longest)
  }

  func file(_ feed: LedgerFeed) throws(RunFailure) -> FeedFile {
    try paths.file(of: feed, limits: workspace.configuration.limits)
  }

  private mutating func read(
    _ feed: LedgerFeed, _ reader: inout TakenFeedReader, only: Set<UInt32>?
  ) throws {
    let file = try file(feed)
    try Interruption.check()
    try paths.prove(feed)
    try books.fates.load(feed: Int(feed.number))
    do {
      let (unrecorded, totals) = try reader.read(file, feed: feed, only: only)
      guard totals.rows == feed.rows else {
        throw paths.damaged(feed, "it has \(totals.rows) rows, the ledger says \(feed.rows)")
      }
      var taken = SessionFeed(
        feed: feed, file: file, totals: totals, unrecorded: unrecorded,
        findings: FindingLog(limit: workspace.configuration.limits.findings))
      if feed.period == period {
        taken.findings = try ledger.findings(
          of: feed, limit: workspace.configuration.limits.findings)
      }
      feeds.append(taken)
    } catch let refusal as FeedRefusal {
      throw paths.damaged(feed, refusal.finding.message)
    }
  }

  private func finish(_ reader: inout TakenFeedReader) throws {
    guard reader.problems.isEmpty else {
      throw RunFailure(
        .configuration, "registry or plans have lost what was taken in: nothing done",
        findings: reader.problems.sorted(by: Finding.precedes))
    }
  }

  // MARK: New feeds

  /// Takes a feed in.
  ///
  /// - Returns: What became of it; it takes part in the period unless it was refused.
  /// - Throws: ``FileError``; what the ledger throws.
  mutating func take(_ delivered: DeliveredFeed) throws -> FeedOutcome {
    let number = ledger.feeds.count + newFeeds.count + 1
    let entry = profile(of: delivered)
    let file = file(delivered, entry?.profile)
    let earlier = ledger.feeds + newFeeds.map(\.feed)
    let terms = FeedIntake.Terms(
      sidecar: delivered.sidecar, digest: delivered.digest,
      known: FeedIntake.Terms.names(earlier.map { ($0.feedId, $0.name) }),
      limitsRejections: true)
    let outcome = try intake.take(file, number: number, terms)
    guard !outcome.isRefused else { return outcome }
    var feed = LedgerFeed(
      number: UInt32(number), period: period, name: delivered.name,
      deliveredAs: delivered.deliveredAs, digest: delivered.digest, feedId: outcome.feedId,
      rows: outcome.totals.rows)
    feed.openDay = outcome.openDay
    feed.profile = entry.map {
      LedgerProfile(name: $0.profile.name, yaml: String(decoding: $0.yaml, as: UTF8.self))
    }
    feed.controlTotals = outcome.control.map { LedgerControlTotals(rows: $0.rows, sums: $0.sums) }
    var taken = SessionFeed(
      feed: feed, file: file, totals: outcome.totals, unrecorded: outcome.rejectedRows,
      findings: outcome.findings)
    taken.rejections = outcome.rejections
    feeds.append(taken)
    return outcome
  }

  private func profile(of delivered: DeliveredFeed) -> Profiles.Entry? {
    workspace.profiles.profile(of: delivered.deliveredAs, workspace.configuration.feeds)
  }

  private func file(_ delivered: DeliveredFeed, _ profile: FeedProfile?) -> FeedFile {
    FeedFile(
      path: delivered.path, name: delivered.name, deliveredAs: delivered.deliveredAs,
      limits: workspace.configuration.limits, profile: profile)
  }

  /// Which parts of larger feeds are here, or were taken in.
  func parts(_ inbox: Inbox) -> FeedParts {
    let files = inbox.feeds.map { file($0, profile(of: $0)?.profile) }
    return FeedParts(files, taken: ledger.feeds.compactMap(\.feedId))
  }

  /// The feeds taken in just now.
  var newFeeds: [SessionFeed] { feeds.filter { $0.rejections != nil } }
}

extension PeriodSession {
  /// Writes what the ledger keeps of the feeds taken in just now, beside the database.
  ///
  /// - Throws: ``FileError``; ``FeedRefusal`` if a feed can no longer be read.
  mutating func writeSegments() throws {
    for position in feeds.indices {
      guard let rejections = feeds[position].rejections else { continue }
      let taken = feeds[position]
      try Interruption.check()
      try ledger.forgetSegments(feed: taken.feed.number)
      try ledger.write(.fates, of: &feeds[position].feed) { write in
        try books.fates.newFates(feed: Int(taken.feed.number)) { try write($0) }
      }
      try ledger.write(taken.findings, of: &feeds[position].feed)
      guard rejections.count > 0 else { continue }
      try ledger.write(.rejects, of: &feeds[position].feed) { write in
        try RejectsFile.write(rejections, of: taken.file) { bytes in
          try Interruption.check()
          try write(bytes)
        }
      }
    }
  }
}
