"""One week of the whole corps: every course's state from one pass, in five queries for any number of courses.

The states are those of `contact_duty.strip`; nothing here knows what kept or missed is.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Absence, Compliance, WeekStatus, compliance, strip
from mentorkorps.domain.contact_duty import Contact as ContactFact
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.facts import Agreed, rhythms_of, span_of
from mentorkorps.followup.models import Appointment, Contact
from mentorkorps.followup.queries.weeks import (
    FORTNIGHT_WEEKS,
    Surroundings,
    held_contacts,
    next_appointments,
    surroundings,
)

EXPIRES_SOON = timedelta(weeks=4)


class CorpsLine(NamedTuple):
    """The columns of a course that its state, the filters and the order need."""

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
    last_met_on: date | None
    met_two_weeks_before: date | None
    met_week_before: date | None
    met: date | None

    @property
    def first_meetings(self) -> tuple[date, ...]:
        """The first meeting in the week and in each of the two before it; those without one are left out."""
        return tuple(filter(None, self[-3:]))


_COLUMNS = (
    "id", "start", "end", "ended_on", "rule", "citation", "obligation", "unit__name", "mentor_id", "mentor__name",
    "tally__last_met_on",
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
    """The courses of a week in the order of mentor and citizen, with their states as they stand on `today`.

    A status here knows of a week's first meeting only: its `contacts` says whether there was one, not how many.
    `around` has the agreed rhythms and absences of the weeks asked for, so that strips can be drawn from it.
    """

    week: int
    today: date
    around: Surroundings
    lines: list[CorpsLine]
    states: Mapping[uuid.UUID, WeekStatus]
    states_before: Mapping[uuid.UUID, WeekStatus]
    appointments: Mapping[uuid.UUID, Appointment]
    missed_twice: frozenset[uuid.UUID]

    def chosen(self, wanted: Callable[[CorpsLine], bool]) -> "CorpsWeek":
        """The same week for some of the courses."""
        return replace(self, lines=[line for line in self.lines if wanted(line)])

    def figures(self) -> Figures:
        """What the week adds up to for these courses."""
        states = [self.states[line.id] for line in self.lines]
        week = compliance(states)
        without = sum(self.states[line.id].state == "open" for line in self.unmet())
        return Figures(
            running=len(states),
            week=week,
            percent=_if_closed_now(states),
            percent_before=_if_closed_now(self.states_before[line.id] for line in self.lines),
            open_with_appointment=week.open - without,
            open_without_appointment=without,
            nothing_due=len(states) - week.kept - week.missed - week.excused - week.open,
        )

    def unmet(self) -> list[CorpsLine]:
        """Courses whose week is missed, or open with no appointment; longest without a meeting first."""
        found = [line for line in self.lines if self.is_unmet(line)]
        return sorted(found, key=lambda line: line.last_met_on or line.start)

    def is_unmet(self, line: CorpsLine) -> bool:
        """Whether the week is missed, or open with no appointment that could still keep it."""
        state = self.states[line.id].state
        return state == "missed" or (state == "open" and line.id not in self.appointments)

    def expires_soon(self, line: CorpsLine) -> bool:
        """Whether the grant runs out within four weeks."""
        return self.today <= line.end <= self.today + EXPIRES_SOON


def corps_week(courses: QuerySet[Course], week: int, today: date, weeks: range | None = None) -> CorpsWeek:
    """The whole of `courses` in one week, in five queries for any number of courses and any length of history.

    A sixth reads every meeting of the courses that owe more than one a week, or one in 14 days. `weeks` are those
    that will be shown beside the week, if any.
    """
    running = courses.filter(_in_week(week)).order_by()
    lines = [CorpsLine._make(row) for row in corps_rows(running, week)]
    first = min(week - 2, weeks[0] if weeks else week)
    around = surroundings(running.values("id"), running.values("mentor"), range(first, week + 2))
    facts = _facts(lines, around, week)
    now = {line.id: facts.status(line, week, today) for line in lines}
    week_ago = today - timedelta(weeks=1)
    return CorpsWeek(
        week=week,
        today=today,
        around=around,
        lines=lines,
        states=now,
        states_before={line.id: facts.status(line, week - 1, week_ago) for line in lines},
        appointments=next_appointments(
            [key for key, status in now.items() if status.state == "open"],
            max(today, week_start(week)),
            week_end(week),
        ),
        missed_twice=frozenset(
            line.id
            for line in lines
            if now[line.id].state != "kept"
            and all(facts.status(line, before, today).state == "missed" for before in (week - 1, week - 2))
        ),
    )


def corps_rows(running: QuerySet[Course], week: int) -> QuerySet[Any]:
    """The query behind the lines; each course's first meetings must be found by the index `held_weeks`."""
    held = Contact.objects.filter(held=True, course=OuterRef("pk")).order_by().values("course")
    # The smallest of the group, not the first in order: an order by day would send SQLite to another index.
    first = held.annotate(first=Min("day")).values("first")
    first_met = [Subquery(first.filter(week=week - back)) for back in (2, 1, 0)]
    return running.order_by(*_BY_MENTOR).values_list(*_COLUMNS, *first_met)


