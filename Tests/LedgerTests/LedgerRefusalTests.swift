import ByteStreams
import Domain
import Testing

@testable import Ledger

/// What the database refuses by itself, whoever writes: all of this is plain SQL.
@Suite("Refusals of the database")
struct LedgerRefusalTests {
  private static let tables = [
    "setting", "partner", "program", "lever", "period", "run", "feed", "segment", "feedRejection",
    "feedFinding", "feedControlSum", "keySegment", "keySegmentMerge", "fateChange", "account",
    "postingKind", "close", "settlement", "posting", "payment", "adjustment", "leverMonth",
    "retake", "retakeSegment", "retakeFinding", "profile", "feedProfile", "closeUser",
    "paymentFiles", "paymentApproval", "bankFile", "bankEntry", "paymentEvent", "bankPosting",
    "paymentStatus", "paymentLeftOut",
  ]
  /// Only a later close has rows of it: `LedgerBankTests` tries it.
  private static let later: Set<String> = ["settlementReturn"]

  private func refusal(_ sql: String, _ database: Database) throws -> String {
    switch try fault({ try database.execute(sql) }) {
    case .refused(.contradiction(let reason)): reason
    case nil: "not refused"
    case .some(let other): "\(other)"
    }
  }

  @Test("every table is tried")
  func tablesListed() throws {
    let directory = try LedgerTestDirectory()
    let database = try LedgerFixture.full(directory).database
    var names: Set<String> = []
    try database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .rows { names.insert($0.text(0)) }
    #expect(names == Set(Self.tables).union(Self.later))
  }

