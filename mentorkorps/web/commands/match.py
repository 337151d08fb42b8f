"""`mentorkorps match`: files of mentors and citizens in, a plan with its reasons and its proof out."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from mentorkorps.domain.given import BadInput
from mentorkorps.domain.planning import METHODS, Assignment, Load, Match, match
from mentorkorps.domain.planning.tables import read_citizens, read_current, read_mentors

STANDARD_INPUT = "-"
MOST_STABLE = 100_000
HOUR_DECIMALS = 4
"""Hours are written so finely that every minute can be told from the next."""

Read = TypeVar("Read")


class Unusable(Exception):
    """What was handed in cannot be used; the message is one Danish line."""


def main(argv: Sequence[str]) -> int:
    """Runs the command. Returns 0, or 2 after one line on standard error and nothing on standard output."""
    try:
        answer = _answer(_parser().parse_args(argv))
    except Unusable as problem:
        print(" ".join(str(problem).split()), file=sys.stderr)
        return 2
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


class _OneLineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Unusable(f"Kommandoen kan ikke læses: {message}. Se {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog="mentorkorps match",
        description="En mentor til hver borger, med grunde. FIL kan være - for standardinput.",
        allow_abbrev=False,
    )
    parser.add_argument("--mentors", required=True, metavar="FIL", help="CSV: mentorerne")
    parser.add_argument("--citizens", required=True, metavar="FIL", help="CSV: borgerne")
    parser.add_argument("--current", metavar="FIL", help="CSV: citizen,mentor, som det er i dag")
    parser.add_argument("--method", choices=METHODS, default="optimal", help="uden tilvalg: optimal")
    parser.add_argument(
        "--stability", type=_points, metavar="N", help="point, en borger mister ved at skifte mentor"
    )
    return parser


def _points(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_STABLE):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” er ikke et helt tal fra 0 til {MOST_STABLE}")
    return int(text)


def _answer(arguments: argparse.Namespace) -> dict[str, Any]:
    files = [arguments.mentors, arguments.citizens, arguments.current]
    if files.count(STANDARD_INPUT) > 1:
        raise Unusable("Kun én fil kan komme fra standardinput (-).")
    begun = time.perf_counter()
    mentors = _read(arguments.mentors, read_mentors)
    names = {mentor.id for mentor in mentors}
    citizens = _read(arguments.citizens, lambda text: read_citizens(text, names))
    current = {}
    if arguments.current is not None:
        people = {citizen.id for citizen in citizens}
        current = _read(arguments.current, lambda text: read_current(text, people, names))
    plan = match(mentors, citizens, current=current, method=arguments.method, stability=arguments.stability)
    return {**_plan(plan), "seconds": round(time.perf_counter() - begun, 3)}


def _read(file: str, parse: Callable[[str], Read]) -> Read:
    """Puts the name of the file before what is wrong with it."""
    name = "standardinput (-)" if file == STANDARD_INPUT else file
    try:
        data = sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
        return parse(data.decode(errors="surrogateescape"))
    except BadInput as problem:
        raise Unusable(f"{name}: {problem}") from None
    except FileNotFoundError:
        raise Unusable(f"{name}: filen findes ikke") from None
    except (OSError, ValueError):
        raise Unusable(f"{name}: filen kan ikke læses") from None


def _plan(plan: Match) -> dict[str, Any]:
    return {
        "method": plan.method,
        "fallback": plan.fallback,
        "assignments": [_assignment(assignment) for assignment in plan.assignments],
        "unassigned": [{"citizen": left.citizen, "why": left.why} for left in plan.unassigned],
        "total_score": plan.total_score,
        "upper_bound": plan.upper_bound,
        "gap_percent": round(plan.gap_percent, 4),
        "moved": plan.moved,
        "hours": {mentor: _load(load) for mentor, load in plan.loads.items()},
    }


def _assignment(assignment: Assignment) -> dict[str, Any]:
    return {
        "citizen": assignment.citizen,
        "mentor": assignment.mentor,
        "score": assignment.score,
        "reasons": assignment.reasons_for,
        "reasons_against": assignment.reasons_against,
        "moved_from": assignment.moved_from,
    }


def _load(load: Load) -> dict[str, Any]:
    return {
        "assigned": round(load.assigned / 60, HOUR_DECIMALS),
        "free": round(load.free / 60, HOUR_DECIMALS),
        "assigned_minutes": load.assigned,
        "free_minutes": load.free,
        "citizens": load.citizens,
    }
