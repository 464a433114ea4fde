import ByteStreams
package import Domain

/// Where the rows of all feeds ended, and what the run that is under way changes of it.
///
/// Memory holds two bytes per row of the feeds that the period needs, and of older ones only once a
/// row of theirs is met again.
package final class RowFates {
  /// A row's fate with what it means for the period.
  private struct Mark {
    /// It was open when the period opened: notYetDue, or ineligible and open to assessment.
    static let wasOpen: UInt16 = 0x100
    /// It had ended before the period opened, and nothing has changed since.
    static let isSettled: UInt16 = 0x200
    /// It was ineligible when the period opened.
    static let wasIneligible: UInt16 = 0x800
    /// It has changed since the period opened.
    static let hasChanged: UInt16 = 0x400
    /// It was rejected or a duplicate when its feed was committed: its id does not make it known.
    static let isUnknown: UInt16 = 0x1000
  }

  /// The period that is drawn.
  package let period: Period
  private let source: any FateSource
  /// By feed number; nil where the feed was not needed yet.
  private var feeds: [[UInt16]?] = []
  private var followed: [RowKey: Day] = [:]
  /// Changes of rows of feeds taken in by earlier runs, not written yet.
  private var pending: [RowKey: LedgerFateChange] = [:]
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
    RowFate(rawValue: UInt8(truncatingIfNeeded: try mark(key)))
  }

  /// Whether the row ended in an earlier period, and nothing has changed since.
  package func isSettled(_ key: RowKey) throws -> Bool {
    try mark(key) & Mark.isSettled != 0
  }

  /// Whether the row came with an earlier period's feed and was open when the period opened.
  package func wasOpen(_ key: RowKey) throws -> Bool {
    try mark(key) & Mark.wasOpen != 0
  }

  /// Whether the row came with an earlier period's feed and was ineligible when the period opened.
  package func wasIneligible(_ key: RowKey) throws -> Bool {
    try mark(key) & Mark.wasIneligible != 0
  }

  /// Whether the row's fate has changed since the period opened.
  package func hasChanged(_ key: RowKey) throws -> Bool {
    try mark(key) & Mark.hasChanged != 0
  }

  /// Whether a row of a feed taken in by this run is known by its id.
  func isKnown(_ key: RowKey) throws -> Bool {
    try mark(key) & Mark.isUnknown == 0
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
    let fate = RowFate(rawValue: UInt8(truncatingIfNeeded: mark))
    return (fate.bucket, mark & Mark.wasOpen != 0)
  }

  private func mark(_ key: RowKey) throws -> UInt16 {
    let feed = Int(key.feed)
    if feed >= feeds.count || feeds[feed] == nil { try load(feed: feed, takesPart: false) }
    // A feed that was changed behind the program's back may have more rows than were taken in.
    guard let marks = feeds[feed], Int(key.row) < marks.count else { return 0 }
    return marks[Int(key.row)]
  }

  /// Reads a feed's fates into memory.
  ///
  /// - Parameter takesPart: Whether the feed is read for the period. None of its rows was open
  ///   otherwise, so that one which changes has to be read for itself.
  /// - Throws: What the source throws.
  package func load(feed: Int, takesPart: Bool = true) throws {
    makeRoom(feed)
    guard feeds[feed] == nil else { return }
    let (takenIn, fates) = try source.fates(feed: feed)
    var marks = fates.map { UInt16($0) }
    let changes = try source.changes(feed: feed)
    for change in changes where change.period < period { apply(change, to: &marks, feed) }
    for row in marks.indices { marks[row] &= ~Mark.hasChanged }
    if takenIn < period {
      for row in marks.indices {
        marks[row] |= takesPart ? RowFates.opening(marks[row]) : Mark.isSettled
      }
    }
    for change in changes where change.period == period {
      apply(change, to: &marks, feed)
    }
    feeds[feed] = marks
  }

  /// What a row of an earlier period's feed is when the period opens.
  private static func opening(_ mark: UInt16) -> UInt16 {
    switch RowFate(rawValue: UInt8(truncatingIfNeeded: mark)).bucket {
    case .notYetDue: Mark.wasOpen
    case .ineligible: Mark.wasOpen | Mark.wasIneligible
    default: Mark.isSettled
    }
  }

  private func apply(_ change: LedgerFateChange, to marks: inout [UInt16], _ feed: Int) {
    let row = Int(change.row)
    guard row < marks.count else { return }
    let isTakenAgain = RowFates.isSettledRejection(marks[row])
    marks[row] = RowFates.changed(marks[row], to: change.fate)
    if isTakenAgain { marks[row] |= Mark.wasOpen }
    if let day = change.followedDay {
      followed[RowKey(feed: UInt32(feed), row: change.row)] = day
    }
  }

  private static func changed(_ mark: UInt16, to fate: RowFate) -> UInt16 {
    mark & ~0xFF & ~Mark.isSettled | Mark.hasChanged | UInt16(fate.rawValue)
  }

  private func makeRoom(_ feed: Int) {
    while feeds.count <= feed { feeds.append(nil) }
  }

  // MARK: The feed being taken in

  /// Begins with the rows of a new feed.
  func begin(feed: Int) {
    makeRoom(feed)
    newFeed = feed
    feeds[feed] = []
  }

  /// Adds the next rows of the new feed.
  func append(_ fates: [RowFate?]) {
    feeds[newFeed]?.append(contentsOf: fates.lazy.map { UInt16($0?.rawValue ?? 0) })
  }

  /// Notes which rows of the new feed are not known by their ids.
  ///
  /// - Parameter rows: Those that were taken again; nil for all.
  func commit(_ rows: Set<UInt32>?) {
    guard var marks = feeds[newFeed] else { return }
    // Taken out meanwhile, so that the marks are not copied.
    feeds[newFeed] = nil
    if let rows {
      for row in rows { RowFates.commit(&marks[Int(row)]) }
    } else {
      for row in marks.indices { RowFates.commit(&marks[row]) }
    }
    feeds[newFeed] = marks
  }

  private static func commit(_ mark: inout UInt16) {
    switch RowFate(rawValue: UInt8(truncatingIfNeeded: mark)).bucket {
    case .rejected, .duplicate, nil: mark |= Mark.isUnknown
    case .accepted, .ineligible, .notYetDue: break
    }
  }

  /// Decides where a row of the new feed ends; the reasons of an ineligible row stay.
  func settle(_ row: UInt32, _ bucket: Bucket) {
    let mark = feeds[newFeed]?[Int(row)] ?? 0
    guard RowFate(rawValue: UInt8(truncatingIfNeeded: mark)).bucket != bucket else { return }
    feeds[newFeed]?[Int(row)] = mark & ~0xFF | UInt16(RowFate(bucket).rawValue)
  }

  /// Forgets the new feed.
  func rollback() {
    feeds[newFeed] = nil
  }

  /// The fates of a feed that was taken in just now, as they are kept.
  package func newFates(feed: Int) -> [UInt8] {
    feeds[feed]?.map { UInt8(truncatingIfNeeded: $0) } ?? []
  }

  /// How many rows of a feed are in each bucket.
  ///
  /// - Throws: What the source throws.
  package func counts(feed: Int) throws -> [Bucket: Int] {
    try load(feed: feed)
    var counts: [Bucket: Int] = [:]
    for mark in feeds[feed] ?? [] {
      let bucket = RowFate(rawValue: UInt8(truncatingIfNeeded: mark)).bucket
      counts[bucket ?? .rejected, default: 0] += 1
    }
    return counts
  }

  // MARK: Rows taken again

  /// The rows of a feed that are rejected now.
  ///
  /// - Throws: What the source throws.
  package func rejectedRows(feed: Int) throws -> [UInt32] {
    try load(feed: feed)
    let marks = feeds[feed] ?? []
    return marks.indices.filter {
      RowFate(rawValue: UInt8(truncatingIfNeeded: marks[$0])).bucket == .rejected
    }.map { UInt32($0) }
  }

  /// Begins to take rows of an earlier feed again.
  func begin(retaking feed: Int) throws {
    try load(feed: feed)
    newFeed = feed
  }

  /// Notes where a row that is taken again ends for the time being: it is as open as a new one.
  func retake(_ row: UInt32, _ fate: RowFate) {
    let before = feeds[newFeed]?[Int(row)] ?? 0
    let reopened = RowFates.isSettledRejection(before) ? Mark.wasOpen : 0
    feeds[newFeed]?[Int(row)] =
      before & ~(0xFF | Mark.isSettled) | reopened | UInt16(fate.rawValue)
  }

  /// Ends with a row that was taken again: what is rejected still is as it was.
  ///
  /// - Throws: What the source throws.
  func finishRetake(_ row: UInt32) throws {
    let mark = feeds[newFeed]?[Int(row)] ?? 0
    let fate = RowFate(rawValue: UInt8(truncatingIfNeeded: mark))
    guard fate.bucket == .rejected else {
      return try change(RowKey(feed: UInt32(newFeed), row: row), to: fate)
    }
    guard mark & Mark.wasOpen != 0 else { return }
    feeds[newFeed]?[Int(row)] = mark & ~Mark.wasOpen | Mark.isSettled
  }

  /// Whether a row was rejected in an earlier period: only a retake changes that.
  private static func isSettledRejection(_ mark: UInt16) -> Bool {
    mark & Mark.isSettled != 0
      && RowFate(rawValue: UInt8(truncatingIfNeeded: mark)).bucket == .rejected
  }

  // MARK: Changes

  /// Notes that a row's fate has changed, or which day's rates count for it.
  ///
  /// - Throws: What the source throws.
  package func change(_ key: RowKey, to fate: RowFate, following day: Day? = nil) throws {
    let before = try mark(key)
    if before & Mark.isSettled != 0 { revived.append(key) }
    feeds[Int(key.feed)]?[Int(key.row)] = RowFates.changed(before, to: fate)
    let day = day ?? followed[key]
    if let day { followed[key] = day }
    pending[key] = LedgerFateChange(
      feed: key.feed, row: key.row, period: period, fate: fate, followedDay: day)
  }

  /// Notes that a row was past its time to be assessed when the period opened: it takes no part in
  /// the period unless it changes.
  package func expire(_ key: RowKey) throws {
    var mark = try mark(key) & ~Mark.wasOpen
    if mark & Mark.hasChanged == 0 { mark |= Mark.isSettled }
    feeds[Int(key.feed)]?[Int(key.row)] = mark
  }

  /// What has to be written, in the order of the rows.
  package var changes: [LedgerFateChange] {
    pending.values.sorted { ($0.feed, $0.row) < ($1.feed, $1.row) }
  }
}

/// Where the fates of earlier feeds are kept.
package protocol FateSource {
  /// The period in which a feed was taken in, and the fate of each of its rows then.
  func fates(feed: Int) throws -> (takenIn: Period, fates: [UInt8])
  /// What has changed since, up to the period that is drawn, in the order in which it did.
  func changes(feed: Int) throws -> [LedgerFateChange]
}

/// No earlier feeds: where something is only checked.
package struct NoFates: FateSource {
  package init() {}

  package func fates(feed: Int) -> (takenIn: Period, fates: [UInt8]) {
    (Period(number: 0), [])
  }

  package func changes(feed: Int) -> [LedgerFateChange] { [] }
}
