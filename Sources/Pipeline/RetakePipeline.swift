import ByteStreams
package import Domain
import ExactMoney
import Ledger
package import Logging
import Workspace

/// What a retake is asked to do.
package struct RetakeRequest: Sendable {
  package var root: String
  /// The name of the feed in the archive, or the one under which it was delivered.
  package var feed: String
  package var asOf: Day?
  package var logger = Logger(label: "payout")
  /// Told how far it has come, if anybody looks on.
  package var progress: ProgressSink?

  package init(root: String, feed: String) {
    self.root = root
    self.feed = feed
  }
}

/// What a retake did.
package struct RetakeReport: Sendable {
  /// The feed by its name in the archive.
  package var feed: String
  /// How many rows were taken again.
  package var rows: Int
  /// Where they are now.
  package var buckets: [Bucket: Int]
  /// Today's findings about them.
  package var findings: FindingReport
  /// Whether anything was recorded.
  package var isChanged: Bool
  /// The open period as it was drawn afterwards.
  package var period: RunReport

  /// The most that is said, nil if nothing is.
  package var worst: Severity? {
    [findings.worst, period.worst].compactMap { $0 }.max()
  }
}

/// Takes the rejected rows of an archived feed again, with today's registry and plans, and draws
/// the open period anew as a run does; the inbox is left alone.
///
/// Rows that are right now come as if they had been delivered today: those of a closed period's
/// feed are late rows of the open one, and the closed period stays as it is.
package struct RetakePipeline {
  private let request: RetakeRequest

  package init(_ request: RetakeRequest) {
    self.request = request
  }

  /// Retakes.
  ///
  /// - Throws: ``RunFailure``; with code 66 where there is no such feed.
  package func retake() throws(RunFailure) -> RetakeReport {
    let open = try OpenWorkspace.open(root: request.root)
    do {
      try open.heal()
      return try retake(open)
    } catch {
      throw RunFailure(error)
    }
  }

  private func retake(_ open: OpenWorkspace) throws -> RetakeReport {
    let feed = try find(open.ledger.feeds)
    var session = try PeriodSession(
      open.workspace, open.ledger, period: open.openPeriod(), asOf: request.asOf,
      paths: open.paths)
    session.progress = request.progress
    try session.prepareRetake(of: feed)
    try session.readTakenFeeds()
    let retaken = try session.retake()
    try session.readRevivedRows()
    let draft = try publish(session, retaken.record)
    try StatusPipeline(root: request.root).write()
    request.logger.info("retook \(SafeText.shown(feed.name))")
    return RetakeReport(
      feed: feed.name, rows: retaken.buckets.values.reduce(0, +), buckets: retaken.buckets,
      findings: FindingReport([RunReport.source(feed, retaken.outcome.findings, open.paths)]),
      isChanged: retaken.record != nil, period: RunReport(session, draft))
  }

  private func find(_ feeds: [LedgerFeed]) throws -> LedgerFeed {
    let name = FileSystem.name(of: request.feed)
    if let feed = feeds.first(where: { $0.name == name }) { return feed }
    let delivered = feeds.filter { $0.deliveredAs == name }
    if delivered.count == 1, let feed = delivered.first { return feed }
    let known = (delivered.isEmpty ? feeds : delivered).suffix(10)
      .map { SafeText.shown($0.name) }.joined(separator: ", ")
    let what = delivered.isEmpty ? "no feed has the name" : "several feeds were delivered as"
    throw RunFailure(
      .noInput, "\(what) \(SafeText.shown(name)); known: \(known.isEmpty ? "none" : known)")
  }

  /// Writes, commits and publishes.
  private func publish(_ session: PeriodSession, _ record: LedgerRetake?) throws -> PeriodDraft {
    try Publication(session: session, state: .draft).publish(
      to: session.paths.outbox(session.period), statements: true
    ) { draft, _ in
      draft.warnOfMissingParts(request.logger)
      try session.ledger.take(
        .retake, [], session.books, asOf: session.asOf, retake: record)
    }
  }
}
