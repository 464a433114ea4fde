import ByteStreams
package import Domain
import ExactMoney

/// The ledger of a workspace while a command holds it: the database, the segments beside it, and
/// what both say.
///
/// The database's commit is the one commit point. Segments are written and synced before it, and
/// count from when the database names them; what an ended process left is written over.
package final class Ledger {
  private let directory: String
  private let database: LedgerDatabase
  /// The feeds taken in, in their order.
  package let feeds: [LedgerFeed]
  /// Every earning known.
  package let index: KeyIndex
  /// The secret with which ids are digested.
  package let digestKey: (UInt64, UInt64)
  package let closes: [LedgerClosing]

  /// Opens the ledger, or makes a new one.
  ///
  /// - Parameter directory: `ledger/` of the workspace.
  /// - Throws: ``LedgerFault``; ``KeySegmentFault``; ``FileError``.
  package init(directory: String) throws {
    self.directory = directory
    database = try LedgerDatabase.open(directory: directory)
    feeds = try database.feeds()
    closes = try database.closes()
    let segments = directory + "/segments"
    index = KeyIndex(
      try database.keySegments().map { try KeySegment(segments + "/" + $0.name) })
    digestKey = try Ledger.makeDigestKey(database)
  }

  private static func makeDigestKey(_ database: LedgerDatabase) throws -> (UInt64, UInt64) {
    if try database.setting("digestKey") == nil {
      var generator = SystemRandomNumberGenerator()
      let words = [generator.next(), generator.next()] as [UInt64]
      try database.put(
        setting: "digestKey", words.map { String($0, radix: 16) }.joined(separator: " "))
    }
    let words = try database.setting("digestKey")?.split(separator: " ").map {
      UInt64($0, radix: 16)
    }
    guard let words, words.count == 2, let first = words[0], let second = words[1] else {
      throw LedgerFault.damaged(
        path: database.database.path, reason: "its digest key cannot be read")
    }
    return (first, second)
  }

  // MARK: Periods

  /// The period that is open; nil before the first run.
  package func openPeriod() throws -> Period? { try database.openPeriod() }

  package var closedPeriods: Set<Period> { Set(closes.map(\.period)) }

  // MARK: What came earlier

  /// Whether rows of an earlier period's feed may take part in a period.
  ///
  /// - Parameter firstDay: Ineligible rows of earlier days were no longer open when it opened.
  package func takesPart(_ feed: LedgerFeed, in period: Period, from firstDay: Day) throws -> Bool {
    if let openDay = feed.openDay, openDay >= firstDay { return true }
    return try database.fateChanges(feed: feed.number, upTo: period).contains {
      $0.period == period
    }
  }

  /// Where the fates of rows are, as they were when a period was drawn.
  package func fateSource(upTo period: Period) -> some FateSource {
    StoredFates(ledger: self, period: period)
  }

  private struct StoredFates: FateSource {
    let ledger: Ledger
    let period: Period

    func fates(feed: Int) throws -> (takenIn: Period, fates: [UInt8]) {
      let entry = ledger.feeds[feed - 1]
      return (entry.period, try ledger.segment(.fates, of: entry) ?? [])
    }

    func changes(feed: Int) throws -> [LedgerFateChange] {
      try ledger.database.fateChanges(feed: UInt32(feed), upTo: period)
    }
  }

  /// The findings of a feed that was taken in.
  package func findings(of feed: LedgerFeed, limit: Int) throws -> FindingLog {
    let listed = try segment(.findings, of: feed).map(FindingCoding.decode) ?? []
    guard let listed else {
      throw LedgerFault.damaged(
        path: path(.findings, of: feed), reason: "the findings of \(feed.name) cannot be read")
    }
    var counts: [FindingCode: Int] = [:]
    for (code, count) in feed.findings {
      if let code = FindingCode(rawValue: code) { counts[code] = count }
    }
    return FindingLog(limit: limit, listed: listed, counts: counts)
  }

  /// Where the rejected rows of a feed stand as a file, nil if it has none.
  package func rejectsPath(of feed: LedgerFeed) -> String? {
    feed.segments.contains { $0.name == Segment.rejects.name(feed.number) }
      ? path(.rejects, of: feed) : nil
  }

  /// What every balance was when a period opened.
  package func openings(of period: Period) throws -> [LedgerBalance] {
    guard let last = closes.map(\.period).filter({ $0 < period }).max() else { return [] }
    return try database.balances(after: last)
  }

  /// The adjustments posted so far, by their ids.
  package func postedAdjustments() throws -> [String: LedgerAdjustment] {
    Dictionary(
      uniqueKeysWithValues: try database.adjustments().map { ($0.adjustmentId, $0) })
  }

  /// Where levers stood for a month of transaction dates when a period opened.
  package func runningMonths(
    of month: Period, before period: Period
  ) throws -> [LedgerLeverMonth] {
    guard let last = closes.map(\.period).filter({ $0 < period }).max() else { return [] }
    return try database.leverMonths(upTo: last, month: month)
  }

  // MARK: Segments

  /// What is kept of a feed beside the database.
  package enum Segment: String, Sendable, CaseIterable {
    /// A byte per row: a ``RowFate``.
    case fates
    /// The findings that are listed.
    case findings
    /// The rejected rows as a feed.
    case rejects
    /// The keys of this feed and of those that were taken in with it.
    case keys

    func name(_ feed: UInt32) -> String {
      let number = String(feed)
      return "feed-" + String(repeating: "0", count: max(0, 6 - number.count)) + number + "."
        + rawValue
    }
  }

  private func path(_ segment: Segment, of feed: LedgerFeed) -> String {
    directory + "/segments/" + segment.name(feed.number)
  }

  private func segment(_ segment: Segment, of feed: LedgerFeed) throws -> [UInt8]? {
    let name = segment.name(feed.number)
    guard let entry = feed.segments.first(where: { $0.name == name }) else { return nil }
    let bytes = try FileSystem.readFile(path(segment, of: feed), limit: Int.max - 1)
    guard SHA256Digest.of(bytes) == entry.digest else {
      throw LedgerFault.damaged(
        path: path(segment, of: feed), reason: "it is not what was written")
    }
    return bytes
  }

  /// Removes what an ended process wrote of a feed that it has not taken in: another attempt may
  /// have less to say of it.
  ///
  /// - Precondition: The database does not know the feed.
  /// - Throws: ``FileError``.
  package func forgetSegments(feed: UInt32) throws {
    precondition(feed > feeds.count, "the segments of a feed that was taken in are kept")
    for segment in Segment.allCases {
      try FileSystem.removeFile(directory + "/segments/" + segment.name(feed))
    }
  }

  /// Writes what is kept of a feed, to be named by the database later.
  ///
  /// - Parameter body: Writes the bytes, piece by piece.
  /// - Throws: ``FileError``; what `body` throws.
  package func write(
    _ segment: Segment, of feed: inout LedgerFeed,
    _ body: ((consuming [UInt8]) throws -> Void) throws -> Void
  ) throws {
    try FileSystem.createDirectory(directory + "/segments")
    let written = try ReplacingFile.write(path(segment, of: feed), synced: true) { file in
      try body { bytes in try file.write(bytes) }
    }
    feed.segments.append(
      LedgerSegment(
        name: segment.name(feed.number), digest: written.digest, bytes: written.bytes))
  }

  /// Writes the findings of a feed, and counts them in it.
  ///
  /// - Throws: ``FileError``.
  package func write(_ findings: FindingLog, of feed: inout LedgerFeed) throws {
    for (code, count) in findings.counts { feed.findings[code.rawValue] = count }
    feed.listed = findings.listed.count
    guard !findings.listed.isEmpty else { return }
    try write(.findings, of: &feed) { try $0(FindingCoding.encode(findings.listed)) }
  }

  // MARK: Commits

  /// Takes feeds in: the commit point of a run.
  ///
  /// - Parameter books: What the rows have become.
  /// - Throws: ``LedgerFault``; ``FileError``.
  package func take(
    _ kind: LedgerRun.Kind, _ newFeeds: [LedgerFeed], _ books: EarningBooks, asOf: Day
  ) throws {
    var intake = LedgerIntake(kind: kind, period: books.fates.period, asOf: asOf)
    intake.feeds = newFeeds
    intake.fateChanges = books.fates.changes
    if let first = newFeeds.first {
      let segment = try KeySegmentWriter.write(
        directory: directory + "/segments", name: Segment.keys.name(first.number), synced: true
      ) { try books.knownKeys(partition: $0) }
      if segment.count > 0 {
        intake.keySegments = [
          LedgerKeySegment(name: segment.name, entries: segment.count, digest: segment.digest)
        ]
      }
    }
    if try database.openPeriod() == nil { try database.begin(intake.period) }
    if !intake.isEmpty { try database.take(intake) }
  }

  /// Makes a period final: the commit point of a close.
  ///
  /// - Throws: ``LedgerFault``.
  package func close(_ close: LedgerClose, _ books: EarningBooks) throws {
    var close = close
    close.fateChanges = books.fates.changes
    if try database.openPeriod() == nil { try database.begin(close.period) }
    try database.close(close)
  }
}
