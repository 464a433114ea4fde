import ByteStreams
package import Domain
import ExactMoney

/// The ledger of a workspace while a command holds it: the database, the segments beside it, and
/// what both say.
///
/// The database's commit is the one commit point. Segments are written and synced before it, and
/// count from when the database names them; what an ended process left is written over.
package final class Ledger {
  let directory: String
  let database: LedgerDatabase
  /// The feeds taken in, in their order.
  package let feeds: [LedgerFeed]
  /// The feeds whose rejected rows were taken again, in the order in which that was done.
  let retakes: [LedgerRetake]
  /// Every earning known.
  package let index: KeyIndex
  /// The secret with which ids are digested.
  package let digestKey: (UInt64, UInt64)
  package let closes: [LedgerClosing]

  /// Opens the ledger; or makes a new one.
  ///
  /// - Parameters:
  ///   - directory: `ledger/` of the workspace.
  ///   - access: For reading, nothing is made.
  /// - Throws: ``LedgerFault``; ``KeySegmentFault``; ``FileError``.
  package init(directory: String, access: LedgerDatabase.Access = .write) throws {
    self.directory = directory
    database = try LedgerDatabase.open(directory: directory, access)
    retakes = try database.retakes()
    var feeds = try database.feeds()
    for retake in retakes {
      let earlier = feeds[Int(retake.feed) - 1].openDay
      feeds[Int(retake.feed) - 1].openDay = [earlier, retake.openDay].compactMap { $0 }.max()
    }
    self.feeds = feeds
    closes = try database.closes()
    let segments = directory + "/segments"
    index = KeyIndex(
      try database.keySegments().map { try KeySegment(segments + "/" + $0.name) })
    if access == .write { try Ledger.makeDigestKey(database) }
    digestKey = try Ledger.digestKey(database)
  }

  private static func makeDigestKey(_ database: LedgerDatabase) throws {
    guard try database.setting("digestKey") == nil else { return }
    var generator = SystemRandomNumberGenerator()
    let words = [generator.next(), generator.next()] as [UInt64]
    try database.put(
      setting: "digestKey", words.map { String($0, radix: 16) }.joined(separator: " "))
  }

  private static func digestKey(_ database: LedgerDatabase) throws -> (UInt64, UInt64) {
    // Without one, nothing was ever taken in.
    guard let setting = try database.setting("digestKey") else { return (0, 0) }
    let words = setting.split(separator: " ").map { UInt64($0, radix: 16) }
    guard words.count == 2, let first = words[0], let second = words[1] else {
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

    func fates(feed: Int, _ body: ([UInt8]) throws -> Void) throws -> Period {
      let entry = ledger.feeds[feed - 1]
      try ledger.read(.fates, of: entry, body)
      return entry.period
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
        path: directory + "/segments", reason: "the findings of \(feed.name) cannot be read")
    }
    var counts: [FindingCode: Int] = [:]
    for (code, count) in feed.findings {
      if let code = FindingCode(rawValue: code) { counts[code] = count }
    }
    return FindingLog(limit: limit, listed: listed, counts: counts)
  }

  /// Where the rejected rows of a feed stand as a file, nil if it has none.
  package func rejectsPath(of feed: LedgerFeed) -> String? {
    entry(.rejects, of: feed).map { path($0.name) }
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

    var suffix: String { "." + rawValue }

    /// - Parameter retake: Its number, where it is written after one.
    func name(_ feed: UInt32, retake: Int? = nil) -> String {
      Ledger.segmentName(feed, retake: retake) + suffix
    }
  }

  private static func segmentName(_ feed: UInt32, retake: Int?) -> String {
    let number = String(feed)
    return "feed-" + String(repeating: "0", count: max(0, 6 - number.count)) + number
      + (retake.map { "-r\($0)" } ?? "")
  }

  private func path(_ name: String) -> String {
    directory + "/segments/" + name
  }

  private func entry(_ segment: Segment, of feed: LedgerFeed) -> LedgerSegment? {
    feed.segments.first { $0.name.hasSuffix(segment.suffix) }
  }

  private func segment(_ segment: Segment, of feed: LedgerFeed) throws -> [UInt8]? {
    guard entry(segment, of: feed) != nil else { return nil }
    var bytes: [UInt8] = []
    try read(segment, of: feed) { bytes += $0 }
    return bytes
  }

  /// Calls `body` with a segment's bytes, some at a time; with none where there is no such segment.
  private func read(
    _ segment: Segment, of feed: LedgerFeed, _ body: ([UInt8]) throws -> Void
  ) throws {
    guard let entry = entry(segment, of: feed) else { return }
    let digest = try FileSystem.readFile(path(entry.name), inPieces: body)
    guard digest == entry.digest else {
      throw LedgerFault.damaged(path: path(entry.name), reason: "it is not what was written")
    }
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
  /// - Parameters:
  ///   - retake: Its number, where it is written after one.
  ///   - body: Writes the bytes, piece by piece.
  /// - Throws: ``FileError``; what `body` throws.
  package func write(
    _ segment: Segment, of feed: inout LedgerFeed, retake: Int? = nil,
    _ body: ((consuming [UInt8]) throws -> Void) throws -> Void
  ) throws {
    try FileSystem.createDirectory(directory + "/segments")
    let name = segment.name(feed.number, retake: retake)
    let written = try ReplacingFile.write(path(name), synced: true) { file in
      try body { bytes in try file.write(bytes) }
    }
    feed.segments.append(
      LedgerSegment(
        name: name, digest: written.digest, bytes: written.bytes))
  }

  /// Writes the findings of a feed, and counts them in it.
  ///
  /// - Throws: ``FileError``.
  package func write(
    _ findings: FindingLog, of feed: inout LedgerFeed, retake: Int? = nil
  ) throws {
    for (code, count) in findings.counts { feed.findings[code.rawValue] = count }
    feed.listed = findings.listed.count
    guard !findings.listed.isEmpty else { return }
    try write(.findings, of: &feed, retake: retake) {
      try $0(FindingCoding.encode(findings.listed))
    }
  }

  // MARK: Commits

  /// Takes feeds in, or the rejected rows of one again: the commit point of a run.
  ///
  /// - Parameter books: What the rows have become.
  /// - Throws: ``LedgerFault``; ``FileError``.
  package func take(
    _ kind: LedgerRun.Kind, _ newFeeds: [LedgerFeed], _ books: EarningBooks, asOf: Day,
    retake: LedgerRetake? = nil
  ) throws {
    var intake = LedgerIntake(kind: kind, period: books.fates.period, asOf: asOf)
    intake.feeds = newFeeds
    intake.fateChanges = books.fates.changes
    intake.retake = retake
    if let first = newFeeds.first {
      intake.keySegments = try writeKeys(Ledger.segmentName(first.number, retake: nil), books)
    } else if let retake, try books.hasNewKeys() {
      intake.keySegments = try writeKeys(
        Ledger.segmentName(retake.feed, retake: retakes.count + 1), books)
    }
    if try database.openPeriod() == nil { try database.begin(intake.period) }
    if !intake.isEmpty { try database.take(intake) }
  }

  /// Writes the keys that this run made known; none are no segment.
  private func writeKeys(_ name: String, _ books: EarningBooks) throws -> [LedgerKeySegment] {
    let segment = try KeySegmentWriter.write(
      directory: directory + "/segments", name: name + ".keys", synced: true
    ) { try books.knownKeys(partition: $0) }
    guard segment.count > 0 else { return [] }
    return [LedgerKeySegment(name: segment.name, entries: segment.count, digest: segment.digest)]
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
