"""The days of a run of weeks as running totals, and the state that each week gets from them."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate

from mentorkorps.domain.contact_duty import words
from mentorkorps.domain.contact_duty.model import (
    WEEKDAYS,
    Absence,
    Absent,
    Contact,
    Days,
    Rhythm,
    Span,
    State,
    WeekStatus,
)
from mentorkorps.domain.dates import FIRST_MONDAY

FORTNIGHT = 14  # days
_WORST_FIRST: tuple[State, ...] = ("missed", "open", "kept", "excused")
_MONDAY_0 = FIRST_MONDAY.toordinal()


class Calendar:
    """The days of a run of weeks as running totals: any count of days or contacts is one subtraction.

    Days are ordinals. Totals begin two whole weeks early, so that the first week's fortnights are inside.
    """

    def __init__(
        self,
        rhythms: Sequence[Rhythm],
        span: Span,
        contacts: Iterable[Contact],
        absences: Iterable[Absence],
        weeks: range,
        today: int,
    ) -> None:
        self.today = today
        self.start, self.end = span.start.toordinal(), span.end.toordinal()
        self.base = _monday(weeks.start) - FORTNIGHT
        self.size = 7 * len(weeks) + FORTNIGHT
        self.duties = [
            Days(
                rhythm, max(self.start, rhythm.valid_from.toordinal()), min(self.end, _last(rhythm.valid_to))
            )
            for rhythm in rhythms
        ]
        known = [(day, contact) for contact in contacts if (day := contact.day.toordinal()) <= today]
        self.met = self._running_total(day for day, contact in known if contact.counts)
        self.tried = [(day, contact.kind) for day, contact in known if not contact.counts]
        self.absences = [
            Absent(absence.first.toordinal(), _last(absence.last), absence.reason.strip(), absence.whose)
            for absence in absences
        ]
        self.present = self._present_weekdays()

    def status(self, week: int) -> WeekStatus:
        """The worst of the periods that end in the week decides its state."""
        monday = _monday(week)
        first, last = max(monday, self.start), min(monday + 6, self.end)
        if first > last:
            return WeekStatus(week, "outside", words.OUTSIDE_THE_COURSE, 0)
        met = self._met(first, last)
        worst = self._worst_of(monday)
        if worst is None:
            return WeekStatus(week, "outside", self._why_nothing_is_due(monday), met)
        if monday > self.today:
            return WeekStatus(week, "future", words.NOT_BEGUN, met)
        state, days = worst
        return WeekStatus(week, state, words.reason(state, days, self.tried, self.absences), met)

    def weekdays_gone(self, week: int) -> tuple[int, int] | None:
        """Of the period that keeps a week open: weekdays before today, and weekdays in all. None of any other week."""
        worst = self._worst_of(_monday(week))
        if worst is None or worst[0] != "open":
            return None
        _, first, last = worst[1]
        return _weekdays(first, min(self.today - 1, last)), _weekdays(first, last)

    def _worst_of(self, monday: int) -> tuple[State, Days] | None:
        return _worst(found for duty in self.duties if (found := self._judge(duty, monday)))

    def _judge(self, duty: Days, monday: int) -> tuple[State, Days] | None:
        """The worst of the duty's periods that end in the week, the earliest first; None when none is due."""
        if duty.rhythm.every == "week":
            days = _week(duty, monday)
            return (self._state(days), days) if days else None
        ends = range(max(monday, duty.first + FORTNIGHT - 1), min(monday + 6, duty.last) + 1)
        if not ends:
            return None
        shared = Days(duty.rhythm, ends[-1] - FORTNIGHT + 1, ends[0])
        if self._met(shared.first, shared.last) >= duty.rhythm.at_least:
            return "kept", shared  # enough contacts on the days that all the periods have in common
        periods = (Days(duty.rhythm, end - FORTNIGHT + 1, end) for end in ends)
        return _worst((self._state(days), days) for days in periods)

    def _state(self, days: Days) -> State:
        rhythm, first, last = days
        if self._met(first, last) >= rhythm.at_least:
            return "kept"
        if self.present and not _half(rhythm, self._present(first, last)):
            return "excused"
        return "open" if last >= self.today else "missed"

    def _met(self, first: int, last: int) -> int:
        return self.met[last + 1 - self.base] - self.met[first - self.base]

    def _present(self, first: int, last: int) -> int:
        return self.present[last + 1 - self.base] - self.present[first - self.base]

    def _running_total(self, days: Iterable[int]) -> list[int]:
        """How many of `days` lie before each day of the calendar, and before the day after it."""
        counts = [0] * (self.size + 1)
        for day in days:
            if 0 <= day - self.base < self.size:
                counts[day - self.base + 1] += 1
        return list(accumulate(counts))

    def _present_weekdays(self) -> list[int]:
        """The running total of weekdays without an absence of the citizen; empty when there is no absence."""
        end = self.base + self.size
        absences = [
            a for a in self.absences if a.whose == "citizen" and a.last >= self.base and a.first < end
        ]
        if not absences:
            return []
        present = [0] + [1, 1, 1, 1, 1, 0, 0] * (self.size // 7)
        for away in absences:
            first, last = max(away.first, self.base) - self.base, min(away.last, end - 1) - self.base
            present[first + 1 : last + 2] = [0] * (last + 1 - first)
        return list(accumulate(present))

    def _why_nothing_is_due(self, monday: int) -> str:
        if any(duty.first <= monday + 6 and duty.last >= monday for duty in self.duties):
            return words.TOO_FEW_DAYS
        return words.NO_DUTY


def _week(duty: Days, monday: int) -> Days | None:
    """The duty's days in the week; None when they are less than half of a whole week."""
    first, last = max(duty.first, monday), min(duty.last, monday + 6)
    weekdays = min(last, monday + 4) - first + 1
    return Days(duty.rhythm, first, last) if _half(duty.rhythm, weekdays) else None


def _half(rhythm: Rhythm, weekdays: int) -> bool:
    """Whether the weekdays are at least half of a whole period's: 3 of 5, 5 of 10."""
    return 2 * weekdays >= WEEKDAYS[rhythm.every]


def _worst(found: Iterable[tuple[State, Days]]) -> tuple[State, Days] | None:
    """The first of the gravest. A week in which something was kept is kept, though other days were excused."""
    worst = None
    for candidate in found:
        if candidate[0] == "missed":
            return candidate
        if worst is None or _WORST_FIRST.index(candidate[0]) < _WORST_FIRST.index(worst[0]):
            worst = candidate
    return worst


def _weekdays(first: int, last: int) -> int:
    """Mondays to Fridays among the days first..last."""
    return sum((day - _MONDAY_0) % 7 < 5 for day in range(first, last + 1))


def _monday(week: int) -> int:
    return _MONDAY_0 + 7 * week


def _last(day: date | None) -> int:
    return (day or date.max).toordinal()
