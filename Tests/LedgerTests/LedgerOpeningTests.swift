import ByteStreams
import Domain
import Glibc
import Testing

@testable import Ledger

@Suite("Opening a ledger")
struct LedgerOpeningTests {
  @Test("a new one is one file, for its owner only, and stays as it is when opened again")
  func new() throws {
    let directory = try LedgerTestDirectory()
    _ = try directory.open()
    let made = try directory.bytes
    #expect(try FileSystem.listDirectory(directory.path) == [LedgerDatabase.fileName])
    var status = stat()
    #expect(unsafe stat(directory.file, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try directory.open().verify() == [])
    #expect(try directory.open(.read).openPeriod() == nil)
    #expect(try directory.bytes == made)
  }

  @Test("to read one, there must be one")
  func missing() throws {
    let directory = try LedgerTestDirectory()
    #expect(try fault { _ = try directory.open(.read) } == .missing(path: directory.file))
    // The file of a run that was ended before its first commit.
    try directory.write([])
    #expect(try fault { _ = try directory.open(.read) } == .missing(path: directory.file))
  }

  @Test("a file that is not a ledger is damage, and is left as it is")
  func foreign() throws {
    let other = try LedgerTestDirectory()
    var database: Database? = try {
      try other.write([])
      return try Database(path: other.file)
    }()
    try database?.execute("CREATE TABLE t (x)")
    database = nil
    let unmarked = try other.bytes
    database = try Database(path: other.file)
    try database?.execute("PRAGMA application_id = 1")
    database = nil
    let cases: [(String, [UInt8])] = [
      ("text", Array("payout-ledger 1\n".utf8)),
      ("the magic of SQLite and no more", Array("SQLite format 3\u{0}".utf8)),
      (
        "zeros, as a power cut leaves them, but without a journal", Array(repeating: 0, count: 4096)
      ),
      ("an SQLite database without a mark", unmarked),
      ("an SQLite database with the mark of another program", try other.bytes),
    ]
    for (name, bytes) in cases {
      let directory = try LedgerTestDirectory()
      try directory.write(bytes)
      for access in [LedgerDatabase.Access.write, .read] {
        guard case .damaged = try fault({ _ = try directory.open(access) }) else {
          Issue.record("\(name) was opened")
          continue
        }
      }
      #expect(try directory.bytes == bytes, "\(name)")
      #expect(try FileSystem.listDirectory(directory.path).count == 1)
    }
  }

  @Test("a directory in its place is damage")
  func directoryInstead() throws {
    let directory = try LedgerTestDirectory()
    try FileSystem.createDirectory(directory.file)
    let found = try fault { _ = try directory.open() }
    #expect(found == .damaged(path: directory.file, reason: "it is a directory"))
  }

  @Test(
    "a newer version is told, and left as it is", arguments: [LedgerDatabase.Access.write, .read])
  func newer(access: LedgerDatabase.Access) throws {
    let directory = try LedgerTestDirectory()
    let known = Int(LedgerSchema.version)
    try directory.open().database.execute("PRAGMA user_version = \(known + 1)")
    let bytes = try directory.bytes
    let found = try fault { _ = try directory.open(access) }
    #expect(found == .newerVersion(path: directory.file, version: known + 1, known: known))
    #expect(try directory.bytes == bytes)
  }

  @Test("an older version is migrated by who may write, and told to who only reads")
  func older() throws {
    let directory = try LedgerTestDirectory()
    try directory.write([])
    try Database(path: directory.file).execute(
      "PRAGMA application_id = \(LedgerSchema.applicationId)")
    let known = Int(LedgerSchema.version)
    let found = try fault { _ = try directory.open(.read) }
    #expect(found == .olderVersion(path: directory.file, version: 0, known: known))
    #expect(try LedgerSchema.dump(directory.open().database) == LedgerSchema.dumpOfNew())
  }

  @Test("a file cut short is damage, wherever it is cut, and is left as it is")
  func truncated() throws {
    let directory = try LedgerTestDirectory()
    _ = try LedgerFixture.full(directory)
    let whole = try directory.bytes
    for length in [1, 15, 16, 99, 100, 1000, 4095, 4096, whole.count / 2, whole.count - 1] {
      let cut = Array(whole.prefix(length))
      try directory.write(cut)
      let found = try fault { _ = try directory.open() }
      guard case .damaged = found else {
        Issue.record("cut after \(length): \(String(describing: found))")
        continue
      }
      #expect(try directory.bytes == cut)
    }
  }

  @Test("who only reads cannot write")
  func queryOnly() throws {
    let directory = try LedgerTestDirectory()
    _ = try directory.open()
    let bytes = try directory.bytes
    let ledger = try directory.open(.read)
    #expect(try fault { try ledger.begin(.october) } == .readOnly(path: directory.file))
    #expect(try directory.bytes == bytes)
  }

