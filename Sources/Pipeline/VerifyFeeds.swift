import ByteStreams
import Domain
import ExactMoney
import Feeds
import Ledger

/// Reads archived feeds again: their digests, their control totals, and where their rows ended.
struct VerifyFeeds {
  let paths: WorkspacePaths
  /// Nil where the ledger is damaged; where rows ended is then not looked at.
  let ledger: Ledger?
  let limits: Limits
  /// What the archive and the ledger say of the feeds read so far.
  private(set) var buckets = VerifyBuckets()
  /// Whether that is all there is to say.
  private(set) var isComplete: Bool

  init(paths: WorkspacePaths, ledger: Ledger?, limits: Limits) {
    self.paths = paths
    self.ledger = ledger
    self.limits = limits
    isComplete = ledger != nil
  }

  /// - Throws: ``FileError``; what the ledger throws.
  mutating func check(_ feed: LedgerFeed, _ report: inout VerifyReport) throws {
    let path = paths.archive(feed.period) + "/" + feed.name
    report.feeds += 1
    report.rows += feed.rows
    guard isArchived(feed, path, &report) else {
      isComplete = false
      return
    }
    let file = try paths.file(of: feed, limits: limits)
    do {
      let (totals, control) = try read(file, feed)
      try check(totals, control, feed, file, &report)
    } catch let refusal as FeedRefusal {
      report.add(.archive, path, refusal.finding.message, .restore(path))
      isComplete = false
    }
  }

  private func isArchived(
    _ feed: LedgerFeed, _ path: String, _ report: inout VerifyReport
  ) -> Bool {
    report.count(.archive, 1)
    if FileSystem.kind(path) == .missing,
      FileSystem.exists(PinnedFeeds(paths: paths).path(feed.deliveredAs))
        || FileSystem.exists(paths.inbox + "/" + feed.deliveredAs)
    {
      report.add(.archive, path, "a run was ended before it moved it here", .run)
      return false
    }
    do throws(FileError) {
      let digest = try SHA256Digest.ofFile(path).0
      if digest == feed.digest { return true }
      report.add(
        .archive, path, "its digest is \(digest.hex), and \(feed.digest.hex) was taken in",
        .restore(path))
    } catch {
      report.add(.archive, path, error.description, .restore(path))
    }
    return false
  }

  /// The totals of a feed, and the control totals that stand in it or beside it.
  private mutating func read(
    _ file: FeedFile, _ feed: LedgerFeed
  ) throws -> (FeedTotals, ControlTotals?) {
    let fates = ledger.map {
      RowFates(period: feed.period, source: $0.fateSource(upTo: feed.period))
    }
    try fates?.load(feed: Int(feed.number))
    var decoder = RowDecoder(feed: file, registry: nil, plans: nil)
    var totals = FeedTotals()
    var counted = VerifyBuckets()
    func count(_ batch: inout EarningBatch) throws {
      var findings = FindingLog(limit: 0)
      decoder.decode(&batch, findings: &findings)
      totals.add(batch)
      guard let fates, totals.rows <= feed.rows else { return }
      for row in 0..<batch.count { try counted.add(batch, row, of: feed, fates) }
    }
    let contents = try FeedReading.read(file, identify: { _ in }, body: count)
    buckets.merge(counted)
    let sidecar = file.path + ".control.json"
    guard contents.control == nil, FileSystem.kind(sidecar) == .file else {
      return (totals, contents.control)
    }
    let json = try FileSystem.readFile(sidecar, limit: 1 << 24)
    return (totals, try ControlSidecar(json: json, feed: file).control)
  }

  private mutating func check(
    _ totals: FeedTotals, _ control: ControlTotals?, _ feed: LedgerFeed, _ file: FeedFile,
    _ report: inout VerifyReport
  ) throws {
    if totals.rows != feed.rows {
      isComplete = false
      report.add(
        .archive, file.path, "it has \(totals.rows) rows, the ledger says \(feed.rows)", .report)
    }
    if ledger != nil { report.count(.buckets, 1) }
    let recorded = feed.controlTotals.map { ControlTotals(rows: $0.rows, sums: $0.sums) }
    if let control, control != recorded {
      let path = file.isXML ? file.path : file.path + ".control.json"
      report.add(
        .controlTotals, path, "the control totals are not those that came with the feed",
        .restore(path))
    }
    guard let recorded else { return }
    report.count(.controlTotals, 1)
    do {
      _ = try totals.check(against: recorded, feed: file)
    } catch {
      report.add(.controlTotals, file.path, error.finding.message, .report)
    }
  }
}

extension VerifyBuckets {
  /// Counts a row of a feed where the ledger says that it ended.
  fileprivate mutating func add(
    _ batch: EarningBatch, _ row: Int, of feed: LedgerFeed, _ fates: RowFates
  ) throws {
    let key = RowKey(feed: feed.number, row: UInt32(batch.firstRow + row))
    let bucket = try fates.fate(of: key).bucket ?? .rejected
    let isReadable = batch.flags[row].contains(.amountReadable)
    add(
      Key(
        feed: feed.name, currency: isReadable ? batch.currencies[row].code : "",
        bucket: bucket.name), amount: batch.amounts[row].picos)
  }
}