# Mentors in the order of their names, courses without a mentor first: they are the coordinator's next act.
_BY_MENTOR = (
    F("mentor__name").asc(nulls_first=True),
    "mentor",
    "citizen__first_name",
    "citizen__last_name",
    "id",
)


def _in_week(week: int) -> Q:
    first, last = week_start(week), week_end(week)
    return Q(start__lte=last, end__gte=first) & (Q(ended_on__isnull=True) | Q(ended_on__gte=first))


class _Duty(NamedTuple):
    """A course as its duty sees it, cut to the weeks in question, so that like courses are equal."""

    start: date
    end: date
    ended_on: date | None
    rule: str
    citation: str
    agreed: Agreed | None


@dataclass(frozen=True)
class _Facts:
    """What decides each course's states in a few weeks."""

    duties: Mapping[uuid.UUID, _Duty]
    days: Mapping[uuid.UUID, tuple[date, ...]]
    absences: Mapping[uuid.UUID, tuple[Absence, ...]]

    def status(self, line: CorpsLine, week: int, today: date) -> WeekStatus:
        key = line.id
        return _status(self.duties[key], self.days.get(key, ()), self.absences.get(key, ()), week, today)


@lru_cache(maxsize=50_000)
def _status(
    duty: _Duty, days: tuple[date, ...], absences: tuple[Absence, ...], week: int, today: date
) -> WeekStatus:
    """One week of one course. Thousands of courses share a few hundred sets of facts, and each is judged once."""
    met = [ContactFact(day, "met", in_person=True) for day in days]
    return strip(rhythms_of(duty, duty.agreed), span_of(duty), met, absences, range(week, week + 1), today)[0]


def _facts(lines: list[CorpsLine], around: Surroundings, week: int) -> _Facts:
    weeks = range(week - 2, week + 1)
    floor, ceiling = week_start(weeks[0] - FORTNIGHT_WEEKS), week_end(week)
    duties = {
        line.id: _Duty(
            max(line.start, floor), min(line.end, ceiling), line.ended_on, line.rule, line.citation,
            around.agreed.get(line.id),
        )
        for line in lines
    }  # fmt: skip
    return _Facts(
        duties=duties,
        days={line.id: line.first_meetings for line in lines} | _all_meetings(duties, weeks),
        absences={line.id: tuple(found) for line in lines if (found := around.absences(line))},
    )


def _all_meetings(duties: Mapping[uuid.UUID, _Duty], weeks: range) -> dict[uuid.UUID, tuple[date, ...]]:
    """Every meeting of the courses for which a week's first meeting does not decide the week."""
    keys = [key for key, duty in duties.items() if not _first_meeting_decides(duty)]
    held = held_contacts(keys, weeks) if keys else {}
    return {key: tuple(contact.day for contact in contacts) for key, contacts in held.items()}


@lru_cache(maxsize=50_000)
def _first_meeting_decides(duty: _Duty) -> bool:
    return all((r.every, r.at_least) == ("week", 1) for r in rhythms_of(duty, duty.agreed))


def _if_closed_now(statuses: Iterable[WeekStatus]) -> Decimal | None:
    closed = (status._replace(state="missed") if status.state == "open" else status for status in statuses)
    return compliance(closed).percent
