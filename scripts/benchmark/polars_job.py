#!/usr/bin/env python3
"""What `payout run` does with a workspace of generate.py, as one would write it for Polars.

The same job as duckdb_job.py, to the same outputs: see there. Lazy where it can be, in exact decimals,
with the columns that a step needs and no others. The reader of Polars refuses a file with a quote in
the wrong place as a whole, so lines are looked at first and sound ones parsed.
"""
import argparse
import io
import os

import polars as pl

from duckdb_job import TEXTS

DIRECT, PROVIDER = "CSP Direct Bill Partner", "CSP Indirect Provider"
COLUMNS = ("earningId",) + TEXTS
KEYS = ["participantId", "programName"]


def exact(value, scale):
    return pl.lit(value).cast(pl.Decimal(38, scale))


def rounded(expression, decimals):
    return expression.round(decimals, mode="half_away_from_zero")


def times(left, right, decimals=6):
    """A product keeps the larger scale of its factors: room is made before, and it is rounded once."""
    return rounded(left.cast(pl.Decimal(38, 14)) * right, decimals).cast(pl.Decimal(38, decimals))


def minor(expression):
    """Rounded to the decimals of the payment currency."""
    return pl.when(pl.col("currency") == "KRW").then(rounded(expression, 0)).otherwise(
        rounded(expression, 2)).cast(pl.Decimal(38, 2))


LEVERS = pl.DataFrame(
    {
        "programName": [DIRECT, DIRECT, PROVIDER, PROVIDER, PROVIDER],
        "lever": ["Core", "Growth Accelerator", "Volume", "Deal Registration", "Incentive"],
        "planCurrency": ["USD", "USD", "EUR", "EUR", "EUR"],
        "kind": ["rates", "graduated", "slab", "rates", "given"],
        "rate": ["0.04", None, None, "0.025", None],
        "cap": [None, "5000", "2500", None, None],
        "type": ["Rebate", "Rebate", "Rebate", "Rebate", "Fee"],
    }).with_columns(pl.col("rate").cast(pl.Decimal(38, 4)), pl.col("cap").cast(pl.Decimal(38, 6)))
THRESHOLDS = pl.DataFrame(
    {
        "programName": [DIRECT] * 3 + [PROVIDER] * 3,
        "currency": ["USD", "EUR", "KRW"] * 2,
        "threshold": ["200", "180", "285100", "208.80", "180", "297675"],
    }).with_columns(pl.col("threshold").cast(pl.Decimal(38, 2)))


def read(path):
    """The sound rows of a feed with their numbers, and the lines that are none."""
    lines = pl.read_csv(
        path, has_header=False, skip_rows=1, new_columns=["line"], separator="\x01",
        quote_char=None, row_index_name="n", infer_schema=False)
    quoted = pl.col("line").str.contains('"', literal=True)
    bare = pl.when(quoted).then(pl.col("line").str.replace_all('"[^"]*"', "")).otherwise(
        pl.col("line"))
    lines = lines.with_columns(
        code=pl.when(quoted & bare.str.contains('"', literal=True)).then(pl.lit("R218"))
        .when(bare.str.count_matches(",", literal=True) != 19).then(pl.lit("R212")))
    sound = lines.filter(pl.col("code").is_null())
    text = io.BytesIO()
    sound.select("line").write_csv(
        text, include_header=False, quote_style="never", line_terminator="\n")
    text.seek(0)
    rows = pl.read_csv(text, has_header=False, new_columns=list(COLUMNS), infer_schema=False)
    return rows.with_columns(n=sound["n"]), lines.filter(pl.col("code").is_not_null())


def table(options, name):
    return pl.read_csv(f"{options.workspace}/{name}.csv", infer_schema=False)


