import ByteStreams
import ExactMoney
import Foundation
import Testing

@testable import Ledger

@Suite("Schema of the ledger")
struct LedgerSchemaTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "schemas/ledger.sql")

  /// With RECORD_GOLDENS set, writes the file instead and fails, so that nobody forgets to look.
  @Test("schemas/ledger.sql is the schema of a new ledger")
  func dump() throws {
    let dump = try LedgerSchema.dumpOfNew()
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(dump.utf8).write(to: Self.file)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
    }
    let kept = try String(contentsOf: Self.file, encoding: .utf8)
    #expect(kept == dump)
  }

  @Test("the file makes a ledger of that schema")
  func executable() throws {
    let database = try Database(path: ":memory:")
    try database.execute(try String(contentsOf: Self.file, encoding: .utf8))
    #expect(try LedgerSchema.dump(database) == LedgerSchema.dumpOfNew())
  }

  @Test("every version is migrated to the newest, step by step or at once")
  func migrations() throws {
    let database = try Database(path: ":memory:")
    for version in 0..<LedgerSchema.version {
      #expect(try LedgerSchema.number("user_version", database) == version)
      try LedgerSchema.migrate(database, from: version, to: version + 1)
    }
    #expect(try LedgerSchema.dump(database) == LedgerSchema.dumpOfNew())
  }

  @Test("a migration that fails leaves the older version")
  func failedMigration() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE settlement (x)")
    #expect(try fault { try LedgerSchema.migrate(database, from: 0) } != nil)
    #expect(try LedgerSchema.number("user_version", database) == 0)
    #expect(try database.value("SELECT count(*) FROM sqlite_schema") == "1")
  }

  @Test("the causes of the program and of the database are the same")
  func causes() throws {
    let database = try Database(path: ":memory:")
    try LedgerSchema.migrate(database, from: 0)
    var listed: Set<String> = []
    try database.prepare("SELECT cause, debit, credit FROM postingKind").rows { row in
      listed.insert((0..<3).map(row.text).joined(separator: " "))
    }
    // What is paid, and its taxes, never flows back in a close.
    let oneWay: [LedgerCause] = [
      .gross, .salesTax, .withheldTax, .paymentReturned, .returnedSalesTax, .returnedWithheldTax,
    ]
    var expected = try bankCauses()
    for cause in LedgerCause.allCases {
      for amount in oneWay.contains(cause) ? [1] : [1, -1] as [Int128] {
        let posting = try #require(LedgerPosting(cause, amount))
        expected.insert("\(cause.rawValue) \(posting.debit) \(posting.credit)")
      }
    }
    #expect(listed == expected)
  }

  /// What banks say moves as much as was ordered, and more or less than that.
  private func bankCauses() throws -> Set<String> {
    let currency = try LedgerFixture.currency("EUR")
    let ordered = Money(minorUnits: 100, currency: currency)
    var causes: Set<String> = []
    for kind in LedgerPaymentEvent.Kind.allCases {
      for moved in [90, 100, 110] as [Int128] {
        let event = LedgerPaymentEvent(
          number: 1, file: 1, entry: 1, paymentId: "PAY-1", kind: kind, step: "endToEndId", line: 1,
          day: nil, moved: Money(minorUnits: moved, currency: currency))
        for posting in LedgerBankPosting.all(event, ordered) {
          causes.insert("\(posting.cause) \(posting.debit) \(posting.credit)")
        }
      }
    }
    return causes
  }
}
