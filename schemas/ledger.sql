PRAGMA application_id = 1348030292;
PRAGMA user_version = 5;
CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE partner (
  number INTEGER PRIMARY KEY,
  participantId TEXT NOT NULL UNIQUE CHECK (participantId <> '')
) STRICT;
CREATE TABLE program (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;
CREATE TABLE lever (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;
CREATE TABLE period (
  -- The periods opened so far; the last one is open, all others are closed.
  
  period TEXT NOT NULL PRIMARY KEY CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'
    AND substr(period, 6) BETWEEN '01' AND '12')
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
CREATE TABLE segment (
  -- The files in segments/ that say what became of each row of a feed.
  
  feed INTEGER NOT NULL REFERENCES feed,
  position INTEGER NOT NULL CHECK (position >= 1),
  name TEXT NOT NULL UNIQUE CHECK (name GLOB '[a-zA-Z0-9]*' AND name NOT GLOB '*[^-._a-zA-Z0-9]*'),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (feed, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE feedRejection (
  -- Rejected rows; the currency is empty where it or the amount could not be read.
  
  feed INTEGER NOT NULL REFERENCES feed,
  currency TEXT NOT NULL CHECK (currency = '' OR (currency GLOB '[A-Z][A-Z][A-Z]')),
  rows INTEGER NOT NULL CHECK (rows >= 1),
  amountPicos TEXT NOT NULL CHECK (amountPicos = CAST(CAST(amountPicos AS INTEGER) AS TEXT)
    OR length(amountPicos) BETWEEN 19 AND 40 AND ltrim(amountPicos, '-') GLOB '[1-9]*'
    AND substr(amountPicos, 2) NOT GLOB '*[^0-9]*'),
  PRIMARY KEY (feed, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE feedFinding (
  feed INTEGER NOT NULL REFERENCES feed,
  code TEXT NOT NULL CHECK (code GLOB '[A-Z][0-9][0-9][0-9]'),
  findings INTEGER NOT NULL CHECK (findings >= 1),
  PRIMARY KEY (feed, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE feedControlSum (
  feed INTEGER NOT NULL REFERENCES feed,
  currency TEXT NOT NULL,
  amountPicos TEXT NOT NULL CHECK (amountPicos = CAST(CAST(amountPicos AS INTEGER) AS TEXT)
    OR length(amountPicos) BETWEEN 19 AND 40 AND ltrim(amountPicos, '-') GLOB '[1-9]*'
    AND substr(amountPicos, 2) NOT GLOB '*[^0-9]*'),
  PRIMARY KEY (feed, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE keySegment (
  -- The files in segments/ by which known earnings are recognised.
  
  number INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run,
  name TEXT NOT NULL UNIQUE CHECK (name GLOB '[a-zA-Z0-9]*' AND name NOT GLOB '*[^-._a-zA-Z0-9]*'),
  entries INTEGER NOT NULL CHECK (entries >= 0),
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
CREATE TABLE keySegmentMerge (
  -- The ones that were merged into another and count no more.
  
  name TEXT NOT NULL PRIMARY KEY REFERENCES keySegment (name),
  mergedInto TEXT NOT NULL REFERENCES keySegment (name) CHECK (mergedInto <> name)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE account (
  name TEXT NOT NULL PRIMARY KEY,
  meaning TEXT NOT NULL
) STRICT;
CREATE TABLE postingKind (
  -- What may be posted, and from where to where.
  
  cause TEXT NOT NULL,
  debit TEXT NOT NULL REFERENCES account (name),
  credit TEXT NOT NULL REFERENCES account (name) CHECK (credit <> debit),
  PRIMARY KEY (cause, debit, credit)
) STRICT;
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
CREATE TABLE settlement (
  -- One balance in one closed period; amounts in minor units of the currency, as text.
  
  period TEXT NOT NULL REFERENCES close,
  partner INTEGER NOT NULL REFERENCES partner,
  program INTEGER NOT NULL REFERENCES program,
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  opening TEXT NOT NULL CHECK (opening = CAST(CAST(opening AS INTEGER) AS TEXT)
    OR length(opening) BETWEEN 19 AND 40 AND ltrim(opening, '-') GLOB '[1-9]*'
    AND substr(opening, 2) NOT GLOB '*[^0-9]*'),
  earned TEXT NOT NULL CHECK (earned = CAST(CAST(earned AS INTEGER) AS TEXT)
    OR length(earned) BETWEEN 19 AND 40 AND ltrim(earned, '-') GLOB '[1-9]*'
    AND substr(earned, 2) NOT GLOB '*[^0-9]*'),
  adjustments TEXT NOT NULL CHECK (adjustments = CAST(CAST(adjustments AS INTEGER) AS TEXT)
    OR length(adjustments) BETWEEN 19 AND 40 AND ltrim(adjustments, '-') GLOB '[1-9]*'
    AND substr(adjustments, 2) NOT GLOB '*[^0-9]*'),
  currencyChange TEXT NOT NULL CHECK (currencyChange = CAST(CAST(currencyChange AS INTEGER) AS TEXT)
    OR length(currencyChange) BETWEEN 19 AND 40 AND ltrim(currencyChange, '-') GLOB '[1-9]*'
    AND substr(currencyChange, 2) NOT GLOB '*[^0-9]*'),
  gross TEXT NOT NULL CHECK (gross = CAST(CAST(gross AS INTEGER) AS TEXT)
    OR length(gross) BETWEEN 19 AND 40 AND ltrim(gross, '-') GLOB '[1-9]*'
    AND substr(gross, 2) NOT GLOB '*[^0-9]*'),
  salesTax TEXT NOT NULL CHECK (salesTax = CAST(CAST(salesTax AS INTEGER) AS TEXT)
    OR length(salesTax) BETWEEN 19 AND 40 AND ltrim(salesTax, '-') GLOB '[1-9]*'
    AND substr(salesTax, 2) NOT GLOB '*[^0-9]*'),
  withheldTax TEXT NOT NULL CHECK (withheldTax = CAST(CAST(withheldTax AS INTEGER) AS TEXT)
    OR length(withheldTax) BETWEEN 19 AND 40 AND ltrim(withheldTax, '-') GLOB '[1-9]*'
    AND substr(withheldTax, 2) NOT GLOB '*[^0-9]*'),
  totalPayment TEXT NOT NULL CHECK (totalPayment = CAST(CAST(totalPayment AS INTEGER) AS TEXT)
    OR length(totalPayment) BETWEEN 19 AND 40 AND ltrim(totalPayment, '-') GLOB '[1-9]*'
    AND substr(totalPayment, 2) NOT GLOB '*[^0-9]*'),
  closing TEXT NOT NULL CHECK (closing = CAST(CAST(closing AS INTEGER) AS TEXT)
    OR length(closing) BETWEEN 19 AND 40 AND ltrim(closing, '-') GLOB '[1-9]*'
    AND substr(closing, 2) NOT GLOB '*[^0-9]*'),
  coopOpening TEXT NOT NULL CHECK (coopOpening = CAST(CAST(coopOpening AS INTEGER) AS TEXT)
    OR length(coopOpening) BETWEEN 19 AND 40 AND ltrim(coopOpening, '-') GLOB '[1-9]*'
    AND substr(coopOpening, 2) NOT GLOB '*[^0-9]*'),
  coop TEXT NOT NULL CHECK (coop = CAST(CAST(coop AS INTEGER) AS TEXT)
    OR length(coop) BETWEEN 19 AND 40 AND ltrim(coop, '-') GLOB '[1-9]*'
    AND substr(coop, 2) NOT GLOB '*[^0-9]*'),
  coopCurrencyChange TEXT NOT NULL CHECK (coopCurrencyChange = CAST(CAST(coopCurrencyChange AS INTEGER) AS TEXT)
    OR length(coopCurrencyChange) BETWEEN 19 AND 40 AND ltrim(coopCurrencyChange, '-') GLOB '[1-9]*'
    AND substr(coopCurrencyChange, 2) NOT GLOB '*[^0-9]*'),
  coopClosing TEXT NOT NULL CHECK (coopClosing = CAST(CAST(coopClosing AS INTEGER) AS TEXT)
    OR length(coopClosing) BETWEEN 19 AND 40 AND ltrim(coopClosing, '-') GLOB '[1-9]*'
    AND substr(coopClosing, 2) NOT GLOB '*[^0-9]*'),
  paymentMethod TEXT,
  holds TEXT NOT NULL CHECK (holds = '' OR holds GLOB 'H5[0-9][0-9]*'),
  PRIMARY KEY (period, partner, program, currency),
  CHECK (max(length(opening), length(earned), length(adjustments), length(currencyChange), length(gross), length(salesTax), length(withheldTax), length(totalPayment), length(closing), length(coopOpening), length(coop), length(coopCurrencyChange), length(coopClosing)) > 17
    OR CAST(opening AS INTEGER) + CAST(earned AS INTEGER) + CAST(adjustments AS INTEGER)
      - CAST(gross AS INTEGER) = CAST(closing AS INTEGER)
    AND CAST(coopOpening AS INTEGER) + CAST(coop AS INTEGER) = CAST(coopClosing AS INTEGER)
    AND CAST(gross AS INTEGER) + CAST(salesTax AS INTEGER) - CAST(withheldTax AS INTEGER)
      = CAST(totalPayment AS INTEGER)),
  CHECK (totalPayment NOT LIKE '-%' AND gross NOT LIKE '-%')
) STRICT, WITHOUT ROWID;
CREATE TABLE posting (
  -- Each amount leaves one account for another, so each row sums to zero.
  
  period TEXT NOT NULL,
  partner INTEGER NOT NULL,
  program INTEGER NOT NULL,
  currency TEXT NOT NULL,
  cause TEXT NOT NULL,
  debit TEXT NOT NULL,
  credit TEXT NOT NULL CHECK (credit <> debit),
  amount TEXT NOT NULL CHECK (amount GLOB '[1-9]*' AND (amount = CAST(CAST(amount AS INTEGER) AS TEXT)
    OR length(amount) BETWEEN 19 AND 40 AND ltrim(amount, '-') GLOB '[1-9]*'
    AND substr(amount, 2) NOT GLOB '*[^0-9]*')),
  PRIMARY KEY (period, partner, program, currency, cause),
  FOREIGN KEY (period, partner, program, currency) REFERENCES settlement,
  FOREIGN KEY (cause, debit, credit) REFERENCES postingKind
) STRICT, WITHOUT ROWID;
CREATE TABLE payment (
  paymentId TEXT NOT NULL UNIQUE CHECK (length(paymentId) BETWEEN 1 AND 35
    AND paymentId NOT GLOB '*[^-A-Za-z0-9]*'),
  period TEXT NOT NULL,
  partner INTEGER NOT NULL,
  program INTEGER NOT NULL,
  currency TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  amount TEXT NOT NULL CHECK (amount GLOB '[1-9]*' AND (amount = CAST(CAST(amount AS INTEGER) AS TEXT)
    OR length(amount) BETWEEN 19 AND 40 AND ltrim(amount, '-') GLOB '[1-9]*'
    AND substr(amount, 2) NOT GLOB '*[^0-9]*')),
  PRIMARY KEY (period, partner, program, currency, attempt),
  FOREIGN KEY (period, partner, program, currency) REFERENCES settlement
) STRICT, WITHOUT ROWID;
CREATE TABLE adjustment (
  adjustmentId TEXT NOT NULL PRIMARY KEY CHECK (adjustmentId <> ''),
  period TEXT NOT NULL REFERENCES close,
  contentDigest BLOB NOT NULL CHECK (length(contentDigest) = 32)
) STRICT, WITHOUT ROWID;
CREATE TABLE leverMonth (
  -- Where tiers and caps stand after a close; the row of the latest close counts.
  
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'
    AND substr(month, 6) BETWEEN '01' AND '12'),
  partner INTEGER NOT NULL REFERENCES partner,
  program INTEGER NOT NULL REFERENCES program,
  lever INTEGER NOT NULL REFERENCES lever,
  period TEXT NOT NULL REFERENCES close,
  basisPicos TEXT NOT NULL CHECK (basisPicos = CAST(CAST(basisPicos AS INTEGER) AS TEXT)
    OR length(basisPicos) BETWEEN 19 AND 40 AND ltrim(basisPicos, '-') GLOB '[1-9]*'
    AND substr(basisPicos, 2) NOT GLOB '*[^0-9]*'),
  earnedPicos TEXT NOT NULL CHECK (earnedPicos = CAST(CAST(earnedPicos AS INTEGER) AS TEXT)
    OR length(earnedPicos) BETWEEN 19 AND 40 AND ltrim(earnedPicos, '-') GLOB '[1-9]*'
    AND substr(earnedPicos, 2) NOT GLOB '*[^0-9]*'),
  PRIMARY KEY (month, partner, program, lever, period),
  CHECK (month <= period)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE retakeFinding (
  retake INTEGER NOT NULL REFERENCES retake,
  code TEXT NOT NULL CHECK (code GLOB '[A-Z][0-9][0-9][0-9]'),
  findings INTEGER NOT NULL CHECK (findings >= 1),
  PRIMARY KEY (retake, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE profile (
  -- Layouts as they were when a feed was taken in by them: it is always read by the same one.
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  yaml TEXT NOT NULL,
  UNIQUE (name, yaml)
) STRICT;
CREATE TABLE feedProfile (
  feed INTEGER PRIMARY KEY REFERENCES feed,
  profile INTEGER NOT NULL REFERENCES profile
) STRICT;
CREATE TABLE closeUser (
  -- Who ran a close: they may not approve its payment files.
  period TEXT NOT NULL PRIMARY KEY REFERENCES close,
  userId TEXT NOT NULL CHECK (userId <> '')
) STRICT, WITHOUT ROWID;
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
CREATE TABLE paymentLeftOut (
  -- The payments that no payment file of their period pays: a bank had told of them before.
  paymentId TEXT NOT NULL PRIMARY KEY REFERENCES payment (paymentId),
  period TEXT NOT NULL REFERENCES paymentFiles
) STRICT, WITHOUT ROWID;
INSERT INTO account VALUES ('payable', 'owed to a partner and not yet paid: its balance');
INSERT INTO account VALUES ('coop', 'co-op accrued to a partner: its co-op balance');
INSERT INTO account VALUES ('expense', 'what partners have earned');
INSERT INTO account VALUES ('coopExpense', 'the co-op part of what partners have earned');
INSERT INTO account VALUES ('adjustment', 'what was granted or taken by hand');
INSERT INTO account VALUES ('exchange', 'between the currencies of a balance that moved from one to the other');
INSERT INTO account VALUES ('payment', 'issued to the bank, and not yet known to have arrived');
INSERT INTO account VALUES ('salesTax', 'sales tax paid on top, to be claimed back');
INSERT INTO account VALUES ('withheldTax', 'withheld from payments, owed to the tax office');
INSERT INTO account VALUES ('bank', 'what left the accounts of the payer and what came back to them');
INSERT INTO account VALUES ('bankDifference', 'what banks moved more or less than was ordered');
INSERT INTO postingKind VALUES ('earned', 'expense', 'payable');
INSERT INTO postingKind VALUES ('earned', 'payable', 'expense');
INSERT INTO postingKind VALUES ('adjustment', 'adjustment', 'payable');
INSERT INTO postingKind VALUES ('adjustment', 'payable', 'adjustment');
INSERT INTO postingKind VALUES ('currencyChange', 'exchange', 'payable');
INSERT INTO postingKind VALUES ('currencyChange', 'payable', 'exchange');
INSERT INTO postingKind VALUES ('coop', 'coopExpense', 'coop');
INSERT INTO postingKind VALUES ('coop', 'coop', 'coopExpense');
INSERT INTO postingKind VALUES ('coopCurrencyChange', 'exchange', 'coop');
INSERT INTO postingKind VALUES ('coopCurrencyChange', 'coop', 'exchange');
INSERT INTO postingKind VALUES ('gross', 'payable', 'payment');
INSERT INTO postingKind VALUES ('salesTax', 'salesTax', 'payment');
INSERT INTO postingKind VALUES ('withheldTax', 'payment', 'withheldTax');
INSERT INTO postingKind VALUES ('paymentReturned', 'payment', 'payable');
INSERT INTO postingKind VALUES ('returnedSalesTax', 'payment', 'salesTax');
INSERT INTO postingKind VALUES ('returnedWithheldTax', 'withheldTax', 'payment');
INSERT INTO postingKind VALUES ('booked', 'payment', 'bank');
INSERT INTO postingKind VALUES ('returned', 'bank', 'payment');
INSERT INTO postingKind VALUES ('difference', 'bankDifference', 'bank');
INSERT INTO postingKind VALUES ('difference', 'bank', 'bankDifference');
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
CREATE TRIGGER settingOnce BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM setting WHERE name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'setting has this row already');
END;
CREATE TRIGGER partnerNumber BEFORE INSERT ON partner
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM partner) BEGIN
  SELECT RAISE(ABORT, 'partner rows are numbered without gaps');
END;
CREATE TRIGGER partnerOnce BEFORE INSERT ON partner
WHEN EXISTS (SELECT 1 FROM partner WHERE participantId = NEW.participantId) BEGIN
  SELECT RAISE(ABORT, 'partner has this row already');
END;
CREATE TRIGGER programNumber BEFORE INSERT ON program
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM program) BEGIN
  SELECT RAISE(ABORT, 'program rows are numbered without gaps');
END;
CREATE TRIGGER programOnce BEFORE INSERT ON program
WHEN EXISTS (SELECT 1 FROM program WHERE name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'program has this row already');
END;
CREATE TRIGGER leverNumber BEFORE INSERT ON lever
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM lever) BEGIN
  SELECT RAISE(ABORT, 'lever rows are numbered without gaps');
END;
CREATE TRIGGER leverOnce BEFORE INSERT ON lever
WHEN EXISTS (SELECT 1 FROM lever WHERE name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'lever has this row already');
END;
CREATE TRIGGER runNumber BEFORE INSERT ON run
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM run) BEGIN
  SELECT RAISE(ABORT, 'run rows are numbered without gaps');
END;
CREATE TRIGGER runOpen BEFORE INSERT ON run
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'run rows belong to the open period');
END;
CREATE TRIGGER feedNumber BEFORE INSERT ON feed
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM feed) BEGIN
  SELECT RAISE(ABORT, 'feed rows are numbered without gaps');
END;
CREATE TRIGGER feedOnce BEFORE INSERT ON feed
WHEN EXISTS (SELECT 1 FROM feed WHERE name = NEW.name OR digest = NEW.digest OR feedId = NEW.feedId) BEGIN
  SELECT RAISE(ABORT, 'feed has this row already');
END;
CREATE TRIGGER feedOpen BEFORE INSERT ON feed
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'feed rows belong to the open period');
END;
CREATE TRIGGER segmentOnce BEFORE INSERT ON segment
WHEN EXISTS (SELECT 1 FROM segment WHERE feed = NEW.feed AND position = NEW.position OR name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'segment has this row already');
END;
CREATE TRIGGER segmentNewest BEFORE INSERT ON segment
WHEN NEW.feed IS NOT (SELECT max(number) FROM feed) BEGIN
  SELECT RAISE(ABORT, 'segment rows come with their feed');
END;
CREATE TRIGGER feedRejectionOnce BEFORE INSERT ON feedRejection
WHEN EXISTS (SELECT 1 FROM feedRejection WHERE feed = NEW.feed AND currency = NEW.currency) BEGIN
  SELECT RAISE(ABORT, 'feedRejection has this row already');
END;
CREATE TRIGGER feedRejectionNewest BEFORE INSERT ON feedRejection
WHEN NEW.feed IS NOT (SELECT max(number) FROM feed) BEGIN
  SELECT RAISE(ABORT, 'feedRejection rows come with their feed');
END;
CREATE TRIGGER feedFindingOnce BEFORE INSERT ON feedFinding
WHEN EXISTS (SELECT 1 FROM feedFinding WHERE feed = NEW.feed AND code = NEW.code) BEGIN
  SELECT RAISE(ABORT, 'feedFinding has this row already');
END;
CREATE TRIGGER feedFindingNewest BEFORE INSERT ON feedFinding
WHEN NEW.feed IS NOT (SELECT max(number) FROM feed) BEGIN
  SELECT RAISE(ABORT, 'feedFinding rows come with their feed');
END;
CREATE TRIGGER feedControlSumOnce BEFORE INSERT ON feedControlSum
WHEN EXISTS (SELECT 1 FROM feedControlSum WHERE feed = NEW.feed AND currency = NEW.currency) BEGIN
  SELECT RAISE(ABORT, 'feedControlSum has this row already');
END;
CREATE TRIGGER feedControlSumNewest BEFORE INSERT ON feedControlSum
WHEN NEW.feed IS NOT (SELECT max(number) FROM feed) BEGIN
  SELECT RAISE(ABORT, 'feedControlSum rows come with their feed');
END;
CREATE TRIGGER keySegmentNumber BEFORE INSERT ON keySegment
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM keySegment) BEGIN
  SELECT RAISE(ABORT, 'keySegment rows are numbered without gaps');
END;
CREATE TRIGGER keySegmentOnce BEFORE INSERT ON keySegment
WHEN EXISTS (SELECT 1 FROM keySegment WHERE name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'keySegment has this row already');
END;
CREATE TRIGGER keySegmentMergeOnce BEFORE INSERT ON keySegmentMerge
WHEN EXISTS (SELECT 1 FROM keySegmentMerge WHERE name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'keySegmentMerge has this row already');
END;
CREATE TRIGGER fateChangeOpen BEFORE INSERT ON fateChange BEGIN
  SELECT RAISE(ABORT, 'fateChange rows are numbered without gaps')
    WHERE NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM fateChange);
  SELECT RAISE(ABORT, 'fateChange rows belong to the open period')
    WHERE NEW.period IS NOT (SELECT max(period) FROM period);
END;
CREATE TRIGGER closeOpen BEFORE INSERT ON close
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'close rows belong to the open period');
END;
CREATE TRIGGER closeOnce BEFORE INSERT ON close
WHEN EXISTS (SELECT 1 FROM close WHERE period = NEW.period OR run = NEW.run) BEGIN
  SELECT RAISE(ABORT, 'close has this row already');
END;
CREATE TRIGGER settlementOpening BEFORE INSERT ON settlement BEGIN
  SELECT RAISE(ABORT, 'settlement rows belong to the open period')
    WHERE NEW.period IS NOT (SELECT max(period) FROM period);
  SELECT RAISE(ABORT, 'a balance opens with its closing of the period before')
    WHERE (NEW.opening, NEW.coopOpening) IS NOT (
      SELECT ifnull(max(closing), '0'), ifnull(max(coopClosing), '0') FROM settlement
      WHERE period = (SELECT max(period) FROM close WHERE period < NEW.period)
        AND partner = NEW.partner AND program = NEW.program AND currency = NEW.currency);
END;
CREATE TRIGGER postingOpen BEFORE INSERT ON posting
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'posting rows belong to the open period');
END;
CREATE TRIGGER paymentOpen BEFORE INSERT ON payment BEGIN
  SELECT RAISE(ABORT, 'payment rows belong to the open period')
    WHERE NEW.period IS NOT (SELECT max(period) FROM period);
  SELECT RAISE(ABORT, 'payment has this row already')
    WHERE EXISTS (SELECT 1 FROM payment WHERE paymentId = NEW.paymentId);
END;
CREATE TRIGGER adjustmentOpen BEFORE INSERT ON adjustment
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'adjustment rows belong to the open period');
END;
CREATE TRIGGER adjustmentOnce BEFORE INSERT ON adjustment
WHEN EXISTS (SELECT 1 FROM adjustment WHERE adjustmentId = NEW.adjustmentId) BEGIN
  SELECT RAISE(ABORT, 'adjustment has this row already');
END;
CREATE TRIGGER leverMonthOpen BEFORE INSERT ON leverMonth
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'leverMonth rows belong to the open period');
END;
CREATE TRIGGER periodOpens BEFORE INSERT ON period
WHEN EXISTS (SELECT 1 FROM period) BEGIN
  SELECT RAISE(ABORT, 'the next period is the month after the last one')
    WHERE NEW.period IS NOT strftime('%Y-%m', (SELECT max(period) FROM period) || '-01', '+1 month');
  SELECT RAISE(ABORT, 'a period opens when the one before it is closed')
    WHERE NOT EXISTS (SELECT 1 FROM close WHERE period = (SELECT max(period) FROM period));
  SELECT RAISE(ABORT, 'a close is as large as it says')
    WHERE EXISTS (
      SELECT 1 FROM close AS c WHERE period = (SELECT max(period) FROM period) AND (
        settlements <> (SELECT count(*) FROM settlement WHERE period = c.period)
        OR postings <> (SELECT count(*) FROM posting WHERE period = c.period)
        OR payments <> (SELECT count(*) FROM payment WHERE period = c.period)
        OR adjustments <> (SELECT count(*) FROM adjustment WHERE period = c.period)
        OR leverMonths <> (SELECT count(*) FROM leverMonth WHERE period = c.period)));
  SELECT RAISE(ABORT, 'a balance that is not zero goes on in the next close')
    WHERE EXISTS (
      SELECT 1 FROM settlement AS before
      WHERE before.period = strftime('%Y-%m', (SELECT max(period) FROM period) || '-01', '-1 month')
        AND (before.closing <> '0' OR before.coopClosing <> '0')
        AND NOT EXISTS (
          SELECT 1 FROM settlement AS after
          WHERE after.period = (SELECT max(period) FROM period) AND after.partner = before.partner
            AND after.program = before.program AND after.currency = before.currency));
