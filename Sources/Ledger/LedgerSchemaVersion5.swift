/// The migration to version 5: what banks say of orders without moving anything, and which payments
/// no payment file pays because banks told of them before. There may be such ledgers: it never
/// changes.
enum LedgerSchemaVersion5 {
  static let sql = """
    CREATE TABLE paymentStatus (
      -- That a bank calls an order settled: each code of a payment once.
      number INTEGER PRIMARY KEY,
      bankFile INTEGER NOT NULL REFERENCES bankFile,
      paymentId TEXT NOT NULL REFERENCES payment (paymentId),
      code TEXT NOT NULL CHECK (code <> ''),
      -- By what it was recognised.
      step TEXT NOT NULL CHECK (step IN ('endToEndId', 'instructionId', 'batch')),
      line INTEGER NOT NULL CHECK (line >= 1),
      UNIQUE (paymentId, code)
    ) STRICT;
    CREATE TRIGGER paymentStatusNumber BEFORE INSERT ON paymentStatus
    WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM paymentStatus) BEGIN
      SELECT RAISE(ABORT, 'paymentStatus rows are numbered without gaps');
    END;
    CREATE TABLE paymentLeftOut (
      -- The payments that no payment file of their period pays: a bank had told of them before.
      paymentId TEXT NOT NULL PRIMARY KEY REFERENCES payment (paymentId),
      period TEXT NOT NULL REFERENCES paymentFiles
    ) STRICT, WITHOUT ROWID;
    \(appendOnly("paymentStatus", key: "paymentId = NEW.paymentId AND code = NEW.code"))
    \(appendOnly("paymentLeftOut", key: "paymentId = NEW.paymentId"))
    """

  /// No row changes, none is removed, and none takes the place of another.
  private static func appendOnly(_ table: String, key: String) -> String {
    """
    CREATE TRIGGER \(table)Once BEFORE INSERT ON \(table)
    WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(key)) BEGIN
      SELECT RAISE(ABORT, '\(table) has this row already');
    END;
    CREATE TRIGGER \(table)Update BEFORE UPDATE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only: no row changes');
    END;
    CREATE TRIGGER \(table)Delete BEFORE DELETE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only: no row is removed');
    END;
    """
  }
}
