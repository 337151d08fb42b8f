"""A caseworker's running and coming courses: everyone in one slim read, the weeks of those on the page beside it."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mentorkorps.cases.models import Agreement, Course, Grant
from mentorkorps.domain.dates import short_date, week_number, week_start
from mentorkorps.followup.models import Appointment, StatusReport
from mentorkorps.followup.queries.weeks import Strip, held_contacts, strips_of, surroundings

WEEKS_SHOWN = 8
SOON = timedelta(weeks=6)  # a caseworker plans the next period from here
STATUS_DUE = timedelta(weeks=4)  # before the grant's last day
WEEK_AHEAD = timedelta(weeks=1)


class Line(NamedTuple):
    """A course as lists and their filters read it; minutes are a week's, `delivered` all of the course's."""

    id: uuid.UUID
    citizen_id: uuid.UUID
    first_name: str
    last_name: str
    case_number: str
    protected: bool
    function: str
    start: date
    end: date
    ended_on: date | None
    rule: str
    citation: str
    obligation: str
    minutes: int
    level_minutes: int | None
    mentor_id: uuid.UUID | None
    mentor: str | None
    firm: str | None
    signed_on: date | None
    delivered: int | None
    last_met_on: date | None
    changed: bool
    drafted: bool
    status: bool
    next_day: date | None

    @property
    def name(self) -> str:
        """The citizen's whole name."""
        return f"{self.first_name} {self.last_name}"

    def unseen(self, monday: date) -> bool:
        """Whether nobody has met the citizen since a Monday, in a course that began within that week or before."""
        if self.last_met_on is None:
            return self.start < monday + timedelta(weeks=1)
        return self.last_met_on < monday


_COLUMNS = (
    "id", "citizen_id", "citizen__first_name", "citizen__last_name", "citizen__case_number", "citizen__protected",
    "function", "start", "end", "ended_on", "rule", "citation", "obligation", "minutes_per_week",
    "level_row__minutes_per_week", "mentor_id", "mentor__name", "mentor__provider__name", "signed_on",
    "tally__delivered_minutes", "tally__last_met_on", "changed", "drafted", "has_status", "next_day",
)  # fmt: skip


class Period(NamedTuple):
    """A granted period with its minutes a week, and the level's where it had any."""

    start: date
    end: date
    minutes: int
    level_minutes: int | None


@dataclass(frozen=True)
class Row:
    """A line with what is worked out on a day: minutes granted and of the level so far, the weeks, what comes next."""

    line: Line
    weeks: Strip
    granted: int
    level: int | None
    weeks_left: int
    begun: bool
    next_step: str


@dataclass(frozen=True)
class Filter:
    """A choice of courses, by its word in the address and its words on the page."""

    code: str
    label: str
    holds: Callable[[Line, date], bool]


# Who lacks a contact can only be told from the weeks, so that filter is answered apart.
LACKING = "mangler-kontakt"
FILTERS = (
    Filter("", "Alle", lambda line, today: True),
    Filter(LACKING, "Mangler kontakt", lambda line, today: False),
    Filter("udloeber", "Udløber inden 6 uger", lambda line, today: line.end <= today + SOON),
    Filter("uden-mentor", "Uden mentor", lambda line, today: line.mentor_id is None),
    Filter("venter-paa-aftale", "Venter på aftale", lambda line, today: line.signed_on is None),
)


@dataclass(frozen=True)
class Caseload:
    """A page of someone's courses, with how many each filter holds. `weeks` are the week numbers of the strips."""

    rows: list[Row]
    counts: dict[str, int]
    weeks: range
    total: int


def caseload(
    courses: QuerySet[Course], *, today: date, chosen: str = "", first: int = 0, size: int | None = None
) -> Caseload:
    """`size` of the courses not ended, from number `first`; all of them when `size` is None.

    Five queries, and a sixth where a course on the page has been granted other minutes before.

    Those not met since the Monday of last week stand on top: only among them can a contact be lacking, so only
    their weeks and those of the page are read. The one slim read grows with the courses, which are one person's.
    """
    this_week = week_number(today)
    weeks = range(this_week - WEEKS_SHOWN + 1, this_week + 1)
    unseen, seen = _parted(_read(courses, today), week_start(this_week - 1))
    holds = {each.code: each.holds for each in FILTERS}[chosen]
    lines = unseen if chosen == LACKING else [line for line in (*unseen, *seen) if holds(line, today)]
    on_page = lines[first : first + size] if size else lines
    known = _strips({line.id: line for line in (*unseen, *on_page)}, weeks, today)
    lacking = [line for line in unseen if known[line.id][-2].state == "missed"]
    if chosen == LACKING:
        lines = lacking
        on_page = lines[first : first + size] if size else lines
    counts = {each.code: sum(each.holds(line, today) for line in (*unseen, *seen)) for each in FILTERS}
    grants = _grants([line.id for line in on_page if line.changed])
    rows = [_row(line, known[line.id], grants.get(line.id, []), today) for line in on_page]
    return Caseload(rows, counts | {LACKING: len(lacking)}, weeks, len(lines))


