import ByteStreams
import Calculation
import Domain
import Eligibility
import Feeds
import Ledger
import Workspace

/// Checks feeds one after the other as a run would take them in, but for what the ledger knows.
struct FeedCheck {
  private let workspace: LoadedWorkspace?
  private let profile: Profiles.Entry?
  private let areNamed: Bool
  private let refusal: (String) -> Finding?
  private var intake: FeedIntake
  private var seen: [SeenFeed] = []

  /// - Parameters:
  ///   - workspace: Against which feeds are checked, if there is one.
  ///   - profile: By which all feeds are read; nil where `payout.yaml` says.
  ///   - areNamed: Whether somebody named the files. What stands in an inbox is a feed, whatever it looks
  ///     like; what is named may be a statement.
  ///   - root: Where temporary files may stand.
  ///   - refusal: Why a file would be refused unread.
  /// - Throws: ``FileError``.
  init(
    _ workspace: LoadedWorkspace?, profile: Profiles.Entry?, areNamed: Bool, root: String?,
    refusal: @escaping (String) -> Finding?
  ) throws {
    (self.workspace, self.profile) = (workspace, profile)
    (self.areNamed, self.refusal) = (areNamed, refusal)
    let rules = FeedCheck.rules(workspace)
    let books = try EarningBooks(
      directory: FileSystem.temporaryDirectory(preferred: root), key: (0, 0),
      plans: workspace?.plans, partnerCount: workspace?.registry.partners.count ?? 0,
      fates: RowFates(period: rules.lastDay.period, source: NoFates()), index: KeyIndex([]))
    intake = FeedIntake(books: books, rules: rules)
  }

  private static func rules(_ workspace: LoadedWorkspace?) -> RowRules {
    RowRules(
      registry: workspace?.registry, plans: workspace?.plans,
      pricer: workspace.map {
        RowPricer(plans: $0.plans, rounding: $0.configuration.rounding)
      },
      assessor: workspace.map { EligibilityAssessor(registry: $0.registry, plans: $0.plans) },
      lastDay: workspace?.configuration.openPeriod.lastDay ?? Day(number: Int32.max / 2))
  }

  /// What is wrong with each of the files, in their order.
  ///
  /// - Throws: ``FileError``.
  mutating func check(_ feeds: [CheckedFeed]) throws -> [FindingReport.Source] {
    var checked: [FindingReport.Source] = []
    for feed in feeds { checked.append(try statement(feed) ?? check(feed)) }
    let parts = FeedParts(feeds.map { $0.file(workspace, profile: profile) }, taken: [])
    let heldBack = parts.heldBack(checked.filter { !$0.isRefused }.map(\.name))
    for number in checked.indices {
      let name = checked[number].name
      guard let finding = parts.missing(name) ?? heldBack[name] else { continue }
      checked[number].findings.add(finding.code) { finding }
      checked[number].isRefused = true
    }
    return checked
  }

  /// What is wrong with a statement that was written here; nil where the file is none.
  private func statement(_ feed: CheckedFeed) -> FindingReport.Source? {
    let file = feed.file(workspace, profile: profile)
    guard areNamed, profile == nil,
      let syntax = StatementSyntax.of(file)
    else { return nil }
    var source = FindingReport.Source(feed.name, path: ReportPath.shown(feed.file))
    do throws(FeedRefusal) {
      source.findings = try StatementCheck.check(file, syntax).findings
    } catch {
      source.findings = FindingLog([error.finding])
    }
    return source
  }

  private mutating func check(_ feed: CheckedFeed) throws -> FindingReport.Source {
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
      feed.file(workspace, profile: profile),
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
    if let finding = refusal(path) { throw FeedRefusal(finding) }
    let digest = try Inbox.reading(feed.name, .F101) { () throws(FileError) in
      try SHA256Digest.ofFile(path).0
    }
    guard try Inbox.hasSidecar(path, feed: feed.name) else { return (digest, nil) }
    return (digest, try Inbox.readSidecar(WorkspacePaths.sidecar(path), feed: feed.name))
  }

  /// A feed that was checked before in the same command.
  private struct SeenFeed {
    var name: String
    var digest: SHA256Digest
    var feedId: String?
  }
}

extension CheckedFeed {
  /// The file as it is read.
  ///
  /// - Parameter profile: By which all feeds are read; nil where the workspace says.
  func file(_ workspace: LoadedWorkspace?, profile: Profiles.Entry?) -> FeedFile {
    let patterns = workspace?.configuration.feeds ?? []
    let found = profile ?? workspace?.profiles.profile(of: deliveredAs, patterns)
    return FeedFile(
      path: path, name: name, deliveredAs: deliveredAs,
      limits: workspace?.configuration.limits ?? Limits(), profile: found?.profile)
  }
}