END;
CREATE TRIGGER settingUpdate BEFORE UPDATE ON setting BEGIN
  SELECT RAISE(ABORT, 'setting is append-only: no row changes');
END;
CREATE TRIGGER settingDelete BEFORE DELETE ON setting BEGIN
  SELECT RAISE(ABORT, 'setting is append-only: no row is removed');
END;
CREATE TRIGGER partnerUpdate BEFORE UPDATE ON partner BEGIN
  SELECT RAISE(ABORT, 'partner is append-only: no row changes');
END;
CREATE TRIGGER partnerDelete BEFORE DELETE ON partner BEGIN
  SELECT RAISE(ABORT, 'partner is append-only: no row is removed');
END;
CREATE TRIGGER programUpdate BEFORE UPDATE ON program BEGIN
  SELECT RAISE(ABORT, 'program is append-only: no row changes');
END;
CREATE TRIGGER programDelete BEFORE DELETE ON program BEGIN
  SELECT RAISE(ABORT, 'program is append-only: no row is removed');
END;
CREATE TRIGGER leverUpdate BEFORE UPDATE ON lever BEGIN
  SELECT RAISE(ABORT, 'lever is append-only: no row changes');
END;
CREATE TRIGGER leverDelete BEFORE DELETE ON lever BEGIN
  SELECT RAISE(ABORT, 'lever is append-only: no row is removed');
