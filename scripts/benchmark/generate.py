#!/usr/bin/env python3
"""Writes a large workspace for benchmarks and load tests.

The same arguments give the same bytes. Money is counted in minor units, as integers; binary
floating point is used nowhere. About 1% of the rows are refunds that follow their sale, and about
1% are of partners that are not eligible; --faults says how many rows carry one of FAULTS, or of
those that --codes names.
"""
import argparse
import json
import os
import random

PERIOD = "2026-10"
FIELDS = (
    "earningId", "participantId", "programName", "transactionDate", "transactionCurrency",
    "transactionAmount", "lever", "earningType", "earningRate", "earningAmount", "transactionId",
    "invoiceNumber", "solutionArea", "workload", "productName", "customerId", "customerName",
    "subscriptionId", "reasonCode", "relatedEarningId",
)
FAULTS = (
    "R201", "R202", "R203", "R204", "R205", "R206", "R207", "R209", "R210", "R211", "R212", "R213",
    "R215", "R218",
)
# Those that repeat the id of an earlier row.
REPEATS = ("R210", "R211")
ID, PARTNER, PROGRAM, DATE, CURRENCY, AMOUNT, LEVER = range(7)
RATE, GIVEN, AREA, CUSTOMER, REASON, RELATED = 8, 9, 12, 16, 18, 19

DIRECT, PROVIDER = "CSP Direct Bill Partner", "CSP Indirect Provider"
# Program, lever, and its rate in basis points, 0 for tiers.
LEVERS = (
    (DIRECT, "Core", 400), (DIRECT, "Core", 400), (DIRECT, "Growth Accelerator", 0),
    (PROVIDER, "Volume", 0), (PROVIDER, "Deal Registration", 250), (PROVIDER, "Incentive", 150),
)
AREAS = ("Azure", "Modern Work", "Business Applications", "Data & AI")
WORKLOADS = ("Compute", "Storage", "Teams", "Sentinel", "Fabric", "Copilot", "Dynamics", "")
PRODUCTS = ("Azure plan", "Microsoft 365 E3", "Microsoft 365 E5", "Power BI Pro", "Defender")
CURRENCIES = ("USD", "EUR", "KRW", "USD")
DAYS = tuple(f"{PERIOD}-{day:02d}" for day in range(1, 32)) + (f"{PERIOD}-15T08:30:00Z",)

PLANS = {
    "direct.yaml": f"""\
program: {DIRECT}
currency: USD
eligibility: {{all: [agreement: mpn, agreement: reseller, enrollment]}}
defaultLever: Core
levers:
  - lever: Core
    earningType: Rebate
    rates:
      - {{rate: 4%, from: 2026-07-01, where: {{solutionArea: Azure}}}}
      - {{rate: 4%, from: 2026-07-01, where: {{solutionArea: Modern Work}}}}
      - {{rate: 4%, from: 2026-07-01, where: {{solutionArea: Business Applications}}}}
      - {{rate: 4%, from: 2026-07-01, where: {{solutionArea: Data & AI}}}}
  - lever: Growth Accelerator
    earningType: Rebate
    tiers:
      mode: graduated
      steps: [{{upTo: 20000, rate: 3%}}, {{upTo: 100000, rate: 4%}}, {{rate: 5%}}]
    cap: 5000
threshold: {{USD: 200, EUR: 180}}
""",
    "provider.yaml": f"""\
program: {PROVIDER}
currency: EUR
eligibility: {{all: [agreement: mpn, agreement: reseller, enrollment]}}
defaultLever: Volume
levers:
  - lever: Volume
    earningType: Rebate
    tiers:
      mode: slab
      steps: [{{upTo: 20000, rate: 1%}}, {{upTo: 100000, rate: 2%}}, {{rate: 3%}}]
    cap: 2500
  - lever: Deal Registration
    earningType: Rebate
    rates: [{{rate: 2.5%, from: 2026-07-01}}]
  - lever: Incentive
    earningType: Fee
    given: true
split: {{rebate: 60%, coop: 40%}}
threshold: {{EUR: 180}}
""",
}
RATES = (
    ("USD", "EUR", "0.86"), ("EUR", "USD", "1.16"), ("USD", "KRW", "1425.5"),
    ("KRW", "USD", "0.0007"), ("EUR", "KRW", "1653.75"), ("KRW", "EUR", "0.0006"),
)


