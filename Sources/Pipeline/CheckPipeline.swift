import ByteStreams
import Calculation
package import Domain
import Eligibility
import Feeds
import Ledger
import Workspace

/// What `check` found.
package struct CheckReport: Sendable {
  /// One checked file.
  package struct File: Sendable {
    package var path: String
    package var rows: Int
    package var isFeed: Bool
  }

  package var files: [File] = []
  package var findings: [Finding] = []
  package var leftOut = 0
  package var worst: Severity?
  /// Whether feeds were checked against the registry and plans of a workspace.
  package var usedWorkspace = false
}

/// Validates files without side effects.
package struct CheckPipeline {
  private let files: [String]
  private let root: String?

  /// - Parameter root: The workspace against which feeds are checked, if there is one.
  package init(files: [String], root: String?) {
    self.files = files
    self.root = root
  }

  /// Checks every file; without files the whole workspace: configuration, registry, plans, inbox.
  ///
  /// - Throws: ``RunFailure``.
  package func run() throws(RunFailure) -> CheckReport {
    do {
      var report = CheckReport()
      for file in files where FileSystem.kind(file) == .missing {
        throw RunFailure(.noInput, "\(file) does not exist")
      }
      let workspace = try loadWorkspace(&report)
      var feeds: [String] = []
      for file in try files.isEmpty ? inbox() : files {
        if try !checkConfiguration(file, &report) { feeds.append(file) }
      }
      try check(feeds, workspace, &report)
      report.findings.sort(by: Finding.precedes)
      report.worst = (report.findings.map(\.severity) + [report.worst].compactMap { $0 }).max()
      return report
    } catch {
      throw RunFailure(error)
    }
  }

  private func inbox() throws -> [String] {
    guard let root else { throw RunFailure(.usage, "name a file, or be in a workspace") }
    return try FileSystem.listDirectory(root + "/inbox").filter(WorkspacePaths.isFeed).map {
      root + "/inbox/" + $0
    }
  }

  /// A workspace with errors cannot say whether a feed is right.
  private func loadWorkspace(_ report: inout CheckReport) throws -> LoadedWorkspace? {
    guard let root else { return nil }
    let (workspace, findings) = WorkspaceLoader.load(root: root)
    report.findings += findings
    if let workspace { report.findings += try renamed(workspace) }
    report.usedWorkspace = workspace != nil
    let feeds = files.filter { !isConfiguration($0) }
    if workspace == nil, !feeds.isEmpty || files.isEmpty {
      throw RunFailure(.configuration, "the workspace \(root) has errors", findings: findings)
    }
    return workspace
  }

  private func renamed(_ workspace: LoadedWorkspace) throws -> [Finding] {
    let paths = WorkspacePaths(root: workspace.root)
    guard try !LedgerDatabase.isNew(directory: paths.ledger) else { return [] }
    let ledger = try Ledger(directory: paths.ledger, access: .read)
    return try RenamedPrograms(plans: workspace.plans, ledger: ledger).findings()
  }

  private func isConfiguration(_ file: String) -> Bool {
    file.hasSuffix(".yaml") || isOfWorkspace(file)
  }

  /// Whether the file is one of the workspace's own tables, which were checked with it.
  private func isOfWorkspace(_ file: String) -> Bool {
    guard let root, let path = FileSystem.resolve(file), let base = FileSystem.resolve(root) else {
      return false
    }
    let tables = ["exchange-rates.csv", "adjustments.csv"].map { base + "/" + $0 }
    return tables.contains(path) || FileSystem.parent(of: path) == base + "/registry"
  }

  private func checkConfiguration(_ file: String, _ report: inout CheckReport) throws -> Bool {
    guard isConfiguration(file) else { return false }
    report.files.append(.init(path: file, rows: 0, isFeed: false))
    let isOwn =
      root.flatMap { FileSystem.resolve($0) }.map { base in
        FileSystem.resolve(file).map { $0.hasPrefix(base + "/") } ?? false
      } ?? false
    if file.hasSuffix(".yaml"), !isOwn {
      report.findings += WorkspaceLoader.check(yaml: try FileSystem.readFile(file), file: file)
    }
    return true
  }

  private func check(
    _ feeds: [String], _ workspace: LoadedWorkspace?, _ report: inout CheckReport
  ) throws {
    guard !feeds.isEmpty else { return }
    let books = try EarningBooks(
      directory: FileSystem.temporaryDirectory(preferred: root), key: (0, 0),
      plans: workspace?.plans, partnerCount: workspace?.registry.partners.count ?? 0,
      fates: RowFates(period: rules(workspace).lastDay.period, source: NoFates()),
      index: KeyIndex([]))
    var intake = FeedIntake(books: books, rules: rules(workspace))
    var seen: [SeenFeed] = []
    for path in feeds { try check(path, workspace, &intake, &seen, &report) }
  }

  private func rules(_ workspace: LoadedWorkspace?) -> RowRules {
    RowRules(
      registry: workspace?.registry, plans: workspace?.plans,
      pricer: workspace.map {
        RowPricer(plans: $0.plans, rounding: $0.configuration.rounding)
      },
      assessor: workspace.map { EligibilityAssessor(registry: $0.registry, plans: $0.plans) },
      lastDay: workspace?.configuration.openPeriod.lastDay ?? Day(number: Int32.max / 2))
  }

  private func check(
    _ path: String, _ workspace: LoadedWorkspace?, _ intake: inout FeedIntake,
    _ seen: inout [SeenFeed], _ report: inout CheckReport
  ) throws {
    report.files.append(.init(path: path, rows: 0, isFeed: true))
    guard let (digest, sidecar) = files(path, &report) else { return }
    if let earlier = seen.first(where: { $0.digest == digest }) {
      report.findings.append(
        Finding(.F110, feed: path, message: "the same bytes as \(SafeText.shown(earlier.name))"))
      return
    }
    let known = seen
    let outcome = try intake.take(
      FeedFile(path: path, name: path, limits: workspace?.configuration.limits ?? Limits()),
      number: seen.count + 1,
      FeedIntake.Terms(
        sidecar: sidecar, digest: digest,
        known: { id in known.first { $0.feedId == id }?.name },
        limitsRejections: workspace != nil))
    if !outcome.isRefused {
      seen.append(SeenFeed(name: path, digest: digest, feedId: outcome.feedId))
    }
    enter(outcome, &report)
  }

  /// The digest and the control file of a feed; nil, with F101 or F108, where one cannot be read.
  private func files(
    _ path: String, _ report: inout CheckReport
  ) -> (digest: SHA256Digest, sidecar: [UInt8]?)? {
    do throws(FeedRefusal) {
      // A file that somebody names may be a link; in the inbox a run does not follow it.
      if files.isEmpty, let finding = inboxRefusal(path) { throw FeedRefusal(finding) }
      let digest = try Inbox.reading(path, .F101) { () throws(FileError) in
        try SHA256Digest.ofFile(path).0
      }
      guard try Inbox.hasSidecar(path, feed: path) else { return (digest, nil) }
      return (digest, try Inbox.readSidecar(WorkspacePaths.sidecar(path), feed: path))
    } catch {
      report.findings.append(error.finding)
      return nil
    }
  }

  private func inboxRefusal(_ path: String) -> Finding? {
    var finding = Inbox.refusal(
      of: FileSystem.name(of: path), in: FileSystem.parent(of: path))
    finding?.feed = path
    return finding
  }

  private func enter(_ outcome: FeedOutcome, _ report: inout CheckReport) {
    report.files[report.files.count - 1].rows = outcome.totals.rows
    report.findings += outcome.findings.listed
    report.leftOut += outcome.findings.leftOut
    report.worst = [report.worst, outcome.findings.worst].compactMap { $0 }.max()
  }

  /// A feed that was checked before in the same command.
  private struct SeenFeed {
    var name: String
    var digest: SHA256Digest
    var feedId: String?
  }
}
