"""Gives the program's documents to readers and schemas that others wrote; ends with 1 at the first
document that one of them does not take, or that says something else than the JSON document does."""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import junitparser
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from sarif.loader import load_sarif_file

PAYOUT = sys.argv[1]
SCHEMAS = pathlib.Path("schemas")
REJECTED = pathlib.Path("samples/rejected")
COLUMNS = (
    "feed,line,column,byteOffset,earningId,participantId,field,value,code,severity,message,remedy"
).split(",")
# How the runner of GitHub Actions reads a line: a command, properties, a message.
ANNOTATION = re.compile(r"^::(error|warning|notice)(?: ([^\n\r]*?))?::([^\n\r]*)$")
PROPERTIES = {"file", "line", "endLine", "col", "endColumn", "title"}


def fail(what):
    sys.exit(f"check-formats: {what}")


def payout(*arguments, codes=(0, 1)):
    done = subprocess.run([PAYOUT, *arguments], capture_output=True, text=True)
    if done.returncode not in codes:
        fail(f"exit code {done.returncode}: payout {' '.join(arguments)}\n{done.stderr}")
    return done.stdout


def validate(text, schema, what):
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / schema).read_text()))
    for error in validator.iter_errors(json.loads(text)):
        fail(f"{what}: {schema}: {error.json_path}: {error.message}")


def counts(findings):
    return {level: sum(f["severity"] == level for f in findings) for level in ("error", "warning", "note")}


def check_sarif(text, findings, what):
    Sarif.model_validate_json(text)
    with tempfile.NamedTemporaryFile("w", suffix=".sarif") as file:
        file.write(text)
        file.flush()
        read = load_sarif_file(file.name)
    report = read.get_report()
    found = {level: report.get_issue_count_for_severity(level) for level in counts([])}
    if found != counts(findings):
        fail(f"{what}: sarif-tools reads {found}, not {counts(findings)}")


def check_junit(text, findings, what):
    read = junitparser.JUnitXml.fromstring(text.encode())
    cases = [case for suite in read for case in suite]
    failed = sum(any(isinstance(r, junitparser.Failure) for r in case.result) for case in cases)
    passed = sum(not case.result and bool(case.system_out) for case in cases)
    expected = counts(findings)
    if (failed, passed) != (expected["error"], expected["warning"] + expected["note"]):
        fail(f"{what}: junitparser reads {failed} failures and {passed} remarks, not {expected}")
    if sum(suite.tests for suite in read) != len(cases):
        fail(f"{what}: the suites count other cases than they have")


def check_csv(text, findings, what):
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    if rows and list(rows[0]) != COLUMNS:
        fail(f"{what}: columns {list(rows[0])}")
    places = [(f["code"], f["feed"], str(f.get("line", ""))) for f in findings]
    if [(row["code"], row["feed"], row["line"]) for row in rows] != places:
        fail(f"{what}: the csv module reads other findings")


def check_github(text, findings, what):
    levels = []
    for line in text.splitlines():
        match = ANNOTATION.match(line)
        if not match:
            fail(f"{what}: no annotation: {line}")
        properties = dict(p.split("=", 1) for p in (match[2] or "").split(",") if p)
        if not properties.keys() <= PROPERTIES:
            fail(f"{what}: properties {sorted(properties)}")
        levels.append(match[1])
    expected = counts(findings)
    for level in ("error", "warning"):
        if levels.count(level) != min(expected[level], 10):
            fail(f"{what}: {levels.count(level)} annotations of level {level}, of {expected[level]}")


def check_findings(what, *arguments, codes=(0, 1)):
    """The same findings in every format."""
    read = lambda form: payout("check", *arguments, "--format", form, codes=codes)
    text = read("json")
    validate(text, "findings.schema.json", what)
    findings = json.loads(text)["findings"]
    # Why nothing was done is no finding of JSON; the others have it among theirs.
    if codes == (0, 1):
        check_sarif(read("sarif"), findings, what)
        check_junit(read("junit"), findings, what)
        check_csv(read("csv"), findings, what)
        check_github(read("github"), findings, what)
    else:
        Sarif.model_validate_json(read("sarif"))
        junitparser.JUnitXml.fromstring(read("junit").encode())
    return len(findings)


def check_samples():
    csp = ("--workspace", "samples/csp")
    total = check_findings("samples/csp", *csp)
    for path in sorted(REJECTED.iterdir()):
        if path.name.endswith((".md", ".control.json")) or path.name == "workspace":
            continue
        feeds, profile = [path], []
        if path.is_dir():
            feeds = sorted(p for p in path.iterdir() if p.suffix in (".csv", ".xml"))
            profile = [a for p in path.glob("*.yaml") for a in ("--profile", str(p))]
        count = check_findings(str(path), *csp, *profile, *map(str, feeds))
        if not count:
            fail(f"{path}: no findings")
        total += count
    for path in sorted((REJECTED / "workspace").iterdir()):
        total += check_findings(str(path), "--workspace", str(path), codes=(78,))
    return total


def check_reports():
    """The other documents, by the schemas that are there for them."""
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory) / "csp"
        subprocess.run(["cp", "-r", "samples/csp", work], check=True)
        at = ("--workspace", str(work))
        text = payout("run", *at, "--format", "json")
        validate(text, "findings.schema.json", "run")
        Sarif.model_validate_json(payout("run", *at, "--format", "sarif"))
        validate(payout("status", *at, "--format", "json"), "status.schema.json", "status")
        validate((work / "status.json").read_text(), "status.schema.json", "status.json")
        validate(payout("verify", *at, "--format", "json"), "verify.schema.json", "verify")
        feed = json.loads(text)["findings"][0]["earningId"]
        explained = payout("explain", *at, feed, "--format", "json")
        validate(explained, "explanation.schema.json", "explain")


def check_schemas():
    """Our schemas are schemas, and take the plans and profiles of the samples; CI reads docs/ci.md."""
    tool = ["check-jsonschema", "--quiet"]
    schemas = sorted(map(str, SCHEMAS.glob("*.schema.json")))
    runs = [["--check-metaschema", *schemas]]
    plans = sorted(map(str, pathlib.Path("samples").glob("*/plans/*.yaml")))
    runs.append(["--schemafile", "schemas/plan.schema.json", *plans])
    profiles = sorted(map(str, [*pathlib.Path("profiles").glob("*.yaml"), *REJECTED.glob("*/*.yaml")]))
    runs.append(["--schemafile", "schemas/profile.schema.json", *profiles])
    blocks = re.findall(r"```yaml\n(.*?)```", pathlib.Path("docs/ci.md").read_text(), re.DOTALL)
    with tempfile.TemporaryDirectory() as directory:
        for number, (block, schema) in enumerate(zip(blocks, ("github-workflows", "gitlab-ci"), strict=True)):
            file = pathlib.Path(directory) / f"{number}.yaml"
            file.write_text(block)
            runs.append(["--builtin-schema", f"vendor.{schema}", str(file)])
        for run in runs:
            if not run[-1].startswith("-") and subprocess.run([*tool, *run]).returncode:
                fail(f"check-jsonschema {' '.join(run)}")


check_schemas()
total = check_samples()
check_reports()
print(f"check-formats: {total} findings of the samples are the same to the readers of five formats")
