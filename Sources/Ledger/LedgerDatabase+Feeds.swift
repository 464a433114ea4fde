package import ByteStreams
package import Domain
import ExactMoney

// What was taken in.

extension LedgerDatabase {
  /// The feeds taken in, in their order.
  ///
  /// - Throws: ``LedgerFault``.
  package func feeds() throws(LedgerFault) -> [LedgerFeed] {
    try feeds(where: "1", [])
  }

  /// The feed with this number.
  ///
  /// - Throws: ``LedgerFault``.
  package func feed(number: UInt32) throws(LedgerFault) -> LedgerFeed? {
    try feeds(where: "number = ?", [.integer(Int64(number))]).first
  }

  /// The feed with these bytes.
  ///
  /// - Throws: ``LedgerFault``.
  package func feed(digest: SHA256Digest) throws(LedgerFault) -> LedgerFeed? {
    try feeds(where: "digest = ?", [.digest(digest)]).first
  }

  /// The feed with this id.
  ///
  /// - Throws: ``LedgerFault``.
  package func feed(feedId: String) throws(LedgerFault) -> LedgerFeed? {
    try feeds(where: "feedId = ?", [.text(feedId)]).first
  }

  /// The feed known by this name.
  ///
  /// - Throws: ``LedgerFault``.
  package func feed(name: String) throws(LedgerFault) -> LedgerFeed? {
    try feeds(where: "name = ?", [.text(name)]).first
  }

  /// The segments of known earnings that count, in the order in which they were added.
  ///
  /// - Throws: ``LedgerFault``.
  package func keySegments() throws(LedgerFault) -> [LedgerKeySegment] {
    var replaced: [String: [String]] = [:]
    try database.prepare("SELECT mergedInto, name FROM keySegmentMerge ORDER BY name")
      .rows { replaced[$0.text(0), default: []].append($0.text(1)) }
    var segments: [LedgerKeySegment] = []
    let query = try database.prepare(
      """
      SELECT name, entries, hex(digest) FROM keySegment
      WHERE name NOT IN (SELECT name FROM keySegmentMerge) ORDER BY number
      """)
    try query.rows { row throws(LedgerFault) in
      let name = row.text(0)
      segments.append(
        LedgerKeySegment(
          name: name, entries: row.count(1), digest: try row.digest(2),
          replaces: replaced[name] ?? []))
    }
    return segments
  }

  /// The changes of the rows of a feed, by row and then as they came: the last one of a row counts.
  ///
  /// - Parameter last: Only those that came while this period or an earlier one was open.
  /// - Throws: ``LedgerFault``.
  package func fateChanges(
    feed: UInt32, upTo last: Period? = nil
  ) throws(LedgerFault) -> [LedgerFateChange] {
    var changes: [LedgerFateChange] = []
    let query = try database.prepare(
      """
      SELECT row, period, bucket, followedDay, reasons FROM fateChange
      WHERE feed = ?1 AND period <= ?2 ORDER BY row, number
      """)
    try query.rows(.integer(Int64(feed)), .text(last?.text ?? "9999-12")) {
      row throws(LedgerFault) in
      let bucket = UInt8(exactly: row.integer(2)).flatMap { Bucket(rawValue: $0) }
      changes.append(
        LedgerFateChange(
          feed: feed, row: try row.unsigned(0), period: try row.period(1),
          fate: RowFate(
            try row.read(bucket, 2),
            IneligibilityReasons(rawValue: UInt8(truncatingIfNeeded: row.integer(4)))),
          followedDay: row.isNull(3)
            ? nil : Day(number: try row.read(Int32(exactly: row.integer(3)), 3))))
    }
    return changes
  }

  /// How many changes there are of the rows of each feed; feeds without any are left out.
  ///
  /// - Throws: ``LedgerFault``.
  package func fateChangeCounts() throws(LedgerFault) -> [UInt32: Int] {
    var counts: [UInt32: Int] = [:]
    let query = try database.prepare("SELECT feed, count(*) FROM fateChange GROUP BY feed")
    try query.rows { row throws(LedgerFault) in counts[try row.unsigned(0)] = row.count(1) }
    return counts
  }

  private func feeds(
    where condition: String, _ values: [DatabaseValue]
  ) throws(LedgerFault) -> [LedgerFeed] {
    var feeds: [LedgerFeed] = []
    let query = try database.prepare(
      """
      SELECT number, period, name, deliveredAs, hex(digest), feedId, rows, listed,
        hasControlTotals, controlRows, hasControlSums, openDay
      FROM feed WHERE \(condition) ORDER BY number
      """)
    let details = try LedgerFeedDetails(database)
    try query.rows(values) { row throws(LedgerFault) in
      var feed = LedgerFeed(
        number: try row.unsigned(0), period: try row.period(1), name: row.text(2),
        deliveredAs: row.text(3), digest: try row.digest(4), feedId: row.optionalText(5),
        rows: row.count(6))
      feed.listed = row.count(7)
      if row.integer(8) != 0 {
        feed.controlTotals = LedgerControlTotals(
          rows: row.isNull(9) ? nil : row.count(9), sums: row.integer(10) == 0 ? nil : [:])
      }
      if !row.isNull(11) { feed.openDay = try row.day(11) }
      try details.read(&feed)
      feeds.append(feed)
    }
    return feeds
  }
}

/// Reads what a feed has several of.
private struct LedgerFeedDetails {
  private let segments: DatabaseStatement
  private let rejections: DatabaseStatement
  private let findings: DatabaseStatement
  private let sums: DatabaseStatement
  private let profile: DatabaseStatement

  init(_ database: Database) throws(LedgerFault) {
    segments = try database.prepare(
      "SELECT name, hex(digest), bytes FROM segment WHERE feed = ? ORDER BY position")
    rejections = try database.prepare(
      "SELECT currency, rows, amountPicos FROM feedRejection WHERE feed = ? ORDER BY currency")
    findings = try database.prepare("SELECT code, findings FROM feedFinding WHERE feed = ?")
    sums = try database.prepare("SELECT currency, amountPicos FROM feedControlSum WHERE feed = ?")
    profile = try database.prepare(
      "SELECT name, yaml FROM feedProfile JOIN profile ON number = profile WHERE feed = ?")
  }

  func read(_ feed: inout LedgerFeed) throws(LedgerFault) {
    let number = DatabaseValue.integer(Int64(feed.number))
    var read = feed
    try segments.rows(number) { row throws(LedgerFault) in
      read.segments.append(
        LedgerSegment(name: row.text(0), digest: try row.digest(1), bytes: row.count(2)))
    }
    try rejections.rows(number) { row throws(LedgerFault) in
      let currency = row.text(0).isEmpty ? nil : try row.currency(0)
      read.rejected.append(
        LedgerRejection(currency: currency, rows: row.count(1), amount: try row.amount(2)))
    }
    try findings.rows(number) { row in read.findings[row.text(0)] = row.count(1) }
    try sums.rows(number) { row throws(LedgerFault) in
      read.controlTotals?.sums?[row.text(0)] = try row.amount(1)
    }
    try profile.rows(number) { row in
      read.profile = LedgerProfile(name: row.text(0), yaml: row.text(1))
    }
    feed = read
  }
}
