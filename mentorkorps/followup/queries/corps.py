"""One week of the whole corps: every course's state from one pass, in six queries for any number of courses.

The states are those of `contact_duty.strip`; nothing here knows what kept or missed is.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Compliance, WeekStatus, compliance
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.models import Appointment
from mentorkorps.followup.queries.weeks import held_contacts, next_appointments, strips_of, surroundings

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
    unit_id: uuid.UUID
    unit: str
    mentor_id: uuid.UUID | None
    mentor: str | None
    last_met_on: date | None


_COLUMNS = (
    "id", "start", "end", "ended_on", "rule", "citation", "obligation", "unit_id", "unit__name", "mentor_id",
    "mentor__name", "tally__last_met_on",
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
    """The courses of a week in the order of mentor and citizen, with their states as they stand on `today`."""

    week: int
    today: date
    lines: list[CorpsLine]
    states: Mapping[uuid.UUID, WeekStatus]
    states_before: Mapping[uuid.UUID, WeekStatus]
    appointments: Mapping[uuid.UUID, Appointment]
    missed_twice: frozenset[uuid.UUID]

    def chosen(self, wanted: Callable[[CorpsLine], bool]) -> "CorpsWeek":
        """The same week for some of the courses."""
        return CorpsWeek(
            self.week, self.today, [line for line in self.lines if wanted(line)], self.states,
            self.states_before, self.appointments, self.missed_twice,
        )  # fmt: skip

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
        found = [line for line in self.lines if self._is_unmet(line)]
        return sorted(found, key=lambda line: line.last_met_on or line.start)

    def _is_unmet(self, line: CorpsLine) -> bool:
        state = self.states[line.id].state
        return state == "missed" or (state == "open" and line.id not in self.appointments)

    def expiring(self) -> list[CorpsLine]:
        """Courses whose grant runs out within four weeks."""
        return [line for line in self.lines if self.today <= line.end <= self.today + EXPIRES_SOON]


def corps_week(courses: QuerySet[Course], week: int, today: date) -> CorpsWeek:
    """The whole of `courses` in one week. Six queries, whatever the number of courses and the length of history."""
    running = courses.filter(_in_week(week))
    lines = [CorpsLine._make(row) for row in running.order_by(*_BY_MENTOR).values_list(*_COLUMNS)]
    keys, mentors = running.order_by().values("id"), running.order_by().values("mentor")
    shown = range(week - 2, week + 1)
    around = surroundings(keys, mentors, shown)
    held = held_contacts(keys, shown)

    def states(of: Iterable[CorpsLine], week: int, on: date) -> dict[uuid.UUID, WeekStatus]:
        found = strips_of(of, held, around, range(week, week + 1), on)
        return {key: weeks[0] for key, weeks in found.items()}

    now = states(lines, week, today)
    missed = [line for line in lines if line.id in _missed(states(lines, week - 1, today))]
    waiting = [key for key, status in now.items() if status.state == "open"]
    return CorpsWeek(
        week=week,
        today=today,
        lines=lines,
        states=now,
        states_before=states(lines, week - 1, today - timedelta(weeks=1)),
        appointments=next_appointments(waiting, max(today, week_start(week)), week_end(week)),
        missed_twice=frozenset(_missed(states(missed, week - 2, today))),
    )


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


def _missed(states: Mapping[uuid.UUID, WeekStatus]) -> set[uuid.UUID]:
    return {key for key, status in states.items() if status.state == "missed"}


def _if_closed_now(statuses: Iterable[WeekStatus]) -> Decimal | None:
    closed = (status._replace(state="missed") if status.state == "open" else status for status in statuses)
    return compliance(closed).percent
