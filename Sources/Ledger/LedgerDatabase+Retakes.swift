package import ByteStreams
package import Domain

extension LedgerDatabase {
  /// The feeds whose rejected rows were taken again, in the order in which that was done.
  ///
  /// - Throws: ``LedgerFault``.
  package func retakes() throws(LedgerFault) -> [LedgerRetake] {
    var retakes: [LedgerRetake] = []
    let segments = try database.prepare(
      "SELECT name, hex(digest), bytes FROM retakeSegment WHERE retake = ? ORDER BY position")
    let findings = try database.prepare(
      "SELECT code, findings FROM retakeFinding WHERE retake = ?")
    let query = try database.prepare(
      "SELECT number, feed, period, listed, openDay FROM retake ORDER BY number")
    try query.rows { row throws(LedgerFault) in
      var retake = LedgerRetake(feed: try row.unsigned(1), period: try row.period(2))
      retake.listed = row.count(3)
      if !row.isNull(4) { retake.openDay = try row.day(4) }
      try segments.rows(.integer(row.integer(0))) { row throws(LedgerFault) in
        retake.segments.append(
          LedgerSegment(name: row.text(0), digest: try row.digest(1), bytes: row.count(2)))
      }
      try findings.rows(.integer(row.integer(0))) { row in
        retake.findings[row.text(0)] = row.count(1)
      }
      retakes.append(retake)
    }
    return retakes
  }

  func insert(_ retake: LedgerRetake, _ run: Int64) throws(LedgerFault) {
    try database.prepare(
      """
      INSERT INTO retake (number, run, feed, period, listed, openDay)
      SELECT ifnull(max(number), 0) + 1, ?, ?, ?, ?, ? FROM retake
      """
    ).run(
      .integer(run), .integer(Int64(retake.feed)), .period(retake.period),
      .integer(retake.listed), retake.openDay.map { .day($0) } ?? .null)
    let number = DatabaseValue.integer(database.lastInsertedRow)
    let segment = try database.prepare(
      "INSERT INTO retakeSegment (retake, position, name, digest, bytes) VALUES (?, ?, ?, ?, ?)")
    for (index, entry) in retake.segments.enumerated() {
      try segment.run(
        number, .integer(index + 1), .text(entry.name), .digest(entry.digest),
        .integer(entry.bytes))
    }
    let finding = try database.prepare(
      "INSERT INTO retakeFinding (retake, code, findings) VALUES (?, ?, ?)")
    for (code, count) in retake.findings.sorted(by: { precedesInBytes($0.key, $1.key) }) {
      try finding.run(number, .text(code), .integer(count))
    }
  }
}

extension Ledger {
  /// A feed as it was when a period was drawn: with the findings and rejects of the last retake
  /// up to then.
  package func version(of feed: LedgerFeed, in period: Period) -> LedgerFeed {
    guard let last = retakes.last(where: { $0.feed == feed.number && $0.period <= period }) else {
      return feed
    }
    var version = feed
    version.segments = feed.segments.filter { $0.name.hasSuffix(Segment.fates.suffix) }
    version.segments += last.segments
    version.findings = last.findings
    version.listed = last.listed
    return version
  }

  /// Writes what is kept of a feed after its rejected rows were taken again.
  ///
  /// - Parameters:
  ///   - version: The feed as it was; as it is now, afterwards.
  ///   - rejects: Writes the rejects, piece by piece; nil if nothing is rejected.
  /// - Throws: ``FileError``; what `rejects` throws.
  package func write(
    retake findings: FindingLog, of version: inout LedgerFeed, in period: Period,
    rejects: (((consuming [UInt8]) throws -> Void) throws -> Void)?
  ) throws -> LedgerRetake {
    let number = retakes.count + 1
    var retaken = version
    retaken.segments = []
    retaken.findings = [:]
    try write(findings, of: &retaken, retake: number)
    if let rejects { try write(.rejects, of: &retaken, retake: number, rejects) }
    var retake = LedgerRetake(feed: version.number, period: period)
    retake.segments = retaken.segments
    retake.findings = retaken.findings
    retake.listed = retaken.listed
    version.segments.removeAll { !$0.name.hasSuffix(Segment.fates.suffix) }
    version.segments += retaken.segments
    version.findings = retaken.findings
    version.listed = retaken.listed
    return retake
  }

  /// Whether findings and rejects are those that are kept of a feed.
  package func isKept(
    _ findings: FindingLog, rejects: SHA256Digest?, of version: LedgerFeed
  ) -> Bool {
    func digest(_ segment: Segment) -> SHA256Digest? {
      version.segments.first { $0.name.hasSuffix(segment.suffix) }?.digest
    }
    let listed = findings.listed
    let encoded = listed.isEmpty ? nil : SHA256Digest.of(FindingCoding.encode(listed))
    let counts = Dictionary(
      uniqueKeysWithValues: findings.counts.map { ($0.key.rawValue, $0.value) })
    return counts == version.findings && encoded == digest(.findings)
      && rejects == digest(.rejects)
  }
}
