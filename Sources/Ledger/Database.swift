import CSQLite
import Glibc

/// A value bound to a parameter of a statement.
enum DatabaseValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
}

/// An SQLite database; this file is the only one that knows the C API.
///
/// Used by one thread at a time. POSIX drops all locks of a process on a file as soon as any of its
/// descriptors is closed, so nothing else in the process may open the file meanwhile.
@safe final class Database {
  let path: String
  private let connection: OpaquePointer

  /// Opens a database that exists; `:memory:` makes one that is gone with this object.
  ///
  /// - Throws: ``LedgerFault``.
  init(path: String) throws(LedgerFault) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard let connection = unsafe opened, code == SQLITE_OK else {
      let number = unsafe sqlite3_system_errno(opened)
      let message = unsafe String(cString: sqlite3_errstr(code))
      unsafe sqlite3_close_v2(opened)
      throw Database.fault(code, errno: number, message, path)
    }
    self.path = path
    unsafe self.connection = connection
  }

  deinit {
    unsafe sqlite3_close_v2(connection)
  }

  /// Whether the operating system let it be opened for reading only.
  var isReadOnly: Bool {
    unsafe sqlite3_db_readonly(connection, "main") == 1
  }

  /// The number of the row that was inserted last.
  var lastInsertedRow: Int64 {
    unsafe sqlite3_last_insert_rowid(connection)
  }

  /// Runs SQL without parameters, one statement or several.
  ///
  /// - Throws: ``LedgerFault``.
  func execute(_ sql: String) throws(LedgerFault) {
    let code = unsafe sqlite3_exec(connection, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw fault(code) }
  }

  /// Compiles one statement.
  ///
  /// - Throws: ``LedgerFault``.
  func prepare(_ sql: String) throws(LedgerFault) -> DatabaseStatement {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &prepared, nil)
    guard code == SQLITE_OK, let handle = unsafe prepared else { throw fault(code) }
    return unsafe DatabaseStatement(self, handle)
  }

  /// Runs `body` in a transaction that may write: all of it becomes part of the file, or nothing.
  ///
  /// - Throws: ``LedgerFault``, of `body` or of the commit.
  func transaction(_ body: () throws(LedgerFault) -> Void) throws(LedgerFault) {
    try execute("BEGIN IMMEDIATE")
    do throws(LedgerFault) {
      try body()
      try execute("COMMIT")
    } catch {
      // After some errors SQLite has rolled back by itself.
      if unsafe sqlite3_get_autocommit(connection) == 0 {
        _ = unsafe sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
      }
      throw error
    }
  }

  /// Runs `body` while nobody else writes, and faster than with a lock for each statement.
  ///
  /// - Throws: ``LedgerFault``, of `body` too.
  func reading(_ body: () throws(LedgerFault) -> Void) throws(LedgerFault) {
    try execute("BEGIN")
    defer { _ = unsafe sqlite3_exec(connection, "END", nil, nil, nil) }
    try body()
  }

  /// Writes changed pages to the file before the commit, as a full cache would.
  ///
  /// - Throws: ``LedgerFault``.
  func flush() throws(LedgerFault) {
    let code = unsafe sqlite3_db_cacheflush(connection)
    guard code == SQLITE_OK else { throw fault(code) }
  }

  /// The fault that the last call met.
  fileprivate func fault(_ code: Int32) -> LedgerFault {
    let message = unsafe String(cString: sqlite3_errmsg(connection))
    let number = unsafe sqlite3_system_errno(connection)
    return Database.fault(code, errno: number, message, path)
  }

  /// What an extended result code of SQLite and the last error of the operating system mean.
  static func fault(
    _ code: Int32, errno number: Int32, _ message: String, _ path: String
  ) -> LedgerFault {
    // The file that is open has no name any more, so nobody would find what is written to it.
    if code == SQLITE_READONLY | 4 << 8 { return .failed(path: path, reason: "it was removed") }
    return switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy(path: path)
    case SQLITE_READONLY, SQLITE_PERM: .readOnly(path: path)
    case SQLITE_FULL: .full(path: path)
    case SQLITE_CANTOPEN, SQLITE_IOERR: systemFault(number, message, path)
    case SQLITE_CONSTRAINT, SQLITE_MISMATCH: .refused(.contradiction(reason: message))
    case SQLITE_NOMEM: .failed(path: path, reason: message)
    // Every statement fits the schema, so one that fails has met another schema.
    default: .damaged(path: path, reason: message)
    }
  }

  /// What an error of the operating system means; 0 is none, and only the message says more.
  static func systemFault(
    _ number: Int32, _ message: String, _ path: String
  ) -> LedgerFault {
    switch number {
    case ENOSPC, EDQUOT: return .full(path: path)
    case EROFS, EACCES, EPERM: return .readOnly(path: path)
    case 0: return .failed(path: path, reason: message)
    default:
      let text = unsafe String(cString: strerror(number))
      return .failed(path: path, reason: "\(message): \(text)")
    }
  }
}

