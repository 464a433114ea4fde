import ByteStreams

/// The ledger: `ledger.sqlite` in the ledger directory, append-only and with double entry.
///
/// Each operation that writes is one transaction; its commit is the one commit point. Used by one
/// thread, opened once per process, and to be written only under the lock of the workspace.
package final class LedgerDatabase {
  /// What an opened ledger is for.
  package enum Access: Sendable {
    /// Makes the ledger if there is none, and migrates an older one.
    case write
    /// Changes nothing; what an ended process left half-written is taken back where that can be.
    case read
  }

  /// The file in the ledger directory.
  package static let fileName = "ledger.sqlite"

  let database: Database

  /// Opens the ledger of a directory, which exists.
  ///
  /// A file that is not a ledger is left as it is.
  ///
  /// - Throws: ``LedgerFault/missing(path:)`` and ``LedgerFault/olderVersion(path:version:known:)``
  ///   if it is only to be read; ``LedgerFault/newerVersion(path:version:known:)``,
  ///   ``LedgerFault/damaged(path:reason:)``, ``LedgerFault/readOnly(path:)``,
  ///   ``LedgerFault/full(path:)``, ``LedgerFault/failed(path:reason:)``,
  ///   ``LedgerFault/busy(path:)``.
  package static func open(
    directory: String, _ access: Access = .write
  ) throws(LedgerFault) -> LedgerDatabase {
    let path = directory + "/" + fileName
    switch try LedgerFile.content(path) {
    case .missing where access == .read, .empty where access == .read:
      throw .missing(path: path)
    case .missing: try LedgerFile.create(path)
    case .empty, .ledger: break
    case .foreign(let reason): throw .damaged(path: path, reason: reason)
    }
    let database = try Database(path: path)
    try prepare(database, access)
    return LedgerDatabase(database)
  }

  /// Whether nothing was ever recorded in a directory: there is no ledger, or one that has not even
  /// a schema yet.
  ///
  /// - Throws: ``LedgerFault``.
  package static func isNew(directory: String) throws(LedgerFault) -> Bool {
    switch try LedgerFile.content(directory + "/" + fileName) {
    case .missing, .empty: true
    case .ledger, .foreign: false
    }
  }

  init(_ database: Database) {
    self.database = database
  }

  private static func prepare(_ database: Database, _ access: Access) throws(LedgerFault) {
    try database.execute(settings)
    let version = try LedgerSchema.number("user_version", database)
    let known = LedgerSchema.version
    guard version <= known else {
      throw .newerVersion(path: database.path, version: Int(version), known: Int(known))
    }
    try requireWhole(database)
    guard access == .write else {
      guard version == known else {
        throw .olderVersion(path: database.path, version: Int(version), known: Int(known))
      }
      return try database.execute("PRAGMA query_only = ON")
    }
    // SQLite would go on with a file it may only read, until the first row is added.
    guard !database.isReadOnly else { throw .readOnly(path: database.path) }
    try database.execute("PRAGMA journal_mode = DELETE")
    guard version < known else { return }
    try LedgerSchema.migrate(database, from: version)
  }

  /// SQLite notices that the last page is cut off only when it needs that page.
  private static func requireWhole(_ database: Database) throws(LedgerFault) {
    let pages = try LedgerSchema.number("page_count", database)
    let pageBytes = try LedgerSchema.number("page_size", database)
    let size: Int
    do throws(FileError) {
      size = try FileSystem.status(database.path).size
    } catch {
      throw .file(error, database.path)
    }
    guard size >= pages * pageBytes else {
      throw .damaged(path: database.path, reason: "it is cut off")
    }
  }

  /// What holds for every connection.
  ///
  /// A rollback journal, not a write-ahead log: between transactions the ledger is one file, a
  /// transaction ends with one `unlink`, and the same transactions give the same bytes. `EXTRA`
  /// makes that `unlink` survive a power cut, so that what follows a commit may rely on it.
  /// `recursive_triggers` lets the triggers see the deletes of `INSERT OR REPLACE`, too.
  private static let settings = """
    PRAGMA busy_timeout = 5000;
    PRAGMA synchronous = EXTRA;
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -65536;
    """
}
