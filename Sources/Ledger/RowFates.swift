import ByteStreams
package import Domain

/// Where the rows of all feeds ended, and what the run that is under way changes of it.
///
/// Memory holds the marks of the feeds that the period needs, ``RowMarks``, and of older ones only once
/// a row of theirs is met again.
package final class RowFates {
  /// The period that is drawn.
  package let period: Period
  private let source: any FateSource
  /// By feed number, and whether it was needed yet. No optional marks, which would be copied, and
  /// their arrays retained, with every look at one.
  private var feeds: [RowMarks] = []
  private var isLoaded: [Bool] = []
  private var followed: [RowKey: Day] = [:]
  /// How many changes there are to be written.
  private var pending = 0
  /// Rows that had ended before the period opened and take part in it after all.
  package private(set) var revived: [RowKey] = []
  /// The feed that is being taken in.
  private var newFeed = 0

  /// - Parameter period: The one that is drawn; what changed in later ones does not count.
  package init(period: Period, source: any FateSource) {
    self.period = period
    self.source = source
  }

  // MARK: Reading

  /// Where a row ended; nil while that is open.
  ///
  /// - Throws: What the source throws.
  package func fate(of key: RowKey) throws -> RowFate {
    try mark(key).fate
  }

  /// Whether the row ended in an earlier period, and nothing has changed since.
  package func isSettled(_ key: RowKey) throws -> Bool {
    try mark(key).has(RowMark.isSettled)
  }

  /// Whether the row came with an earlier period's feed and was open when the period opened.
  package func wasOpen(_ key: RowKey) throws -> Bool {
    try mark(key).has(RowMark.wasOpen)
  }

  /// Whether the row came with an earlier period's feed and was ineligible when the period opened.
  package func wasIneligible(_ key: RowKey) throws -> Bool {
    try mark(key).has(RowMark.wasIneligible)
  }

  /// Whether the row's fate has changed since the period opened.
  package func hasChanged(_ key: RowKey) throws -> Bool {
    try mark(key).has(RowMark.hasChanged)
  }

  /// Whether a row of a feed taken in by this run is known by its id.
  func isKnown(_ key: RowKey) throws -> Bool {
    try !mark(key).has(RowMark.isUnknown)
  }

  /// The day whose rates count for a row, if it follows an accepted earning.
  package func followedDay(of key: RowKey) -> Day? {
    followed[key]
  }

  /// Where a row ended, nil while that is open, and whether it was open when the period opened:
  /// ``fate(of:)`` and ``wasOpen(_:)`` in one look.
  ///
  /// - Throws: What the source throws.
  package func standing(of key: RowKey) throws -> (bucket: Bucket?, wasOpen: Bool) {
    let mark = try mark(key)
    return (mark.fate.bucket, mark.has(RowMark.wasOpen))
  }

  /// Where all rows ended that take part in the period, as it stands now.
  package var standings: RowStandings {
    RowStandings(feeds: feeds, followed: followed)
  }

  /// Which rows of a feed ended in an earlier period, as it stands now.
  ///
  /// - Throws: What the source throws.
  package func settledRows(feed: Int) throws -> SettledRows {
    try load(feed: feed, takesPart: false)
    return SettledRows(marks: feeds[feed])
  }

  private func mark(_ key: RowKey) throws -> RowMark {
    let (feed, row) = (Int(key.feed), Int(key.row))
    if feed >= feeds.count || !isLoaded[feed] { try load(feed: feed, takesPart: false) }
    // A feed that was changed behind the program's back may have more rows than were taken in.
    return row < feeds[feed].count ? feeds[feed][row] : RowMark()
  }

  /// Reads a feed's fates into memory.
  ///
  /// - Parameter takesPart: Whether the feed is read for the period. None of its rows was open
  ///   otherwise, so that one which changes has to be read for itself.
  /// - Throws: What the source throws.
  package func load(feed: Int, takesPart: Bool = true) throws {
    makeRoom(feed)
    guard !isLoaded[feed] else { return }
    let takenIn = try read(feed)
    let changes = try source.changes(feed: feed)
    for change in changes where change.period < period { apply(change, to: feed) }
    feeds[feed].change { $0.without(RowMark.hasChanged) }
    if takenIn < period {
      feeds[feed].change { takesPart ? $0.opening : $0.with(RowMark.isSettled) }
    }
    for change in changes where change.period == period { apply(change, to: feed) }
    isLoaded[feed] = true
  }

  /// Reads the fates that the rows of a feed had when it was taken in.
  ///
  /// - Returns: When that was.
  private func read(_ feed: Int) throws -> Period {
    var marks = RowMarks()
    let takenIn = try source.fates(feed: feed) { fates in
      for fate in fates { marks.append(RowMark(RowFate(rawValue: fate))) }
    }
    feeds[feed] = marks
    return takenIn
  }

  private func apply(_ change: LedgerFateChange, to feed: Int) {
    let row = Int(change.row)
    guard row < feeds[feed].count else { return }
    let mark = feeds[feed][row]
    let again = mark.isSettledRejection ? RowMark.wasOpen : 0
    feeds[feed][row] = mark.changed(to: change.fate).with(again)
    if let day = change.followedDay {
      followed[RowKey(feed: UInt32(feed), row: change.row)] = day
    }
  }

  private func makeRoom(_ feed: Int) {
    while feeds.count <= feed {
      feeds.append(RowMarks())
      isLoaded.append(false)
    }
  }

  // MARK: The feed being taken in

  /// Begins with the rows of a new feed.
  func begin(feed: Int) {
    makeRoom(feed)
    newFeed = feed
    feeds[feed] = RowMarks()
    isLoaded[feed] = true
  }

  /// Adds the next rows of the new feed.
  func append(_ fates: [RowFate?]) {
    for fate in fates { feeds[newFeed].append(fate.map { RowMark($0) } ?? RowMark()) }
  }

  /// Notes which rows of the new feed are not known by their ids.
  ///
  /// - Parameter rows: Those that were taken again; nil for all.
  func commit(_ rows: Set<UInt32>?) {
    guard let rows else { return feeds[newFeed].change(\.committed) }
    for row in rows { feeds[newFeed][Int(row)] = feeds[newFeed][Int(row)].committed }
  }

  /// Decides where a row of the new feed ends; the reasons of an ineligible row stay.
  func settle(_ row: UInt32, _ bucket: Bucket) {
    let mark = feeds[newFeed][Int(row)]
    guard mark.fate.bucket != bucket else { return }
    feeds[newFeed][Int(row)] = mark.ending(RowFate(bucket))
  }

  /// Forgets the new feed.
  func rollback() {
    feeds[newFeed] = RowMarks()
    isLoaded[newFeed] = false
  }

  /// Calls `body` with the fates of a feed that was taken in just now, as they are kept, some at a
  /// time.
  ///
  /// - Throws: What `body` throws.
  package func newFates(feed: Int, _ body: ([UInt8]) throws -> Void) rethrows {
    try feeds[feed].forEachChunk { try body($0.map(\.fate.rawValue)) }
  }

  /// How many rows of a feed are in each bucket.
  ///
  /// - Throws: What the source throws.
  package func counts(feed: Int) throws -> [Bucket: Int] {
    try load(feed: feed)
    var counts: [Bucket: Int] = [:]
    for (mark, rows) in feeds[feed].counts {
      counts[mark.fate.bucket ?? .rejected, default: 0] += rows
    }
    return counts
  }

  // MARK: Rows taken again

  /// The rows of a feed that are rejected now.
  ///
  /// - Throws: What the source throws.
  package func rejectedRows(feed: Int) throws -> [UInt32] {
    try load(feed: feed)
    var rows: [UInt32] = []
    feeds[feed].forEachRow(
      where: { $0.fate.bucket == .rejected }, do: { row, _ in rows.append(UInt32(row)) })
    return rows
  }

  /// Begins to take rows of an earlier feed again.
  func begin(retaking feed: Int) throws {
    try load(feed: feed)
    newFeed = feed
  }

  /// Notes where a row that is taken again ends for the time being: it is as open as a new one.
  func retake(_ row: UInt32, _ fate: RowFate) {
    let before = feeds[newFeed][Int(row)]
    let reopened = before.isSettledRejection ? RowMark.wasOpen : 0
    feeds[newFeed][Int(row)] = before.ending(fate).without(RowMark.isSettled).with(reopened)
  }

  /// Ends with a row that was taken again: what is rejected still is as it was.
  ///
  /// - Throws: What the source throws.
  func finishRetake(_ row: UInt32) throws {
    let mark = feeds[newFeed][Int(row)]
    guard mark.fate.bucket == .rejected else {
      return try change(RowKey(feed: UInt32(newFeed), row: row), to: mark.fate)
    }
    guard mark.has(RowMark.wasOpen) else { return }
    feeds[newFeed][Int(row)] = mark.without(RowMark.wasOpen).with(RowMark.isSettled)
  }

  // MARK: Changes

  /// Notes that a row's fate has changed, or which day's rates count for it.
  ///
  /// - Throws: What the source throws.
  package func change(_ key: RowKey, to fate: RowFate, following day: Day? = nil) throws {
    let before = try mark(key)
    if before.has(RowMark.isSettled) { revived.append(key) }
    if let day { followed[key] = day }
    guard Int(key.row) < feeds[Int(key.feed)].count else { return }
    if !before.has(RowMark.isPending) { pending += 1 }
    feeds[Int(key.feed)][Int(key.row)] = before.changed(to: fate).with(RowMark.isPending)
  }

  /// Notes that a row was past its time to be assessed when the period opened: it takes no part in
  /// the period unless it changes.
  package func expire(_ key: RowKey) throws {
    let mark = try mark(key).without(RowMark.wasOpen)
    guard Int(key.row) < feeds[Int(key.feed)].count else { return }
    feeds[Int(key.feed)][Int(key.row)] =
      mark.has(RowMark.hasChanged) ? mark : mark.with(RowMark.isSettled)
  }

  /// What has to be written, in the order of the rows.
  package var changes: [LedgerFateChange] {
    var changes: [LedgerFateChange] = []
    changes.reserveCapacity(pending)
    for feed in feeds.indices where isLoaded[feed] {
      feeds[feed].forEachRow(
        where: { $0.has(RowMark.isPending) },
        do: { row, mark in
          let key = RowKey(feed: UInt32(feed), row: UInt32(row))
          changes.append(
            LedgerFateChange(
              feed: key.feed, row: key.row, period: period, fate: mark.fate,
              followedDay: followed[key]))
        })
    }
    return changes
  }
}
