"""Was the contact that the law or the agreement demands kept, week by week, and if not, why?

The method with its choices (what a short week is, what an absence excuses) is described in `docs/methods.md`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Literal, NamedTuple

from mentorkorps.domain.dates import FIRST_MONDAY, short_date

Every = Literal["week", "fortnight"]
State = Literal["kept", "missed", "excused", "open", "future", "outside"]

FORTNIGHT = 14  # days
_FULL = {"week": 5, "fortnight": 10}  # weekdays of a whole period
_WORST_FIRST: tuple[State, ...] = ("missed", "open", "kept", "excused")
_MONDAY_0 = FIRST_MONDAY.toordinal()


@dataclass(frozen=True)
class Rhythm:
    """A dated duty: at least so many contacts in every ISO week, or in any 14 days.

    `source` is the paragraph (LAB § 93) or the agreement that demands it.
    """

    every: Every
    at_least: int
    valid_from: date
    valid_to: date | None
    source: str

    def __post_init__(self) -> None:
        if self.every not in _FULL or self.at_least < 1:
            raise ValueError("a rhythm is at least one contact every week or fortnight")


@dataclass(frozen=True)
class Contact:
    """One entry about a contact. `reason` says why a meeting was held by telephone or video."""

    day: date
    kind: Literal["met", "no_show", "attempt", "cancelled"]
    in_person: bool
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Only a meeting counts; by telephone or video only with a reason (LAB § 93, § 96 c)."""
        return self.kind == "met" and (self.in_person or bool(self.reason.strip()))


@dataclass(frozen=True)
class Absence:
    """Days, first and last included, on which citizen or mentor is away; `last` None is until further."""

    first: date
    last: date | None
    reason: str
    whose: Literal["citizen", "mentor"]