def main():
    options = arguments()
    os.makedirs(options.directory, exist_ok=True)
    write_workspace(options)
    write_feeds(options)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--partners", type=int, default=10_000)
    parser.add_argument("--faults", type=parts_per_million, default="2%", help="like 2%% or 0")
    parser.add_argument("--codes", type=codes, default=FAULTS, help="the faults, like R203,R212")
    parser.add_argument("--format", choices=("csv", "xml"), default="csv")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--feeds", type=int, default=1, help="how many files the rows go into")
    options = parser.parse_args()
    if options.rows < 0 or options.partners < 1 or options.feeds < 1:
        parser.error("rows, partners and feeds cannot be negative or zero")
    return options


def codes(text):
    names = tuple(text.split(","))
    if not set(names) <= set(FAULTS):
        raise argparse.ArgumentTypeError("one or more of " + ",".join(FAULTS))
    return names


def parts_per_million(text):
    """`2%` or `0.5%`, at most four decimals, as parts of a million."""
    whole, _, decimals = text.removesuffix("%").partition(".")
    return int(whole) * 10_000 + int((decimals + "0000")[:4])


# The workspace without its feeds.


def write_workspace(options):
    write(options, "payout.yaml", f"openPeriod: {PERIOD}\n{PAYER}\n")
    for name, text in PLANS.items():
        write(options, f"plans/{name}", text)
    rates = "".join(f"{PERIOD},{a},{b},{rate},benchmark\n" for a, b, rate in RATES)
    write(options, "exchange-rates.csv", "period,from,to,rate,source\n" + rates)
    for name, (header, row) in REGISTRY.items():
        lines = "".join(row(number) for number in range(options.partners))
        write(options, f"registry/{name}.csv", header + "\n" + lines)


PAYER = "payer: {name: Contoso Payouts Ltd, town: Dublin, country: IE, id: BENCHMARK}"