def valued(rows, partners):
    """Every row's values and the first of its faults."""
    date = pl.col("transactionDate")
    area = ["Azure", "Modern Work", "Business Applications", "Data & AI"]
    known = pl.Series(partners["participantId"].unique()).implode()
    control = pl.any_horizontal(
        pl.col(name).str.contains(r"[\x00-\x08\x0B-\x1F\x7F]") for name in TEXTS)
    percent = pl.col("earningRate").str.strip_suffix("%").cast(pl.Decimal(38, 4), strict=False)
    values = rows.lazy().join(LEVERS.lazy(), on=["programName", "lever"], how="left").with_columns(
        date=date.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        amount=pl.col("transactionAmount").cast(pl.Decimal(38, 2), strict=False),
        given=pl.col("earningAmount").cast(pl.Decimal(38, 6), strict=False))
    tolerance = pl.when(pl.col("transactionCurrency") == "KRW").then(exact("1", 6)).otherwise(
        exact("0.01", 6))
    wrong = pl.col("rate").is_not_null() & (
        (times(percent, exact("0.01", 4)) != pl.col("rate"))
        | ((pl.col("given") - times(pl.col("amount"), pl.col("rate"))).abs() > tolerance))
    shape = date.str.contains(r"^\d{4}-\d\d-\d\d(T.*Z)?$")
    return values.with_columns(
        code=pl.when(pl.col("participantId").is_null()).then(pl.lit("R201"))
        .when(control).then(pl.lit("R215"))
        .when(~shape | pl.col("date").is_null()).then(pl.lit("R202"))
        .when(pl.col("amount").is_null()).then(pl.lit("R203"))
        .when(~pl.col("transactionCurrency").is_in(["EUR", "USD", "KRW"])).then(pl.lit("R204"))
        .when(~pl.col("participantId").is_in(known)).then(pl.lit("R205"))
        .when(~pl.col("programName").is_in([DIRECT, PROVIDER])).then(pl.lit("R206"))
        .when(pl.col("kind").is_null()).then(pl.lit("R207"))
        .when((pl.col("lever") == "Core") & ~pl.col("solutionArea").is_in(area)).then(
            pl.lit("R213"))
        .when(wrong).then(pl.lit("R209"))).collect()


def repeated(values):
    """Ids that come more than once: the first sound row counts, the same again is a duplicate."""
    sound = values.filter(pl.col("code").is_null())
    again = sound.filter(pl.col("earningId").is_duplicated())
    content = [name for name in TEXTS if name not in (
        "transactionDate", "transactionAmount", "earningAmount")] + ["date", "amount", "given"]
    again = again.select("n", "earningId", content=pl.struct(content)).sort("n")
    first = again.group_by("earningId", maintain_order=True).first()
    return again.join(first, on="earningId", suffix="First").filter(
        pl.col("n") != pl.col("nFirst")).select(
        "n", again=pl.when(pl.col("content") == pl.col("contentFirst")).then(pl.lit("R211"))
        .otherwise(pl.lit("R210")))


def month(name):
    return pl.col(name).str.to_date("%Y-%m-%d").dt.truncate("1mo")


def missing(values, spans, on, reason):
    """The rows that none of the spans of their partner holds for, with the reason's code."""
    rows = values.select("n", "date", *on)
    held = rows.join(spans, on=on).filter(
        (pl.col("first") <= pl.col("date")) & (pl.col("date") <= pl.col("last"))).select("n")
    return rows.join(held, on="n", how="anti").select("n", **{reason: pl.lit(reason)})


def assessed(options, values):
    """Which sound rows are of eligible partners; the reasons of the others."""
    never = pl.date(9999, 12, 31)
    agreements = table(options, "registry/agreements").select(
        "participantId", "agreement", first=month("validFrom"),
        last=pl.col("validTo").str.to_date("%Y-%m-%d").fill_null(never))
    enrollments = table(options, "registry/enrollments").filter(
        pl.col("status") == "enrolled").select(*KEYS, first=month("enrolledOn"), last=never)
    profiles = [
        table(options, f"registry/{name}").filter(pl.col("status") == "valid").select(
            "participantId", first=month("completedOn"), last=never)
        for name in ("tax-profiles", "payment-profiles")]
    sound = values.filter(pl.col("finding").is_null())
    reasons = [
        missing(sound, agreements.filter(pl.col("agreement") == name), ["participantId"], "E301")
        for name in ("mpn", "reseller")]
    e301 = pl.concat(reasons).unique()
    e303 = missing(sound, enrollments, KEYS, "E303")
    e304 = pl.concat(missing(sound, p, ["participantId"], "E304") for p in profiles).unique()
    found = values.join(e301, on="n", how="left").join(e303, on="n", how="left").join(
        e304, on="n", how="left")
    return found.with_columns(
        reasons=pl.concat_str("E301", "E303", "E304", separator=" ", ignore_nulls=True))


def step_function(kind, b):
    low, high = exact("20000", 6), exact("100000", 6)
    graduated = pl.when(b <= low).then(times(b, exact("0.03", 4))).when(b <= high).then(
        times(b - low, exact("0.04", 4)) + exact("600", 6)).otherwise(
        times(b - high, exact("0.05", 4)) + exact("3800", 6))
    slab = pl.when(b <= low).then(times(b, exact("0.01", 4))).when(b <= high).then(
        times(b, exact("0.02", 4))).otherwise(times(b, exact("0.03", 4)))
    return pl.when(kind == "slab").then(slab).otherwise(graduated)


