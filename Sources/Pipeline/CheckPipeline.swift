import ByteStreams
import Calculation
package import Domain
import Eligibility
import Feeds
import Ledger
import Workspace

/// What `check` found.
package struct CheckReport: Sendable {
  /// How many files were named, or stand in the inbox.
  package var files = 0
  /// Rows of the feeds among them.
  package var rows = 0
  /// About these files, and about the workspace.
  package var findings = FindingReport()
  /// Whether feeds were checked against the registry and plans of a workspace.
  package var usedWorkspace = false
}

/// Validates files without side effects.
package struct CheckPipeline {
  private let files: [String]
  private let root: String?
  private let profile: Profiles.Entry?

  /// - Parameters:
  ///   - root: The workspace against which feeds are checked, if there is one.
  ///   - profile: The name of the profile by which all feeds are read; nil where `payout.yaml` says.
  /// - Throws: ``RunFailure`` if there is no such profile.
  package init(files: [String], root: String?, profile: String? = nil) throws(RunFailure) {
    self.files = files
    self.root = root
    self.profile = try profile.flatMap { name throws(RunFailure) in
      try NamedProfile.find(name, root: root)
    }
  }

  private func file(_ feed: CheckedFeed, _ workspace: LoadedWorkspace?) -> FeedFile {
    let patterns = workspace?.configuration.feeds ?? []
    let found = profile ?? workspace?.profiles.profile(of: feed.deliveredAs, patterns)
    return FeedFile(
      path: feed.path, name: feed.name, deliveredAs: feed.deliveredAs,
      limits: workspace?.configuration.limits ?? Limits(), profile: found?.profile)
  }

  /// Checks every file; without files the whole workspace: configuration, registry, plans, inbox.
  ///
  /// - Throws: ``RunFailure``.
  package func run() throws(RunFailure) -> CheckReport {
    do {
      for file in files where FileSystem.kind(file) == .missing {
        throw RunFailure(.noInput, "\(file) does not exist")
      }
      var sources: [FindingReport.Source] = []
      let workspace = try loadWorkspace(&sources)
      var feeds: [String] = []
      let checked = try files.isEmpty ? inbox() : files
      for file in checked {
        if try !checkConfiguration(file, &sources) { feeds.append(file) }
      }
      sources += try controlsAlone()
      try withOpened(feeds, workspace) { opened in
        sources += opened.refused
        try check(opened.feeds, workspace, &sources)
      }
      return CheckReport(
        files: checked.count, rows: sources.reduce(0) { $0 + ($1.rows ?? 0) },
        findings: FindingReport(sources), usedWorkspace: workspace != nil)
    } catch {
      throw RunFailure(error)
    }
  }

  /// How the columns of each feed among the files are read.
  ///
  /// - Throws: ``RunFailure``, also if the workspace has errors.
  package func columns() throws(RunFailure) -> [(file: String, columns: [FeedColumn])] {
    do {
      var sources: [FindingReport.Source] = []
      let workspace = try loadWorkspace(&sources)
      let feeds = try files.isEmpty ? inbox() : files.filter { !isConfiguration($0) }
      return try withOpened(feeds, workspace) { opened in
        if let finding = opened.refused.first?.findings.listed.first { throw FeedRefusal(finding) }
        return try opened.feeds.map { feed in
          (feed.name, try FeedColumns.columns(of: file(feed, workspace)))
        }
      }
    } catch let refusal as FeedRefusal {
      throw RunFailure(
        .noInput, "the columns cannot be explained: the feed is refused",
        findings: [refusal.finding])
    } catch {
      throw RunFailure(error)
    }
  }

  private func withOpened<Result>(
    _ feeds: [String], _ workspace: LoadedWorkspace?, _ body: (OpenedFeeds) throws -> Result
  ) throws -> Result {
    let opened = try OpenedFeeds(
      feeds, limits: workspace?.configuration.limits ?? Limits(), refusal: inboxRefusal)
    return try withExtendedLifetime(opened) { try body(opened) }
  }

  private func inbox() throws -> [String] {
    guard let root else { throw RunFailure(.usage, "name a file, or be in a workspace") }
    return try FileSystem.listDirectory(root + "/inbox").filter(WorkspacePaths.isFeed).map {
      root + "/inbox/" + $0
    }
  }

  /// Control files of the inbox without their feed, where the whole inbox is checked.
  private func controlsAlone() throws -> [FindingReport.Source] {
    guard files.isEmpty, let root else { return [] }
    return try Inbox.controlsAlone(in: root + "/inbox").map { finding in
      var finding = finding
      finding.feed = root + "/inbox/" + finding.feed
      return FindingReport.Source(
        finding.feed, path: ReportPath.shown(finding.feed), findings: FindingLog([finding]))
    }
  }

  /// A workspace with errors cannot say whether a feed is right.
  private func loadWorkspace(
    _ sources: inout [FindingReport.Source]
  ) throws -> LoadedWorkspace? {
    guard let root else { return nil }
    let (workspace, findings) = WorkspaceLoader.load(root: root)
    let feeds = files.filter { !isConfiguration($0) }
    if workspace == nil, !feeds.isEmpty || files.isEmpty {
      throw RunFailure(.configuration, "the workspace \(root) has errors", findings: findings)
    }
    let all = try findings + (workspace.map(renamed) ?? [])
    sources += FindingReport(all) { ReportPath.shown(root + "/" + $0) }.sources
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

  private func checkConfiguration(
    _ file: String, _ sources: inout [FindingReport.Source]
  ) throws -> Bool {
    guard isConfiguration(file) else { return false }
    if let name = nameInWorkspace(file) {
      // It was checked with the workspace.
      if !sources.contains(where: { $0.name == name }) {
        sources.append(FindingReport.Source(name, path: ReportPath.shown(file)))
      }
    } else {
      let findings = WorkspaceLoader.check(yaml: try FileSystem.readFile(file), file: file)
      sources.append(
        FindingReport.Source(
          file, path: ReportPath.shown(file), findings: FindingLog(findings)))
    }
    return true
  }

  /// The name by which the workspace's findings know one of its own files.
  private func nameInWorkspace(_ file: String) -> String? {
    guard let root, let base = FileSystem.resolve(root), let path = FileSystem.resolve(file),
      path.hasPrefix(base + "/")
    else { return nil }
    return String(path.dropFirst(base.count + 1))
  }

  private func check(
    _ feeds: [CheckedFeed], _ workspace: LoadedWorkspace?,
    _ sources: inout [FindingReport.Source]
  ) throws {
    guard !feeds.isEmpty else { return }
    let books = try EarningBooks(
      directory: FileSystem.temporaryDirectory(preferred: root), key: (0, 0),
      plans: workspace?.plans, partnerCount: workspace?.registry.partners.count ?? 0,
      fates: RowFates(period: rules(workspace).lastDay.period, source: NoFates()),
      index: KeyIndex([]))
    var intake = FeedIntake(books: books, rules: rules(workspace))
    var seen: [SeenFeed] = []
    var checked: [FindingReport.Source] = []
    for feed in feeds {
      if let statement = checkStatement(feed, workspace) {
        sources.append(statement)
      } else {
        checked.append(try check(feed, workspace, &intake, &seen))
      }
    }
    let parts = FeedParts(feeds.map { file($0, workspace) }, taken: [])
    let heldBack = parts.heldBack(checked.filter { !$0.isRefused }.map(\.name))
    for number in checked.indices {
      let name = checked[number].name
      guard let finding = parts.missing(name) ?? heldBack[name] else { continue }
      checked[number].findings.add(finding.code) { finding }
      checked[number].isRefused = true
    }
    sources += checked
  }

  /// What is wrong with a statement that was written here; nil where the file is none.
  ///
  /// What stands in an inbox is a feed, whatever it looks like.
  private func checkStatement(
    _ feed: CheckedFeed, _ workspace: LoadedWorkspace?
  ) -> FindingReport.Source? {
    let file = file(feed, workspace)
    guard !files.isEmpty, profile == nil,
      let syntax = StatementTable.syntax(of: StatementTable.head(of: file))
    else { return nil }
    var source = FindingReport.Source(feed.name, path: ReportPath.shown(feed.file))
    do throws(FeedRefusal) {
      source.findings = try StatementCheck.check(file, syntax).findings
    } catch {
      source.findings = FindingLog([error.finding])
    }
    return source
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
    _ feed: CheckedFeed, _ workspace: LoadedWorkspace?, _ intake: inout FeedIntake,
    _ seen: inout [SeenFeed]
  ) throws -> FindingReport.Source {
    var source = FindingReport.Source(feed.name, path: ReportPath.shown(feed.file), rows: 0)
    let digest: SHA256Digest
    let sidecar: [UInt8]?
    do throws(FeedRefusal) {
      (digest, sidecar) = try delivered(feed)
    } catch {
      source.findings = FindingLog([error.finding])
      source.isRefused = true
      return source
    }
    if let earlier = seen.first(where: { $0.digest == digest }) {
      let message = "the same bytes as \(SafeText.shown(earlier.name))"
      source.findings = FindingLog([Finding(.F110, feed: feed.name, message: message)])
      return source
    }
    let known = seen
    let outcome = try intake.take(
      file(feed, workspace),
      number: seen.count + 1,
      FeedIntake.Terms(
        sidecar: sidecar, digest: digest,
        known: FeedIntake.Terms.names(known.map { ($0.feedId, $0.name) }),
        limitsRejections: workspace != nil))
    if !outcome.isRefused {
      seen.append(SeenFeed(name: feed.name, digest: digest, feedId: outcome.feedId))
    }
    source.rows = outcome.totals.rows
    source.isRefused = outcome.isRefused
    source.findings = outcome.findings
    return source
  }

  /// The digest and the control file of a feed.
  ///
  /// - Throws: ``FeedRefusal`` with F101 or F108 where one of them cannot be read.
  private func delivered(
    _ feed: CheckedFeed
  ) throws(FeedRefusal) -> (digest: SHA256Digest, sidecar: [UInt8]?) {
    let path = feed.path
    if let finding = inboxRefusal(path) { throw FeedRefusal(finding) }
    let digest = try Inbox.reading(feed.name, .F101) { () throws(FileError) in
      try SHA256Digest.ofFile(path).0
    }
    guard try Inbox.hasSidecar(path, feed: feed.name) else { return (digest, nil) }
    return (digest, try Inbox.readSidecar(WorkspacePaths.sidecar(path), feed: feed.name))
  }

  /// Why a run would refuse a file of the inbox unread. One that somebody names may be a link.
  private func inboxRefusal(_ path: String) -> Finding? {
    guard files.isEmpty else { return nil }
    var finding = Inbox.refusal(
      of: FileSystem.name(of: path), in: FileSystem.parent(of: path))
    finding?.feed = path
    return finding
  }

  /// A feed that was checked before in the same command.
  private struct SeenFeed {
    var name: String
    var digest: SHA256Digest
    var feedId: String?
  }
}