def write(options, name, text):
    path = os.path.join(options.directory, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def partner(number):
    return f"P-{number:07d}"


def is_eligible(number):
    """One partner in a hundred has let its agreement end before the period."""
    return number % 100 != 57


def agreements(number):
    end = "" if is_eligible(number) else "2026-09-30"
    return "".join(f"{partner(number)},{name},2024-01-01,{end}\n" for name in ("mpn", "reseller"))


def enrollments(number):
    programs = (DIRECT, PROVIDER)
    return "".join(
        f"{partner(number)},{name},enrolled,2024-01-02,2024-01-15,\n" for name in programs)


def payment_profile(number):
    currency = ("USD", "EUR", "KRW")[number % 3]
    account = f"{number:012d}"
    return (f"{partner(number)},,valid,2024-01-20,bankTransfer,{currency},Partner {number},,"
            f"{account},,no\n")


REGISTRY = {
    "partners": (
        "participantId,name,role,country,language,status",
        lambda n: f"{partner(n)},Partner {n},directBill,{('US', 'DE', 'KR')[n % 3]},en,active\n"),
    "agreements": ("participantId,agreement,validFrom,validTo", agreements),
    "competencies": ("participantId,competency,level,validFrom,validTo", lambda n: ""),
    "enrollments": ("participantId,programName,status,invitedOn,enrolledOn,endsOn", enrollments),
    "tax-profiles": (
        "participantId,programName,status,completedOn,withholdingRate,salesTaxRate",
        lambda n: f"{partner(n)},,valid,2024-01-18,{('', '', '3.3%')[n % 3]},{('', '19%')[n % 2]}\n"),
    "payment-profiles": (
        "participantId,programName,status,completedOn,method,currency,accountHolder,iban,"
        "accountNumber,bic,hold", payment_profile),
    "users": (
        "userId,name,email,role,participantId",
        lambda n: f"u-{n},User {n},u{n}@partner.example,incentivesAdmin,{partner(n)}\n"),
}


# The rows.


def rows(options):
    """Every row of all feeds, as a list of texts in the order of FIELDS."""
    bits = random.Random(options.seed).getrandbits
    partners = [partner(number) for number in range(options.partners)]
    customers = customer_names()
    # The last sound row of an eligible partner: what refunds and repeated ids refer to.
    sound = None
    fault = 0
    for number in range(options.rows):
        word = bits(96)
        at = word % options.partners
        word //= options.partners
        draw = bits(40) % 1_000_000
        if draw < options.faults:
            fault += 1
            code = options.codes[fault % len(options.codes)]
            # Where there is nothing to repeat yet, the row stays sound, and is repeated later.
            row = faulty(code, number, partners[at], word, customers, sound)
            sound = sound or (row if code in REPEATS else None)
            yield row
        elif draw >= 990_000 and sound:
            yield refund(number, sound)
        else:
            row = sale(number, partners[at], word, customers)
            if at % 100 != 57:
                sound = row
            yield row


def customer_names():
    names = [f"Customer {number}" for number in range(896)]
    names += [f"고객사 {number}" for number in range(64)]
    return names + [f"Customer {number}, Ltd" for number in range(64)]


def sale(number, participant, word, customers):
    program, lever, rate = LEVERS[word % 6]
    currency = CURRENCIES[word >> 3 & 3]
    minor = 1_000 + (word >> 5 & 0x1F_FFFF) % 300_000
    name = customers[word >> 26 & 1023]
    given = ""
    # KRW has no minor unit: its amounts are a thousand times whole units.
    if rate:
        earned = (minor * rate + 5_000) // 10_000
        if currency == "KRW":
            given = str((minor * rate + 5) // 10)
        else:
            given = f"{earned // 100}.{earned % 100:02d}"
    amount = f"{minor * 1_000}" if currency == "KRW" else f"{minor // 100}.{minor % 100:02d}"
    return [
        f"E-{number:010d}", participant, program, DAYS[word >> 36 & 31], currency, amount, lever,
        "", "", given, f"T{number:09d}", f"INV-{word >> 41 & 0xFFFF:05d}", AREAS[word >> 5 & 3],
        WORKLOADS[word >> 8 & 7], PRODUCTS[word % 5], f"C{word >> 26 & 1023:06d}", name,
        f"S-{word >> 30 & 0xFFFFF:07d}", "", "",
    ]


def refund(number, sound):
    row = list(sound)
    row[ID] = f"E-{number:010d}"
    row[AMOUNT] = "-" + row[AMOUNT]
    if row[GIVEN]:
        row[GIVEN] = "-" + row[GIVEN]
    row[REASON] = "refund"
    row[RELATED] = sound[ID]
    return row


def faulty(code, number, participant, word, customers, sound):
    """A row that has this finding and no other; XML cannot have R212 and R218 in this way."""
    if code in REPEATS and sound:
        row = list(sound)
        if code == "R210":
            row[CUSTOMER] = "Another customer"
        return row
    row = sale(number, participant, word - word % 6, customers)
    if code == "R201":
        row[PARTNER] = ""
    elif code == "R202":
        row[DATE] = "10/05/2026"
    elif code == "R203":
        row[AMOUNT] = "12;50"
    elif code == "R204":
        row[CURRENCY] = "usd"
    elif code == "R205":
        row[PARTNER] = "48" + row[PARTNER]
    elif code == "R206":
        row[PROGRAM] = "CSP Direct Partner"
    elif code == "R207":
        row[LEVER] = "Growth"
    elif code == "R209":
        row[RATE] = "7%"
    elif code == "R213":
        row[AREA] = "Security"
    elif code == "R215":
        row[CUSTOMER] = "Bell\x7f Ltd"
    elif code == "R212":
        row.append("surplus")
    elif code == "R218":
        row[CUSTOMER] = '19" racks'
    return row


# The feeds.


def write_feeds(options):
    stream = rows(options)
    counts = [options.rows // options.feeds] * options.feeds
    counts[-1] += options.rows % options.feeds
    writer = write_csv if options.format == "csv" else write_xml
    os.makedirs(os.path.join(options.directory, "inbox"), exist_ok=True)
    for number, count in enumerate(counts, 1):
        feed_id = f"benchmark-{options.seed}-{number:03d}"
        path = os.path.join(options.directory, "inbox", f"{number:03d}.{options.format}")
        # Line ends are written as they are; a large buffer keeps the number of writes small.
        with open(path, "w", encoding="utf-8", newline="", buffering=1 << 20) as file:
            writer(file, feed_id, count, stream)


def write_csv(file, feed_id, count, stream):
    file.write(",".join(FIELDS) + "\r\n")
    for _ in range(count):
        row = next(stream)
        if "," in row[CUSTOMER]:
            row = list(row)
            row[CUSTOMER] = f'"{row[CUSTOMER]}"'
        file.write(",".join(row) + "\r\n")
    with open(file.name + ".control.json", "w", encoding="utf-8") as control:
        json.dump({"feedId": feed_id, "rows": count}, control)


def write_xml(file, feed_id, count, stream):
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    file.write(f'<earningsFeed xmlns="urn:payout:earnings:1" feedId="{feed_id}">\n')
    for _ in range(count):
        elements = [
            f"<{name}>{value}</{name}>" for name, value in zip(FIELDS, next(stream)) if value]
        # Of what is generated, only the name of an area has a character to escape.
        file.write("<earning>" + "".join(elements).replace("&", "&amp;") + "</earning>\n")
    file.write(f'<controlTotals rows="{count}"/>\n</earningsFeed>\n')


if __name__ == "__main__":
    main()
