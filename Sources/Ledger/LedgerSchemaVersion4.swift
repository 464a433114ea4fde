/// The migration to version 4: who ran a close, the payment files that were written of it, and what
/// banks say of them.
enum LedgerSchemaVersion4 {
  static let sql = payments + "\n" + LedgerSchemaVersion4Bank.sql

  private static let payments = """
    CREATE TABLE closeUser (
      -- Who ran a close: they may not approve its payment files.
      period TEXT NOT NULL PRIMARY KEY REFERENCES close,
      userId TEXT NOT NULL CHECK (userId <> '')
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER closeUserOpen BEFORE INSERT ON closeUser
    WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
      SELECT RAISE(ABORT, 'closeUser rows come with their close');
    END;
    CREATE TABLE paymentFiles (
      -- The payment files of a closed period, from when they were first written: they never change.
      period TEXT NOT NULL PRIMARY KEY REFERENCES close,
      manifestDigest BLOB NOT NULL CHECK (length(manifestDigest) = 32),
      -- The payout.yaml they went by, where it is not the copy that the close kept.
      configuration TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE paymentApproval (
      -- Whose approvals let the files be written.
      period TEXT NOT NULL REFERENCES paymentFiles,
      userId TEXT NOT NULL CHECK (userId <> ''),
      publicKey BLOB NOT NULL CHECK (length(publicKey) = 32),
      signature BLOB NOT NULL CHECK (length(signature) = 64),
      PRIMARY KEY (period, userId)
    ) STRICT, WITHOUT ROWID;
    \(appendOnly("closeUser", key: "period = NEW.period"))
    \(appendOnly("paymentFiles", key: "period = NEW.period"))
    \(appendOnly("paymentApproval", key: "period = NEW.period AND userId = NEW.userId"))
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
