"""Rows of a course -> the contact duty's frozen facts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from mentorkorps.domain import law
from mentorkorps.domain.contact_duty import Absence, Rhythm, Span
from mentorkorps.followup.models import CitizenAbsence
from mentorkorps.municipality.models import MentorAbsence

Agreed = tuple[str, int]  # (every, at_least) of the signed agreement

# What the municipality asks of a course whose rule sets no rhythm, until the agreement says otherwise:
# the level guides, and København's rhythm of a contact a week is the field's own.
LOCAL_RHYTHM: Agreed = ("week", 1)


class Running(Protocol):
    """What the duty asks of a course: a course row, or a line of a list that has read just these columns."""

    start: date
    end: date
    ended_on: date | None
    rule: str
    citation: str


def span_of(course: Running) -> Span:
    """The days on which the course's weeks are due: to its end, or to the day it was ended."""
    end = min(course.end, course.ended_on) if course.ended_on else course.end
    return Span(course.start, max(course.start, end))


def rhythms_of(course: Running, agreed: Agreed | None = None) -> tuple[Rhythm, ...]:
    """The dated rhythms of a course: the law's and beside it the agreement's; the municipality's where neither speaks.

    An agreement that promises more than the law is judged beside it, and the gravest finding counts.
    """
    span = span_of(course)
    legal = contact_rhythms(course.rule, course.citation, span.start, span.end)
    if agreed:
        return (*legal, Rhythm(*agreed, span.start, None, "aftalen"))
    own = (Rhythm(*LOCAL_RHYTHM, first, last, "kommunens egen rytme") for first, last in _gaps(legal, span))
    return (*legal, *own)


def contact_rhythms(rule: str, citation: str, start: date, end: date) -> tuple[Rhythm, ...]:
    """What the law asks of a course under `rule`, day by day from `start` to `end`; empty where it asks nothing.

    A rhythm may shift inside a running course (1 January 2016: LAB §§ 93 and 96 c, from weekly to every second
    week). It shifts only where a set of rules takes effect, so the law is asked on those days alone.
    """
    days = [start, *(day for day in _shifts() if start < day <= end)]
    ends = [*(day - timedelta(days=1) for day in days[1:]), end]
    found: list[Rhythm] = []
    for first, last in zip(days, ends, strict=True):
        asked = _asked(rule, first)
        if asked is None:
            continue
        if found and (found[-1].every, found[-1].at_least) == (asked.every, asked.at_least):
            before = found.pop()
            first = before.valid_from
        found.append(Rhythm(asked.every, asked.at_least, first, last, citation))
    return tuple(found)


@lru_cache(maxsize=1)
def _shifts() -> tuple[date, ...]:
    return tuple(sorted(regime.valid_from for regime in law.regimes() if not regime.expected))


@lru_cache(maxsize=20_000)
def _asked(rule: str, on: date) -> law.ContactRule | None:
    return law.contact_rule(rule, on)


def _gaps(rhythms: tuple[Rhythm, ...], span: Span) -> Iterator[tuple[date, date]]:
    """The days of the span on which no rhythm holds, as (first, last)."""
    free = span.start
    for rhythm in rhythms:
        if free < rhythm.valid_from:
            yield free, rhythm.valid_from - timedelta(days=1)
        free = (rhythm.valid_to or span.end) + timedelta(days=1)
    if free <= span.end:
        yield free, span.end


def absence_facts(citizen: Iterable[CitizenAbsence], mentor: Iterable[MentorAbsence]) -> list[Absence]:
    """Absences of both, with whose they are."""
    mine = [Absence(a.first, a.last, a.get_reason_display(), "citizen") for a in citizen]
    return mine + [Absence(a.first, a.last, a.get_reason_display(), "mentor") for a in mentor]
