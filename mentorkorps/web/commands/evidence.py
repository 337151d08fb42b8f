"""`mentorkorps evidence`: a file of courses in, what became of them by group out."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from mentorkorps.domain.evidence import Courses, UnreadableCourses, as_json, compare, read_courses

DEFAULT_WEEKS = "26,52,78"
LAST_WEEK = 1040


class _OneLine(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(argv: Sequence[str]) -> int:
    """Writes the answer as JSON and returns 0; bad input is one line on standard error and 2."""
    parser = _OneLine(
        prog="mentorkorps evidence", description="Hvad blev der af forløbene, efter skal, ret og kan?"
    )
    parser.add_argument("--courses", required=True, metavar="COURSES.csv", help="forløb; - er standard input")
    parser.add_argument("--weeks", default=DEFAULT_WEEKS, type=_weeks, metavar=DEFAULT_WEEKS)
    try:
        asked = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    name = "standard input" if asked.courses == "-" else asked.courses
    try:
        courses = _read(asked.courses)
    except UnreadableCourses as error:
        return _refused(f"{name}, {error}")
    except UnicodeDecodeError:
        return _refused(f"{name}: filen skal være gemt som UTF-8.")
    except OSError as error:
        return _refused(f"{name}: filen kan ikke åbnes ({error.strerror}).")
    answer = {"horizons": [as_json(horizon) for horizon in compare(courses, asked.weeks)]}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    return 0


def _read(path: str) -> Courses:
    if path == "-":
        return read_courses(sys.stdin)
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return read_courses(lines)


def _weeks(text: str) -> list[int]:
    """Whole weeks after the start, separated by commas."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= LAST_WEEK for part in parts):
        raise argparse.ArgumentTypeError(f"“{text}” er ikke uger fra 1 til {LAST_WEEK} adskilt af komma")
    return [int(part) for part in parts]


def _refused(line: str) -> int:
    sys.stderr.write(line + "\n")
    return 2
