#!/usr/bin/env python3
"""compare.py OUTBOX OTHER: says where a peer's register and buckets differ from those of `payout`.

OUTBOX is outbox/<period> of a workspace of generate.py, OTHER what duckdb_job.py or polars_job.py wrote.
Amounts are compared as numbers, exactly. Exit status 1 if anything differs.
"""
import csv
import sys
from decimal import Decimal

REGISTER = (
    "participantName", "earned", "gross", "salesTax", "withheldTax", "totalPayment", "closing", "coop",
    "paymentStatus", "holdReasons", "paymentMethod",
)


def table(path, keys):
    with open(path, encoding="utf-8", newline="") as file:
        return {tuple(row[key] for key in keys): row for row in csv.DictReader(file)}


def number(text):
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def differences(ours, theirs, columns):
    for key in sorted(ours.keys() | theirs.keys()):
        if key not in ours or key not in theirs:
            yield f"{key}: only {'here' if key in ours else 'there'}"
            continue
        for name in columns:
            here, there = number(ours[key][name]), number(theirs[key][name])
            if here != there:
                yield f"{key} {name}: {here} here, {there} there"


def buckets(path):
    """Rows and amount by bucket and currency; a row that has no amount or no currency counts without."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["bucket"], row["currency"]): row for row in rows if row["bucket"] != "rejected"}


def main():
    outbox, other = sys.argv[1:]
    keys = ("participantId", "programName", "currency")
    found = list(differences(
        table(f"{outbox}/register.csv", keys), table(f"{other}/register.csv", keys), REGISTER))
    found += differences(
        buckets(f"{outbox}/buckets.csv"), buckets(f"{other}/buckets.csv"), ("rows", "amount"))
    rejected = sum(
        int(row["rows"]) for row in csv.DictReader(open(f"{outbox}/buckets.csv", newline=""))
        if row["bucket"] == "rejected")
    theirs = sum(1 for name in ("rejects", "broken")
                 for _ in csv.DictReader(open(f"{other}/{name}.csv", newline="")))
    if rejected != theirs:
        found.append(f"rejected: {rejected} here, {theirs} there")
    for line in found[:20]:
        print(line)
    print(f"compare: {len(found)} differences")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
