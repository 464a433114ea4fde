#!/usr/bin/env python3
"""What `payout run` does with a workspace of generate.py, as one would write it for DuckDB.

Reads the feed, rejects the rows with a fault, finds repeated ids, assesses eligibility, computes rates,
tiers, caps, exchange, split, thresholds and taxes in exact decimals, and writes register.csv,
rejects.csv, ineligible.csv, buckets.csv and, with --statements, one file of lines per partner. It knows
the plans of generate.py and no others, keeps no ledger, and says of a fault no more than its code.
compare.py holds its register, rejects and buckets against those of `payout`.
"""
import argparse
import os



PERIOD = "2026-10"
TEXTS = (
    "participantId", "programName", "transactionDate", "transactionCurrency", "transactionAmount",
    "lever", "earningType", "earningRate", "earningAmount", "transactionId", "invoiceNumber",
    "solutionArea", "workload", "productName", "customerId", "customerName", "subscriptionId",
    "reasonCode", "relatedEarningId",
)

# Rows that do not have 20 fields are set aside by the reader. A quote inside an unquoted value it lets
# pass; generate.py writes none into quoted ones, so that any quote is a fault.
READ = """
CREATE TABLE feed AS
SELECT row_number() OVER () AS n, * FROM read_csv(
  '{feed}', header = true, quote = '"', escape = '"', delim = ',',
  strict_mode = true, auto_detect = false, columns = {{{columns}}}, store_rejects = true, rejects_table = 'broken', rejects_scan = 'scan',
  rejects_limit = 0);
"""

PLANS = """
CREATE TABLE lever(programName VARCHAR, lever VARCHAR, planCurrency VARCHAR, kind VARCHAR,
  rate DECIMAL(6,4), cap DECIMAL(18,2), type VARCHAR);
INSERT INTO lever VALUES
  ('CSP Direct Bill Partner', 'Core', 'USD', 'rates', 0.04, NULL, 'Rebate'),
  ('CSP Direct Bill Partner', 'Growth Accelerator', 'USD', 'graduated', NULL, 5000, 'Rebate'),
  ('CSP Indirect Provider', 'Volume', 'EUR', 'slab', NULL, 2500, 'Rebate'),
  ('CSP Indirect Provider', 'Deal Registration', 'EUR', 'rates', 0.025, NULL, 'Rebate'),
  ('CSP Indirect Provider', 'Incentive', 'EUR', 'given', NULL, NULL, 'Fee');
CREATE TABLE threshold(programName VARCHAR, currency VARCHAR, threshold DECIMAL(18,2));
INSERT INTO threshold VALUES
  ('CSP Direct Bill Partner', 'USD', 200), ('CSP Direct Bill Partner', 'EUR', 180),
  ('CSP Direct Bill Partner', 'KRW', 285100), ('CSP Indirect Provider', 'EUR', 180),
  ('CSP Indirect Provider', 'USD', 208.80), ('CSP Indirect Provider', 'KRW', 297675);
CREATE TABLE currency(currency VARCHAR, minor INTEGER);
INSERT INTO currency VALUES ('EUR', 2), ('USD', 2), ('KRW', 0);
CREATE TABLE fx AS
  SELECT "from", "to", rate::DECIMAL(12,6) AS rate
  FROM read_csv('{workspace}/exchange-rates.csv', all_varchar = true)
  UNION ALL SELECT currency, currency, 1 FROM currency;
CREATE MACRO graduated(b) AS (
  CASE WHEN b <= 20000 THEN b * 0.03
    WHEN b <= 100000 THEN 600.00 + (b - 20000) * 0.04
    ELSE 3800.00 + (b - 100000) * 0.05 END);
CREATE MACRO money(x, minor) AS (
  CASE minor WHEN 0 THEN round(x, 0)::DECIMAL(18,2) ELSE round(x, 2)::DECIMAL(18,2) END);
CREATE MACRO slab(b) AS (
  CASE WHEN b <= 20000 THEN b * 0.01 WHEN b <= 100000 THEN b * 0.02 ELSE b * 0.03 END);
"""

