import ByteStreams
import Calculation
package import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger
package import Logging
import Statements
import Workspace

/// What a run is asked to do.
package struct RunRequest: Sendable {
  package var root: String
  package var asOf: Day?
  package var writesStatements = true
  /// Told what is done, for people who look on.
  package var logger = Logger(label: "payout")

  package init(root: String) {
    self.root = root
  }
}

/// The main path: read, check, assess, record, calculate, prove, write, publish.
///
/// Every run draws the open period anew from the feeds taken in and those in the inbox. Nothing
/// of the workspace changes before the ledger's commit; what comes after it, the output directory
/// and the move of feeds to the archive, is finished by the next run if this one is ended.
package struct RunPipeline {
  private let request: RunRequest

  package init(_ request: RunRequest) {
    self.request = request
  }

  /// Runs.
  ///
  /// - Throws: ``RunFailure``.
  package func run() throws(RunFailure) -> RunReport {
    let open = try OpenWorkspace.open(root: request.root)
    do {
      try open.heal()
      return try run(open)
    } catch {
      throw RunFailure(error)
    }
  }

  private func run(_ open: OpenWorkspace) throws -> RunReport {
    let period = try open.openPeriod()
    let inbox = try Inbox(paths: open.paths, period: period, taken: open.ledger.feeds)
    var session = try PeriodSession(
      open.workspace, open.ledger, period: period, asOf: request.asOf, paths: open.paths)
    try session.readTakenFeeds()
    var outcomes: [FeedOutcome] = []
    for feed in inbox.feeds { outcomes.append(try take(feed, &session)) }
    try session.readRevivedRows()
    try session.writeSegments()
    let draft = try publish(session, inbox, outcomes)
    try moveFiles(session, inbox)
    try StatusPipeline(root: request.root).write()
    return RunReport(session, draft, inbox, outcomes)
  }

  private func take(_ feed: DeliveredFeed, _ session: inout PeriodSession) throws -> FeedOutcome {
    let outcome = try session.take(feed)
    request.logger.info(
      "read \(SafeText.shown(feed.name))",
      metadata: [
        "rows": "\(outcome.totals.rows)", "rejected": "\(outcome.rejections.count)",
        "refused": "\(outcome.isRefused)",
      ])
    return outcome
  }

  /// Writes, commits and publishes.
  private func publish(
    _ session: PeriodSession, _ inbox: Inbox, _ outcomes: [FeedOutcome]
  ) throws -> PeriodDraft {
    var publication = Publication(session: session, state: .draft)
    publication.refused =
      outcomes.filter(\.isRefused).map { ($0.file.name, $0.findings.listed) }
      + inbox.unreadable.map { ($0.name, [$0.finding]) }
    return try publication.publish(
      to: session.paths.outbox(session.period), statements: request.writesStatements
    ) { draft, _ in
      let feeds = session.newFeeds.map { taken in
        var feed = taken.feed
        feed.rejected = draft.rejections(feed: Int(feed.number))
        return feed
      }
      try session.checkUnchanged()
      try session.ledger.take(.run, feeds, session.books, asOf: session.asOf)
    }
  }

  /// Moves what was taken in to the archive.
  private func moveFiles(_ session: PeriodSession, _ inbox: Inbox) throws {
    let archive = Archive(paths: session.paths)
    for taken in session.newFeeds {
      try archive.move(taken.file.path, as: taken.feed.name, in: session.period)
    }
    for known in inbox.known { try archive.move(known.path, as: known.name, in: session.period) }
  }
}
