/// The migration that makes a ledger of version 1. There may be such ledgers: it never changes.
enum LedgerSchemaVersion1 {
  static let sql =
    [names, intake, fates, books, closes, views].joined(separator: "\n")
    + recordTriggers

  /// Every table is a record: rows are added and neither changed nor removed.
  private static let tables = [
    "setting", "partner", "program", "lever", "period", "run", "feed", "segment", "feedRejection",
    "feedFinding", "feedControlSum", "keySegment", "keySegmentMerge", "fateChange", "account",
    "postingKind", "close", "settlement", "posting", "payment", "adjustment", "leverMonth",
  ]

  private static let recordTriggers = tables.map { table in
    """

    CREATE TRIGGER \(table)Update BEFORE UPDATE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only: no row changes');
    END;
    CREATE TRIGGER \(table)Delete BEFORE DELETE ON \(table) BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only: no row is removed');
    END;
    """
  }.joined()

  /// A whole number as text, without leading zeros, plus sign or negative zero: amounts may pass
  /// the 64 bits that SQLite calculates with.
  private static func whole(_ column: String) -> String {
    """
    (\(column) = CAST(CAST(\(column) AS INTEGER) AS TEXT)
        OR length(\(column)) BETWEEN 19 AND 40 AND ltrim(\(column), '-') GLOB '[1-9]*'
        AND substr(\(column), 2) NOT GLOB '*[^0-9]*')
    """
  }

  private static func month(_ column: String) -> String {
    """
    (\(column) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'
        AND substr(\(column), 6) BETWEEN '01' AND '12')
    """
  }

  private static func currency(_ column: String) -> String {
    "(\(column) GLOB '[A-Z][A-Z][A-Z]')"
  }

  private static func fileName(_ column: String) -> String {
    "(\(column) GLOB '[a-zA-Z0-9]*' AND \(column) NOT GLOB '*[^-._a-zA-Z0-9]*')"
  }

  private static let openPeriod = "(SELECT max(period) FROM period)"

  /// Refuses a row with a key that is there already, which `INSERT OR REPLACE` would remove.
  private static func once(_ table: String, _ condition: String) -> String {
    """
    CREATE TRIGGER \(table)Once BEFORE INSERT ON \(table)
    WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(condition)) BEGIN
      SELECT RAISE(ABORT, '\(table) has this row already');
    END;
    """
  }