def tiered(accepted, fx):
    """Rows whose lever has tiers, with their step of the running basis."""
    return accepted.filter(pl.col("kind").is_in(["graduated", "slab"])).join(
        fx, left_on=["transactionCurrency", "planCurrency"], right_on=["from", "to"]).with_columns(
        step=times(pl.col("amount"), pl.col("fx")), earnedIn=pl.col("planCurrency"))


def flat(accepted):
    return accepted.filter(pl.col("kind").is_in(["rates", "given"])).with_columns(
        earned=pl.when(pl.col("kind") == "given").then(pl.col("given")).otherwise(
            times(pl.col("amount"), pl.col("rate"))),
        earnedIn=pl.col("transactionCurrency"))


SUBTOTAL = KEYS + ["lever", "type", "earnedIn"]


def subtotals(accepted, fx):
    """Without statements the running sums need not be run: their end says what tier and cap give."""
    steps = tiered(accepted, fx).group_by(SUBTOTAL + ["kind", "cap"]).agg(b=pl.col("step").sum())
    steps = steps.select(
        *SUBTOTAL, earned=pl.min_horizontal("cap", step_function(pl.col("kind"), pl.col("b"))))
    return pl.concat([flat(accepted).group_by(SUBTOTAL).agg(pl.col("earned").sum()), steps])


def lines(accepted, fx):
    group = KEYS + ["lever"]
    steps = tiered(accepted, fx).sort(*group, "date", "earningId").with_columns(
        b=pl.col("step").cum_sum().over(group))
    end = step_function(pl.col("kind"), pl.col("b"))
    start = step_function(pl.col("kind"), pl.col("b") - pl.col("step"))
    steps = steps.with_columns(
        earned=pl.min_horizontal("cap", end) - pl.min_horizontal("cap", start))
    shown = [
        "n", *SUBTOTAL, "date", "earningId", "earned", "rate", "transactionId",
        "transactionCurrency", "amount", "customerName", "productName", "reasonCode"]
    return pl.concat([steps.select(shown), flat(accepted).select(shown)])


def converted(subtotals, payments, fx):
    total = minor(times(pl.col("earned"), pl.col("fx"), 12))
    split = (pl.col("programName") == PROVIDER) & (pl.col("type") == "Rebate")
    return subtotals.join(payments, on="participantId").join(
        fx, left_on=["earnedIn", "currency"], right_on=["from", "to"]).with_columns(
        total=total).with_columns(
        rebate=pl.when(split).then(minor(times(pl.col("total"), exact("0.6", 4), 12)))
        .otherwise(pl.col("total")))


def register(converted, partners, taxes):
    balances = converted.group_by(KEYS + ["currency", "method"]).agg(
        earned=pl.col("rebate").sum(), total=pl.col("total").sum()).with_columns(
        coop=pl.col("total") - pl.col("earned"))
    available = pl.col("earned")
    balances = balances.join(THRESHOLDS, on=["programName", "currency"]).join(
        partners, on="participantId").join(taxes, on="participantId").with_columns(
        holdReasons=pl.when(available < 0).then(pl.lit("H507"))
        .when((available > 0) & (available < pl.col("threshold"))).then(pl.lit("H506"))
        .otherwise(pl.lit("")))
    pays = (pl.col("holdReasons") == "") & (available > 0)
    balances = balances.with_columns(
        gross=pl.when(pays).then(available).otherwise(exact("0", 2))).with_columns(
        salesTax=minor(times(pl.col("gross"), pl.col("s"), 12)),
        withheldTax=minor(times(pl.col("gross"), pl.col("w"), 12))).with_columns(
        totalPayment=pl.col("gross") + pl.col("salesTax") - pl.col("withheldTax"),
        closing=available - pl.col("gross"))
    status = pl.when(pl.col("holdReasons") != "").then(pl.lit("On hold")).when(
        pl.col("totalPayment") == 0).then(pl.lit("Nothing due")).otherwise(pl.lit("Upcoming"))
    return balances.select(
        pl.lit("2026-10").alias("period"), "participantId", pl.col("name").alias("participantName"),
        "programName", "currency", "earned", "gross", "salesTax", "withheldTax", "totalPayment",
        "closing", "coop", status.alias("paymentStatus"), "holdReasons",
        pl.col("method").alias("paymentMethod")).sort(*KEYS, "currency")


