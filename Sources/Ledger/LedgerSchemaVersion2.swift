/// The migration to version 2: feeds whose rejected rows are taken again. There may be such ledgers: it never
/// changes.
enum LedgerSchemaVersion2 {
  static let sql =
    tables
    + ["retake", "retakeSegment", "retakeFinding"].map { table in
      """

      CREATE TRIGGER \(table)Update BEFORE UPDATE ON \(table) BEGIN
        SELECT RAISE(ABORT, '\(table) is append-only: no row changes');
      END;
      CREATE TRIGGER \(table)Delete BEFORE DELETE ON \(table) BEGIN
        SELECT RAISE(ABORT, '\(table) is append-only: no row is removed');
      END;
      """
    }.joined()

  private static let tables = """
    CREATE TABLE retake (
      -- Feeds whose rejected rows were taken again: the last one of a feed says what is rejected.
      number INTEGER PRIMARY KEY,
      run INTEGER NOT NULL UNIQUE REFERENCES run,
      feed INTEGER NOT NULL REFERENCES feed,
      period TEXT NOT NULL REFERENCES period,
      listed INTEGER NOT NULL CHECK (listed >= 0),
      -- The latest transaction date of rows that it neither accepted nor rejected.
      openDay TEXT CHECK (openDay IS date(openDay))
    ) STRICT;
    CREATE TRIGGER retakeNumber BEFORE INSERT ON retake
    WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM retake) BEGIN
      SELECT RAISE(ABORT, 'retake rows are numbered without gaps');
    END;
    CREATE TRIGGER retakeOpen BEFORE INSERT ON retake
    WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
      SELECT RAISE(ABORT, 'retake rows belong to the open period');
    END;
    CREATE TABLE retakeSegment (
      -- The findings and the rejects of a feed as they are after a retake: all of them.
      retake INTEGER NOT NULL REFERENCES retake,
      position INTEGER NOT NULL CHECK (position >= 1),
      name TEXT NOT NULL UNIQUE
        CHECK (name GLOB '[a-zA-Z0-9]*' AND name NOT GLOB '*[^-._a-zA-Z0-9]*'),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      PRIMARY KEY (retake, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER retakeSegmentOnce BEFORE INSERT ON retakeSegment
    WHEN EXISTS (SELECT 1 FROM retakeSegment
        WHERE retake = NEW.retake AND position = NEW.position OR name = NEW.name) BEGIN
      SELECT RAISE(ABORT, 'retakeSegment has this row already');
    END;
    CREATE TRIGGER retakeSegmentNewest BEFORE INSERT ON retakeSegment
    WHEN NEW.retake IS NOT (SELECT max(number) FROM retake) BEGIN
      SELECT RAISE(ABORT, 'retakeSegment rows come with their retake');
    END;
    CREATE TABLE retakeFinding (
      retake INTEGER NOT NULL REFERENCES retake,
      code TEXT NOT NULL CHECK (code GLOB '[A-Z][0-9][0-9][0-9]'),
      findings INTEGER NOT NULL CHECK (findings >= 1),
      PRIMARY KEY (retake, code)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER retakeFindingOnce BEFORE INSERT ON retakeFinding
    WHEN EXISTS (SELECT 1 FROM retakeFinding WHERE retake = NEW.retake AND code = NEW.code) BEGIN
      SELECT RAISE(ABORT, 'retakeFinding has this row already');
    END;
    CREATE TRIGGER retakeFindingNewest BEFORE INSERT ON retakeFinding
    WHEN NEW.retake IS NOT (SELECT max(number) FROM retake) BEGIN
      SELECT RAISE(ABORT, 'retakeFinding rows come with their retake');
    END;
    """
}
