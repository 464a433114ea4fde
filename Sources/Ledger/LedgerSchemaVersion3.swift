/// The migration to version 3: the profiles by which feeds were read. There may be such ledgers:
/// it never changes.
enum LedgerSchemaVersion3 {
  static let sql = """
    CREATE TABLE profile (
      -- Layouts as they were when a feed was taken in by them: it is always read by the same one.
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL CHECK (name <> ''),
      yaml TEXT NOT NULL,
      UNIQUE (name, yaml)
    ) STRICT;
    CREATE TRIGGER profileNumber BEFORE INSERT ON profile
    WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM profile) BEGIN
      SELECT RAISE(ABORT, 'profile rows are numbered without gaps');
    END;
    CREATE TABLE feedProfile (
      feed INTEGER PRIMARY KEY REFERENCES feed,
      profile INTEGER NOT NULL REFERENCES profile
    ) STRICT;
    CREATE TRIGGER feedProfileOnce BEFORE INSERT ON feedProfile
    WHEN EXISTS (SELECT 1 FROM feedProfile WHERE feed = NEW.feed) BEGIN
      SELECT RAISE(ABORT, 'feedProfile has this row already');
    END;
    CREATE TRIGGER feedProfileNewest BEFORE INSERT ON feedProfile
    WHEN NEW.feed IS NOT (SELECT max(number) FROM feed) BEGIN
      SELECT RAISE(ABORT, 'feedProfile rows come with their feed');
    END;
    CREATE TRIGGER profileUpdate BEFORE UPDATE ON profile BEGIN
      SELECT RAISE(ABORT, 'profile is append-only: no row changes');
    END;
    CREATE TRIGGER profileDelete BEFORE DELETE ON profile BEGIN
      SELECT RAISE(ABORT, 'profile is append-only: no row is removed');
    END;
    CREATE TRIGGER feedProfileUpdate BEFORE UPDATE ON feedProfile BEGIN
      SELECT RAISE(ABORT, 'feedProfile is append-only: no row changes');
    END;
    CREATE TRIGGER feedProfileDelete BEFORE DELETE ON feedProfile BEGIN
      SELECT RAISE(ABORT, 'feedProfile is append-only: no row is removed');
    END;
    """
}