@dataclass(frozen=True)
class Span:
    """The course's own days, first and last included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a course does not end before it starts")


class WeekStatus(NamedTuple):
    """One week of a course: `week` as `dates.week_number` counts, `reason` a Danish sentence,
    `contacts` those of the week that count."""

    week: int
    state: State
    reason: str
    contacts: int


class Compliance(NamedTuple):
    """Weeks by state; `percent` with one decimal, None when nothing has fallen due."""

    kept: int
    missed: int
    excused: int
    open: int
    percent: Decimal | None


def assess(
    rhythms: Sequence[Rhythm],
    span: Span,
    contacts: Iterable[Contact],
    absences: Iterable[Absence],
    week: int,
    today: date,
) -> WeekStatus:
    """The status of one week as it stands on `today`."""
    return strip(rhythms, span, contacts, absences, range(week, week + 1), today)[0]


def strip(
    rhythms: Sequence[Rhythm],
    span: Span,
    contacts: Iterable[Contact],
    absences: Iterable[Absence],
    weeks: range,
    today: date,
) -> tuple[WeekStatus, ...]:
    """The status of each week in `weeks`, an ascending run without holes, as it stands on `today`.

    Contacts dated after `today` are not counted: nobody has met yet.
    """
    calendar = _Calendar(rhythms, span, contacts, absences, weeks, today.toordinal())
    return tuple(calendar.status(week) for week in weeks)


def compliance(statuses: Iterable[WeekStatus]) -> Compliance:
    """Kept weeks of the weeks that were due: kept / (kept + missed). The only definition in the product."""
    states = [status.state for status in statuses]
    kept, missed = states.count("kept"), states.count("missed")
    due = kept + missed
    percent = (Decimal(100 * kept) / due).quantize(Decimal("0.1"), ROUND_HALF_UP) if due else None
    return Compliance(kept, missed, states.count("excused"), states.count("open"), percent)


class _Days(NamedTuple):
    """Days first..last (ordinals) on which `rhythm` holds, or within which it wants its contacts."""

    rhythm: Rhythm
    first: int
    last: int


class _Absent(NamedTuple):
    first: int
    last: int
    reason: str
    whose: str


class _Calendar:
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
            _Days(
                rhythm, max(self.start, rhythm.valid_from.toordinal()), min(self.end, _last(rhythm.valid_to))
            )
            for rhythm in rhythms
        ]
        known = [(day, contact) for contact in contacts if (day := contact.day.toordinal()) <= today]
        self.met = self._running_total(day for day, contact in known if contact.counts)
        self.tried = [(day, contact.kind) for day, contact in known if not contact.counts]
        self.absences = [
            _Absent(absence.first.toordinal(), _last(absence.last), absence.reason.strip(), absence.whose)
            for absence in absences
        ]
        self.present = self._present_weekdays()

    def status(self, week: int) -> WeekStatus:
        """The worst of the periods that end in the week decides its state."""
        monday = _monday(week)
        first, last = max(monday, self.start), min(monday + 6, self.end)
        if first > last:
            return WeekStatus(week, "outside", "Ugen ligger uden for forløbet.", 0)
        met = self._met(first, last)
        worst = _worst(found for duty in self.duties if (found := self._judge(duty, monday)))
        if worst is None:
            return WeekStatus(week, "outside", self._why_nothing_is_due(monday), met)
        if monday > self.today:
            return WeekStatus(week, "future", "Ugen er ikke begyndt endnu.", met)
        state, days = worst
        return WeekStatus(week, state, self._reason(state, days), met)

    def _judge(self, duty: _Days, monday: int) -> tuple[State, _Days] | None:
        """The worst of the duty's periods that end in the week, the earliest first; None when none is due."""
        if duty.rhythm.every == "week":
            days = _week(duty, monday)
            return (self._state(days), days) if days else None
        ends = range(max(monday, duty.first + FORTNIGHT - 1), min(monday + 6, duty.last) + 1)
        if not ends:
            return None
        shared = _Days(duty.rhythm, ends[-1] - FORTNIGHT + 1, ends[0])
        if self._met(shared.first, shared.last) >= duty.rhythm.at_least:
            return "kept", shared  # enough contacts on the days that all the periods have in common
        periods = (_Days(duty.rhythm, end - FORTNIGHT + 1, end) for end in ends)
        return _worst((self._state(days), days) for days in periods)

    def _state(self, days: _Days) -> State:
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
            return "Ugen har for få dage under kontaktpligten til, at en kontakt forfalder."
        return "Der gælder ingen kontaktpligt i ugen."

    def _reason(self, state: State, days: _Days) -> str:
        if state == "kept":
            return _KEPT[days.rhythm.every]
        if state == "excused":
            return f"Borgeren er fraværende: {self._absence_reasons('citizen', days)}."
        demand = _demand(days.rhythm)
        if state == "open":
            text = f"{demand} er ikke nået endnu; fristen er {_short(days.last)}"
        else:
            text = f"{demand} blev ikke holdt fra {_short(days.first)} til {_short(days.last)}"
        return text + self._uncounted(days) + self._mentor_away(days) + "."

    def _uncounted(self, days: _Days) -> str:
        """What was tried in the period and does not count, so that nobody wonders."""
        kinds = [kind for day, kind in self.tried if days.first <= day <= days.last]
        if "met" in kinds:
            return "; telefon og video tæller kun med en begrundelse"
        return "; forsøg, udeblivelser og aflysninger tæller ikke som kontakt" if kinds else ""

    def _mentor_away(self, days: _Days) -> str:
        reasons = self._absence_reasons("mentor", days)
        return f"; mentoren er fraværende ({reasons}), men pligten er kommunens" if reasons else ""

    def _absence_reasons(self, whose: str, days: _Days) -> str:
        """The reasons noted for absences that touch the period, each once."""
        reasons = (
            away.reason or "årsag ikke oplyst"
            for away in self.absences
            if away.whose == whose and away.first <= days.last and away.last >= days.first
        )
        return ", ".join(dict.fromkeys(reasons))


_KEPT = {
    "week": "Kontakten i ugen er holdt.",
    "fortnight": "Der har været kontakt inden for alle 14 dage, der slutter i ugen.",
}


def _week(duty: _Days, monday: int) -> _Days | None:
    """The duty's days in the week; None when they are less than half of a whole week."""
    first, last = max(duty.first, monday), min(duty.last, monday + 6)
    weekdays = min(last, monday + 4) - first + 1
    return _Days(duty.rhythm, first, last) if _half(duty.rhythm, weekdays) else None


def _half(rhythm: Rhythm, weekdays: int) -> bool:
    """Whether the weekdays are at least half of a whole period's: 3 of 5, 5 of 10."""
    return 2 * weekdays >= _FULL[rhythm.every]


def _worst(found: Iterable[tuple[State, _Days]]) -> tuple[State, _Days] | None:
    """The first of the gravest. A week in which something was kept is kept, though other days were excused."""
    worst = None
    for candidate in found:
        if candidate[0] == "missed":
            return candidate
        if worst is None or _WORST_FIRST.index(candidate[0]) < _WORST_FIRST.index(worst[0]):
            worst = candidate
    return worst


def _demand(rhythm: Rhythm) -> str:
    number = "Mindst én kontakt" if rhythm.at_least == 1 else f"Mindst {rhythm.at_least} kontakter"
    return f"{number} {'om ugen' if rhythm.every == 'week' else 'i 14 dage'}"


def _monday(week: int) -> int:
    return _MONDAY_0 + 7 * week


def _last(day: date | None) -> int:
    return (day or date.max).toordinal()


def _short(day: int) -> str:
    return short_date(date.fromordinal(day))
