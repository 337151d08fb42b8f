"""Rows of a course -> the contact duty's frozen facts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from mentorkorps.domain import law
from mentorkorps.domain.contact_duty import Absence, Rhythm, Span
from mentorkorps.followup.models import CitizenAbsence
from mentorkorps.municipality.models import MentorAbsence
from mentorkorps.municipality.queries import recent_law_book


class AgreedRhythm(NamedTuple):
    """What a signed agreement promises from its first day, until the next agreement begins."""

    start: date
    every: str
    at_least: int


Agreed = tuple[AgreedRhythm, ...]  # in order of time


class OtherRule(NamedTuple):
    """Days of a course that rest on another rule than the one it follows now: those of an earlier or a coming grant."""

    first: date
    last: date
    rule: str


Others = tuple[OtherRule, ...]  # in order of time, without overlap

# What the municipality asks of a course whose rule sets no rhythm, until the agreement says otherwise:
# the level guides, and København's rhythm of a contact a week is the field's own.
LOCAL_RHYTHM = ("week", 1)


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


def rhythms_of(course: Running, agreed: Agreed = (), others: Others = ()) -> tuple[Rhythm, ...]:
    """The dated rhythms of a course: the law's and beside it the agreements'; the municipality's where neither speaks.

    Each day is judged by the rule of its own grant: `others` are the days that rest on another rule than the course's.
    An agreement that promises more than the law is judged beside it, and the gravest finding counts. A new agreement
    says nothing of the weeks before it.
    """
    span = span_of(course)
    legal = _legal_rhythms(course, others, span)
    if agreed:
        return (*legal, *_agreed_rhythms(agreed_from(agreed, span.start)))
    taken = ((rhythm.valid_from, rhythm.valid_to or span.end) for rhythm in legal)
    own = (Rhythm(*LOCAL_RHYTHM, first, last, "kommunens egen rytme") for first, last in _gaps(taken, span))
    return (*legal, *own)


def _legal_rhythms(course: Running, others: Others, span: Span) -> tuple[Rhythm, ...]:
    """What the law asks, in order of time, day by day under the rule that holds on it."""
    usual = _gaps(((other.first, other.last) for other in others), span)
    found = [
        rhythm
        for first, last in usual
        for rhythm in contact_rhythms(course.rule, course.citation, first, last)
    ]
    for other in others:
        citation = recent_law_book().rule(other.rule).citation
        first, last = max(other.first, span.start), min(other.last, span.end)
        found += contact_rhythms(other.rule, citation, first, last)
    return tuple(sorted(found, key=lambda rhythm: rhythm.valid_from))


def agreed_from(agreed: Agreed, first: date) -> Agreed:
    """What is agreed from a day on. What held already, or is the first there is, begins on that day."""
    if not agreed:
        return ()
    held = sum(each.start <= first for each in agreed[1:])
    begun = agreed[held]
    return (AgreedRhythm(first, begun.every, begun.at_least), *agreed[held + 1 :])


def _agreed_rhythms(agreed: Agreed) -> Iterator[Rhythm]:
    ends = [each.start - timedelta(days=1) for each in agreed[1:]]
    for each, last in zip(agreed, [*ends, None], strict=True):
        yield Rhythm(each.every, each.at_least, each.start, last, "aftalen")


def contact_rhythms(rule: str, citation: str, start: date, end: date) -> tuple[Rhythm, ...]:
    """What the law asks of a course under `rule`, day by day from `start` to `end`; empty where it asks nothing.

    A rhythm may shift inside a running course (1 January 2016: LAB §§ 93 and 96 c, from weekly to every second
    week), and where the municipality has corrected the law's row.
    """
    found: list[Rhythm] = []
    for contact in _contacts(recent_law_book(), rule):
        first, last = max(start, contact.valid_from), min(end, contact.valid_to or end)
        if first <= last:
            found.append(Rhythm(contact.rule.every, contact.rule.at_least, first, last, citation))
    return tuple(found)


@lru_cache(maxsize=1_000)
def _contacts(book: law.Book, rule: str) -> tuple[law.Contact, ...]:
    return book.contacts_of(rule)


def _gaps(taken: Iterable[tuple[date, date]], span: Span) -> Iterator[tuple[date, date]]:
    """The days of the span that are not taken, as (first, last); `taken` are such pairs in order of time."""
    free = span.start
    for first, last in taken:
        if free < first:
            yield free, min(first - timedelta(days=1), span.end)
        free = max(free, last + timedelta(days=1))
    if free <= span.end:
        yield free, span.end


def absence_facts(citizen: Iterable[CitizenAbsence], mentor: Iterable[MentorAbsence]) -> list[Absence]:
    """Absences of both, with whose they are."""
    mine = [Absence(a.first, a.last, a.get_reason_display(), "citizen") for a in citizen]
    return mine + [Absence(a.first, a.last, a.get_reason_display(), "mentor") for a in mentor]