END;
CREATE TRIGGER periodUpdate BEFORE UPDATE ON period BEGIN
  SELECT RAISE(ABORT, 'period is append-only: no row changes');
END;
CREATE TRIGGER periodDelete BEFORE DELETE ON period BEGIN
  SELECT RAISE(ABORT, 'period is append-only: no row is removed');
END;
CREATE TRIGGER runUpdate BEFORE UPDATE ON run BEGIN
  SELECT RAISE(ABORT, 'run is append-only: no row changes');
END;
CREATE TRIGGER runDelete BEFORE DELETE ON run BEGIN
  SELECT RAISE(ABORT, 'run is append-only: no row is removed');
END;
CREATE TRIGGER feedUpdate BEFORE UPDATE ON feed BEGIN
  SELECT RAISE(ABORT, 'feed is append-only: no row changes');
END;
CREATE TRIGGER feedDelete BEFORE DELETE ON feed BEGIN
  SELECT RAISE(ABORT, 'feed is append-only: no row is removed');
END;
CREATE TRIGGER segmentUpdate BEFORE UPDATE ON segment BEGIN
  SELECT RAISE(ABORT, 'segment is append-only: no row changes');
END;
CREATE TRIGGER segmentDelete BEFORE DELETE ON segment BEGIN
  SELECT RAISE(ABORT, 'segment is append-only: no row is removed');