def _read(courses: QuerySet[Course], today: date) -> list[Line]:
    """The slim read, in order of the citizens' names."""
    other_minutes = ~Q(minutes_per_week=OuterRef("minutes_per_week"))
    other_level = Q(level_row__isnull=False) & ~Q(level_row=OuterRef("level_row"))
    changed = Grant.objects.filter(other_minutes | other_level, course=OuterRef("pk"))
    drafted = Agreement.objects.filter(course=OuterRef("pk"), signed_on__isnull=True)
    status = StatusReport.objects.filter(course=OuterRef("pk"), grant_end=OuterRef("end"))
    booked = Appointment.objects.filter(course=OuterRef("pk"), cancelled=False, day__gte=today).order_by(
        "day"
    )
    rows = courses.filter(ended_on__isnull=True).annotate(
        changed=Exists(changed),
        drafted=Exists(drafted),
        has_status=Exists(status),
        next_day=Subquery(booked.values("day")[:1]),
    )
    named = rows.order_by("citizen__first_name", "citizen__last_name", "start", "id")
    return [Line._make(row) for row in named.values_list(*_COLUMNS)]


def _parted(lines: Sequence[Line], monday: date) -> tuple[list[Line], list[Line]]:
    """Those not met since a day, and those who have been."""
    unseen = [line for line in lines if line.unseen(monday)]
    return unseen, [line for line in lines if not line.unseen(monday)]


def _strips(lines: dict[uuid.UUID, Line], weeks: range, today: date) -> dict[uuid.UUID, Strip]:
    """The weeks of the lines. Mentors' absences are left out: they explain a missed week and never change its state."""
    if not lines:
        return {}
    keys = list(lines)
    around = surroundings(keys, (), weeks)
    return strips_of(lines.values(), held_contacts(keys, weeks), around, weeks, today)


def _grants(keys: list[uuid.UUID]) -> dict[uuid.UUID, list[Period]]:
    """The grants of courses in order of time."""
    found: dict[uuid.UUID, list[Period]] = defaultdict(list)
    rows = Grant.objects.filter(course__in=keys).order_by("start")
    for key, *period in rows.values_list("course_id", "start", "end", "minutes_per_week", "level_minutes"):
        found[key].append(Period(*period))
    return found


def _row(line: Line, weeks: Strip, grants: list[Period], today: date) -> Row:
    periods = grants or [Period(line.start, line.end, line.minutes, line.level_minutes)]
    given = [(begun, period) for begun, period in _weeks_begun(periods, today) if begun]
    level = [period.level_minutes for _, period in given]
    return Row(
        line=line,
        weeks=weeks,
        granted=sum(begun * period.minutes for begun, period in given),
        level=None if None in level else sum(begun * (period.level_minutes or 0) for begun, period in given),
        weeks_left=week_number(line.end) - week_number(today),
        begun=line.start <= today,
        next_step=_next_step(line, today),
    )


def _weeks_begun(periods: list[Period], today: date) -> Iterator[tuple[int, Period]]:
    """The weeks of each period begun by today. Where two meet in a week, it counts under the later one."""
    until = week_number(today)
    for period, following in zip_longest(periods, periods[1:]):
        last = min(week_number(period.end), until)
        if following:
            last = min(last, week_number(following.start) - 1)
        yield max(last - week_number(period.start) + 1, 0), period


def _next_step(line: Line, today: date) -> str:
    """The nearest thing to do, in a few words; a meeting when nothing else waits."""
    if line.mentor_id is None:
        return "Vælg mentor"
    if line.signed_on is None:
        return "Aftale mangler underskrift" if line.drafted else "Skriv aftale"
    if line.end < today:
        return "Afslut forløbet"
    if line.end - STATUS_DUE <= today + WEEK_AHEAD:
        return "Tag stilling til ny periode" if line.status else "Status mangler"
    if line.next_day:
        return f"Møde {short_date(line.next_day, today=today)}"
    return "Intet møde aftalt"
