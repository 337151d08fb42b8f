"""Which alerts hold today for the courses that run, and why one that held is over.

One pass over the running courses in a fixed number of queries; history is never read.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from mentorkorps.cases.models import Course, Decision, MentorAssignment
from mentorkorps.domain.dates import long_date, short_date, week_number, week_start
from mentorkorps.followup.models import Alert
from mentorkorps.followup.queries.corps import CorpsLine, CorpsWeek, corps_week
from mentorkorps.municipality.models import MentorAbsence
from mentorkorps.municipality.periods import holding

Kind, Why = Alert.Kind, Alert.Why
FIRST_MEETING_WITHIN = timedelta(days=7)
EXPIRES_WITHIN = timedelta(days=28)
OF_THE_WEEK = (Kind.ABOUT_TO_MISS, Kind.MISSED, Kind.MISSED_TWICE)
# Two weeks in a row are one state until somebody meets, however many follow.
LASTING = (Kind.MISSED_TWICE,)


class Found(NamedTuple):
    """A state that holds: the day that tells it apart from another of its kind, and why, in Danish without names."""

    about: date
    said: str


@dataclass(frozen=True)
class AlertStates:
    """Everything that holds on a day, by course and kind, with the lines it was read from."""

    today: date
    lines: dict[uuid.UUID, CorpsLine]
    found: dict[tuple[uuid.UUID, str], Found]
    away: frozenset[uuid.UUID]  # courses whose mentor is away, whether or not somebody stands in

    def holds(self, alert: Alert) -> bool:
        """Whether the state that an alert was raised for still holds."""
        now = self.found.get((alert.course_id, alert.kind))
        return now is not None and (alert.kind in LASTING or now.about == alert.about)

    def why_over(self, alert: Alert) -> Alert.Why:
        """Why the state of an alert has ended."""
        line = self.lines.get(alert.course_id)
        if line is None:
            return Why.ENDED
        match alert.kind:
            case Kind.NO_MENTOR:
                return Why.MENTOR
            case Kind.MENTOR_ABSENT:
                return Why.MENTOR if line.id in self.away else Why.BACK
            case Kind.EXPIRES:
                return Why.PROLONGED
        return self._why_met(alert, line)

    def _why_met(self, alert: Alert, line: CorpsLine) -> Alert.Why:
        if line.last_met_on is not None and line.last_met_on >= alert.about:
            return Why.MET
        if any((line.id, kind) in self.found for kind in (*OF_THE_WEEK, Kind.NO_FIRST_MEETING)):
            return Why.WORSE
        excused = "excused" in (line.status.state, line.ended.state)
        return Why.EXCUSED if excused else Why.OVER


def alert_states(today: date) -> AlertStates:
    """What holds for every running course. Nine queries, ten with rare rhythms, for any number of courses."""
    corps = corps_week(Course.objects.all(), week_number(today), today)
    covered, settled = _covered(corps), _settled(today)
    found = {
        (line.id, kind): state
        for line in corps.lines
        if line.ended_on is None and line.end >= today
        for kind, state in _of(line, corps, line.id in covered, line.id in settled)
    }
    away = frozenset(line.id for line in corps.lines if _away(line, corps))
    return AlertStates(today, {line.id: line for line in corps.lines}, found, away)


def _of(line: CorpsLine, corps: CorpsWeek, covered: bool, settled: bool) -> Iterator[tuple[str, Found]]:
    today, begun = corps.today, line.start <= corps.today
    if line.mentor_id is None:
        yield Kind.NO_MENTOR, Found(line.start, _no_mentor(line, today))
    elif begun and not covered and (away := _away(line, corps)):
        yield Kind.MENTOR_ABSENT, Found(away.first, _absent(away, today))
    if line.end <= today + EXPIRES_WITHIN and not settled:
        yield Kind.EXPIRES, Found(line.end, f"Bevillingen udløber {long_date(line.end)}.")
    if begun:
        yield from _of_contact(line, corps)


def _of_contact(line: CorpsLine, corps: CorpsWeek) -> Iterator[tuple[str, Found]]:
    """What is wrong with the meetings: two weeks before the first meeting, and that before a single week."""
    monday = week_start(corps.week)
    if line.missed_twice:
        yield Kind.MISSED_TWICE, Found(monday - timedelta(weeks=2), _twice(line))
    elif line.last_met_on is None and corps.today >= line.start + FIRST_MEETING_WITHIN:
        if line.status.state != "excused":
            yield Kind.NO_FIRST_MEETING, Found(line.start, _never(line))
    elif line.status.state == "missed":
        yield Kind.MISSED, Found(monday, line.status.reason)
    elif line.ended.state == "missed" and line.status.state != "kept":
        yield Kind.MISSED, Found(monday - timedelta(weeks=1), line.ended.reason)
    elif line.pressing and line.mentor_id and corps.is_unmet(line):
        yield Kind.ABOUT_TO_MISS, Found(monday, line.status.reason)


def _no_mentor(line: CorpsLine, today: date) -> str:
    begins = "begyndte" if line.start <= today else "begynder"
    return f"Forløbet {begins} {long_date(line.start)} og har ingen mentor."


def _absent(away: MentorAbsence, today: date) -> str:
    until = f" til og med {short_date(away.last, today=today)}" if away.last else " indtil videre"
    since = short_date(away.first, today=today)
    return f"Mentor er væk fra {since}{until} ({away.get_reason_display()}), og ingen er vikar."


def _twice(line: CorpsLine) -> str:
    last = f"Sidst mødt {long_date(line.last_met_on)}." if line.last_met_on else "Aldrig mødt."
    return f"Mindst to uger i træk blev ikke holdt. {last}"


def _never(line: CorpsLine) -> str:
    return f"Forløbet begyndte {long_date(line.start)}, og de har ikke mødtes endnu."


def _away(line: CorpsLine, corps: CorpsWeek) -> MentorAbsence | None:
    absences = corps.around.mentors_away.get(line.mentor_id, []) if line.mentor_id else []
    today = corps.today
    return next((a for a in absences if a.first <= today and (a.last is None or a.last >= today)), None)


def _covered(corps: CorpsWeek) -> set[uuid.UUID]:
    """Courses that somebody stands in on today."""
    standing_in = MentorAssignment.objects.filter(holding(corps.today), substitute=True)
    return set(standing_in.filter(course__ended_on__isnull=True).values_list("course_id", flat=True))


def _settled(today: date) -> set[uuid.UUID]:
    """Courses that run out soon and that are decided to stop: nobody needs to be reminded of their end."""
    stops: list[Any] = [Decision.Kind.EARLY_STOP, Decision.Kind.NON_EXTENSION]
    decided = Decision.objects.filter(
        kind__in=stops, state=Decision.State.DECIDED, course__ended_on__isnull=True,
        course__end__range=(today, today + EXPIRES_WITHIN),
    )  # fmt: skip
    return set(decided.values_list("course_id", flat=True))
