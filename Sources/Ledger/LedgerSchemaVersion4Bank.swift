/// The part of version 4 that knows what banks say of payments.
enum LedgerSchemaVersion4Bank {
  static let sql = [kinds, files, events, returns].joined(separator: "\n")

  /// Rows with a number of their own come in order; all rows stay as they are.
  private static func record(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)Update BEFORE UPDATE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only: no row changes');
    END;
    CREATE TRIGGER \(table)Delete BEFORE DELETE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only: no row is removed');
    END;
    """
  }

  private static func numbered(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)Number BEFORE INSERT ON \(table)
    WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM \(table)) BEGIN
      SELECT RAISE(ABORT, '\(table) rows are numbered without gaps');
    END;
    """
  }

  private static func once(_ table: String, _ condition: String) -> String {
    """
    CREATE TRIGGER \(table)Once BEFORE INSERT ON \(table)
    WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(condition)) BEGIN
      SELECT RAISE(ABORT, '\(table) has this row already');
    END;
    """
  }

  private static let kinds = """
    DROP TRIGGER accountFixed;
    DROP TRIGGER postingKindFixed;
    INSERT INTO account VALUES
      ('bank', 'what left the accounts of the payer and what came back to them'),
      ('bankDifference', 'what banks moved more or less than was ordered');
    INSERT INTO postingKind VALUES
      ('paymentReturned', 'payment', 'payable'),
      ('returnedSalesTax', 'payment', 'salesTax'),
      ('returnedWithheldTax', 'withheldTax', 'payment'),
      ('booked', 'payment', 'bank'),
      ('returned', 'bank', 'payment'),
      ('difference', 'bankDifference', 'bank'),
      ('difference', 'bank', 'bankDifference');
    CREATE TRIGGER accountFixed BEFORE INSERT ON account BEGIN
      SELECT RAISE(ABORT, 'the accounts are fixed');
    END;
    CREATE TRIGGER postingKindFixed BEFORE INSERT ON postingKind BEGIN
      SELECT RAISE(ABORT, 'the kinds of postings are fixed');
    END;
    """

  private static let files = """
    CREATE TABLE bankFile (
      -- Files of banks that were reconciled, in their order, by the period that was open then.
      number INTEGER PRIMARY KEY,
      period TEXT NOT NULL REFERENCES period,
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      deliveredAs TEXT NOT NULL,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      format TEXT NOT NULL CHECK (format <> ''),
      messageId TEXT NOT NULL,
      pending INTEGER NOT NULL CHECK (pending >= 0)
    ) STRICT;
    \(numbered("bankFile"))
    \(once("bankFile", "name = NEW.name OR digest = NEW.digest"))
    CREATE TRIGGER bankFileOpen BEFORE INSERT ON bankFile
    WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
      SELECT RAISE(ABORT, 'bankFile rows belong to the open period');
    END;
    CREATE TABLE bankEntry (
      -- What banks have booked, payment by payment where they say that.
      number INTEGER PRIMARY KEY,
      bankFile INTEGER NOT NULL REFERENCES bankFile,
      line INTEGER NOT NULL CHECK (line >= 1),
      -- By which the booking is known again in another file.
      identity BLOB NOT NULL CHECK (length(identity) = 32),
      day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
      direction TEXT NOT NULL CHECK (direction IN ('debit', 'credit')),
      currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
      -- In minor units; nothing where the bank gives only the sum of several.
      amount TEXT CHECK (amount GLOB '[1-9]*' AND amount NOT GLOB '*[^0-9]*'),
      reference TEXT NOT NULL,
      endToEndId TEXT NOT NULL,
      -- The entry of an earlier file that told of the same booking: this one counts for nothing.
      repeats INTEGER REFERENCES bankEntry
    ) STRICT;
    CREATE INDEX bankEntryByIdentity ON bankEntry (identity);
    \(numbered("bankEntry"))
    CREATE TRIGGER bankEntryOpen BEFORE INSERT ON bankEntry
    WHEN (SELECT period FROM bankFile WHERE number = NEW.bankFile)
      IS NOT (SELECT max(period) FROM period) BEGIN
      SELECT RAISE(ABORT, 'bankEntry rows belong to the open period');
    END;
    \(record("bankFile"))
    \(record("bankEntry"))
    """

  private static let events = """
    CREATE TABLE paymentEvent (
      -- What banks have said of payments: each thing once.
      number INTEGER PRIMARY KEY,
      bankFile INTEGER NOT NULL REFERENCES bankFile,
      bankEntry INTEGER REFERENCES bankEntry,
      paymentId TEXT NOT NULL REFERENCES payment (paymentId),
      kind TEXT NOT NULL CHECK (kind IN ('booked', 'returned', 'rejected')),
      -- By what it was recognised.
      step TEXT NOT NULL CHECK (step IN ('endToEndId', 'instructionId', 'batch', 'account')),
      line INTEGER NOT NULL CHECK (line >= 1),
      day TEXT CHECK (day IS date(day, '+0 days')),
      -- What moved, in minor units of the payment's currency; nothing where nobody can tell.
      moved TEXT CHECK (moved GLOB '[1-9]*' AND moved NOT GLOB '*[^0-9]*'),
      reason TEXT NOT NULL,
      information TEXT NOT NULL,
      -- Of name, address and payment profile by which it was paid.
      destination BLOB CHECK (length(destination) = 32),
      UNIQUE (paymentId, kind),
      CHECK ((kind = 'rejected') = (bankEntry IS NULL)),
      CHECK ((kind = 'rejected') = (day IS NULL))
    ) STRICT;
    \(numbered("paymentEvent"))
    \(once("paymentEvent", "paymentId = NEW.paymentId AND kind = NEW.kind"))
    CREATE TABLE bankPosting (
      -- What an event moves from one account to another, in the currency of its payment.
      event INTEGER NOT NULL REFERENCES paymentEvent,
      cause TEXT NOT NULL,
      debit TEXT NOT NULL,
      credit TEXT NOT NULL CHECK (credit <> debit),
      amount TEXT NOT NULL CHECK (amount GLOB '[1-9]*' AND amount NOT GLOB '*[^0-9]*'),
      PRIMARY KEY (event, cause),
      FOREIGN KEY (cause, debit, credit) REFERENCES postingKind
    ) STRICT, WITHOUT ROWID;
    \(once("bankPosting", "event = NEW.event AND cause = NEW.cause"))
    \(record("paymentEvent"))
    \(record("bankPosting"))
    """

  private static let returns = """
    CREATE TABLE settlementReturn (
      -- The payments that a close put back into balances, and what was said of them by then.
      paymentId TEXT NOT NULL PRIMARY KEY REFERENCES payment (paymentId),
      event INTEGER NOT NULL REFERENCES paymentEvent,
      period TEXT NOT NULL,
      partner INTEGER NOT NULL,
      program INTEGER NOT NULL,
      currency TEXT NOT NULL,
      FOREIGN KEY (period, partner, program, currency) REFERENCES settlement
    ) STRICT, WITHOUT ROWID;
    \(once("settlementReturn", "paymentId = NEW.paymentId"))
    CREATE TRIGGER settlementReturnOpen BEFORE INSERT ON settlementReturn
    WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
      SELECT RAISE(ABORT, 'settlementReturn rows belong to the open period');
    END;
    \(record("settlementReturn"))
    """
}
