"""Weeks added up: how many courses of a unit, a provider, a mentor or everybody kept each week, and how many did not.

The states are those of `contact_duty.strip` and the figures those of `contact_duty.compliance_of`, as on every page.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Compliance, compliance_of
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.queries.many_weeks import States, states_of
from mentorkorps.municipality.periods import not_over

NONE = "ingen"  # the key of those without a mentor, or without a provider
GROUPINGS = {"enhed": "unit_name", "leverandoer": "provider", "mentor": "mentor_id"}


class Line(NamedTuple):
    """The columns of a course that its weeks and its groups are read from."""

    id: uuid.UUID
    start: date
    end: date
    ended_on: date | None
    rule: str
    citation: str
    unit_name: str
    mentor_id: uuid.UUID | None
    mentor_name: str | None
    provider: str | None


_COLUMNS = (
    "id", "start", "end", "ended_on", "rule", "citation", "unit__name", "mentor_id", "mentor__name",
    "mentor__provider__name",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Some courses in some weeks. `weeks` has one Compliance a week, `total` is that of all of them together."""

    key: str
    name: str
    courses: int
    weeks: tuple[Compliance, ...]
    total: Compliance


@dataclass(frozen=True)
class Grouped:
    """Everybody together, and the same courses parted; the groups in the order of their names."""

    whole: Group
    groups: list[Group]


def grouped_weeks(courses: QuerySet[Course], weeks: range, today: date, by: str) -> Grouped:
    """The weeks of all courses that were in them, parted by a word of GROUPINGS. Six queries for any number of courses.

    A seventh reads every meeting of the courses that owe more than one a week, or one in 14 days. A course stands
    under the unit and the mentor that it has now, as on the week board.
    """
    were_there = _in_weeks(courses, weeks)
    lines = [Line._make(row) for row in were_there.values_list(*_COLUMNS)]
    states = states_of(lines, were_there.values("id"), weeks, today)
    parted: dict[tuple[str, str], list[States]] = defaultdict(list)
    for line, found in zip(lines, states, strict=True):
        parted[_group_of(line, by)].append(found)
    groups = [_group(key, name, of_group, len(weeks)) for (key, name), of_group in parted.items()]
    whole = _group("", "Alle", states, len(weeks))
    return Grouped(whole, sorted(groups, key=lambda group: (group.key == NONE, group.name)))


def _in_weeks(courses: QuerySet[Course], weeks: range) -> QuerySet[Course]:
    """The courses that ran in any of the weeks, also those that have ended since."""
    first, last = week_start(weeks[0]), week_end(weeks[-1])
    return courses.filter(not_over(first, "ended_on"), start__lte=last, end__gte=first).order_by()


def _group_of(line: Line, by: str) -> tuple[str, str]:
    """(key in the address, name) of the group that a course stands in."""
    if by == "mentor":
        return (str(line.mentor_id), line.mentor_name or "") if line.mentor_id else (NONE, "Uden mentor")
    if by == "leverandoer":
        own = "Kommunens egne" if line.mentor_id else "Uden mentor"
        return (line.provider, line.provider) if line.provider else (NONE, own)
    return line.unit_name, line.unit_name


def _group(key: str, name: str, courses: Sequence[States], length: int) -> Group:
    weeks = [Counter(states) for states in zip(*courses, strict=True)] or [Counter()] * length
    return Group(
        key=key,
        name=name,
        courses=len(courses),
        weeks=tuple(map(compliance_of, weeks)),
        total=compliance_of(sum(weeks, Counter())),
    )
