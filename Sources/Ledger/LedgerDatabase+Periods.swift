package import Domain

// Settings, periods and runs.

extension LedgerDatabase {
  /// The value of a setting, or nil if it was never put.
  ///
  /// - Throws: ``LedgerFault``.
  package func setting(_ name: String) throws(LedgerFault) -> String? {
    var value: String?
    let query = try database.prepare("SELECT value FROM setting WHERE name = ?")
    try query.rows(.text(name)) { value = $0.text(0) }
    return value
  }

  /// Keeps a setting for ever; nothing is written if it is there already.
  ///
  /// - Throws: ``LedgerFault``, ``LedgerRefusal/settingKept(name:)`` if it has another value.
  package func put(setting name: String, _ value: String) throws(LedgerFault) {
    if let kept = try setting(name) {
      guard kept.utf8.elementsEqual(value.utf8) else { throw .refused(.settingKept(name: name)) }
      return
    }
    try database.transaction { () throws(LedgerFault) in try insert(setting: name, value) }
  }

  func insert(setting name: String, _ value: String) throws(LedgerFault) {
    try database.prepare("INSERT INTO setting (name, value) VALUES (?, ?)")
      .run(.text(name), .text(value))
  }

  /// The setting that has the digest of the list of copies kept of a period.
  static func copiesSetting(_ period: Period) -> String { "copies " + period.text }

  /// The setting that says which files the close of a period wrote.
  static func drawingSetting(_ period: Period) -> String { "drawing " + period.text }

  /// The open period, or nil if none was ever begun.
  ///
  /// - Throws: ``LedgerFault``.
  package func openPeriod() throws(LedgerFault) -> Period? {
    var period: Period?
    let query = try database.prepare("SELECT period FROM period ORDER BY period DESC LIMIT 1")
    try query.rows { row throws(LedgerFault) in period = try row.period(0) }
    return period
  }

  /// Opens the first period; nothing is written if it is the open one already.
  ///
  /// - Throws: ``LedgerFault``, ``LedgerRefusal/notOpen(_:open:)`` if another one is open.
  package func begin(_ first: Period) throws(LedgerFault) {
    if let open = try openPeriod() {
      guard open == first else { throw .refused(.notOpen(first, open: open)) }
      return
    }
    try database.transaction { () throws(LedgerFault) in try insert(period: first) }
  }

  /// The runs that added something, in their order.
  ///
  /// - Throws: ``LedgerFault``.
  package func runs() throws(LedgerFault) -> [LedgerRun] {
    var runs: [LedgerRun] = []
    let query = try database.prepare(
      "SELECT kind, period, asOf, feeds, rows FROM run ORDER BY number")
    try query.rows { row throws(LedgerFault) in
      runs.append(
        LedgerRun(
          kind: try row.read(LedgerRun.Kind(rawValue: row.text(0)), 0),
          period: try row.period(1), asOf: try row.day(2), feeds: row.count(3),
          rows: row.count(4)))
    }
    return runs
  }

  func insert(period: Period) throws(LedgerFault) {
    try database.prepare("INSERT INTO period (period) VALUES (?)").run(.period(period))
  }

  /// Adds a run; its number.
  func insert(run: LedgerRun) throws(LedgerFault) -> Int64 {
    let insert = try database.prepare(
      """
      INSERT INTO run (number, kind, period, asOf, feeds, rows)
      SELECT ifnull(max(number), 0) + 1, ?, ?, ?, ?, ? FROM run
      """)
    try insert.run(
      .text(run.kind.rawValue), .period(run.period), .day(run.asOf), .integer(run.feeds),
      .integer(run.rows))
    return database.lastInsertedRow
  }

  /// - Throws: ``LedgerRefusal/notOpen(_:open:)``.
  func requireOpen(_ period: Period) throws(LedgerFault) {
    let open = try openPeriod()
    guard open == period else { throw .refused(.notOpen(period, open: open)) }
  }
}