  /// Lets rows in only with the next number, so that none is missing and none replaced.
  private static func numbered(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)Number BEFORE INSERT ON \(table)
    WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM \(table)) BEGIN
      SELECT RAISE(ABORT, '\(table) rows are numbered without gaps');
    END;
    """
  }

  private static func openOnly(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)Open BEFORE INSERT ON \(table)
    WHEN NEW.period IS NOT \(openPeriod) BEGIN
      SELECT RAISE(ABORT, '\(table) rows belong to the open period');
    END;
    """
  }

  private static func newestFeedOnly(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)Newest BEFORE INSERT ON \(table)
    WHEN NEW.feed IS NOT (SELECT max(number) FROM feed) BEGIN
      SELECT RAISE(ABORT, '\(table) rows come with their feed');
    END;
    """
  }

  private static let names = """
    CREATE TABLE setting (
      name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    \(once("setting", "name = NEW.name"))
    CREATE TABLE partner (
      number INTEGER PRIMARY KEY,
      participantId TEXT NOT NULL UNIQUE CHECK (participantId <> '')
    ) STRICT;
    \(numbered("partner"))
    \(once("partner", "participantId = NEW.participantId"))
    CREATE TABLE program (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> '')
    ) STRICT;
    \(numbered("program"))
    \(once("program", "name = NEW.name"))
    CREATE TABLE lever (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> '')
    ) STRICT;
    \(numbered("lever"))
    \(once("lever", "name = NEW.name"))
    CREATE TABLE period (
      -- The periods opened so far; the last one is open, all others are closed.
      
      period TEXT NOT NULL PRIMARY KEY CHECK \(month("period"))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run (
      -- The runs that added something.
      
      number INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('run', 'retake', 'close')),
      period TEXT NOT NULL REFERENCES period,
      asOf TEXT NOT NULL CHECK (asOf IS date(asOf, '+0 days')),
      feeds INTEGER NOT NULL CHECK (feeds >= 0),
      rows INTEGER NOT NULL CHECK (rows >= 0)
    ) STRICT;
    \(numbered("run"))
    \(openOnly("run"))
    """

  private static let intake = """
    CREATE TABLE feed (
      -- The feeds taken in, in their order.
      
      number INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run,
      period TEXT NOT NULL REFERENCES period,
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      deliveredAs TEXT NOT NULL CHECK (deliveredAs <> ''),
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      feedId TEXT UNIQUE,
      rows INTEGER NOT NULL CHECK (rows >= 0),
      listed INTEGER NOT NULL CHECK (listed >= 0),
      hasControlTotals INTEGER NOT NULL CHECK (hasControlTotals IN (0, 1)),
      controlRows INTEGER CHECK (hasControlTotals OR controlRows IS NULL),
      hasControlSums INTEGER NOT NULL CHECK (hasControlSums IN (0, hasControlTotals)),
      -- The latest transaction date of its rows that were neither accepted nor rejected.
      openDay TEXT CHECK (openDay IS date(openDay))
    ) STRICT;
    \(numbered("feed"))
    \(once("feed", "name = NEW.name OR digest = NEW.digest OR feedId = NEW.feedId"))
    \(openOnly("feed"))
    CREATE TABLE segment (
      -- The files in segments/ that say what became of each row of a feed.
      
      feed INTEGER NOT NULL REFERENCES feed,
      position INTEGER NOT NULL CHECK (position >= 1),
      name TEXT NOT NULL UNIQUE CHECK \(fileName("name")),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      PRIMARY KEY (feed, position)
    ) STRICT, WITHOUT ROWID;
    \(once("segment", "feed = NEW.feed AND position = NEW.position OR name = NEW.name"))
    \(newestFeedOnly("segment"))
    CREATE TABLE feedRejection (
      -- Rejected rows; the currency is empty where it or the amount could not be read.
      
      feed INTEGER NOT NULL REFERENCES feed,
      currency TEXT NOT NULL CHECK (currency = '' OR \(currency("currency"))),
      rows INTEGER NOT NULL CHECK (rows >= 1),
      amountPicos TEXT NOT NULL CHECK \(whole("amountPicos")),
      PRIMARY KEY (feed, currency)
    ) STRICT, WITHOUT ROWID;
    \(once("feedRejection", "feed = NEW.feed AND currency = NEW.currency"))
    \(newestFeedOnly("feedRejection"))
    CREATE TABLE feedFinding (
      feed INTEGER NOT NULL REFERENCES feed,
      code TEXT NOT NULL CHECK (code GLOB '[A-Z][0-9][0-9][0-9]'),
      findings INTEGER NOT NULL CHECK (findings >= 1),
      PRIMARY KEY (feed, code)
    ) STRICT, WITHOUT ROWID;
    \(once("feedFinding", "feed = NEW.feed AND code = NEW.code"))
    \(newestFeedOnly("feedFinding"))
    CREATE TABLE feedControlSum (
      feed INTEGER NOT NULL REFERENCES feed,
      currency TEXT NOT NULL,
      amountPicos TEXT NOT NULL CHECK \(whole("amountPicos")),
      PRIMARY KEY (feed, currency)
    ) STRICT, WITHOUT ROWID;
    \(once("feedControlSum", "feed = NEW.feed AND currency = NEW.currency"))
    \(newestFeedOnly("feedControlSum"))
    """

  private static let fates = """
    CREATE TABLE keySegment (
      -- The files in segments/ by which known earnings are recognised.
      
      number INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run,
      name TEXT NOT NULL UNIQUE CHECK \(fileName("name")),
      entries INTEGER NOT NULL CHECK (entries >= 0),
      digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT;
    \(numbered("keySegment"))
    \(once("keySegment", "name = NEW.name"))
    CREATE TABLE keySegmentMerge (
      -- The ones that were merged into another and count no more.
      
      name TEXT NOT NULL PRIMARY KEY REFERENCES keySegment (name),
      mergedInto TEXT NOT NULL REFERENCES keySegment (name) CHECK (mergedInto <> name)
    ) STRICT, WITHOUT ROWID;
    \(once("keySegmentMerge", "name = NEW.name"))
    CREATE TABLE fateChange (
      -- Rows whose fate changed after their feed was taken in; the last change of a row counts.
      -- Buckets: 1 accepted, 2 ineligible, 3 notYetDue, 4 duplicate, 5 rejected.
      -- Days count from 1970-01-01.
      
      number INTEGER PRIMARY KEY,
      feed INTEGER NOT NULL REFERENCES feed,
      row INTEGER NOT NULL CHECK (row BETWEEN 0 AND 4294967295),
      period TEXT NOT NULL,
      bucket INTEGER NOT NULL CHECK (bucket BETWEEN 1 AND 5),
      -- Of an ineligible row: 1 E301, 2 E302, 4 E303, 8 E304, 16 E305, added up.
      reasons INTEGER NOT NULL CHECK (reasons BETWEEN 0 AND 31 AND (bucket = 2 OR reasons = 0)),
      followedDay INTEGER
    ) STRICT;
    CREATE INDEX fateChangeByFeed ON fateChange (feed);
    CREATE TRIGGER fateChangeOpen BEFORE INSERT ON fateChange BEGIN
      SELECT RAISE(ABORT, 'fateChange rows are numbered without gaps')
        WHERE NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM fateChange);
      SELECT RAISE(ABORT, 'fateChange rows belong to the open period')
        WHERE NEW.period IS NOT \(openPeriod);
    END;
    """

  private static let books = """
    CREATE TABLE account (
      name TEXT NOT NULL PRIMARY KEY,
      meaning TEXT NOT NULL
    ) STRICT;
    INSERT INTO account VALUES
      ('payable', 'owed to a partner and not yet paid: its balance'),
      ('coop', 'co-op accrued to a partner: its co-op balance'),
      ('expense', 'what partners have earned'),
      ('coopExpense', 'the co-op part of what partners have earned'),
      ('adjustment', 'what was granted or taken by hand'),
      ('exchange', 'between the currencies of a balance that moved from one to the other'),
      ('payment', 'issued to the bank, and not yet known to have arrived'),
      ('salesTax', 'sales tax paid on top, to be claimed back'),
      ('withheldTax', 'withheld from payments, owed to the tax office');
    CREATE TABLE postingKind (
      -- What may be posted, and from where to where.
      
      cause TEXT NOT NULL,
      debit TEXT NOT NULL REFERENCES account (name),
      credit TEXT NOT NULL REFERENCES account (name) CHECK (credit <> debit),
      PRIMARY KEY (cause, debit, credit)
    ) STRICT;
    INSERT INTO postingKind VALUES
      ('earned', 'expense', 'payable'),
      ('earned', 'payable', 'expense'),
      ('adjustment', 'adjustment', 'payable'),
      ('adjustment', 'payable', 'adjustment'),
      ('currencyChange', 'exchange', 'payable'),
      ('currencyChange', 'payable', 'exchange'),
      ('coop', 'coopExpense', 'coop'),
      ('coop', 'coop', 'coopExpense'),
      ('coopCurrencyChange', 'exchange', 'coop'),
      ('coopCurrencyChange', 'coop', 'exchange'),
      ('gross', 'payable', 'payment'),
      ('salesTax', 'salesTax', 'payment'),
      ('withheldTax', 'payment', 'withheldTax');
    CREATE TRIGGER accountFixed BEFORE INSERT ON account BEGIN
      SELECT RAISE(ABORT, 'the accounts are fixed');
    END;
    CREATE TRIGGER postingKindFixed BEFORE INSERT ON postingKind BEGIN
      SELECT RAISE(ABORT, 'the kinds of postings are fixed');
    END;
    """

  private static let settlementColumns = [
    "opening", "earned", "adjustments", "currencyChange", "gross", "salesTax", "withheldTax",
    "totalPayment", "closing", "coopOpening", "coop", "coopCurrencyChange", "coopClosing",
  ]

  /// The sums of a settlement, wherever SQLite can calculate with its amounts.
  private static let settlementSums = """
    CHECK (max(\(settlementColumns.map { "length(\($0))" }.joined(separator: ", "))) > 17
        OR CAST(opening AS INTEGER) + CAST(earned AS INTEGER) + CAST(adjustments AS INTEGER)
          - CAST(gross AS INTEGER) = CAST(closing AS INTEGER)
        AND CAST(coopOpening AS INTEGER) + CAST(coop AS INTEGER) = CAST(coopClosing AS INTEGER)
        AND CAST(gross AS INTEGER) + CAST(salesTax AS INTEGER) - CAST(withheldTax AS INTEGER)
          = CAST(totalPayment AS INTEGER))
    """

  private static let closes = """
    CREATE TABLE close (
      period TEXT NOT NULL PRIMARY KEY REFERENCES period,
      run INTEGER NOT NULL UNIQUE REFERENCES run,
      manifestDigest BLOB NOT NULL CHECK (length(manifestDigest) = 32),
      settlements INTEGER NOT NULL,
      postings INTEGER NOT NULL,
      payments INTEGER NOT NULL,
      adjustments INTEGER NOT NULL,
      leverMonths INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    \(openOnly("close"))
    \(once("close", "period = NEW.period OR run = NEW.run"))
    CREATE TABLE settlement (
      -- One balance in one closed period; amounts in minor units of the currency, as text.
      
      period TEXT NOT NULL REFERENCES close,
      partner INTEGER NOT NULL REFERENCES partner,
      program INTEGER NOT NULL REFERENCES program,
      currency TEXT NOT NULL CHECK \(currency("currency")),
    \(settlementColumns.map { "  \($0) TEXT NOT NULL CHECK \(whole($0)),\n" }.joined())\
      paymentMethod TEXT,
      holds TEXT NOT NULL CHECK (holds = '' OR holds GLOB 'H5[0-9][0-9]*'),
      PRIMARY KEY (period, partner, program, currency),
      \(settlementSums),
      CHECK (totalPayment NOT LIKE '-%' AND gross NOT LIKE '-%')
    ) STRICT, WITHOUT ROWID;
    -- One trigger for both, since each one costs as much as the row itself.
    CREATE TRIGGER settlementOpening BEFORE INSERT ON settlement BEGIN
      SELECT RAISE(ABORT, 'settlement rows belong to the open period')
        WHERE NEW.period IS NOT \(openPeriod);
      SELECT RAISE(ABORT, 'a balance opens with its closing of the period before')
        WHERE (NEW.opening, NEW.coopOpening) IS NOT (
          SELECT ifnull(max(closing), '0'), ifnull(max(coopClosing), '0') FROM settlement
          WHERE period = (SELECT max(period) FROM close WHERE period < NEW.period)
            AND partner = NEW.partner AND program = NEW.program AND currency = NEW.currency);
    END;
    CREATE TABLE posting (
      -- Each amount leaves one account for another, so each row sums to zero.
      
      period TEXT NOT NULL,
      partner INTEGER NOT NULL,
      program INTEGER NOT NULL,
      currency TEXT NOT NULL,
      cause TEXT NOT NULL,
      debit TEXT NOT NULL,
      credit TEXT NOT NULL CHECK (credit <> debit),
      amount TEXT NOT NULL CHECK (amount GLOB '[1-9]*' AND \(whole("amount"))),
      PRIMARY KEY (period, partner, program, currency, cause),
      FOREIGN KEY (period, partner, program, currency) REFERENCES settlement,
      FOREIGN KEY (cause, debit, credit) REFERENCES postingKind
    ) STRICT, WITHOUT ROWID;
    \(openOnly("posting"))
    CREATE TABLE payment (
      paymentId TEXT NOT NULL UNIQUE CHECK (length(paymentId) BETWEEN 1 AND 35
        AND paymentId NOT GLOB '*[^-A-Za-z0-9]*'),
      period TEXT NOT NULL,
      partner INTEGER NOT NULL,
      program INTEGER NOT NULL,
      currency TEXT NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt >= 1),
      amount TEXT NOT NULL CHECK (amount GLOB '[1-9]*' AND \(whole("amount"))),
      PRIMARY KEY (period, partner, program, currency, attempt),
      FOREIGN KEY (period, partner, program, currency) REFERENCES settlement
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER paymentOpen BEFORE INSERT ON payment BEGIN
      SELECT RAISE(ABORT, 'payment rows belong to the open period')
        WHERE NEW.period IS NOT \(openPeriod);
      SELECT RAISE(ABORT, 'payment has this row already')
        WHERE EXISTS (SELECT 1 FROM payment WHERE paymentId = NEW.paymentId);
    END;
    CREATE TABLE adjustment (
      adjustmentId TEXT NOT NULL PRIMARY KEY CHECK (adjustmentId <> ''),
      period TEXT NOT NULL REFERENCES close,
      contentDigest BLOB NOT NULL CHECK (length(contentDigest) = 32)
    ) STRICT, WITHOUT ROWID;
    \(openOnly("adjustment"))
    \(once("adjustment", "adjustmentId = NEW.adjustmentId"))
    CREATE TABLE leverMonth (
      -- Where tiers and caps stand after a close; the row of the latest close counts.
      
      month TEXT NOT NULL CHECK \(month("month")),
      partner INTEGER NOT NULL REFERENCES partner,
      program INTEGER NOT NULL REFERENCES program,
      lever INTEGER NOT NULL REFERENCES lever,
      period TEXT NOT NULL REFERENCES close,
      basisPicos TEXT NOT NULL CHECK \(whole("basisPicos")),
      earnedPicos TEXT NOT NULL CHECK \(whole("earnedPicos")),
      PRIMARY KEY (month, partner, program, lever, period),
      CHECK (month <= period)
    ) STRICT, WITHOUT ROWID;
    \(openOnly("leverMonth"))
    \(periodTriggers)
    """

  /// A period opens only when the one before it was closed as a whole.
  private static let periodTriggers = """
    CREATE TRIGGER periodOpens BEFORE INSERT ON period
    WHEN EXISTS (SELECT 1 FROM period) BEGIN
      SELECT RAISE(ABORT, 'the next period is the month after the last one')
        WHERE NEW.period IS NOT strftime('%Y-%m', \(openPeriod) || '-01', '+1 month');
      SELECT RAISE(ABORT, 'a period opens when the one before it is closed')
        WHERE NOT EXISTS (SELECT 1 FROM close WHERE period = \(openPeriod));
      SELECT RAISE(ABORT, 'a close is as large as it says')
        WHERE EXISTS (
          SELECT 1 FROM close AS c WHERE period = \(openPeriod) AND (
            settlements <> (SELECT count(*) FROM settlement WHERE period = c.period)
            OR postings <> (SELECT count(*) FROM posting WHERE period = c.period)
            OR payments <> (SELECT count(*) FROM payment WHERE period = c.period)
            OR adjustments <> (SELECT count(*) FROM adjustment WHERE period = c.period)
            OR leverMonths <> (SELECT count(*) FROM leverMonth WHERE period = c.period)));
      SELECT RAISE(ABORT, 'a balance that is not zero goes on in the next close')
        WHERE EXISTS (
          SELECT 1 FROM settlement AS before
          WHERE before.period = strftime('%Y-%m', \(openPeriod) || '-01', '-1 month')
            AND (before.closing <> '0' OR before.coopClosing <> '0')
            AND NOT EXISTS (
              SELECT 1 FROM settlement AS after
              WHERE after.period = \(openPeriod) AND after.partner = before.partner
                AND after.program = before.program AND after.currency = before.currency));
    END;
    """

  private static let views = """
    CREATE VIEW balance AS
    -- Balances after the last close, by their names.
    SELECT period, participantId, program.name AS program, currency, closing, coopClosing
    FROM settlement
    JOIN partner ON partner.number = settlement.partner
    JOIN program ON program.number = settlement.program
    WHERE period = (SELECT max(period) FROM close) AND (closing <> '0' OR coopClosing <> '0')
    ORDER BY participantId, program.name, currency;
    CREATE VIEW entry AS
    -- Postings, by the names of partner and program.
    SELECT period, participantId, program.name AS program, currency, cause, debit, credit, amount
    FROM posting
    JOIN partner ON partner.number = posting.partner
    JOIN program ON program.number = posting.program;
    """
}