REGISTRY = """
CREATE TABLE partner AS
  SELECT participantId, name FROM read_csv('{registry}/partners.csv', all_varchar = true);
CREATE TABLE agreement AS SELECT participantId, agreement,
    date_trunc('month', validFrom::DATE)::DATE AS first,
    coalesce(try_cast(nullif(validTo, '') AS DATE), DATE '9999-12-31') AS last
  FROM read_csv('{registry}/agreements.csv', all_varchar = true);
CREATE TABLE enrollment AS SELECT participantId, programName,
    date_trunc('month', enrolledOn::DATE)::DATE AS first
  FROM read_csv('{registry}/enrollments.csv', all_varchar = true) WHERE status = 'enrolled';
CREATE TABLE tax AS SELECT participantId, date_trunc('month', completedOn::DATE)::DATE AS first,
    coalesce(replace(withholdingRate, '%', '')::DECIMAL(6,4), 0) * 0.01 AS w,
    coalesce(replace(salesTaxRate, '%', '')::DECIMAL(6,4), 0) * 0.01 AS s
  FROM read_csv('{registry}/tax-profiles.csv', all_varchar = true) WHERE status = 'valid';
CREATE TABLE payment AS SELECT participantId,
    date_trunc('month', completedOn::DATE)::DATE AS first, currency, "method"
  FROM read_csv('{registry}/payment-profiles.csv', all_varchar = true) WHERE status = 'valid';
"""

# Every row's values, and the first of its faults.
VALUES = """
CREATE TABLE value AS
SELECT f.* EXCLUDE (transactionDate, transactionAmount, earningAmount),
  try_cast(CASE WHEN f.transactionDate LIKE '____-__-__T%Z' THEN f.transactionDate[1:10]
    ELSE f.transactionDate END AS DATE) AS date,
  CASE WHEN regexp_full_match(f.transactionAmount, '[+-]?[0-9]{{1,18}}([.][0-9]{{1,12}})?')
    THEN f.transactionAmount::DECIMAL(18,2) END AS amount,
  f.earningAmount::DECIMAL(18,6) AS given,
  CASE WHEN f.participantId IS NULL THEN 'R201'
    WHEN regexp_matches(concat({texts}), '[\\x00-\\x08\\x0B-\\x1F\\x7F]') THEN 'R215'
    WHEN f.customerName LIKE '%"%' THEN 'R218'
    WHEN date IS NULL OR f.transactionDate NOT LIKE '____-__-__%' THEN 'R202'
    WHEN amount IS NULL THEN 'R203'
    WHEN c.currency IS NULL THEN 'R204'
    WHEN p.participantId IS NULL THEN 'R205'
    WHEN f.programName NOT IN ('CSP Direct Bill Partner', 'CSP Indirect Provider') THEN 'R206'
    WHEN l.lever IS NULL THEN 'R207'
    WHEN f.lever = 'Core' AND f.solutionArea NOT IN
      ('Azure', 'Modern Work', 'Business Applications', 'Data & AI') THEN 'R213'
    WHEN l.rate IS NOT NULL AND (f.earningRate IS NOT NULL
        AND (replace(f.earningRate, '%', '')::DECIMAL(9,4) * 0.01)::DECIMAL(9,6) <> l.rate
      OR abs(given - amount::DECIMAL(20,2) * l.rate) > CASE c.minor WHEN 0 THEN 1 ELSE 0.01 END) THEN 'R209'
  END AS code,
  l.planCurrency, l.kind, l.rate, l.cap, l.type
FROM feed f
  LEFT JOIN partner p USING (participantId)
  LEFT JOIN currency c ON c.currency = f.transactionCurrency
  LEFT JOIN lever l ON l.programName = f.programName AND l.lever = f.lever;
"""

# Ids that come more than once: the first sound row counts, the same again is a duplicate.
REPEATED = """
CREATE TABLE repeated AS
WITH again AS (
  SELECT earningId FROM value WHERE code IS NULL GROUP BY earningId HAVING count(*) > 1),
sound AS (
  SELECT n, earningId, hash({content}) AS content, min(n) OVER (PARTITION BY earningId) AS first
  FROM value JOIN again USING (earningId) WHERE code IS NULL)
SELECT a.n, CASE WHEN a.content = b.content THEN 'R211' ELSE 'R210' END AS code
FROM sound a JOIN sound b ON b.n = a.first WHERE a.n <> a.first;
"""

ASSESSED = """
CREATE TABLE earning AS
SELECT v.*, coalesce(v.code, r.code) AS finding,
  CASE WHEN finding IS NOT NULL THEN NULL ELSE concat_ws(' ',
    CASE WHEN NOT EXISTS (FROM agreement a WHERE a.participantId = v.participantId
        AND a.agreement = 'mpn' AND v.date BETWEEN a.first AND a.last)
      OR NOT EXISTS (FROM agreement a WHERE a.participantId = v.participantId
        AND a.agreement = 'reseller' AND v.date BETWEEN a.first AND a.last) THEN 'E301' END,
    CASE WHEN NOT EXISTS (FROM enrollment e WHERE e.participantId = v.participantId
        AND e.programName = v.programName AND e.first <= v.date) THEN 'E303' END,
    CASE WHEN NOT EXISTS (FROM tax t WHERE t.participantId = v.participantId AND t.first <= v.date)
      OR NOT EXISTS (FROM payment m WHERE m.participantId = v.participantId AND m.first <= v.date)
      THEN 'E304' END) END AS reasons
FROM value v LEFT JOIN repeated r USING (n);
CREATE VIEW accepted AS SELECT * FROM earning WHERE finding IS NULL AND reasons = '';
"""

