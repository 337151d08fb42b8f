"""Sums of hours by course, mentor, provider, unit, group or obligation, with their names and what was invoiced."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentorkorps.cases.models import Course, Grant
from mentorkorps.domain.codes import FUNCTIONS, OBLIGATION_WORDS, OBLIGATIONS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import add_months, month_end
from mentorkorps.domain.law import target_groups
from mentorkorps.ledger.queries.hours_given import Given, Sums, added, by_group
from mentorkorps.ledger.queries.invoices import invoiced_minutes
from mentorkorps.municipality.models import Mentor, Provider, ServiceLevelRow, Unit

NONE = {"mentor": "Uden mentor", "provider": "Egne mentorer", "level_row": "Uden række i serviceniveauet"}


@dataclass(frozen=True)
class HoursOf:
    """What one value of a group adds up to. `invoiced` minutes are None where nothing is invoiced: not known, not 0."""

    key: Any
    sums: Sums
    invoiced: int | None


def rows_of(given: list[Given], group: str, invoiced: Mapping[uuid.UUID, int]) -> list[HoursOf]:
    """The rows of a group: obligations the strongest first, others by what was not delivered, most first."""
    billed = _billed(given, group, invoiced)
    rows = [HoursOf(key, sums, billed.get(key)) for key, sums in by_group(given, group).items()]
    if group == "obligation":
        return sorted(rows, key=lambda row: OBLIGATIONS.index(row.key))
    return sorted(rows, key=lambda row: (-row.sums.not_delivered, -row.sums.granted, str(row.key)))


def total_of(given: list[Given], invoiced: Mapping[uuid.UUID, int]) -> HoursOf:
    """All of it."""
    courses = {each.course for each in given}
    billed = [minutes for course, minutes in invoiced.items() if course in courses]
    return HoursOf(None, added(given), sum(billed) if billed else None)


def _billed(given: Iterable[Given], group: str, invoiced: Mapping[uuid.UUID, int]) -> dict[Any, int]:
    """Invoices name a course; of a course with two grants they stand by the later one, so that parts add up."""
    latest: dict[uuid.UUID, Given] = {}
    for each in given:
        if each.course in invoiced and (each.course not in latest or each.last >= latest[each.course].last):
            latest[each.course] = each
    found: dict[Any, int] = defaultdict(int)
    for course, each in latest.items():
        found[getattr(each, group)] += invoiced[course]
    return found


def invoiced_by_course(first: date, last: date) -> dict[uuid.UUID, int]:
    """Invoiced minutes of the months that lie wholly between two days, by course."""
    months = whole_months(first, last)
    found: dict[uuid.UUID, int] = defaultdict(int)
    if months:
        for (course, _), minutes in invoiced_minutes(months[0], months[-1]).items():
            found[course] += minutes
    return found


def whole_months(first: date, last: date) -> list[date]:
    """The months, by their first day, that lie wholly between two days."""
    month = first if first.day == 1 else add_months(first.replace(day=1), 1)
    months = []
    while month_end(month) <= last:
        months.append(month)
        month = add_months(month, 1)
    return months


def names_of(group: str, keys: Iterable[Any], on: date) -> dict[Any, str]:
    """What the values of a group are called, by value. One query at most; a citizen is called by the case number."""
    wanted = list(keys)
    names = {None: NONE.get(group, "Ikke oplyst"), "": "Ikke oplyst"}
    match group:
        case "course":
            rows = Course.objects.filter(id__in=wanted).values_list("id", "citizen__case_number")
            return names | dict(rows)
        case "mentor":
            return names | {key: str(row) for key, row in Mentor.objects.in_bulk(_known(wanted)).items()}
        case "provider":
            return names | {key: str(row) for key, row in Provider.objects.in_bulk(_known(wanted)).items()}
        case "unit":
            return names | {key: str(row) for key, row in Unit.objects.in_bulk(_known(wanted)).items()}
        case "level_row":
            level_rows = ServiceLevelRow.objects.select_related("level").in_bulk(_known(wanted))
            return names | {key: f"{row.label} ({row.level})" for key, row in level_rows.items()}
        case "function":
            return names | {code: capitalised(word) for code, word in FUNCTIONS.items()}
        case "obligation":
            return names | {code: capitalised(word) for code, word in OBLIGATION_WORDS.items()}
        case _:
            return names | group_names(on)


def _known(keys: list[Any]) -> list[Any]:
    return [key for key in keys if key is not None]


def group_names(on: date) -> dict[str, str]:
    """What the law of a day calls the target groups."""
    return {code: capitalised(name) for code, name in target_groups(on).items()}


def citizens_of(courses: Iterable[uuid.UUID]) -> dict[uuid.UUID, Course]:
    """The courses with their citizens, for those who may see names."""
    return Course.objects.filter(id__in=list(courses)).select_related("citizen").in_bulk()


def deviation_reasons(given: Iterable[Given]) -> dict[uuid.UUID, str]:
    """Why grants depart from the level, by course, as the decisions say it."""
    grants = [each.grant for each in given if each.grant is not None]
    rows = Grant.objects.filter(id__in=grants).exclude(decision__deviation_reason="").order_by("start")
    return dict(rows.values_list("course_id", "decision__deviation_reason"))
