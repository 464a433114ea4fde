/// Numbers the names that many rows share: of partners, programs, levers.
///
/// Names are told apart by their bytes, as SQLite compares them.
final class LedgerNames {
  private let database: Database
  private let find: DatabaseStatement
  private let insert: DatabaseStatement
  /// The name asked for last, as rows come grouped.
  private var last: (name: String, number: Int64)?

  /// - Throws: ``LedgerFault``.
  init(_ database: Database, table: String, column: String) throws(LedgerFault) {
    self.database = database
    find = try database.prepare("SELECT number FROM \(table) WHERE \(column) = ?")
    insert = try database.prepare(
      """
      INSERT INTO \(table) (number, \(column)) SELECT ifnull(max(number), 0) + 1, ? FROM \(table)
      """)
  }

  /// - Throws: ``LedgerFault``.
  static func partners(_ database: Database) throws(LedgerFault) -> LedgerNames {
    try LedgerNames(database, table: "partner", column: "participantId")
  }

  /// - Throws: ``LedgerFault``.
  static func programs(_ database: Database) throws(LedgerFault) -> LedgerNames {
    try LedgerNames(database, table: "program", column: "name")
  }

  /// - Throws: ``LedgerFault``.
  static func levers(_ database: Database) throws(LedgerFault) -> LedgerNames {
    try LedgerNames(database, table: "lever", column: "name")
  }

  /// The number of a name, which is new if it was never asked for.
  ///
  /// - Throws: ``LedgerFault``.
  func number(_ name: String) throws(LedgerFault) -> Int64 {
    if let last, last.name.utf8.elementsEqual(name.utf8) { return last.number }
    let number: Int64
    if let known = try known(name) {
      number = known
    } else {
      try insert.run(.text(name))
      number = database.lastInsertedRow
    }
    last = (name, number)
    return number
  }

  private func known(_ name: String) throws(LedgerFault) -> Int64? {
    var number: Int64?
    try find.rows(.text(name)) { number = $0.integer(0) }
    return number
  }
}