  @Test("what may not be written is told as read-only")
  func readOnly() async {
    // In a process of its own, since it gives up the rights of root.
    await #expect(processExitsWith: .success) {
      let directory = try LedgerTestDirectory()
      let existing = try LedgerTestDirectory()
      _ = try existing.open()
      #expect(unsafe chmod(directory.path, 0o555) == 0)
      #expect(unsafe chmod(existing.path, 0o555) == 0)
      #expect(unsafe chmod(existing.file, 0o444) == 0)
      if geteuid() == 0 { try #require(seteuid(65_534) == 0) }
      #expect(try fault { _ = try directory.open() } == .readOnly(path: directory.file))
      #expect(try fault { _ = try existing.open() } == .readOnly(path: existing.file))
      #expect(try existing.open(.read).runs() == [])
      if getuid() == 0 { try #require(seteuid(0) == 0) }
    }
  }

  @Test("a file that may be written, in a directory that may not, is told as read-only")
  func readOnlyDirectory() async {
    await #expect(processExitsWith: .success) {
      let directory = try LedgerTestDirectory()
      _ = try directory.open()
      #expect(unsafe chmod(directory.file, 0o666) == 0)
      #expect(unsafe chmod(directory.path, 0o555) == 0)
      if geteuid() == 0 { try #require(seteuid(65_534) == 0) }
      let bytes = try directory.bytes
      let ledger = try directory.open()
      #expect(try fault { try ledger.begin(.october) } == .readOnly(path: directory.file))
      #expect(try directory.bytes == bytes)
      if getuid() == 0 { try #require(seteuid(0) == 0) }
    }
  }

  @Test("a database that another one is writing is busy")
  func busy() throws {
    let directory = try LedgerTestDirectory()
    let first = try directory.open()
    let second = try directory.open()
    try second.database.execute("PRAGMA busy_timeout = 0")
    try first.database.transaction { () throws(LedgerFault) in
      do throws(LedgerFault) {
        try second.begin(.october)
        Issue.record("two writers at once")
      } catch {
        #expect(error == .busy(path: directory.file))
      }
      try first.database.prepare("SELECT 1").run()
    }
    try second.begin(.october)
    #expect(try first.openPeriod() == .october)
  }

  @Test("a full disk is told, and the ledger is as it was")
  func full() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    let bytes = try directory.bytes
    let pages = try ledger.database.value("PRAGMA page_count")
    try ledger.database.execute("PRAGMA max_page_count = \(pages)")
    var intake = LedgerIntake(kind: .run, period: .november, asOf: Period.november.lastDay)
    intake.fateChanges = (0..<10_000).map {
      LedgerFateChange(feed: 1, row: $0, period: .november, bucket: .rejected)
    }
    #expect(try fault { try ledger.take(intake) } == .full(path: directory.file))
    #expect(try directory.bytes == bytes)
    #expect(try ledger.runs().count == 2)
  }

  @Test(
    "codes of SQLite and of the operating system",
    arguments: [
      (Int32(13), Int32(0), LedgerFault.full(path: "l")),  // SQLITE_FULL
      (778, ENOSPC, .full(path: "l")),  // SQLITE_IOERR_WRITE
      (1034, EDQUOT, .full(path: "l")),  // SQLITE_IOERR_FSYNC
      (778, EIO, .failed(path: "l", reason: "text: Input/output error")),
      (266, 0, .failed(path: "l", reason: "text")),  // SQLITE_IOERR_READ, the end came too early
      (14, EROFS, .readOnly(path: "l")),  // SQLITE_CANTOPEN
      (14, EACCES, .readOnly(path: "l")),
      (8, 0, .readOnly(path: "l")),  // SQLITE_READONLY
      (1032, 0, .failed(path: "l", reason: "it was removed")),  // SQLITE_READONLY_DBMOVED
      (1544, EACCES, .readOnly(path: "l")),  // SQLITE_READONLY_DIRECTORY
      (5, 0, .busy(path: "l")),  // SQLITE_BUSY
      (261, 0, .busy(path: "l")),  // SQLITE_BUSY_RECOVERY
      (6, 0, .busy(path: "l")),  // SQLITE_LOCKED
      (11, 0, .damaged(path: "l", reason: "text")),  // SQLITE_CORRUPT
      (26, 0, .damaged(path: "l", reason: "text")),  // SQLITE_NOTADB
      (1, 0, .damaged(path: "l", reason: "text")),  // SQLITE_ERROR: no such table
      (7, 0, .failed(path: "l", reason: "text")),  // SQLITE_NOMEM
      (1811, 0, .refused(.contradiction(reason: "text"))),  // SQLITE_CONSTRAINT_TRIGGER
    ])
  func codes(code: Int32, number: Int32, expected: LedgerFault) {
    #expect(Database.fault(code, errno: number, "text", "l") == expected)
  }
}
