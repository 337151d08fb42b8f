"""What is published for a half-year: the tables, what they cost, the adjusted comparison and the two views of progress.

A pure function from plain data to plain data, so that it can be kept as a run. Whatever is hidden is not in the result.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.evidence.answer import HIDDEN
from mentorkorps.domain.evidence.comparison import Horizon, compare
from mentorkorps.domain.evidence.courses import ONGOING, Course, tabulate
from mentorkorps.domain.evidence.curves import incidence
from mentorkorps.domain.evidence.disclosure import FEWEST, small
from mentorkorps.domain.evidence.intervals import NORMAL_95
from mentorkorps.domain.evidence.tables import CUTS, GOALS, WHOLE, WINDOWS, Case, Row, cell_key, tables
from mentorkorps.domain.given import BadInput

FIELDS = (
    *CUTS, "week", "event", "lost", "age", "unit", "started", "team", "minutes", "ore", "mentor_up", "citizen_up",
)  # fmt: skip
"""A citizen's row: the groups, the fate, what groups are made alike on, those whose courses are alike, minutes
together, øre (None: a price is missing), whether mentor and citizen each saw progress (None: not answered twice)."""

COVARIATES = {"age": "alder", "target_group": "målgruppe", "unit": "enhed", "started": "halvår for start"}
RATERS = ("mentor", "citizen")
PRICED = Fraction(9, 10)  # of a group's citizens must have a price for all their hours before kroner are said
TOO_FEW_KNOWN = "for mere end halvdelen i en af grupperne ved vi ikke, hvordan det gik så længe efter"
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Person:
    """One citizen's row of the input."""

    case: Case
    known: Mapping[str, Any]


def half_year_before(day: date) -> date:
    """The last day of the half-year that was over before a day: 30 June or 31 December."""
    return date(day.year, 6, 30) if day.month > 6 else date(day.year - 1, 12, 31)


def publish(inputs: Mapping[str, Any], tell: Tell = lambda done, of: None) -> dict[str, Any]:
    """The publication of `{status_on, people, earlier}`; `people` are rows by `FIELDS`, `earlier` as `tables` takes it.

    Shares are whole percent, differences tenths of a percentage point, hours tenths, money øre. None is hidden or
    unknown. `tell` is told how many steps are done, of how many. Raises BadInput with the row.
    """
    people = [_person(row, number) for number, row in enumerate(inputs["people"], start=1)]
    pairs = _pairs(people)
    steps = 1 + len(pairs)
    tell(0, steps)
    rows = tables([person.case for person in people], inputs.get("earlier") or {})
    compared = []
    for done, pair in enumerate(pairs, start=1):
        tell(done, steps)
        compared += _compared(people, pair, rows)
    tell(steps, steps)
    return {
        "status_on": inputs["status_on"],
        "windows": list(WINDOWS),
        "rows": [_row(row, people) for row in rows],
        "compared": compared,
        "views": {rater: _view(people, rater) for rater in RATERS},
    }


def shown_cells(result: Mapping[str, Any]) -> dict[str, int]:
    """What a publication showed, as the next one takes it."""
    return {
        cell_key(row["cut"], row["group"], column): count
        for row in result["rows"]
        for column, count in row["people"].items()
        if count is not None
    }


def _person(row: Sequence[Any], number: int) -> Person:
    if len(row) != len(FIELDS):
        raise BadInput(f"rækken skal have {len(FIELDS)} felter", row=str(number), field="people")
    known = dict(zip(FIELDS, row, strict=True))
    for field in ("week", "event"):
        if type(known[field]) is not int or known[field] < 0:
            raise BadInput("feltet skal være et helt tal", row=str(number), field=field)
    if known["obligation"] not in OBLIGATIONS:
        raise BadInput("feltet skal være must, right eller may", row=str(number), field="obligation")
    groups = tuple(str(known[cut]) for cut in CUTS)
    return Person(Case(groups, known["week"], known["event"], bool(known["lost"])), known)


def _pairs(people: Sequence[Person]) -> list[tuple[str, str]]:
    present = {person.known["obligation"] for person in people}
    return list(combinations([each for each in OBLIGATIONS if each in present], 2))


def _of(people: Sequence[Person], cut: str, group: str) -> list[Person]:
    return list(people) if cut == WHOLE else [person for person in people if person.known[cut] == group]


def _row(row: Row, people: Sequence[Person]) -> dict[str, Any]:
    members = _of(people, row.cut, row.group)
    open_row = row.people["n"] is not None
    return {
        "cut": row.cut,
        "group": row.group,
        "people": dict(row.people),
        "shares": {
            str(weeks): _share(members, weeks) if open_row and row.people[goal] is not None else None
            for weeks, goal in zip(WINDOWS, GOALS, strict=True)
        },
        **_cost(members if open_row else []),
    }


