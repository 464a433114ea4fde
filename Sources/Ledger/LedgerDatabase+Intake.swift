import Domain
import ExactMoney

// What a run takes in.

extension LedgerDatabase {
  /// Records what a run takes in, all of it or nothing; for an empty intake nothing is written.
  ///
  /// - Throws: ``LedgerFault``, ``LedgerRefusal/notOpen(_:open:)`` if the period is not open.
  package func take(_ intake: LedgerIntake) throws(LedgerFault) {
    guard !intake.isEmpty else { return }
    try database.transaction { () throws(LedgerFault) in
      try requireOpen(intake.period)
      let run = try insert(
        run: LedgerRun(
          kind: intake.kind, period: intake.period, asOf: intake.asOf, feeds: intake.feeds.count,
          rows: intake.feeds.reduce(0) { $0 + $1.rows }))
      for feed in intake.feeds { try insert(feed, run) }
      try insert(intake.keySegments, run)
      try insert(intake.fateChanges)
      if let retake = intake.retake { try insert(retake, run) }
    }
  }

  private func insert(_ feed: LedgerFeed, _ run: Int64) throws(LedgerFault) {
    let insert = try database.prepare(
      """
      INSERT INTO feed (number, run, period, name, deliveredAs, digest, feedId, rows, listed,
        hasControlTotals, controlRows, hasControlSums, openDay)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let control = feed.controlTotals
    try insert.run(
      .integer(Int64(feed.number)), .integer(run), .period(feed.period), .text(feed.name),
      .text(feed.deliveredAs), .digest(feed.digest), .text(feed.feedId), .integer(feed.rows),
      .integer(feed.listed), .integer(control == nil ? 0 : 1),
      control?.rows.map { .integer($0) } ?? .null, .integer(control?.sums == nil ? 0 : 1),
      feed.openDay.map { .day($0) } ?? .null)
    try insertProfile(feed)
    try insertSegments(feed)
    try insertCounts(feed)
  }

  private func insertProfile(_ feed: LedgerFeed) throws(LedgerFault) {
    guard let profile = feed.profile else { return }
    let known = "SELECT number FROM profile WHERE name = ?1 AND yaml = ?2"
    let (name, yaml) = (DatabaseValue.text(profile.name), DatabaseValue.text(profile.yaml))
    let insert = try database.prepare(
      """
      INSERT INTO profile (number, name, yaml)
      SELECT ifnull(max(number), 0) + 1, ?1, ?2 FROM profile WHERE NOT EXISTS (\(known))
      HAVING NOT EXISTS (\(known))
      """)
    try insert.run(name, yaml)
    try database.prepare("INSERT INTO feedProfile (profile, feed) VALUES ((\(known)), ?3)")
      .run(name, yaml, .integer(Int64(feed.number)))
  }

  private func insertSegments(_ feed: LedgerFeed) throws(LedgerFault) {
    let insert = try database.prepare(
      "INSERT INTO segment (feed, position, name, digest, bytes) VALUES (?, ?, ?, ?, ?)")
    for (index, segment) in feed.segments.enumerated() {
      try insert.run(
        .integer(Int64(feed.number)), .integer(index + 1), .text(segment.name),
        .digest(segment.digest), .integer(segment.bytes))
    }
  }

  private func insertCounts(_ feed: LedgerFeed) throws(LedgerFault) {
    let number = DatabaseValue.integer(Int64(feed.number))
    let rejection = try database.prepare(
      "INSERT INTO feedRejection (feed, currency, rows, amountPicos) VALUES (?, ?, ?, ?)")
    for rejected in feed.rejected {
      try rejection.run(
        number, .text(rejected.currency?.code ?? ""), .integer(rejected.rows),
        .amount(rejected.amount))
    }
    let finding = try database.prepare(
      "INSERT INTO feedFinding (feed, code, findings) VALUES (?, ?, ?)")
    for (code, count) in feed.findings.sorted(by: { precedesInBytes($0.key, $1.key) }) {
      try finding.run(number, .text(code), .integer(count))
    }
    let sum = try database.prepare(
      "INSERT INTO feedControlSum (feed, currency, amountPicos) VALUES (?, ?, ?)")
    let sums = feed.controlTotals?.sums ?? [:]
    for (code, amount) in sums.sorted(by: { precedesInBytes($0.key, $1.key) }) {
      try sum.run(number, .text(code), .amount(amount))
    }
  }

  func insert(_ segments: [LedgerKeySegment], _ run: Int64) throws(LedgerFault) {
    let segmentInsert = try database.prepare(
      """
      INSERT INTO keySegment (number, run, name, entries, digest)
      SELECT ifnull(max(number), 0) + 1, ?, ?, ?, ? FROM keySegment
      """)
    let merge = try database.prepare("INSERT INTO keySegmentMerge (name, mergedInto) VALUES (?, ?)")
    for segment in segments {
      try segmentInsert.run(
        .integer(run), .text(segment.name), .integer(segment.entries), .digest(segment.digest))
      for replaced in segment.replaces { try merge.run(.text(replaced), .text(segment.name)) }
    }
  }

  func insert(_ changes: [LedgerFateChange]) throws(LedgerFault) {
    var number: Int64 = 0
    try database.prepare("SELECT ifnull(max(number), 0) FROM fateChange")
      .rows { number = $0.integer(0) }
    let insert = try DatabaseInsert(
      database, "fateChange",
      ["number", "feed", "row", "period", "bucket", "reasons", "followedDay"])
    for change in changes {
      number += 1
      try insert.add([
        .integer(number), .integer(Int64(change.feed)), .integer(Int64(change.row)),
        .period(change.period), .integer(Int64(change.fate.rawValue & 7)),
        .integer(Int64(change.fate.reasons.rawValue)),
        change.followedDay.map { .integer(Int64($0.number)) } ?? .null,
      ])
    }
    try insert.flush()
  }
}
