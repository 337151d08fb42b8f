"""What became of one citizen by a day: reached job or education, left for good, was lost from view, or is seen."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mentorkorps.domain.evidence.courses import GOAL, ONGOING, OTHER_EXIT

TO_GOAL = {"job", "education"}
FOR_GOOD = {"pension", "death"}
NOT_FOUND = "lost"


class Asked(NamedTuple):
    """A question after the end of a course: when it was due, and the answer, which is empty while there is none."""

    due: date
    outcome: str


class Fate(NamedTuple):
    """`event` as in `Course`, in the week that is given; `lost` says that nobody knows what came after that week."""

    week: int
    event: int
    lost: bool = False


def fate(start: date, ended_on: date | None, reason: str, asked: Sequence[Asked], on: date) -> Fate:
    """The fate as it is known on a day. Weeks count from the start of the support.

    An end by job, education, pension or death settles it on its day. Any other end does not: what is answered 6, 12
    and 18 months later does, on the day it was asked for. Whoever cannot be found, or was to be asked and was not, is
    lost from view from the last day that is known of; the week of that day still counts as seen.
    """
    if ended_on is None or ended_on > on:
        return Fate(_whole_weeks(start, on), ONGOING)
    settled = _settled(reason)
    if settled:
        return Fate(_week_of(start, ended_on), settled)
    seen = ended_on
    for question in sorted(asked):
        if question.due > on:
            break
        if question.outcome in ("", NOT_FOUND):
            return Fate(_week_of(start, seen), ONGOING, lost=True)
        seen, settled = question.due, _settled(question.outcome)
        if settled:
            return Fate(_week_of(start, seen), settled)
    return Fate(_week_of(start, seen), ONGOING, lost=not asked)


def _settled(word: str) -> int:
    if word in TO_GOAL:
        return GOAL
    return OTHER_EXIT if word in FOR_GOOD else ONGOING


def _week_of(start: date, day: date) -> int:
    return max(1, -(-(day - start).days // 7))


def _whole_weeks(start: date, day: date) -> int:
    return max(0, (day - start).days // 7)