END;
CREATE TRIGGER feedRejectionUpdate BEFORE UPDATE ON feedRejection BEGIN
  SELECT RAISE(ABORT, 'feedRejection is append-only: no row changes');
END;
CREATE TRIGGER feedRejectionDelete BEFORE DELETE ON feedRejection BEGIN
  SELECT RAISE(ABORT, 'feedRejection is append-only: no row is removed');
END;
CREATE TRIGGER feedFindingUpdate BEFORE UPDATE ON feedFinding BEGIN
  SELECT RAISE(ABORT, 'feedFinding is append-only: no row changes');
END;
CREATE TRIGGER feedFindingDelete BEFORE DELETE ON feedFinding BEGIN
  SELECT RAISE(ABORT, 'feedFinding is append-only: no row is removed');
END;
CREATE TRIGGER feedControlSumUpdate BEFORE UPDATE ON feedControlSum BEGIN
  SELECT RAISE(ABORT, 'feedControlSum is append-only: no row changes');
END;
CREATE TRIGGER feedControlSumDelete BEFORE DELETE ON feedControlSum BEGIN
  SELECT RAISE(ABORT, 'feedControlSum is append-only: no row is removed');
END;
CREATE TRIGGER keySegmentUpdate BEFORE UPDATE ON keySegment BEGIN
  SELECT RAISE(ABORT, 'keySegment is append-only: no row changes');
