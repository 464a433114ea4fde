"""Makes a closed period one that was closed before there were reports.

forget_reports.py WORKSPACE PERIOD

What such a close left: no reports and no digests of them in the outbox, a run.json that names none, its
digest in the ledger, no setting there that says how the period is drawn, and no payment files, which name
that digest.
"""

import hashlib
import re
import shutil
import sqlite3
import sys
from pathlib import Path


def main():
    root, period = Path(sys.argv[1]), sys.argv[2]
    outbox = root / "outbox" / period
    for name in ["report.html", "reconciliation.xlsx", "journal.hledger", "postings.csv",
                 "reports.sha256"]:
        (outbox / name).unlink()
    shutil.rmtree(root / "payments" / period)
    manifest = outbox / "run.json"
    text = re.sub(r'  "reports" : \[[^\]]*\],\n', "", manifest.read_text())
    manifest.write_text(text)
    ledger = sqlite3.connect(root / "ledger" / "ledger.sqlite")
    triggers = ledger.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        ledger.execute(f'DROP TRIGGER "{name}"')
    ledger.execute("DELETE FROM setting WHERE name = ?", ["drawing " + period])
    ledger.execute("DELETE FROM paymentFiles WHERE period = ?", [period])
    ledger.execute("UPDATE close SET manifestDigest = ? WHERE period = ?",
                   [hashlib.sha256(text.encode()).digest(), period])
    for _, sql in triggers:
        ledger.execute(sql)
    ledger.commit()


main()
