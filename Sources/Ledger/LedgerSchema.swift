/// The schema of the ledger database: its migrations, and what tells it from other files.
///
/// To change it, append a migration; one that was ever released stays as it is, word for word.
enum LedgerSchema {
  /// `PYOT` in the header of the file: it is ours.
  static let applicationId: Int64 = 0x5059_4F54

  /// The version of a new ledger, kept in the file as `user_version`.
  static var version: Int64 { Int64(migrations.count) }

  /// What leads from each version to the next, the first from an empty file.
  static let migrations: [String] = [
    LedgerSchemaVersion1.sql, LedgerSchemaVersion2.sql, LedgerSchemaVersion3.sql,
    LedgerSchemaVersion4.sql, LedgerSchemaVersion5.sql,
  ]

  /// Brings a database to the newest version, or to an earlier one; in one transaction.
  ///
  /// - Throws: ``LedgerFault``.
  static func migrate(
    _ database: Database, from version: Int64, to newest: Int64 = version
  ) throws(LedgerFault) {
    try database.transaction { () throws(LedgerFault) in
      for migration in migrations[Int(version)..<Int(newest)] { try database.execute(migration) }
      try database.execute("PRAGMA application_id = \(applicationId)")
      try database.execute("PRAGMA user_version = \(newest)")
    }
  }

  /// The schema as SQL that makes an empty ledger, what is fixed in its tables included.
  ///
  /// - Throws: ``LedgerFault``.
  static func dump(_ database: Database) throws(LedgerFault) -> String {
    let application = try number("application_id", database)
    let version = try number("user_version", database)
    // Rows before triggers, since these let none of them in.
    return "PRAGMA application_id = \(application);\nPRAGMA user_version = \(version);\n"
      + (try statements("type IN ('table', 'index')", database))
      + (try insertions("account", columns: 2, database))
      + (try insertions("postingKind", columns: 3, database))
      + (try statements("type IN ('view', 'trigger')", database))
  }

  private static func statements(
    _ condition: String, _ database: Database
  ) throws(LedgerFault) -> String {
    var text = ""
    let schema = try database.prepare(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND \(condition)"
        + " ORDER BY type = 'trigger', rowid")
    try schema.rows { row in text += row.text(0) + ";\n" }
    return text
  }

  private static func insertions(
    _ table: String, columns: Int, _ database: Database
  ) throws(LedgerFault) -> String {
    var text = ""
    try database.prepare("SELECT * FROM \(table) ORDER BY rowid").rows { row in
      let values = (0..<columns).map { "'\(row.text($0))'" }
      text += "INSERT INTO \(table) VALUES (\(values.joined(separator: ", ")));\n"
    }
    return text
  }

  /// The schema of a new ledger.
  ///
  /// - Throws: ``LedgerFault``.
  static func dumpOfNew() throws(LedgerFault) -> String {
    let database = try Database(path: ":memory:")
    try migrate(database, from: 0)
    return try dump(database)
  }

  /// A number that SQLite keeps in the header of the file.
  ///
  /// - Throws: ``LedgerFault``.
  static func number(_ pragma: String, _ database: Database) throws(LedgerFault) -> Int64 {
    var number: Int64 = 0
    try database.prepare("PRAGMA \(pragma)").rows { number = $0.integer(0) }
    return number
  }
}