def write_lists(options, earnings, broken):
    earnings.filter(pl.col("finding").is_not_null() & (pl.col("finding") != "R211")).select(
        "n", "finding", *COLUMNS).write_csv(f"{options.out}/rejects.csv")
    broken.write_csv(f"{options.out}/broken.csv")
    earnings.filter(pl.col("reasons") != "").select(
        *KEYS, "earningId", "lever", "transactionId", "date", "amount", "transactionCurrency",
        "reasons", "n").sort(*KEYS, "earningId").write_csv(f"{options.out}/ineligible.csv")
    unreadable = pl.col("finding").is_in(["R203", "R204"]).fill_null(False)
    bucket = pl.when(pl.col("finding") == "R211").then(pl.lit("duplicate")).when(
        pl.col("finding").is_not_null()).then(pl.lit("rejected")).when(
        pl.col("reasons") != "").then(pl.lit("ineligible")).otherwise(pl.lit("accepted"))
    earnings.select(
        bucket=bucket, amount=pl.when(~unreadable).then(pl.col("amount")),
        currency=pl.when(~unreadable).then(pl.col("transactionCurrency"))).group_by(
        "currency", "bucket").agg(rows=pl.len(), amount=pl.col("amount").sum()).sort(
        "currency", "bucket").write_csv(f"{options.out}/buckets.csv")


def write_statements(options, lines, converted, register):
    """Per partner its lines, then what they add up to, as duckdb_job.py has them."""
    rows = lines.select(
        *KEYS, pl.lit(0).alias("o"), pl.lit("earning").alias("kind"), "lever", "type", "earningId",
        "transactionId", "date", "transactionCurrency", "amount", "rate", "earned",
        pl.col("earnedIn").alias("currency"), pl.lit(None, pl.Decimal(38, 2)).alias("total"),
        "customerName", "productName", "reasonCode", "n")
    sums = converted.select(
        *KEYS, pl.lit(1).alias("o"), pl.lit("subtotal").alias("kind"), "lever", "type",
        pl.col("fx").alias("rate"), "earned", pl.col("earnedIn").alias("currency"), "total")
    zero = exact("0", 2)
    amounts = (
        ("opening", zero), ("coop", -pl.col("coop")), ("gross", -pl.col("gross")),
        ("salesTax", pl.col("salesTax")), ("withheldTax", -pl.col("withheldTax")),
        ("payment", pl.col("totalPayment")), ("closing", pl.col("closing")))
    ends = [
        register.select(
            *KEYS, pl.lit(o).alias("o"), pl.lit(kind).alias("kind"), "currency",
            amount.alias("total"), pl.col("holdReasons").alias("reasonCode"))
        for o, (kind, amount) in enumerate(amounts, 2)]
    table = pl.concat([rows, sums, *ends], how="diagonal_relaxed").sort(
        *KEYS, "o", "lever", "type", "currency", "date", "earningId").drop("o")
    os.makedirs(f"{options.out}/statements", exist_ok=True)
    for (participant,), part in table.partition_by(
            "participantId", maintain_order=True, as_dict=True).items():
        part.write_csv(f"{options.out}/statements/{participant}.csv")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace")
    parser.add_argument("out")
    parser.add_argument("--statements", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    rows, broken = read(f"{options.workspace}/inbox/001.csv")
    partners = table(options, "registry/partners").select("participantId", "name")
    rates = table(options, "exchange-rates").select(
        "from", "to", fx=pl.col("rate").cast(pl.Decimal(38, 6)))
    same = pl.DataFrame({"from": ["EUR", "USD", "KRW"], "to": ["EUR", "USD", "KRW"]})
    fx = pl.concat([rates, same.with_columns(fx=exact("1", 6))])
    taxes = table(options, "registry/tax-profiles").filter(pl.col("status") == "valid").select(
        "participantId", *(
            times(pl.col(name).str.strip_suffix("%").cast(pl.Decimal(38, 4)).fill_null(
                exact("0", 4)), exact("0.01", 4)).alias(short)
            for name, short in (("withholdingRate", "w"), ("salesTaxRate", "s"))))
    payments = table(options, "registry/payment-profiles").filter(
        pl.col("status") == "valid").select("participantId", "currency", "method")

    values = valued(rows, partners)
    values = values.join(repeated(values), on="n", how="left").with_columns(
        finding=pl.coalesce("code", "again"))
    earnings = assessed(options, values)
    accepted = earnings.filter(pl.col("finding").is_null() & (pl.col("reasons") == ""))
    detail = lines(accepted, fx) if options.statements else None
    sums = subtotals(accepted, fx) if detail is None else detail.group_by(SUBTOTAL).agg(
        pl.col("earned").sum())
    paid = converted(sums, payments, fx)
    balances = register(paid, partners, taxes)
    balances.write_csv(f"{options.out}/register.csv")
    write_lists(options, earnings, broken)
    if detail is not None:
        write_statements(options, detail, paid, balances)


if __name__ == "__main__":
    main()