# Without statements the running sums need not be run: what a tier and a cap give is known at their end.
TOTALS = """
CREATE TABLE subtotal AS
WITH flat AS (
  SELECT participantId, programName, lever, type, transactionCurrency AS currency,
    sum(CASE kind WHEN 'given' THEN given ELSE round(amount::DECIMAL(20,2) * rate, 6) END) AS earned
  FROM accepted WHERE kind IN ('rates', 'given') GROUP BY ALL),
basis AS (
  SELECT participantId, programName, lever, type, planCurrency AS currency, kind, cap,
    sum(round(amount::DECIMAL(20,2) * fx.rate, 6)::DECIMAL(18,6)) AS b
  FROM accepted JOIN fx ON fx."from" = transactionCurrency AND fx."to" = planCurrency
  WHERE kind IN ('graduated', 'slab') GROUP BY ALL)
SELECT * FROM flat UNION ALL
SELECT participantId, programName, lever, type, currency, least(cap, round(CASE kind
  WHEN 'slab' THEN slab(b::DECIMAL(18,6)) ELSE graduated(b::DECIMAL(18,6)) END, 6)) FROM basis;
"""

LINES = """
CREATE TABLE line AS
WITH running AS (
  SELECT a.*, sum(round(amount::DECIMAL(20,2) * fx.rate, 6)::DECIMAL(18,6)) OVER (
      PARTITION BY participantId, programName, a.lever ORDER BY date, earningId
      ROWS UNBOUNDED PRECEDING)::DECIMAL(18,6) AS b,
    round(amount::DECIMAL(20,2) * fx.rate, 6)::DECIMAL(18,6) AS step
  FROM accepted a JOIN fx ON fx."from" = transactionCurrency AND fx."to" = planCurrency
  WHERE kind IN ('graduated', 'slab')),
stepped AS (
  SELECT *, round(CASE kind WHEN 'slab' THEN slab(b) ELSE graduated(b) END, 6) AS upTo,
    round(CASE kind WHEN 'slab' THEN slab(b - step) ELSE graduated(b - step) END, 6) AS before
  FROM running)
SELECT n, participantId, programName, lever, type, planCurrency AS currency, date, earningId,
  (least(cap, upTo) - least(cap, before))::DECIMAL(18,6) AS earned, NULL::DECIMAL(6,4) AS shown,
  transactionId, transactionCurrency, amount, customerName, productName, reasonCode
FROM stepped
UNION ALL
SELECT n, participantId, programName, lever, type, transactionCurrency, date, earningId,
  (CASE kind WHEN 'given' THEN given ELSE round(amount::DECIMAL(20,2) * rate, 6) END)::DECIMAL(18,6), rate,
  transactionId, transactionCurrency, amount, customerName, productName, reasonCode
FROM accepted WHERE kind IN ('rates', 'given');
CREATE TABLE subtotal AS
SELECT participantId, programName, lever, type, currency, sum(earned) AS earned
FROM line GROUP BY ALL;
"""

REGISTER = """
CREATE TABLE converted AS
SELECT s.participantId, s.programName, s.lever, s.type, s.earned AS exact, s.currency AS earnedIn,
  m.currency, m."method", fx.rate, c.minor,
  money(s.earned::DECIMAL(24,6) * fx.rate, c.minor) AS total,
  CASE WHEN s.programName = 'CSP Indirect Provider' AND s.type = 'Rebate'
    THEN money(total * 0.6, c.minor) ELSE total END AS rebate
FROM subtotal s JOIN payment m USING (participantId)
  JOIN fx ON fx."from" = s.currency AND fx."to" = m.currency
  JOIN currency c ON c.currency = m.currency;
CREATE TABLE balance AS
SELECT *, CASE WHEN available = 0 THEN '' WHEN available < 0 THEN 'H507'
  WHEN available < threshold THEN 'H506' ELSE '' END AS holds,
  CASE WHEN holds = '' AND available > 0 THEN available ELSE 0 END AS gross
FROM (SELECT participantId, programName, currency, "method", minor, sum(rebate) AS available,
    sum(total) - sum(rebate) AS coop FROM converted GROUP BY ALL)
  JOIN threshold USING (programName, currency);
CREATE TABLE register AS
SELECT '2026-10' AS period, b.participantId, p.name AS participantName, b.programName, b.currency,
  available AS earned, gross,
  money(gross::DECIMAL(20,2) * t.s, minor) AS salesTax,
  money(gross::DECIMAL(20,2) * t.w, minor) AS withheldTax,
  gross + salesTax - withheldTax AS totalPayment, available - gross AS closing, coop,
  CASE WHEN holds <> '' THEN 'On hold' WHEN totalPayment = 0 THEN 'Nothing due'
    ELSE 'Upcoming' END AS paymentStatus,
  holds AS holdReasons, b."method" AS paymentMethod
FROM balance b JOIN partner p USING (participantId) JOIN tax t USING (participantId);
"""

