import ByteStreams
import Domain
import Testing

@testable import Ledger

@Suite("Verifying the ledger")
struct LedgerVerifyTests {
  /// October and November closed, the held balance carried on.
  private func twoCloses(_ directory: LedgerTestDirectory) throws -> LedgerDatabase {
    let ledger = try LedgerFixture.full(directory)
    let held = try LedgerFixture.held(opening: 300, coopOpening: 40)
    try ledger.close(LedgerFixture.close([held], period: .november))
    return ledger
  }

  /// Changes what the triggers protect, and puts the triggers back.
  private func tamper(_ sql: String, _ database: Database) throws {
    var triggers: [(name: String, sql: String)] = []
    try database.prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
    )
    .rows { triggers.append(($0.text(0), $0.text(1))) }
    try database.execute("PRAGMA foreign_keys = OFF")
    for trigger in triggers { try database.execute("DROP TRIGGER \(trigger.name)") }
    try database.execute(sql)
    for trigger in triggers { try database.execute(trigger.sql) }
  }

  private static let held = "partner = 2"

  @Test(
    "what was changed behind its back is found",
    arguments: [
      // An amount of the settlement, where SQLite cannot calculate, so no check stops it.
      (
        "UPDATE settlement SET earned = '99999999999999999999' WHERE period = '2026-11'",
        "does not hold"
      ),
      ("UPDATE posting SET amount = '301' WHERE partner = 2 AND cause = 'earned'", "postings"),
      ("UPDATE posting SET debit = credit, credit = debit WHERE cause = 'coop'", "postings"),
      ("DELETE FROM posting WHERE cause = 'gross'", "postings"),
      ("DELETE FROM posting WHERE cause = 'gross'", "as large as it says"),
      // Both amounts moved together: each settlement adds up, and the chain is broken.
      (
        "UPDATE settlement SET opening = '310', earned = '290' WHERE period = '2026-11'",
        "opening is not the closing"
      ),
      ("DELETE FROM settlement WHERE period = '2026-11'", "not settled"),
      ("UPDATE payment SET amount = '11399'", "the payment is not"),
      ("DELETE FROM payment", "the payment is not"),
      ("DELETE FROM adjustment", "as large as it says"),
      ("DELETE FROM period WHERE period = '2026-12'", "as large as it says"),
      ("DELETE FROM run WHERE number = 1", "refers to nothing"),
      ("DELETE FROM partner WHERE number = 2", "refers to nothing"),
      ("DELETE FROM run WHERE number = 1", "numbered without gaps"),
      (
        "DELETE FROM fateChange; INSERT INTO fateChange VALUES (2, 1, 1, '2026-10', 1, 0, NULL)",
        "gap"
      ),
      ("DROP TABLE leverMonth; CREATE TABLE leverMonth (period)", "schema"),
      ("UPDATE account SET meaning = 'mine'", "schema"),
    ])
  func tampered(sql: String, expected: String) throws {
    let directory = try LedgerTestDirectory()
    let ledger = try twoCloses(directory)
    #expect(try ledger.verify() == [])
    try tamper(sql, ledger.database)
    let found = try directory.open(.read).verify().map(\.description)
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test("an ended trigger is found")
  func trigger() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try twoCloses(directory)
    try tamper("SELECT 1", ledger.database)
    #expect(try ledger.verify() == [])
    try ledger.database.execute("DROP TRIGGER postingUpdate")
    #expect(try ledger.verify() == [.schema])
  }

  @Test("bytes that changed on disk are found, or refused", arguments: 0..<40)
  func flippedBytes(seed: Int) throws {
    let directory = try LedgerTestDirectory()
    _ = try twoCloses(directory)
    var bytes = try directory.bytes
    var random = LedgerRandom(seed: UInt64(seed))
    // A page of a table is overwritten in part; the header of the file stays as it is.
    let page = Int.random(in: 1..<(bytes.count / 4096), using: &random)
    for position in 0..<64 { bytes[page * 4096 + position] ^= 0xFF }
    try directory.write(bytes)
    var found: [LedgerDisagreement] = []
    let fault = try fault { found = try directory.open(.read).verify() }
    switch fault {
    case .damaged: break
    case nil: #expect(found != [])
    case .some(let other): Issue.record("\(other)")
    }
  }
}
