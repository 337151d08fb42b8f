"""A caseworker's running and coming courses: everyone in one slim read, the weeks of those on the page beside it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.dates import short_date, week_number, week_start
from mentorkorps.followup.models import Appointment, StatusReport
from mentorkorps.followup.queries import Strip, strips

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
    drafted: bool
    status: bool
    next_day: date | None

    @property
    def name(self) -> str:
        """The citizen's whole name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def seen_on(self) -> date:
        """The day from which a contact has been waited for: the last meeting, or the first day."""
        return self.last_met_on or self.start


_COLUMNS = (
    "id", "citizen_id", "citizen__first_name", "citizen__last_name", "citizen__case_number", "citizen__protected",
    "function", "start", "end", "ended_on", "rule", "citation", "obligation", "minutes_per_week",
    "level_row__minutes_per_week", "mentor_id", "mentor__name", "mentor__provider__name", "signed_on",
    "tally__delivered_minutes", "tally__last_met_on", "drafted", "has_status", "next_day",
)  # fmt: skip


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
    """`size` of the courses not ended, from number `first`; all of them when `size` is None. Five queries.

    Those not met since the Monday of last week stand on top: only among them can a contact be lacking, so only
    their weeks and those of the page are read. The one slim read grows with the courses, which are one person's.
    """
    this_week = week_number(today)
    weeks = range(this_week - WEEKS_SHOWN + 1, this_week + 1)
    unseen, seen = _parted(_read(courses, today), week_start(this_week - 1))
    holds = {each.code: each.holds for each in FILTERS}[chosen]
    lines = unseen if chosen == LACKING else [line for line in (*unseen, *seen) if holds(line, today)]
    on_page = lines[first : first + size] if size else lines
    known = strips(list({line.id: line for line in (*unseen, *on_page)}.values()), weeks, today)
    lacking = [line for line in unseen if known[line.id][-2].state == "missed"]
    if chosen == LACKING:
        lines = lacking
        on_page = lines[first : first + size] if size else lines
    counts = {each.code: sum(each.holds(line, today) for line in (*unseen, *seen)) for each in FILTERS}
    rows = [_row(line, known[line.id], today) for line in on_page]
    return Caseload(rows, counts | {LACKING: len(lacking)}, weeks, len(lines))


def _read(courses: QuerySet[Course], today: date) -> list[Line]:
    """The slim read, in order of the citizens' names."""
    drafted = Agreement.objects.filter(course=OuterRef("pk"), signed_on__isnull=True)
    status = StatusReport.objects.filter(course=OuterRef("pk"), grant_end=OuterRef("end"))
    booked = Appointment.objects.filter(course=OuterRef("pk"), cancelled=False, day__gte=today).order_by(
        "day"
    )
    rows = courses.filter(ended_on__isnull=True).annotate(
        drafted=Exists(drafted), has_status=Exists(status), next_day=Subquery(booked.values("day")[:1])
    )
    named = rows.order_by("citizen__first_name", "citizen__last_name", "start", "id")
    return [Line._make(row) for row in named.values_list(*_COLUMNS)]


def _parted(lines: Sequence[Line], monday: date) -> tuple[list[Line], list[Line]]:
    """Those not met since a day, and those who have been."""
    unseen = [line for line in lines if line.seen_on < monday]
    return unseen, [line for line in lines if line.seen_on >= monday]


def _row(line: Line, weeks: Strip, today: date) -> Row:
    so_far = max(week_number(min(today, line.end)) - week_number(line.start) + 1, 0)
    return Row(
        line=line,
        weeks=weeks,
        granted=so_far * line.minutes,
        level=None if line.level_minutes is None else so_far * line.level_minutes,
        weeks_left=week_number(line.end) - week_number(today),
        begun=line.start <= today,
        next_step=_next_step(line, today),
    )


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
