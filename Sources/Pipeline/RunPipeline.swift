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

/// What a run did.
package struct RunReport: Sendable {
  package var period: Period
  package var feeds = 0
  package var rows = 0
  package var buckets: [Bucket: Int] = [:]
  /// By currency code, with amounts.
  package var paid: [(currency: String, amount: String)] = []
  package var held = 0
  /// Of the feeds looked at just now, in the order in which they are shown.
  package var findings: [Finding] = []
  /// Findings that are counted but not listed.
  package var leftOut = 0
  package var worst: Severity?
}

/// The main path: read, check, assess, record, calculate, prove, write, publish.
///
/// Every run draws the open period anew from the feeds taken in and those in the inbox. Nothing
/// of the workspace changes before the ledger is written, by one rename; what comes after it, the
/// output directory and the move of feeds to the archive, is finished by the next run if this one
/// is ended.
package struct RunPipeline {
  private let request: RunRequest
  private let paths: WorkspacePaths

  package init(_ request: RunRequest) {
    self.request = request
    paths = WorkspacePaths(root: request.root)
  }

  /// Runs.
  ///
  /// - Throws: ``RunFailure``.
  package func run() throws(RunFailure) -> RunReport {
    let (workspace, problems) = WorkspaceLoader.load(root: request.root)
    guard let workspace else {
      throw RunFailure(.configuration, "the workspace has errors: nothing done", findings: problems)
    }
    do {
      try FileSystem.createDirectory(paths.ledger)
      let lock = try FileLock(paths.ledger + "/lock")
      let report = try run(workspace)
      _ = consume lock
      return report
    } catch let busy as FileLock.Busy {
      throw RunFailure(.locked, "another run holds \(busy.path): try again later")
    } catch let damaged as LedgerStore.Damaged {
      throw RunFailure(
        .inputOutput,
        "\(damaged.path):\(damaged.line): the ledger was changed, or written by a newer version")
    } catch {
      throw RunFailure(error)
    }
  }

  private func run(_ workspace: LoadedWorkspace) throws -> RunReport {
    let period = workspace.configuration.openPeriod
    let store = LedgerStore(directory: paths.ledger)
    var taken = try store.load()
    let inbox = try Inbox(paths: paths, period: period, taken: taken)
    let pricer = RowPricer(plans: workspace.plans, rounding: workspace.configuration.rounding)
    let books = try EarningBooks(
      directory: paths.ledger, key: try store.digestKey(), plans: workspace.plans,
      partnerCount: workspace.registry.partners.count)
    let rules = RowRules(
      registry: workspace.registry, plans: workspace.plans, pricer: pricer,
      assessor: EligibilityAssessor(registry: workspace.registry, plans: workspace.plans),
      lastDay: period.lastDay)
    var intake = FeedIntake(books: books, rules: rules)
    let outcomes = try take(inbox.feeds, workspace, &intake, &taken)
    let published = try publish(
      workspace, books, pricer, inbox, outcomes, taken: taken, store: store)
    return report(published, inbox, outcomes, period)
  }

  /// A feed and what became of it.
  private struct Taken {
    var feed: PlannedFeed
    var outcome: FeedOutcome
  }

  private func take(
    _ feeds: [PlannedFeed], _ workspace: LoadedWorkspace, _ intake: inout FeedIntake,
    _ taken: inout TakenFeeds
  ) throws -> [Taken] {
    var outcomes: [Taken] = []
    for feed in feeds {
      let file = FeedFile(
        path: feed.path, name: feed.taken.name, limits: workspace.configuration.limits)
      let known = taken
      let terms = FeedIntake.Terms(
        sidecar: feed.sidecar, digest: feed.digest,
        known: { id in
          known.feed(feedId: id).flatMap { $0.digest == feed.digest ? nil : $0.name }
        },
        limitsRejections: !feed.isTaken)
      let outcome = try intake.take(file, terms)
      request.logger.info(
        "read \(SafeText.shown(file.name))",
        metadata: [
          "rows": "\(outcome.totals.rows)", "rejected": "\(outcome.rejections.count)",
          "refused": "\(outcome.isRefused)",
        ])
      if feed.isTaken, let refusal = outcome.refusal {
        throw RunFailure(
          .inputOutput, "the archived feed \(feed.path) can no longer be read", findings: [refusal])
      }
      if !feed.isTaken, !outcome.isRefused {
        var entry = feed.taken
        entry.feedId = outcome.feedId
        taken.append(entry)
      }
      outcomes.append(Taken(feed: feed, outcome: outcome))
    }
    return outcomes
  }

  /// Writes, commits and publishes.
  private func publish(
    _ workspace: LoadedWorkspace, _ books: EarningBooks, _ pricer: RowPricer, _ inbox: Inbox,
    _ outcomes: [Taken], taken: TakenFeeds, store: LedgerStore
  ) throws -> PeriodDraft {
    let period = workspace.configuration.openPeriod
    let accepted = outcomes.filter { !$0.outcome.isRefused }
    var draft = PeriodDraft(
      workspace, books: books, pricer: pricer, period: period,
      asOf: request.asOf ?? period.lastDay, feeds: accepted.map(\.outcome),
      writesStatements: request.writesStatements)
    let directory = try StagedDirectory(final: paths.outbox(period))
    do {
      try draft.write(to: directory)
      try writeErrors(outcomes, inbox, directory)
      try writeRejects(accepted, directory)
      try writeManifest(workspace, draft, accepted, directory)
    } catch {
      try directory.discard()
      throw error
    }
    try store.commit(taken)
    try directory.publish()
    try moveFiles(accepted, inbox)
    return draft
  }

  private func writeErrors(
    _ outcomes: [Taken], _ inbox: Inbox, _ directory: StagedDirectory
  ) throws {
    var lists = outcomes.map { ($0.outcome.file.name, $0.outcome.findings.listed) }
    lists += inbox.unreadable.map { ($0.name, [$0.finding]) }
    lists.sort { precedesInBytes($0.0, $1.0) }
    var errors = ErrorsCSV()
    for (_, findings) in lists {
      for finding in findings { errors.add(finding) }
    }
    try directory.write("errors.csv", errors.bytes)
  }

  private func writeRejects(_ accepted: [Taken], _ directory: StagedDirectory) throws {
    var names: Set<String> = []
    for taken in accepted where taken.outcome.rejections.count > 0 {
      let file = taken.outcome.file
      var name = file.uncompressedName
      // `a.csv` and `a.csv.gz` may both have been delivered.
      if !names.insert(name).inserted { name += "~" + taken.feed.digest.hex.prefix(8) }
      var staged = try directory.stream("rejects/" + name)
      try RejectsFile.write(taken.outcome.rejections, of: file) { try staged.write($0) }
      try directory.finish(staged)
    }
  }

  private func writeManifest(
    _ workspace: LoadedWorkspace, _ draft: PeriodDraft, _ accepted: [Taken],
    _ directory: StagedDirectory
  ) throws {
    let period = workspace.configuration.openPeriod
    var manifest = Manifest(
      state: "draft", period: period, asOf: request.asOf ?? period.lastDay,
      rounding: workspace.configuration.rounding.rawValue)
    manifest.inputs = workspace.inputs.map {
      .init(path: $0.path, sha256: SHA256Digest.of($0.bytes).hex, bytes: $0.bytes.count)
    }
    manifest.feeds = accepted.map { taken in
      let findings = taken.outcome.findings
      return .init(
        name: taken.feed.taken.name, sha256: taken.feed.digest.hex,
        feedId: taken.outcome.feedId, rows: taken.outcome.totals.rows,
        findings: Dictionary(
          uniqueKeysWithValues: findings.counts.map { ($0.key.rawValue, $0.value) }),
        findingsListed: findings.listed.count)
    }
    manifest.outputs = directory.outputs.map {
      .init(path: $0.path, sha256: $0.digest.hex, bytes: $0.bytes)
    }
    for bucket in Bucket.allCases { manifest.rows[bucket.name] = draft.tally.rows(bucket) }
    for (currency, amount) in draft.proof.paid { manifest.paid[currency.code] = amount.text }
    manifest.payments = draft.payments
    manifest.holds = draft.held
    manifest.proof = [
      .init(
        rule: "rows and amounts of each feed are in one bucket each", checked: draft.proof.feeds),
      .init(rule: "lines, subtotals, totals and balances add up", checked: draft.proof.statements),
      .init(rule: "statements and register pay the same", checked: draft.proof.registerRows),
    ]
    try directory.write("run.json", try manifest.json())
  }

  /// Moves what was taken in to the archive, with its control file.
  private func moveFiles(_ accepted: [Taken], _ inbox: Inbox) throws {
    let moves =
      accepted.compactMap { taken in taken.feed.destination.map { (taken.feed.path, $0) } }
      + inbox.known.map { ($0.path, $0.destination) }
    guard !moves.isEmpty else { return }
    try FileSystem.createDirectory(FileSystem.parent(of: moves[0].1))
    for (from, to) in moves {
      // The control file goes first: a feed without it in the inbox would be another feed.
      try move(from + ".control.json", to: to + ".control.json")
      try move(from, to: to)
    }
  }

  private func move(_ from: String, to: String) throws {
    guard FileSystem.exists(from) else { return }
    if FileSystem.kind(to) == .file,
      try SHA256Digest.ofFile(from).0 == SHA256Digest.ofFile(to).0
    {
      try FileSystem.removeFile(from)
    } else {
      try FileSystem.moveFile(from, to: to)
    }
  }

  private func report(
    _ draft: PeriodDraft, _ inbox: Inbox, _ outcomes: [Taken], _ period: Period
  ) -> RunReport {
    var report = RunReport(period: period)
    let accepted = outcomes.filter { !$0.outcome.isRefused }
    report.feeds = accepted.count
    report.rows = accepted.reduce(0) { $0 + $1.outcome.totals.rows }
    for bucket in Bucket.allCases { report.buckets[bucket] = draft.tally.rows(bucket) }
    report.paid = draft.proof.paid.map { ($0.currency.code, $0.amount.text) }
    report.held = draft.held
    report.findings =
      (outcomes.flatMap(\.outcome.findings.listed) + inbox.unreadable.map(\.finding)
      + inbox.known.map(\.note)).sorted(by: Finding.precedes)
    report.leftOut = outcomes.reduce(0) { $0 + $1.outcome.findings.leftOut }
    let severities =
      outcomes.compactMap(\.outcome.findings.worst) + report.findings.map(\.severity)
    report.worst = severities.max()
    return report
  }
}