END;
CREATE TRIGGER keySegmentDelete BEFORE DELETE ON keySegment BEGIN
  SELECT RAISE(ABORT, 'keySegment is append-only: no row is removed');
END;
CREATE TRIGGER keySegmentMergeUpdate BEFORE UPDATE ON keySegmentMerge BEGIN
  SELECT RAISE(ABORT, 'keySegmentMerge is append-only: no row changes');
END;
CREATE TRIGGER keySegmentMergeDelete BEFORE DELETE ON keySegmentMerge BEGIN
  SELECT RAISE(ABORT, 'keySegmentMerge is append-only: no row is removed');
END;
CREATE TRIGGER fateChangeUpdate BEFORE UPDATE ON fateChange BEGIN
  SELECT RAISE(ABORT, 'fateChange is append-only: no row changes');
END;
CREATE TRIGGER fateChangeDelete BEFORE DELETE ON fateChange BEGIN
  SELECT RAISE(ABORT, 'fateChange is append-only: no row is removed');
END;
CREATE TRIGGER accountUpdate BEFORE UPDATE ON account BEGIN
  SELECT RAISE(ABORT, 'account is append-only: no row changes');
END;
CREATE TRIGGER accountDelete BEFORE DELETE ON account BEGIN
  SELECT RAISE(ABORT, 'account is append-only: no row is removed');
