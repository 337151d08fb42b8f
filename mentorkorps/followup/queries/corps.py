"""One week of the whole corps: every course's state from one pass, in seven queries for any number of courses.

The states are those of `contact_duty.strip`; nothing here knows what kept or missed is.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Compliance, WeekStatus, compliance
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.models import Appointment
from mentorkorps.followup.queries.duties import Facts, duty_of, first_meeting_decides, is_pressing, status_of
from mentorkorps.followup.queries.weeks import (
    Days,
    Surroundings,
    first_meetings,
    held_contacts,
    next_appointments,
    surroundings,
)
from mentorkorps.municipality.queries import recent_law_book

EXPIRES_SOON = timedelta(weeks=4)


class CorpsLine(NamedTuple):
    """A course in a week: the columns that filters and order need, and how its week stands.

    The statuses know of the first meeting of each week only: `contacts` says whether there was one, not how many.
    `status_before` is the week before's, as it stood a week ago today.
    `ended` is the week before's as it stands today. `missed_twice`: both weeks before are missed, and they have not
    met since. `pressing`: the week is open, and most of the time for it is gone.
    """

    id: uuid.UUID
    start: date
    end: date
    ended_on: date | None
    rule: str
    citation: str
    obligation: str
    unit: str
    mentor_id: uuid.UUID | None
    mentor: str | None
    provider: str | None
    last_met_on: date | None
    status: WeekStatus
    status_before: WeekStatus
    ended: WeekStatus
    missed_twice: bool
    pressing: bool


_COLUMNS = (
    "id", "start", "end", "ended_on", "rule", "citation", "obligation", "unit__name", "mentor_id", "mentor__name",
    "mentor__provider__name", "tally__last_met_on",
)  # fmt: skip


class Figures(NamedTuple):
    """Courses of a week by what is true of them: `week`'s four states and `nothing_due` add up to `running`.

    `percent` is compliance as if the week closed now, so that an open week counts as not kept yet; `percent_before`
    is the same for the week before on the same weekday. Both are None where nothing has fallen due.
    """

    running: int
    week: Compliance
    percent: Decimal | None
    percent_before: Decimal | None
    open_with_appointment: int
    open_without_appointment: int
    nothing_due: int


@dataclass(frozen=True)
class CorpsWeek:
    """The courses of a week in the order of mentor and citizen, as they stand on `today`.

    `appointments` are those that can still keep an open week. `around` has the agreed rhythms and absences of the
    weeks asked for, so that strips can be drawn from it.
    """

    week: int
    today: date
    around: Surroundings
    lines: list[CorpsLine]
    appointments: Mapping[uuid.UUID, Appointment]

    def chosen(self, wanted: Callable[[CorpsLine], bool]) -> "CorpsWeek":
        """The same week for some of the courses."""
        return replace(self, lines=[line for line in self.lines if wanted(line)])

    def figures(self) -> Figures:
        """What the week adds up to for these courses."""
        statuses = [line.status for line in self.lines]
        week = compliance(statuses)
        without = sum(line.status.state == "open" for line in self.unmet())
        return Figures(
            running=len(statuses),
            week=week,
            percent=_if_closed_now(statuses),
            percent_before=_if_closed_now(line.status_before for line in self.lines),
            open_with_appointment=week.open - without,
            open_without_appointment=without,
            nothing_due=len(statuses) - week.kept - week.missed - week.excused - week.open,
        )

    def unmet(self) -> list[CorpsLine]:
        """Courses whose week is missed, or open with no appointment; longest without a meeting first."""
        found = [line for line in self.lines if self.is_unmet(line)]
        return sorted(found, key=lambda line: line.last_met_on or line.start)

    def is_unmet(self, line: CorpsLine) -> bool:
        """Whether the week is missed, or open with no appointment that could still keep it."""
        state = line.status.state
        return state == "missed" or (state == "open" and line.id not in self.appointments)

    def expires_soon(self, line: CorpsLine) -> bool:
        """Whether the grant runs out within four weeks."""
        return self.today <= line.end <= self.today + EXPIRES_SOON


def corps_week(courses: QuerySet[Course], week: int, today: date, weeks: range | None = None) -> CorpsWeek:
    """The whole of `courses` in one week, in seven queries for any number of courses and any length of history.

    An eighth reads every meeting of the courses that owe more than one a week, or one in 14 days. `weeks` are those
    that will be shown beside the week, if any.
    """
    running = courses.filter(_in_week(week, today)).order_by()
    rows = list(running.order_by(*_BY_MENTOR).values_list(*_COLUMNS, named=True))
    keys = running.values("id")
    met = first_meetings(keys, range(week - 2, week + 1))
    first = min(week - 2, weeks[0] if weeks else week)
    around = surroundings(keys, {row.mentor_id for row in rows if row.mentor_id}, range(first, week + 2))
    facts = _facts(rows, met, around, week)
    lines = [_line(row, known, week, today) for row, known in zip(rows, facts, strict=True)]
    waiting = [line.id for line in lines if line.status.state == "open"]
    coming = next_appointments(waiting, max(today, week_start(week)), week_end(week))
    return CorpsWeek(week, today, around, lines, coming)


def _line(row: Any, facts: Facts, week: int, today: date) -> CorpsLine:
    now, ended = status_of(facts, week, today), status_of(facts, week - 1, today)
    both = ended.state == "missed" and status_of(facts, week - 2, today).state == "missed"
    return CorpsLine(
        *row,
        status=now,
        status_before=status_of(facts, week - 1, today - timedelta(weeks=1)),
        ended=ended,
        missed_twice=both and now.state != "kept",
        pressing=now.state == "open" and is_pressing(facts, week, today),
    )


# Mentors in the order of their names, courses without a mentor first: they are the coordinator's next act.
_BY_MENTOR = (
    F("mentor__name").asc(nulls_first=True),
    "mentor",
    "citizen__first_name",
    "citizen__last_name",
    "id",
)


def _in_week(week: int, today: date) -> Q:
    """Courses of a week: those that run, and of a closed week those that have ended since.

    What runs is found by the index on running courses, however many have ended.
    """
    first, last = week_start(week), week_end(week)
    running = Q(ended_on__isnull=True)
    return Q(start__lte=last, end__gte=first) & (
        running | Q(ended_on__gte=first) if last < today else running
    )


def _facts(rows: list[Any], met: Mapping[uuid.UUID, Days], around: Surroundings, week: int) -> list[Facts]:
    """The facts of each row: its first meetings, or all of them where a week's first does not decide it."""
    weeks, book = range(week - 2, week + 1), recent_law_book()
    found = [
        Facts(
            duty_of(row, around, weeks, book),
            tuple(filter(None, met.get(row.id, ()))),
            tuple(around.absences(row)),
        )
        for row in rows
    ]
    rare = {row.id: place for place, row in enumerate(rows) if not first_meeting_decides(found[place].duty)}
    held = held_contacts(list(rare), weeks) if rare else {}
    for key, place in rare.items():
        found[place] = found[place]._replace(days=tuple(contact.day for contact in held.get(key, ())))
    return found


def _if_closed_now(statuses: Iterable[WeekStatus]) -> Decimal | None:
    closed = (status._replace(state="missed") if status.state == "open" else status for status in statuses)
    return compliance(closed).percent