  @Test("no row of a record changes or goes, by whatever statement", arguments: tables)
  func appendOnly(table: String) throws {
    let directory = try LedgerTestDirectory()
    let database = try LedgerFixture.full(directory).database
    let bytes = try directory.bytes
    var columns: [String] = []
    try database.prepare("SELECT name FROM pragma_table_info('\(table)')")
      .rows { columns.append($0.text(0)) }
    for column in columns {
      let update = "UPDATE \(table) SET \(column) = \(column)"
      #expect(try refusal(update, database) == "\(table) is append-only: no row changes")
    }
    #expect(
      try refusal("DELETE FROM \(table)", database) == "\(table) is append-only: no row is removed")
    // As the shell of SQLite is set by default, a replaced row meets no DELETE trigger.
    for setting in ["ON", "OFF"] {
      try database.execute("PRAGMA recursive_triggers = \(setting); PRAGMA foreign_keys = OFF")
      for conflict in ["REPLACE", "IGNORE"] {
        let insert = "INSERT OR \(conflict) INTO \(table) SELECT * FROM \(table)"
        #expect(try refusal(insert, database) != "not refused", "\(insert), triggers \(setting)")
      }
    }
    #expect(try directory.bytes == bytes)
  }

  private static let november = "INSERT INTO run VALUES (3, 'close', '2026-11', '2026-11-30', 0, 0)"
  private static let closing =
    november + "; INSERT INTO close VALUES ('2026-11', 3, zeroblob(32), 1, 0, 0, 0, 0)"

  /// A close of November with one settlement, held as the fixture leaves it, changed by `change`.
  private static func settlement(_ change: String = "") -> String {
    var values = [
      "opening": "300", "earned": "0", "adjustments": "0", "currencyChange": "0", "gross": "0",
      "salesTax": "0", "withheldTax": "0", "totalPayment": "0", "closing": "300",
      "coopOpening": "40", "coop": "0", "coopCurrencyChange": "0", "coopClosing": "40",
      "currency": "EUR", "partner": "2", "program": "1", "period": "2026-11", "holds": "",
    ]
    for part in change.split(separator: ",") {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      values[pair[0]] = pair[1]
    }
    let names = values.keys.sorted()
    let list = names.map { "'\(values[$0] ?? "")'" }.joined(separator: ", ")
    return closing
      + "; INSERT INTO settlement (\(names.joined(separator: ", "))) VALUES (\(list))"
  }

  /// A posting in that close.
  private static func posting(
    cause: String = "earned", debit: String = "expense", credit: String = "payable",
    amount: String = "5", period: String = "2026-11", partner: Int = 2
  ) -> String {
    settlement() + """
      ; INSERT INTO posting
      VALUES ('\(period)', \(partner), 1, 'EUR', '\(cause)', '\(debit)', '\(credit)', '\(amount)')
      """
  }

  private static let fate =
    "INSERT INTO fateChange (number, feed, row, period, bucket, followedDay, reasons) VALUES "
  private static let feed = "INSERT INTO feed VALUES "

  private static let postings: [(String, String)] = [
    // Unbalanced: both sides are one account.
    (posting(debit: "payable"), "CHECK"),
    // Accounts that are not in the list, or not for this cause.
    (posting(debit: "cash"), "FOREIGN KEY"),
    (posting(debit: "bank", credit: "payable"), "FOREIGN KEY"),
    (posting(cause: "gross", debit: "payable", credit: "expense"), "FOREIGN KEY"),
    // A payment never flows back in a close.
    (posting(cause: "gross", debit: "payment", credit: "payable"), "FOREIGN KEY"),
    // Amounts: above zero, canonical digits.
    (posting(amount: "0"), "CHECK"),
    (posting(amount: "-5"), "CHECK"),
    (posting(amount: "05"), "CHECK"),
    (posting(amount: "5.0"), "CHECK"),
    (posting(amount: "5 "), "CHECK"),
    (posting(amount: ""), "CHECK"),
    (posting(amount: "12345678901234567890x"), "CHECK"),
    // A closed period, and a balance without a settlement.
    (posting(period: "2026-10"), "open period"),
    (posting(partner: 1), "FOREIGN KEY"),
    (posting() + "; INSERT INTO posting SELECT * FROM posting", "open period"),
    (
      posting() + "; INSERT INTO posting SELECT * FROM posting WHERE period = '2026-11'", "UNIQUE"
    ),
  ]

  private static let settlements: [(String, String)] = [
    // Settlements: sums, openings, forms.
    (settlement("closing=301"), "CHECK"),
    (settlement("coopClosing=41"), "CHECK"),
    (settlement("salesTax=1"), "CHECK"),
    (settlement("gross=-1,closing=301,totalPayment=-1"), "CHECK"),
    (settlement("opening=299,closing=299"), "opens with its closing"),
    (settlement("coopOpening=0,coopClosing=0"), "opens with its closing"),
    (settlement("opening=0300"), "opens with its closing"),
    (settlement("earned=-0"), "CHECK"),
    (settlement("earned=+0"), "CHECK"),
    (settlement("earned=00000000000000000000"), "CHECK"),
    (settlement("earned=--12345678901234567890"), "CHECK"),
    (settlement("currency=eur"), "opens with its closing"),
    (settlement("holds=late"), "CHECK"),
    (
      settlement("period=2026-10,currency=USD,opening=0,coopOpening=0,closing=0,coopClosing=0"),
      "open period"
    ),
    (settlement("partner=7,opening=0,coopOpening=0,closing=0,coopClosing=0"), "FOREIGN KEY"),
  ]

  private static let closes: [(String, String)] = [
    // A settlement without a close.
    (settlement().split(separator: "; ").dropFirst(2).joined(), "FOREIGN KEY"),
    // Periods: the next month, after a whole close.
    ("INSERT INTO period VALUES ('2026-12')", "the one before it is closed"),
    ("INSERT INTO period VALUES ('2027-01')", "the month after"),
    ("INSERT INTO period VALUES ('2026-09')", "the month after"),
    ("INSERT INTO period VALUES ('2026-13')", "the month after"),
    (closing + "; INSERT INTO period VALUES ('2026-12')", "as large as it says"),
    (
      closing.replacing("1, 0, 0, 0, 0)", with: "0, 0, 0, 0, 0)")
        + "; INSERT INTO period VALUES ('2026-12')", "goes on in the next close"
    ),
    ("INSERT INTO close VALUES ('2026-10', 2, zeroblob(32), 0, 0, 0, 0, 0)", "already"),
    ("INSERT INTO close VALUES ('2026-09', 1, zeroblob(32), 0, 0, 0, 0, 0)", "open period"),
    // Payments: of a settlement, once, above zero.
    ("INSERT INTO payment VALUES ('P-2', '2026-10', 1, 1, 'EUR', 2, '5')", "open period"),
    (
      settlement() + "; INSERT INTO payment VALUES ('PAY-1', '2026-11', 2, 1, 'EUR', 1, '5')",
      "already"
    ),
    (
      settlement() + "; INSERT INTO payment VALUES ('PAY-2', '2026-11', 2, 1, 'EUR', 1, '0')",
      "CHECK"
    ),
    (
      settlement() + "; INSERT INTO payment VALUES ('P/2', '2026-11', 2, 1, 'EUR', 1, '5')",
      "CHECK"
    ),
  ]

  private static let intake: [(String, String)] = [
    // Numbers without gaps, the open period, known buckets and feeds.
    (fate + "(3, 1, 1, '2026-11', 1, NULL, 0)", "without gaps"),
    (fate + "(2, 1, 1, '2026-10', 1, NULL, 0)", "open period"),
    (fate + "(2, 1, 1, '2026-11', 6, NULL, 0)", "CHECK"),
    (fate + "(2, 1, 4294967296, '2026-11', 1, NULL, 0)", "CHECK"),
    (fate + "(2, 9, 1, '2026-11', 1, NULL, 0)", "FOREIGN KEY"),
    // Feeds: names, digests and ids are taken once; details come with the newest feed.
    (
      feed + "(3, 1, '2026-11', 'feed1.csv', 'x', zeroblob(32), 'F-3', 0, 0, 0, NULL, 0, NULL)",
      "already"
    ),
    (feed + "(3, 1, '2026-11', 'n', 'x', zeroblob(32), 'F-1', 0, 0, 0, NULL, 0, NULL)", "already"),
    (feed + "(3, 1, '2026-11', 'n', 'x', zeroblob(31), 'F-3', 0, 0, 0, NULL, 0, NULL)", "CHECK"),
    (
      feed + "(4, 1, '2026-11', 'n', 'x', zeroblob(32), 'F-3', 0, 0, 0, NULL, 0, NULL)",
      "without gaps"
    ),
    (
      feed + "(3, 1, '2026-10', 'n', 'x', zeroblob(32), 'F-3', 0, 0, 0, NULL, 0, NULL)",
      "open period"
    ),
    ("INSERT INTO feedFinding VALUES (1, 'R999', 1)", "come with their feed"),
    ("INSERT INTO segment VALUES (2, 3, '../x', zeroblob(32), 0)", "CHECK"),
    // Days and months that do not exist, types that do not fit.
    ("INSERT INTO run VALUES (3, 'run', '2026-11', '2026-11-31', 0, 0)", "CHECK"),
    ("INSERT INTO run VALUES (3, 'look', '2026-11', '2026-11-30', 0, 0)", "CHECK"),
    ("INSERT INTO run VALUES (3, 'run', '2026-11', '2026-11-30', 'many', 0)", "cannot store"),
    // What is fixed.
    ("INSERT INTO account VALUES ('cash', 'in a drawer')", "fixed"),
    ("INSERT INTO postingKind VALUES ('gift', 'expense', 'payable')", "fixed"),
    ("INSERT INTO setting VALUES ('payer', 'Fabrikam')", "already"),
  ]

  @Test("what would be wrong is refused", arguments: postings + settlements + closes + intake)
  func refused(sql: String, expected: String) throws {
    let directory = try LedgerTestDirectory()
    let database = try LedgerFixture.full(directory).database
    let bytes = try directory.bytes
    try database.execute("BEGIN")
    let found = try refusal(sql, database)
    #expect(found.contains(expected), "\(found)")
    try database.execute("ROLLBACK")
    #expect(try directory.bytes == bytes)
  }

  @Test("what these tests change is what is refused: unchanged, it is taken")
  func accepted() throws {
    let directory = try LedgerTestDirectory()
    let database = try LedgerFixture.full(directory).database
    for sql in [
      Self.posting(), Self.settlement(), Self.fate + "(2, 1, 1, '2026-11', 1, NULL, 0)",
      Self.feed + "(3, 1, '2026-11', 'n', 'x', zeroblob(32), 'F-3', 0, 0, 0, NULL, 0, NULL)",
      // Amounts that pass 64 bits.
      Self.posting(amount: "170141183460469231731687303715884105727"),
      Self.settlement() + "; INSERT INTO payment VALUES ('P-2', '2026-11', 2, 1, 'EUR', 1, '5')",
      Self.settlement()
        + "; INSERT INTO adjustment VALUES ('A-2', '2026-11', zeroblob(32))"
        + "; INSERT INTO leverMonth VALUES ('2026-01', 1, 1, 1, '2026-11', '-5', '0')",
      Self.closing.replacing("1, 0, 0, 0, 0)", with: "1, 0, 0, 0, 0)"),
      Self.settlement() + "; INSERT INTO period VALUES ('2026-12')",
    ] {
      try database.execute("BEGIN")
      #expect(try refusal(sql, database) == "not refused", "\(sql)")
      try database.execute("ROLLBACK")
    }
  }
}