END;
CREATE TRIGGER postingKindUpdate BEFORE UPDATE ON postingKind BEGIN
  SELECT RAISE(ABORT, 'postingKind is append-only: no row changes');
END;
CREATE TRIGGER postingKindDelete BEFORE DELETE ON postingKind BEGIN
  SELECT RAISE(ABORT, 'postingKind is append-only: no row is removed');
END;
CREATE TRIGGER closeUpdate BEFORE UPDATE ON close BEGIN
  SELECT RAISE(ABORT, 'close is append-only: no row changes');
END;
CREATE TRIGGER closeDelete BEFORE DELETE ON close BEGIN
  SELECT RAISE(ABORT, 'close is append-only: no row is removed');
END;
CREATE TRIGGER settlementUpdate BEFORE UPDATE ON settlement BEGIN
  SELECT RAISE(ABORT, 'settlement is append-only: no row changes');
END;
CREATE TRIGGER settlementDelete BEFORE DELETE ON settlement BEGIN
  SELECT RAISE(ABORT, 'settlement is append-only: no row is removed');
END;
CREATE TRIGGER postingUpdate BEFORE UPDATE ON posting BEGIN
  SELECT RAISE(ABORT, 'posting is append-only: no row changes');
END;
CREATE TRIGGER postingDelete BEFORE DELETE ON posting BEGIN
  SELECT RAISE(ABORT, 'posting is append-only: no row is removed');
END;
CREATE TRIGGER paymentUpdate BEFORE UPDATE ON payment BEGIN
  SELECT RAISE(ABORT, 'payment is append-only: no row changes');
END;
CREATE TRIGGER paymentDelete BEFORE DELETE ON payment BEGIN
  SELECT RAISE(ABORT, 'payment is append-only: no row is removed');
END;
CREATE TRIGGER adjustmentUpdate BEFORE UPDATE ON adjustment BEGIN
  SELECT RAISE(ABORT, 'adjustment is append-only: no row changes');
END;
CREATE TRIGGER adjustmentDelete BEFORE DELETE ON adjustment BEGIN
  SELECT RAISE(ABORT, 'adjustment is append-only: no row is removed');
END;
CREATE TRIGGER leverMonthUpdate BEFORE UPDATE ON leverMonth BEGIN
  SELECT RAISE(ABORT, 'leverMonth is append-only: no row changes');
END;
CREATE TRIGGER leverMonthDelete BEFORE DELETE ON leverMonth BEGIN
  SELECT RAISE(ABORT, 'leverMonth is append-only: no row is removed');
