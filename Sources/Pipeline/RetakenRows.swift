import ByteStreams
import Domain
import Feeds
import Ledger
import Workspace

/// The rejected rows of an archived feed that are taken again.
struct RetakenRows {
  /// As it is in the period.
  var feed: LedgerFeed
  /// Counted from 0.
  var rows: Set<UInt32>

  func has(row: Int, of feed: LedgerFeed) -> Bool {
    feed.number == self.feed.number && rows.contains(UInt32(row))
  }
}

/// What became of rows that were taken again.
struct RetakeOutcome {
  var outcome: FeedOutcome
  /// Where they are now.
  var buckets: [Bucket: Int]
  /// What is to be recorded; nil if nothing has changed.
  var record: LedgerRetake?
}

extension PeriodSession {
  /// Sets the rejected rows of a feed aside, to be taken again.
  ///
  /// - Throws: ``RunFailure`` if the feed is not what was taken in; ``FileError``; what the ledger
  ///   throws.
  mutating func prepareRetake(of feed: LedgerFeed) throws {
    try paths.prove(feed)
    let rows = try books.fates.rejectedRows(feed: Int(feed.number))
    retaken = RetakenRows(feed: ledger.version(of: feed, in: period), rows: Set(rows))
  }

  /// Takes the rows that were set aside as if they came now, and writes what is to be kept of them
  /// beside the database.
  ///
  /// - Precondition: ``prepareRetake(of:)`` was called, and feeds were read after it.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  mutating func retake() throws -> RetakeOutcome {
    guard let retaken else { preconditionFailure("no rows were set aside") }
    let file = try file(retaken.feed)
    let outcome: FeedOutcome
    do {
      outcome = try intake.retake(
        file, number: Int(retaken.feed.number), digest: retaken.feed.digest, rows: retaken.rows)
    } catch let refusal as FeedRefusal {
      throw paths.damaged(retaken.feed, refusal.finding.message)
    }
    var buckets: [Bucket: Int] = [:]
    for row in retaken.rows {
      let key = RowKey(feed: retaken.feed.number, row: row)
      if let bucket = try books.fates.fate(of: key).bucket { buckets[bucket, default: 0] += 1 }
    }
    let position = try enter(retaken, file)
    if retaken.feed.period == period {
      try feeds[position].unrecorded.merge(outcome.rejectedRows)
    }
    let isChanged = buckets[.rejected] ?? 0 != retaken.rows.count
    let record = try write(outcome, retaken, position, isChanged: isChanged)
    return RetakeOutcome(outcome: outcome, buckets: buckets, record: record)
  }

  /// Lets the feed take part in the period, if it does not yet.
  ///
  /// - Returns: Where it is in `feeds`.
  private mutating func enter(_ retaken: RetakenRows, _ file: FeedFile) throws -> Int {
    if let known = feeds.firstIndex(where: { $0.feed.number == retaken.feed.number }) {
      return known
    }
    let limit = workspace.configuration.limits.findings
    feeds.append(SessionFeed(feed: retaken.feed, file: file, findings: FindingLog(limit: limit)))
    return feeds.count - 1
  }

  /// Writes findings and rejects, unless they and the rows are as they were.
  private mutating func write(
    _ outcome: FeedOutcome, _ retaken: RetakenRows, _ position: Int, isChanged: Bool
  ) throws -> LedgerRetake? {
    let findings = try findings(outcome, retaken)
    let rejections = outcome.rejections
    var rejects: SHA256Digest?
    if rejections.count > 0 {
      var hasher = SHA256Hasher()
      try RejectsFile.write(rejections, of: outcome.file) { hasher.update($0.span) }
      rejects = hasher.finish()
    }
    guard isChanged || !ledger.isKept(findings, rejects: rejects, of: retaken.feed) else {
      return nil
    }
    var record = try ledger.write(
      retake: findings, of: &feeds[position].feed, in: period,
      rejects: rejections.count == 0
        ? nil : { write in try RejectsFile.write(rejections, of: outcome.file) { try write($0) } })
    record.openDay = outcome.openDay
    if retaken.feed.period == period { feeds[position].findings = findings }
    return record
  }

  /// All findings of the feed: those of rows that stay as they are, and those of today.
  private func findings(_ outcome: FeedOutcome, _ retaken: RetakenRows) throws -> FindingLog {
    let limit = workspace.configuration.limits.findings
    let before = try ledger.findings(of: retaken.feed, limit: limit)
    // Whatever rejects a row is of a row that was taken again.
    var findings = FindingLog(
      limit: limit, listed: before.listed.filter { !$0.code.rejectsRow },
      counts: before.counts.filter { !$0.key.rejectsRow })
    findings.merge(outcome.findings)
    return findings
  }
}