OUTPUTS = """
COPY (FROM register ORDER BY participantId, programName, currency)
  TO '{out}/register.csv' (header, delimiter ',');
COPY (SELECT n, finding, * EXCLUDE (n, finding) FROM earning WHERE finding <> 'R211'
    ORDER BY n) TO '{out}/rejects.csv' (header);
COPY (SELECT line, 'R212' AS finding, csv_line FROM broken ORDER BY line) TO '{out}/broken.csv' (header);
COPY (SELECT participantId, programName, earningId, lever, transactionId, date, amount,
    transactionCurrency, reasons, n FROM earning WHERE reasons <> ''
    ORDER BY participantId, programName, earningId) TO '{out}/ineligible.csv' (header);
COPY (SELECT CASE WHEN finding IN ('R203', 'R204') THEN NULL ELSE transactionCurrency END AS currency,
    CASE WHEN finding = 'R211' THEN 'duplicate' WHEN finding IS NOT NULL THEN 'rejected'
      WHEN reasons <> '' THEN 'ineligible' ELSE 'accepted' END AS bucket,
    count(*) AS rows, sum(CASE WHEN currency IS NOT NULL THEN amount END) AS amount
  FROM earning GROUP BY ALL ORDER BY ALL) TO '{out}/buckets.csv' (header);
"""

# A partition is written as it comes; what a statement says of its totals stands in front.
STATEMENTS = """
COPY (
  SELECT participantId, programName, kind, lever, type, earningId, transactionId, date,
    transactionCurrency, amount, rate, earned, currency, total, customerName, productName, reason, source
  FROM (
    SELECT participantId AS p, participantId, programName, 0 AS o, 'earning' AS kind, lever, type,
      earningId, transactionId, date, transactionCurrency, amount, shown AS rate, earned, currency,
      NULL::DECIMAL(18,2) AS total, customerName, productName, reasonCode AS reason, n AS source
    FROM line
    UNION ALL SELECT participantId, participantId, programName, 1, 'subtotal', lever, type, NULL,
      NULL, NULL, NULL, NULL, rate, exact, earnedIn, total, NULL, NULL, NULL, NULL FROM converted
    UNION ALL SELECT participantId, participantId, programName, o, kind, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, currency, total, NULL, NULL, holdReasons, NULL
    FROM (
      SELECT *, unnest([2, 3, 4, 5, 6, 7, 8]) AS o,
        unnest(['opening', 'coop', 'gross', 'salesTax', 'withheldTax', 'payment', 'closing']) AS kind,
        unnest([0, -coop, -gross, salesTax, -withheldTax, totalPayment, closing]) AS total
      FROM register)
    ORDER BY p, programName, o, lever, type, currency, date, earningId))
TO '{out}/statements' (format csv, header, partition_by (participantId), overwrite_or_ignore,
  write_partition_columns true);
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace")
    parser.add_argument("out")
    parser.add_argument("--statements", action="store_true")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    names = {
        "workspace": options.workspace, "registry": f"{options.workspace}/registry",
        "feed": f"{options.workspace}/inbox/001.csv", "out": options.out,
        "columns": ", ".join(f"'{name}': 'VARCHAR'" for name in ("earningId",) + TEXTS),
        "texts": ", ".join(f"f.{name}" for name in TEXTS),
        "content": ", ".join(name for name in TEXTS if name not in (
            "transactionDate", "transactionAmount", "earningAmount")) + ", date, amount, given",
    }
    import duckdb  # polars_job.py takes the names of the columns from here without it

    database = duckdb.connect()
    if options.threads:
        database.execute(f"SET threads = {options.threads}")
    steps = [READ, PLANS, REGISTRY, VALUES, REPEATED, ASSESSED]
    steps += [LINES if options.statements else TOTALS, REGISTER, OUTPUTS]
    if options.statements:
        steps.append(STATEMENTS)
    for step in steps:
        database.execute(step.format(**names) if "{" in step else step)


if __name__ == "__main__":
    main()