END;
CREATE TRIGGER retakeNumber BEFORE INSERT ON retake
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM retake) BEGIN
  SELECT RAISE(ABORT, 'retake rows are numbered without gaps');
END;
CREATE TRIGGER retakeOpen BEFORE INSERT ON retake
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'retake rows belong to the open period');
END;
CREATE TRIGGER retakeSegmentOnce BEFORE INSERT ON retakeSegment
WHEN EXISTS (SELECT 1 FROM retakeSegment
    WHERE retake = NEW.retake AND position = NEW.position OR name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'retakeSegment has this row already');
END;
CREATE TRIGGER retakeSegmentNewest BEFORE INSERT ON retakeSegment
WHEN NEW.retake IS NOT (SELECT max(number) FROM retake) BEGIN
  SELECT RAISE(ABORT, 'retakeSegment rows come with their retake');
END;
CREATE TRIGGER retakeFindingOnce BEFORE INSERT ON retakeFinding
WHEN EXISTS (SELECT 1 FROM retakeFinding WHERE retake = NEW.retake AND code = NEW.code) BEGIN
  SELECT RAISE(ABORT, 'retakeFinding has this row already');
END;
CREATE TRIGGER retakeFindingNewest BEFORE INSERT ON retakeFinding
WHEN NEW.retake IS NOT (SELECT max(number) FROM retake) BEGIN
  SELECT RAISE(ABORT, 'retakeFinding rows come with their retake');
END;
CREATE TRIGGER retakeUpdate BEFORE UPDATE ON retake BEGIN
  SELECT RAISE(ABORT, 'retake is append-only: no row changes');
END;
CREATE TRIGGER retakeDelete BEFORE DELETE ON retake BEGIN
  SELECT RAISE(ABORT, 'retake is append-only: no row is removed');
END;
CREATE TRIGGER retakeSegmentUpdate BEFORE UPDATE ON retakeSegment BEGIN
  SELECT RAISE(ABORT, 'retakeSegment is append-only: no row changes');
END;
CREATE TRIGGER retakeSegmentDelete BEFORE DELETE ON retakeSegment BEGIN
  SELECT RAISE(ABORT, 'retakeSegment is append-only: no row is removed');
END;
CREATE TRIGGER retakeFindingUpdate BEFORE UPDATE ON retakeFinding BEGIN
  SELECT RAISE(ABORT, 'retakeFinding is append-only: no row changes');
END;
CREATE TRIGGER retakeFindingDelete BEFORE DELETE ON retakeFinding BEGIN
  SELECT RAISE(ABORT, 'retakeFinding is append-only: no row is removed');
END;
CREATE TRIGGER profileNumber BEFORE INSERT ON profile
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM profile) BEGIN
  SELECT RAISE(ABORT, 'profile rows are numbered without gaps');
END;
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
CREATE TRIGGER closeUserOpen BEFORE INSERT ON closeUser
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'closeUser rows come with their close');
END;
CREATE TRIGGER closeUserOnce BEFORE INSERT ON closeUser
WHEN EXISTS (SELECT 1 FROM closeUser WHERE period = NEW.period) BEGIN
  SELECT RAISE(ABORT, 'closeUser has this row already');
END;
CREATE TRIGGER closeUserUpdate BEFORE UPDATE ON closeUser BEGIN
  SELECT RAISE(ABORT, 'closeUser is append-only: no row changes');
END;
CREATE TRIGGER closeUserDelete BEFORE DELETE ON closeUser BEGIN
  SELECT RAISE(ABORT, 'closeUser is append-only: no row is removed');
END;
CREATE TRIGGER paymentFilesOnce BEFORE INSERT ON paymentFiles
WHEN EXISTS (SELECT 1 FROM paymentFiles WHERE period = NEW.period) BEGIN
  SELECT RAISE(ABORT, 'paymentFiles has this row already');
END;
CREATE TRIGGER paymentFilesUpdate BEFORE UPDATE ON paymentFiles BEGIN
  SELECT RAISE(ABORT, 'paymentFiles is append-only: no row changes');
END;
CREATE TRIGGER paymentFilesDelete BEFORE DELETE ON paymentFiles BEGIN
  SELECT RAISE(ABORT, 'paymentFiles is append-only: no row is removed');
END;
CREATE TRIGGER paymentApprovalOnce BEFORE INSERT ON paymentApproval
WHEN EXISTS (SELECT 1 FROM paymentApproval WHERE period = NEW.period AND userId = NEW.userId) BEGIN
  SELECT RAISE(ABORT, 'paymentApproval has this row already');
END;
CREATE TRIGGER paymentApprovalUpdate BEFORE UPDATE ON paymentApproval BEGIN
  SELECT RAISE(ABORT, 'paymentApproval is append-only: no row changes');
END;
CREATE TRIGGER paymentApprovalDelete BEFORE DELETE ON paymentApproval BEGIN
  SELECT RAISE(ABORT, 'paymentApproval is append-only: no row is removed');
END;
CREATE TRIGGER accountFixed BEFORE INSERT ON account BEGIN
  SELECT RAISE(ABORT, 'the accounts are fixed');
END;
CREATE TRIGGER postingKindFixed BEFORE INSERT ON postingKind BEGIN
  SELECT RAISE(ABORT, 'the kinds of postings are fixed');
END;
CREATE TRIGGER bankFileNumber BEFORE INSERT ON bankFile
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM bankFile) BEGIN
  SELECT RAISE(ABORT, 'bankFile rows are numbered without gaps');
END;
CREATE TRIGGER bankFileOnce BEFORE INSERT ON bankFile
WHEN EXISTS (SELECT 1 FROM bankFile WHERE name = NEW.name OR digest = NEW.digest) BEGIN
  SELECT RAISE(ABORT, 'bankFile has this row already');