def _share(members: Sequence[Person], weeks: int) -> list[int] | None:
    """The share in job or education by a week, and Wilson's 95 % interval of those whose fate by then is known.

    In whole percent. None where the fate of fewer than half is known: an end of another kind takes people out of sight
    until they are asked, and of the rest alone the share would be too high. The interval is of whole fives of people,
    so that its width tells of nobody.
    """
    week = np.array([person.case.week for person in members], dtype=np.int64)
    event = np.array([person.case.event for person in members], dtype=np.int64)
    [[share]] = incidence(week, event, np.ones((len(members), 1)), [weeks])
    known = int(((week >= weeks) | (event != ONGOING)).sum())
    if not math.isfinite(share) or 2 * known < len(members):
        return None
    fives = max(known // FEWEST, 1) * FEWEST
    return [round(100 * each) for each in (float(share), *wilson(float(share), fives))]


def wilson(share: float, people: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share among so many people."""
    square = NORMAL_95**2
    middle = (share + square / (2 * people)) / (1 + square / people)
    half = math.sqrt(share * (1 - share) / people + square / (4 * people**2)) / (1 + square / people)
    half *= NORMAL_95
    return max(0.0, middle - half), min(1.0, middle + half)


def _cost(members: Sequence[Person]) -> dict[str, int | None]:
    """Tenths of hours together and øre for each citizen on average.

    Øre are of those citizens whose every hour has a price, and None where they are fewer than `PRICED`.
    """
    if not members:
        return {"hours": None, "ore": None}
    ore = [person.known["ore"] for person in members if person.known["ore"] is not None]
    minutes = sum(person.known["minutes"] for person in members)
    missing = len(ore) < FEWEST or len(ore) < PRICED * len(members)
    return {
        "hours": round(minutes / 6 / len(members)),
        "ore": None if missing else round(sum(ore) / len(ore) / 10_000) * 10_000,
    }


def _compared(people: Sequence[Person], pair: tuple[str, str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The adjusted difference of two groups for each window, where the tables show what both groups came to."""
    shown = {row.group: row.people for row in rows if row.cut == CUTS[0]}
    sides = [_of(people, CUTS[0], group) for group in pair]
    courses = [_course(person, n) for n, person in enumerate(people) if person.known["obligation"] in pair]
    found = []
    for horizon in compare(tabulate(courses), WINDOWS):
        goal = f"goal_{horizon.weeks}"
        hidden = horizon.outcomes_hidden or any(shown[group][goal] is None for group in pair)
        why = HIDDEN if hidden else None
        if not hidden and any(_share(members, horizon.weeks) is None for members in sides):
            why = TOO_FEW_KNOWN
        found.append({"stronger": pair[0], "weaker": pair[1], **_difference(horizon, why)})
    return found


def _course(person: Person, number: int) -> Course:
    known = person.known
    return Course(
        course=str(number),
        citizen=str(number),
        group=known["obligation"],
        provider=str(known["team"]),
        weeks_observed=float(person.case.week),
        event=person.case.event,
        covariates={
            word: None if known[name] is None else str(known[name]) for name, word in COVARIATES.items()
        },
    )


def _difference(horizon: Horizon, why: str | None) -> dict[str, Any]:
    """The difference, or `why` there is none to show beside what the method itself says."""
    adjusted, basis = horizon.adjusted, horizon.basis
    answered = why is None and adjusted.value is not None
    strength = adjusted.sensitivity if answered else None
    return {
        "weeks": horizon.weeks,
        "value": _thousandths(adjusted.value) if answered else None,
        "low": _thousandths(adjusted.low) if answered else None,
        "high": _thousandths(adjusted.high) if answered else None,
        "before": _thousandths(horizon.unadjusted) if answered else None,
        "why": why or adjusted.why,
        "used": list(basis.used) if answered else [],
        "uneven": list(basis.uneven) if answered else [],
        "left_out": round(100 * basis.trimmed) if answered and basis.trimmed is not None else None,
        "few_providers": basis.few_providers if answered else None,
        "unseen_cause": round(100 * strength.e_value) if strength else None,
    }


def _thousandths(share: float | None) -> int | None:
    return None if share is None else round(1000 * share)


def _view(people: Sequence[Person], rater: str) -> dict[str, int | None]:
    """How many percent answered at least twice, and how many of them saw progress.

    Both are hidden when any part is small. Where nobody answered twice, nothing is known of progress.
    """
    answers = [person.known[f"{rater}_up"] for person in people]
    seen = [answer for answer in answers if answer is not None]
    parts = (len(seen), len(answers) - len(seen), sum(seen), len(seen) - sum(seen))
    if not seen:
        return {"answered": 0, "up": None}
    if any(small(part) for part in parts):
        return {"answered": None, "up": None}
    return {"answered": round(100 * len(seen) / len(answers)), "up": round(100 * sum(seen) / len(seen))}
