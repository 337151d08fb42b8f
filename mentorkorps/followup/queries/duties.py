"""What courses owe in a few weeks, cut to those weeks so that like courses are equal and each is judged once.

The states are those of `contact_duty.strip`; nothing here knows what kept or missed is.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mentorkorps.domain import law
from mentorkorps.domain.contact_duty import Absence, Rhythm, Span, WeekStatus, about_to_miss, strip
from mentorkorps.domain.contact_duty import Contact as ContactFact
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.facts import Agreed, Others, agreed_from, rhythms_of, span_of
from mentorkorps.followup.queries.weeks import FORTNIGHT_WEEKS, Line, Surroundings


class Duty(NamedTuple):
    """A course as its duty sees it in some weeks. `book` is the law they are judged by: a correction makes another."""

    start: date
    end: date
    ended_on: date | None
    rule: str
    citation: str
    agreed: Agreed
    others: Others
    book: law.Book

    def rhythms(self) -> tuple[Rhythm, ...]:
        """What is owed, dated."""
        return rhythms_of(self, self.agreed, self.others)


class Facts(NamedTuple):
    """What decides a course's states in some weeks: `days` are meetings that count."""

    duty: Duty
    days: tuple[date, ...]
    absences: tuple[Absence, ...]


def duty_of(course: Line, around: Surroundings, weeks: range, book: law.Book) -> Duty:
    """What a course owes in the weeks, with the fortnight before them."""
    start = max(course.start, week_start(weeks[0] - FORTNIGHT_WEEKS))
    end = min(course.end, week_end(weeks[-1]))
    agreed = agreed_from(around.agreed.get(course.id, ()), start)
    others = around.others.get(course.id, ())
    return Duty(start, end, course.ended_on, course.rule, course.citation, agreed, others, book)


@lru_cache(maxsize=50_000)
def status_of(facts: Facts, week: int, today: date) -> WeekStatus:
    """One week of one course. Thousands of courses share a few hundred sets of facts, and each is judged once."""
    return strip(*_of_a_strip(facts), range(week, week + 1), today)[0]


@lru_cache(maxsize=50_000)
def is_pressing(facts: Facts, week: int, today: date) -> bool:
    """Whether a week is open and most of the time for it is gone."""
    return about_to_miss(*_of_a_strip(facts), week, today)


@lru_cache(maxsize=50_000)
def first_meeting_decides(duty: Duty) -> bool:
    """Whether the first meeting of a week says all that its other meetings could: nothing but one a week is owed."""
    return all((r.every, r.at_least) == ("week", 1) for r in duty.rhythms())


@lru_cache(maxsize=50_000)
def whole_weeks(duty: Duty, weeks: range) -> tuple[bool, ...]:
    """Which weeks lie wholly in the course and in every rhythm that touches them. All such weeks are judged alike."""
    span, rhythms = span_of(duty), duty.rhythms()
    return tuple(_is_whole(span, rhythms, week_start(week), week_end(week)) for week in weeks)


def _is_whole(span: Span, rhythms: tuple[Rhythm, ...], first: date, last: date) -> bool:
    touching = [r for r in rhythms if r.valid_from <= last and (r.valid_to is None or r.valid_to >= first)]
    covered = all(r.valid_from <= first and (r.valid_to is None or r.valid_to >= last) for r in touching)
    return bool(touching) and covered and span.start <= first and span.end >= last


def _of_a_strip(
    facts: Facts,
) -> tuple[tuple[Rhythm, ...], Span, list[ContactFact], tuple[Absence, ...]]:
    duty, days, absences = facts
    met = [ContactFact(day, "met", in_person=True) for day in days]
    return duty.rhythms(), span_of(duty), met, absences
