"""`mentorkorps evidence`: a file of courses in, what became of them by group out."""

import argparse
from collections.abc import Sequence
from io import StringIO
from typing import Any

from mentorkorps.domain.evidence import Courses, as_json, compare, read_courses
from mentorkorps.web.commands.console import BYTE_BY_BYTE, Parser, read, run

DEFAULT_WEEKS = "26,52,78"
LAST_WEEK = 1040


def main(argv: Sequence[str]) -> int:
    """Runs the command. Returns 0, or 2 after one line on standard error and nothing on standard output."""
    return run(_answer, _parser(), argv)


def _parser() -> Parser:
    parser = Parser("evidence", "Hvad blev der af forløbene, efter skal, ret og kan?")
    parser.add_argument("--courses", required=True, metavar="COURSES.csv", help="forløb; - er standardinput")
    parser.add_argument("--weeks", default=DEFAULT_WEEKS, type=_weeks, metavar=DEFAULT_WEEKS)
    return parser


def _answer(asked: argparse.Namespace) -> dict[str, Any]:
    courses = read(asked.courses, _courses, errors=BYTE_BY_BYTE)
    return {"horizons": [as_json(horizon) for horizon in compare(courses, asked.weeks)]}


def _courses(text: str) -> Courses:
    return read_courses(StringIO(text, newline=""))


def _weeks(text: str) -> list[int]:
    """Whole weeks after the start, separated by commas."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= LAST_WEEK for part in parts):
        raise argparse.ArgumentTypeError(f"“{text}” er ikke uger fra 1 til {LAST_WEEK} adskilt af komma")
    return [int(part) for part in parts]