END;
CREATE TRIGGER bankFileOpen BEFORE INSERT ON bankFile
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'bankFile rows belong to the open period');
END;
CREATE TRIGGER bankEntryNumber BEFORE INSERT ON bankEntry
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM bankEntry) BEGIN
  SELECT RAISE(ABORT, 'bankEntry rows are numbered without gaps');
END;
CREATE TRIGGER bankEntryOpen BEFORE INSERT ON bankEntry
WHEN (SELECT period FROM bankFile WHERE number = NEW.bankFile)
  IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'bankEntry rows belong to the open period');
END;
CREATE TRIGGER bankFileUpdate BEFORE UPDATE ON bankFile BEGIN
  SELECT RAISE(ABORT, 'bankFile is append-only: no row changes');
END;
CREATE TRIGGER bankFileDelete BEFORE DELETE ON bankFile BEGIN
  SELECT RAISE(ABORT, 'bankFile is append-only: no row is removed');
END;
CREATE TRIGGER bankEntryUpdate BEFORE UPDATE ON bankEntry BEGIN
  SELECT RAISE(ABORT, 'bankEntry is append-only: no row changes');
END;
CREATE TRIGGER bankEntryDelete BEFORE DELETE ON bankEntry BEGIN
  SELECT RAISE(ABORT, 'bankEntry is append-only: no row is removed');
END;
CREATE TRIGGER paymentEventNumber BEFORE INSERT ON paymentEvent
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM paymentEvent) BEGIN
  SELECT RAISE(ABORT, 'paymentEvent rows are numbered without gaps');
END;
CREATE TRIGGER paymentEventOnce BEFORE INSERT ON paymentEvent
WHEN EXISTS (SELECT 1 FROM paymentEvent WHERE paymentId = NEW.paymentId AND kind = NEW.kind) BEGIN
  SELECT RAISE(ABORT, 'paymentEvent has this row already');
END;
CREATE TRIGGER bankPostingOnce BEFORE INSERT ON bankPosting
WHEN EXISTS (SELECT 1 FROM bankPosting WHERE event = NEW.event AND cause = NEW.cause) BEGIN
  SELECT RAISE(ABORT, 'bankPosting has this row already');
END;
CREATE TRIGGER paymentEventUpdate BEFORE UPDATE ON paymentEvent BEGIN
  SELECT RAISE(ABORT, 'paymentEvent is append-only: no row changes');
END;
CREATE TRIGGER paymentEventDelete BEFORE DELETE ON paymentEvent BEGIN
  SELECT RAISE(ABORT, 'paymentEvent is append-only: no row is removed');
END;
CREATE TRIGGER bankPostingUpdate BEFORE UPDATE ON bankPosting BEGIN
  SELECT RAISE(ABORT, 'bankPosting is append-only: no row changes');
END;
CREATE TRIGGER bankPostingDelete BEFORE DELETE ON bankPosting BEGIN
  SELECT RAISE(ABORT, 'bankPosting is append-only: no row is removed');
END;
CREATE TRIGGER settlementReturnOnce BEFORE INSERT ON settlementReturn
WHEN EXISTS (SELECT 1 FROM settlementReturn WHERE paymentId = NEW.paymentId) BEGIN
  SELECT RAISE(ABORT, 'settlementReturn has this row already');
END;
CREATE TRIGGER settlementReturnOpen BEFORE INSERT ON settlementReturn
WHEN NEW.period IS NOT (SELECT max(period) FROM period) BEGIN
  SELECT RAISE(ABORT, 'settlementReturn rows belong to the open period');
END;
CREATE TRIGGER settlementReturnUpdate BEFORE UPDATE ON settlementReturn BEGIN
  SELECT RAISE(ABORT, 'settlementReturn is append-only: no row changes');
END;
CREATE TRIGGER settlementReturnDelete BEFORE DELETE ON settlementReturn BEGIN
  SELECT RAISE(ABORT, 'settlementReturn is append-only: no row is removed');
END;
CREATE TRIGGER paymentStatusNumber BEFORE INSERT ON paymentStatus
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM paymentStatus) BEGIN
  SELECT RAISE(ABORT, 'paymentStatus rows are numbered without gaps');
END;
CREATE TRIGGER paymentStatusOnce BEFORE INSERT ON paymentStatus
WHEN EXISTS (SELECT 1 FROM paymentStatus WHERE paymentId = NEW.paymentId AND code = NEW.code) BEGIN
  SELECT RAISE(ABORT, 'paymentStatus has this row already');
END;
CREATE TRIGGER paymentStatusUpdate BEFORE UPDATE ON paymentStatus BEGIN
  SELECT RAISE(ABORT, 'paymentStatus is append-only: no row changes');
END;
CREATE TRIGGER paymentStatusDelete BEFORE DELETE ON paymentStatus BEGIN
  SELECT RAISE(ABORT, 'paymentStatus is append-only: no row is removed');
END;
CREATE TRIGGER paymentLeftOutOnce BEFORE INSERT ON paymentLeftOut
WHEN EXISTS (SELECT 1 FROM paymentLeftOut WHERE paymentId = NEW.paymentId) BEGIN
  SELECT RAISE(ABORT, 'paymentLeftOut has this row already');
END;
CREATE TRIGGER paymentLeftOutUpdate BEFORE UPDATE ON paymentLeftOut BEGIN
  SELECT RAISE(ABORT, 'paymentLeftOut is append-only: no row changes');
END;
CREATE TRIGGER paymentLeftOutDelete BEFORE DELETE ON paymentLeftOut BEGIN
  SELECT RAISE(ABORT, 'paymentLeftOut is append-only: no row is removed');
END;
