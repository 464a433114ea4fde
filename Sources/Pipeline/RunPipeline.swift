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
  /// Told how far it has come, if anybody looks on.
  package var progress: ProgressSink?

  package init(root: String) {
    self.root = root
  }
}

/// The main path: read, check, assess, record, calculate, prove, write, publish.
///
/// Every run draws the open period anew from the feeds taken in and those in the inbox. Nothing
/// of the workspace changes before the ledger's commit, but that archives of several feeds are
/// unpacked in the inbox; what comes after it, the output directory
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
    let pins = PinnedFeeds(paths: open.paths)
    var isCommitting = false
    do {
      return try run(open, pins, &isCommitting)
    } catch {
      // From the commit on the ledger may have them: the next command finds out.
      if !isCommitting { try? pins.releaseAll() }
      throw error
    }
  }

  private func run(
    _ open: OpenWorkspace, _ pins: PinnedFeeds, _ isCommitting: inout Bool
  ) throws -> RunReport {
    let period = try open.openPeriod()
    if request.writesStatements { try PDFProgram.require(open.workspace.configuration) }
    // Archives are unpacked only once all that was taken in is proved.
    let early = hasArchives(open) ? nil : try inbox(open, period, pins)
    if let early, let report = try unchanged(open, period, early, pins) { return report }
    var session = try beginSession(open, period)
    var inbox = try early ?? inbox(open, period, pins)
    let outcomes = try take(inbox, &session) { try beginSession(open, period) }
    inbox.keepTwins(of: Set(outcomes.filter(\.isRefused).map(\.file.name)))
    try session.readRevivedRows()
    try session.writeSegments()
    let draft = try publish(session, inbox, outcomes) { feeds in
      try pins.sync(feeds.map(\.deliveredAs))
      try requireUnchanged(inbox, feeds)
      isCommitting = true
    }
    draft.warnOfMissingParts(request.logger)
    do {
      for taken in session.newFeeds {
        try pins.archive(taken.feed.deliveredAs, as: taken.feed.name, in: period, isKnown: false)
      }
      try moveKnown(inbox, pins, period)
    } catch let error as FileError {
      let failure = RunFailure(error)
      throw RunFailure(
        failure.code, failure.message + "; the draft is published: run again to empty the inbox")
    }
    try StatusPipeline(root: request.root).write()
    return RunReport(session, draft, inbox, outcomes)
  }

  private func hasArchives(_ open: OpenWorkspace) -> Bool {
    let names = (try? FileSystem.listDirectory(open.paths.inbox)) ?? []
    return names.contains { $0.lowercased().hasSuffix(".zip") }
  }

  /// What waits in the inbox once archives of several feeds are unpacked there.
  private func inbox(
    _ open: OpenWorkspace, _ period: Period, _ pins: PinnedFeeds
  ) throws -> Inbox {
    let unpacker = ParcelUnpacker(
      paths: open.paths, limits: open.workspace.configuration.limits, pins: pins,
      logger: request.logger)
    return try Inbox(
      paths: open.paths, period: period, taken: open.ledger.feeds, pins: pins,
      refused: unpacker.unpackAll())
  }

  /// Makes sure that what is to be committed is still what was read, also of a file that its sender
  /// goes on writing.
  private func requireUnchanged(_ inbox: Inbox, _ feeds: [LedgerFeed]) throws {
    let taken = Set(feeds.map(\.deliveredAs))
    for feed in inbox.feeds where taken.contains(feed.deliveredAs) {
      let now = FileSystem.entryStatus(feed.path)
      guard now?.hasBytes(of: feed.status) != true else { continue }
      guard try SHA256Digest.ofFile(feed.path).0 == feed.digest else {
        throw RunFailure(
          .inputOutput,
          "\(SafeText.escaped(feed.deliveredAs)) changed while it was taken in: nothing was taken in"
            + " or published; run again when it is whole")
      }
    }
  }

  private func beginSession(_ open: OpenWorkspace, _ period: Period) throws -> PeriodSession {
    var session = try PeriodSession(
      open.workspace, open.ledger, period: period, asOf: request.asOf, paths: open.paths)
    session.isBrief = !request.writesStatements
    session.progress = request.progress
    try session.readTakenFeeds()
    return session
  }

  /// Takes the feeds of the inbox.
  ///
  /// What is refused for what it holds is known only when it was read, and its other parts are in the
  /// books then. They cannot be taken out again, since later rows were compared with theirs: the
  /// session begins anew without them, which costs only those who have such a feed.
  private func take(
    _ inbox: Inbox, _ session: inout PeriodSession, beginAnew: () throws -> PeriodSession
  ) throws -> [FeedOutcome] {
    let parts = session.parts(inbox)
    var refused: [String: FeedOutcome] = [:]
    func refuse(_ feed: DeliveredFeed, _ finding: Finding) {
      refused[feed.name] = FeedOutcome(
        refused: feed, finding, session.workspace.configuration.limits)
    }
    for feed in inbox.feeds {
      if let finding = parts.missing(feed.name) { refuse(feed, finding) }
    }
    while true {
      let outcomes = try inbox.feeds.map { try refused[$0.name] ?? take($0, &session) }
      let heldBack = parts.heldBack(outcomes.filter { !$0.isRefused }.map(\.file.name))
      guard !heldBack.isEmpty else { return outcomes }
      for outcome in outcomes where outcome.isRefused { refused[outcome.file.name] = outcome }
      for feed in inbox.feeds {
        if let finding = heldBack[feed.name] { refuse(feed, finding) }
      }
      session = try beginAnew()
    }
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
  ///
  /// - Parameter prepare: Called just before the commit with what it takes in.
  private func publish(
    _ session: PeriodSession, _ inbox: Inbox, _ outcomes: [FeedOutcome],
    prepare: ([LedgerFeed]) throws -> Void
  ) throws -> PeriodDraft {
    var publication = Publication(session: session, state: .draft)
    publication.refused =
      outcomes.filter(\.isRefused).map { ($0.file.name, $0.findings.listed) }
      + inbox.unreadable.map { ($0.name, [$0.finding]) }
      + inbox.controlsAlone.map { ($0.feed, [$0]) }
    return try publication.publish(
      to: session.paths.outbox(session.period), statements: request.writesStatements
    ) { draft, _ in
      let feeds = session.newFeeds.map { taken in
        var feed = taken.feed
        feed.rejected = draft.rejections(feed: Int(feed.number))
        return feed
      }
      try prepare(feeds)
      try session.ledger.take(.run, feeds, session.books, asOf: session.asOf)
    }
  }

  /// What there is to report where nothing has changed since the last run, and nothing is drawn.
  ///
  /// - Returns: Nil if the period has to be drawn.
  private func unchanged(
    _ open: OpenWorkspace, _ period: Period, _ inbox: Inbox, _ pins: PinnedFeeds
  ) throws -> RunReport? {
    guard inbox.isEmpty,
      let draft = try UnchangedDraft.find(
        open, period: period, asOf: request.asOf ?? period.lastDay,
        hasStatements: request.writesStatements)
    else { return nil }
    request.logger.info("nothing has changed: the draft stays as it is")
    try Interruption.check()
    Interruption.commit()
    if !inbox.known.isEmpty {
      try moveKnown(inbox, pins, period)
      try StatusPipeline(root: request.root).write()
    }
    return RunReport(draft, inbox, open.paths)
  }

  /// Moves what was taken in before to the archive.
  private func moveKnown(_ inbox: Inbox, _ pins: PinnedFeeds, _ period: Period) throws {
    for known in inbox.known where !known.staysThere {
      try pins.archive(known.deliveredAs, as: known.name, in: period, isKnown: true)
    }
    try pins.releaseAll()
  }
}
