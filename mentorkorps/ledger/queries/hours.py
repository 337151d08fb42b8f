"""Granted hours of a date beside the service level, row by row, with nothing dropped."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum

from mentorkorps.cases.models import Course
from mentorkorps.municipality.models import Obligation, ServiceLevel, ServiceLevelRow
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries import level_in_force

COMPANY = "company_mentor"
# Stand in an address where a level's id and a row's key would: courses that no level speaks of.
NO_LEVEL = uuid.UUID(int=0)
NO_ROW = "uden-raekke"
NO_GRANT = "uden-bevilling"
OUTSIDE = {NO_ROW: "Uden række i serviceniveauet", NO_GRANT: "Uden bevilling, der gælder den dag"}


def running_on(on: date, prefix: str = "") -> Q:
    """Courses that run on a date; `prefix` is the path to them, fx "course__"."""
    within = Q(**{f"{prefix}start__lte": on, f"{prefix}end__gte": on})
    return within & not_over(on, f"{prefix}ended_on")


@dataclass(frozen=True)
class Hours:
    """Courses and their granted minutes a week, added up.

    `at_level` is what the level says for the `measured` courses whose grant has a level with minutes, and
    `granted_measured` is what those were granted, so that the two can be compared. `by_obligation` is
    (obligation, courses, minutes), the strongest first.
    """

    courses: int = 0
    granted: int = 0
    measured: int = 0
    granted_measured: int = 0
    at_level: int = 0
    by_obligation: tuple[tuple[str, int, int], ...] = ()

    @property
    def mean(self) -> int | None:
        """Granted minutes a week for each course, rounded; None without courses."""
        return round(self.granted / self.courses) if self.courses else None

    @property
    def deviation(self) -> int | None:
        """How far the grants are from the level in minutes a week; None where no level has minutes for them."""
        return self.granted_measured - self.at_level if self.measured else None


@dataclass(frozen=True)
class HoursRow:
    """The courses under one row of a level, or outside every level (`row` is None and `key` says why)."""

    row: ServiceLevelRow | None
    key: str
    company: bool
    hours: Hours

    @property
    def label(self) -> str:
        """What the row is called on screen."""
        return self.row.label if self.row else OUTSIDE[self.key]

    @property
    def level_id(self) -> uuid.UUID:
        """What stands in the address of the row's courses."""
        return self.row.level_id if self.row else NO_LEVEL


@dataclass(frozen=True)
class GrantedHours:
    """All running courses of a date, social mentors and company mentors apart, with the sum of each."""

    on: date
    level: ServiceLevel | None
    social: tuple[HoursRow, ...]
    company: tuple[HoursRow, ...]
    social_total: Hours
    company_total: Hours


def granted_hours(on: date) -> GrantedHours:
    """What is granted on a date, by row of the level that each grant was made under. One aggregate query.

    Grants under an earlier level, grants without a row and running courses without a grant have rows of their own.
    """
    level = level_in_force(on)
    rows = {row.pk: row for row in level.rows.all()} if level else {}
    parts = _aggregated(on)
    earlier = {part["row"] for part in parts} - rows.keys() - {None}
    rows |= ServiceLevelRow.objects.select_related("level").in_bulk(earlier) if earlier else {}
    found = _rows_with_hours(rows, parts)
    found.sort(key=lambda each: _order(each, level))
    social = tuple(each for each in found if not each.company)
    company = tuple(each for each in found if each.company)
    return GrantedHours(on, level, social, company, _total(social), _total(company))


def courses_of_row(on: date, level_id: uuid.UUID, key: str, *, company: bool) -> QuerySet[Course]:
    """The running courses behind a row of `granted_hours`, those farthest above the level first.

    Each has the `minutes`, `level_minutes`, `deviation` and `deviation_reason` of its grant of the date.
    """
    of_kind = Q(function=COMPANY) if company else ~Q(function=COMPANY)
    rows = _with_grant(on).filter(of_kind).select_related("citizen", "unit")
    if level_id != NO_LEVEL:
        rows = rows.filter(current__level_row__level=level_id, current__level_row__key=key)
    else:
        rows = rows.filter(current__isnull=key == NO_GRANT, current__level_row__isnull=True)
    return rows.annotate(
        minutes=F("current__minutes_per_week"),
        level_minutes=F("current__level_minutes"),
        deviation=F("current__minutes_per_week") - F("current__level_minutes"),
        deviation_reason=F("current__decision__deviation_reason"),
    ).order_by(F("deviation").desc(nulls_last=True), "citizen__case_number")


def _with_grant(on: date) -> QuerySet[Course]:
    """Running courses, each with its grant of the date as `current`; a course without one stays, with none."""
    of_the_date = Q(grants__start__lte=on, grants__end__gte=on)
    return Course.objects.filter(running_on(on)).annotate(
        current=FilteredRelation("grants", condition=of_the_date)
    )


def _aggregated(on: date) -> list[dict[str, Any]]:
    has_level = Q(current__level_minutes__isnull=False)
    groups = (
        _with_grant(on)
        .order_by()
        .values("function", under=F("current__obligation"), row=F("current__level_row"))
    )
    return list(
        groups.annotate(
            courses=Count("pk"),
            granted=Sum("current__minutes_per_week", default=0),
            measured=Count("pk", filter=has_level),
            granted_measured=Sum("current__minutes_per_week", filter=has_level, default=0),
            at_level=Sum("current__level_minutes", default=0),
        )
    )


def _rows_with_hours(rows: dict[int, ServiceLevelRow], parts: list[dict[str, Any]]) -> list[HoursRow]:
    """One row for each of the level's and for each kind outside it; the level's own are there even when empty."""
    grouped: dict[tuple[int | None, str, bool], list[Hours]] = defaultdict(list)
    for row in rows.values():
        grouped[row.pk, row.key, COMPANY in row.functions] = []
    for part in parts:
        row = rows.get(part["row"])
        key = row.key if row else NO_GRANT if part["under"] is None else NO_ROW
        grouped[part["row"], key, part["function"] == COMPANY].append(_hours(part))
    return [
        HoursRow(rows.get(pk), key, company, _added(hours))
        for (pk, key, company), hours in grouped.items()
        if pk or hours
    ]


def _hours(part: dict[str, Any]) -> Hours:
    split = ((part["under"], part["courses"], part["granted"]),) if part["under"] else ()
    return Hours(
        part["courses"], part["granted"], part["measured"], part["granted_measured"], part["at_level"], split
    )


def _total(rows: Iterable[HoursRow]) -> Hours:
    return _added([each.hours for each in rows])


def _added(parts: list[Hours]) -> Hours:
    split = [each for part in parts for each in part.by_obligation]
    return Hours(
        courses=sum(part.courses for part in parts),
        granted=sum(part.granted for part in parts),
        measured=sum(part.measured for part in parts),
        granted_measured=sum(part.granted_measured for part in parts),
        at_level=sum(part.at_level for part in parts),
        by_obligation=tuple(
            (
                code,
                sum(n for each, n, _ in split if each == code),
                sum(m for each, _, m in split if each == code),
            )
            for code in Obligation.values
            if any(each == code for each, _, _ in split)
        ),
    )


def _order(each: HoursRow, level: ServiceLevel | None) -> tuple[int, str, int]:
    """The level in force first in its own order, then earlier levels, then what no level speaks of."""
    if each.row is None:
        return 2, each.key, 0
    is_current = level is not None and each.row.level_id == level.id
    return 0 if is_current else 1, "" if is_current else each.row.level.name, each.row.position
