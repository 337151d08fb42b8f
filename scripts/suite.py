"""`make test`: the checks, the whole suite on SQLite, on PostgreSQL what touches a database, and one summary.

Arguments go to pytest as they are. Nothing is skipped because something before it failed.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from check import failed_checks
from postgres import throw_away
from steps import exit_plainly

ROOT = Path(__file__).resolve().parent.parent
WORKERS = "2"


@dataclass(frozen=True)
class Outcome:
    """How the suite went on one database; `seconds` is wall time."""

    database: str
    counts: Counter[str]
    seconds: float
    exit_code: int

    def __str__(self) -> str:
        verdict = "passed" if self.exit_code == 0 else "FAILED"
        return f"{self.database}: {verdict}, {self.counts['tests']} tests in {self.seconds:.0f} s"


def run_suite(database: str, url: str, arguments: list[str]) -> Outcome:
    """Run pytest on the database at `url`; the report it writes is what is counted."""
    print(f"\nTests on {database} ...", flush=True)
    report = ROOT / "test-results" / f"{database.lower()}.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, f"--junit-xml={report}", *arguments]
    result = subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url})
    return Outcome(database, read_counts(report), time.monotonic() - began, result.returncode)


def read_counts(report: Path) -> Counter[str]:
    """Tests, failures, errors and skipped of a JUnit report; nothing where pytest did not get so far."""
    if not report.exists():
        return Counter()
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    names = ("tests", "failures", "errors", "skipped")
    return sum((Counter({name: int(suite.get(name, 0)) for name in names}) for suite in suites), Counter())


def summary(failed: list[str], outcomes: list[Outcome]) -> str:
    total = sum((outcome.counts for outcome in outcomes), Counter())
    red = total["failures"] + total["errors"]
    passed = total["tests"] - red - total["skipped"]
    checks = f"Checks: FAILED ({', '.join(failed)})" if failed else "Checks: passed"
    counted = f"{passed} passed, {red + len(failed)} failed, {total['skipped']} skipped"
    return "\n".join(["", checks, *map(str, outcomes), counted])


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments = sys.argv[1:]
    failed = failed_checks()
    outcomes = [run_suite("SQLite", "sqlite:///:memory:", arguments)]
    print("\nStarting a throw-away PostgreSQL ...", flush=True)
    with throw_away() as url:
        outcomes.append(run_suite("PostgreSQL", url, arguments))
    print(summary(failed, outcomes))
    return 1 if failed or any(outcome.exit_code for outcome in outcomes) else 0


if __name__ == "__main__":
    exit_plainly(main)
