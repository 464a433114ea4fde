package import ByteStreams
package import Domain
package import ExactMoney

// What people ask of the ledger; nothing here changes it.

extension Ledger {
  /// The names of all programs that closed books name, in the order in which they came.
  ///
  /// - Throws: ``LedgerFault``.
  package func programs() throws(LedgerFault) -> [String] {
    var names: [String] = []
    try database.database.prepare("SELECT name FROM program ORDER BY number")
      .rows { names.append($0.text(0)) }
    return names
  }

  /// The digest of the list of copies that the close of a period kept; nil if it is not closed.
  ///
  /// - Throws: ``LedgerFault``.
  package func copiesDigest(_ period: Period) throws(LedgerFault) -> SHA256Digest? {
    guard let hex = try database.setting(LedgerDatabase.copiesSetting(period)) else { return nil }
    guard let digest = SHA256Digest(hex: hex) else {
      throw .damaged(path: database.database.path, reason: "a digest of copies cannot be read")
    }
    return digest
  }

  /// Which files the close of a period wrote: 2 those of the configuration, 1 where it knew no reports
  /// yet, and of formats perhaps CSV only.
  ///
  /// - Throws: ``LedgerFault``.
  package func drawing(of period: Period) throws(LedgerFault) -> Int {
    guard let text = try database.setting(LedgerDatabase.drawingSetting(period)) else { return 1 }
    guard let drawing = Int(text) else {
      throw .damaged(path: database.database.path, reason: "how a period is drawn cannot be read")
    }
    return drawing
  }

  /// Goes over the payments that a close issued, by participantId, program and currency.
  ///
  /// - Throws: ``LedgerFault``.
  package func forEachPayment(
    of period: Period, _ body: (LedgerBalanceName, Money) -> Void
  ) throws(LedgerFault) {
    let query = try database.database.prepare(
      """
      SELECT participantId, program.name, currency, totalPayment FROM settlement
      JOIN partner ON partner.number = settlement.partner
      JOIN program ON program.number = settlement.program
      WHERE period = ? AND totalPayment <> '0' ORDER BY participantId, program.name, currency
      """)
    try query.rows(.period(period)) { row throws(LedgerFault) in
      let name = try row.balanceName(from: 0)
      body(name, try row.money(3, name.currency))
    }
  }

  /// Goes over the balances that were held at the close of a period.
  ///
  /// - Throws: ``LedgerFault``.
  package func forEachHold(
    of period: Period, _ body: (LedgerBalanceName, HoldReasons) -> Void
  ) throws(LedgerFault) {
    let query = try database.database.prepare(
      """
      SELECT participantId, program.name, currency, holds FROM settlement
      JOIN partner ON partner.number = settlement.partner
      JOIN program ON program.number = settlement.program
      WHERE period = ? AND holds <> '' ORDER BY participantId, program.name, currency
      """)
    try query.rows(.period(period)) { row throws(LedgerFault) in
      body(try row.balanceName(from: 0), try row.read(HoldReasons(text: row.text(3)), 3))
    }
  }

  /// A row that is known by an id.
  package struct KnownRow: Hashable, Sendable {
    package var key: RowKey
    /// The line of the feed on which it begins.
    package var line: UInt32
    /// Whether it is not the earning itself, but a row that takes it back or corrects it.
    package var isReference: Bool
  }

  /// The rows that were taken in with this earningId, and those that refer to it.
  ///
  /// - Throws: ``KeySegmentFault``.
  package func knownRows(earningId: String) throws -> [KnownRow] {
    let bytes = Array(earningId.utf8)
    let hash = SipHash128(key0: digestKey.0, key1: digestKey.1)
    return try index.entries(of: hash.hash(bytes.span)).map { key in
      KnownRow(
        key: RowKey(feed: key.feed, row: key.row), line: key.line,
        isReference: key.kind == .reference)
    }
  }

  /// Where a row ended, and how that changed later, in the order in which it did.
  ///
  /// - Throws: ``LedgerFault``; ``FileError``.
  package func history(of row: RowKey) throws -> [LedgerFateChange] {
    let source = fateSource(upTo: Period(year: 9999, month: 12))
    var found: UInt8?
    var before = 0
    let takenIn = try source.fates(feed: Int(row.feed)) { fates in
      let place = Int(row.row) - before
      if fates.indices.contains(place) { found = fates[place] }
      before += fates.count
    }
    guard let found else { return [] }
    let first = LedgerFateChange(
      feed: row.feed, row: row.row, period: takenIn, fate: RowFate(rawValue: found))
    return [first]
      + (try source.changes(feed: Int(row.feed)).filter { $0.row == row.row })
  }

  /// How many rows of a feed stand in each bucket now.
  ///
  /// - Throws: ``LedgerFault``; ``FileError``.
  package func buckets(of feed: LedgerFeed) throws -> [Bucket: Int] {
    let last = Period(year: 9999, month: 12)
    return try RowFates(period: last, source: fateSource(upTo: last)).counts(feed: Int(feed.number))
  }

  /// The issued payment with this id.
  ///
  /// - Throws: ``LedgerFault``.
  package func payment(paymentId: String) throws -> LedgerPayment? {
    try database.payment(paymentId: paymentId)
  }

  /// The payments that a close issued.
  ///
  /// - Throws: ``LedgerFault``.
  package func payments(of period: Period) throws -> [LedgerPayment] {
    try database.payments(period)
  }

  /// A number that is another one after any other process has added to the ledger.
  ///
  /// - Throws: ``LedgerFault``.
  package func dataVersion() throws -> Int64 {
    try LedgerSchema.number("data_version", database.database)
  }
}
