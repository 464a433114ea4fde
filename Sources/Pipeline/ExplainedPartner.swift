import ByteStreams
import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// One partner's part of a period, drawn again in memory by the code that draws statements.
struct ExplainedPartner {
  /// What the period goes by.
  let workspace: LoadedWorkspace
  let period: Period
  let asOf: Day
  let isFinal: Bool
  /// Index in the registry of ``workspace``.
  let partner: Int
  /// All that is on the partner's statement, by program and currency.
  let settlements: [Settlement]
  /// Where the texts of the lines are.
  let page: EarningPage
  let trace: CalculationTrace
  private let session: PeriodSession

  /// Draws.
  ///
  /// - Returns: Nil if the registry of the period does not know the partner.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  static func draw(
    _ participantId: String, in period: Period, asOf: Day? = nil, _ open: ExplainWorkspace
  ) throws -> ExplainedPartner? {
    let workspace = try open.workspace(of: period)
    guard let partner = workspace.registry.ids.find(participantId) else { return nil }
    let closedAsOf = open.ledger.closes.first { $0.period == period }?.asOf
    var session = try PeriodSession(
      workspace, open.ledger, period: period, asOf: closedAsOf ?? asOf, paths: open.paths,
      temporaryDirectory: FileSystem.temporaryDirectory(preferred: open.paths.ledger))
    session.onlyPartner = partner
    try session.readTakenFeeds()
    try session.readRevivedRows()
    return try ExplainedPartner(session, partner, isFinal: open.isClosed(period))
  }

  private init(_ session: PeriodSession, _ partner: Int, isFinal: Bool) throws {
    let trace = CalculationTrace()
    var draft = try PeriodDraft(
      session, state: isFinal ? .final : .draft, writesStatements: false)
    page = try session.books.load(partition: session.books.partition(ofPartner: partner))
    var tally = BucketTally()
    let rows = try draft.settler.sortedRows(page, &tally).filter { $0.partner == partner }
    let lines = draft.settler.lines(rows[...], page)
    settlements = try draft.post(
      draft.settler.settlements(of: partner, lines, page, trace: trace), page)
    self.trace = trace
    self.session = session
    self.partner = partner
    self.isFinal = isFinal
    workspace = session.workspace
    period = session.period
    asOf = session.asOf
  }

  var registry: Registry { workspace.registry }
  var plans: Plans { workspace.plans }
  var participantId: String { registry.partners[partner].participantId }
  var pricer: RowPricer { session.pricer }
  /// By feed number.
  var feedNames: [String] { session.feedNames }

  /// The day whose rates count for a row, if it takes an accepted earning back.
  func followedDay(of row: RowKey) -> Day? { session.books.fates.followedDay(of: row) }

  /// The settlement in which a row stands, and its line.
  func line(of row: RowKey) -> (settlement: Settlement, line: EarningLine)? {
    for settlement in settlements {
      let lines = settlement.lines + settlement.ineligible
      let line = lines.first { $0.record.feed == row.feed && $0.record.row == row.row }
      if let line { return (settlement, line) }
    }
    return nil
  }
}