/// A compiled statement; what it is given is bound, never part of the SQL.
@safe final class DatabaseStatement {
  private let database: Database
  private let handle: OpaquePointer

  fileprivate init(_ database: Database, _ handle: OpaquePointer) {
    self.database = database
    unsafe self.handle = handle
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Runs the statement for these values, in the order of its parameters.
  ///
  /// - Throws: ``LedgerFault``.
  func run(_ values: DatabaseValue...) throws(LedgerFault) {
    try run(values)
  }

  /// Runs the statement for these values, in the order of its parameters.
  ///
  /// - Throws: ``LedgerFault``.
  func run(_ values: [DatabaseValue]) throws(LedgerFault) {
    try start(values)
    defer { reset() }
    while try step() {}
  }

  /// Calls `body` for each row of the result.
  ///
  /// - Throws: ``LedgerFault``, also that of `body`.
  func rows(
    _ values: DatabaseValue..., body: (DatabaseRow) throws(LedgerFault) -> Void
  ) throws(LedgerFault) {
    try rows(values, body: body)
  }

  /// Calls `body` for each row of the result.
  ///
  /// - Throws: ``LedgerFault``, also that of `body`.
  func rows(
    _ values: [DatabaseValue], body: (DatabaseRow) throws(LedgerFault) -> Void
  ) throws(LedgerFault) {
    try start(values)
    defer { reset() }
    while try step() { try body(row) }
  }

  /// Binds the values; ``step()`` then goes from row to row.
  ///
  /// - Precondition: There are as many values as parameters.
  /// - Throws: ``LedgerFault``.
  func start(_ values: [DatabaseValue]) throws(LedgerFault) {
    precondition(values.count == Int(unsafe sqlite3_bind_parameter_count(handle)))
    for index in values.indices {
      let code = bind(values[index], at: Int32(index + 1))
      guard code == SQLITE_OK else { throw database.fault(code) }
    }
  }

  /// Goes to the next row, or says that there is none.
  ///
  /// - Throws: ``LedgerFault``.
  func step() throws(LedgerFault) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw database.fault(code) }
    return false
  }

  /// The row that ``step()`` went to; of no meaning after the next step.
  var row: DatabaseRow { DatabaseRow(statement: self) }

  private func bind(_ value: DatabaseValue, at index: Int32) -> Int32 {
    switch value {
    case .null: unsafe sqlite3_bind_null(handle, index)
    case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
    case .text(let text): bind(text, at: index)
    case .bytes(let bytes):
      unsafe sqlite3_bind_blob(handle, index, bytes, Int32(bytes.count), Self.copied)
    }
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    // As bytes in place: a C string of it would be allocated for each value.
    var text = text
    return text.withUTF8 { bytes in
      // Without an address it would be NULL, and an empty text is none.
      guard let start = bytes.baseAddress else {
        return unsafe sqlite3_bind_text(handle, index, "", 0, Self.copied)
      }
      return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
        unsafe sqlite3_bind_text(handle, index, start, Int32(bytes.count), Self.copied)
      }
    }
  }

  /// SQLite keeps a copy of what is bound (`SQLITE_TRANSIENT`, a macro that Swift does not see).
  private static var copied: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  private func reset() {
    // What failed was said by the step already.
    _ = unsafe sqlite3_reset(handle)
    _ = unsafe sqlite3_clear_bindings(handle)
  }

  fileprivate func isNull(_ column: Int) -> Bool {
    unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  fileprivate func integer(_ column: Int) -> Int64 {
    unsafe sqlite3_column_int64(handle, Int32(column))
  }

  fileprivate func text(_ column: Int) -> String {
    guard let start = unsafe sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  fileprivate func bytes(_ column: Int) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, Int32(column)) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  fileprivate var path: String { database.path }
}

/// A row of a result; columns count from 0.
struct DatabaseRow {
  fileprivate let statement: DatabaseStatement

  /// The file that the row is from.
  var path: String { statement.path }

  func isNull(_ column: Int) -> Bool { statement.isNull(column) }
  func integer(_ column: Int) -> Int64 { statement.integer(column) }
  func text(_ column: Int) -> String { statement.text(column) }
  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
  func bytes(_ column: Int) -> [UInt8] { statement.bytes(column) }
}
