"""Rows of a course -> the contact duty's frozen facts."""

from collections.abc import Iterable

from mentorkorps.cases.models import Course
from mentorkorps.domain import law
from mentorkorps.domain.contact_duty import Absence, Contact, Rhythm, Span
from mentorkorps.followup.models import CitizenAbsence
from mentorkorps.followup.models import Contact as ContactRow
from mentorkorps.municipality.models import MentorAbsence

# What the municipality asks of a course whose rule sets no rhythm, until the agreement says otherwise:
# the level guides, and København's rhythm of a contact a week is the field's own.
LOCAL_RHYTHM = ("week", 1)


def span_of(course: Course) -> Span:
    """The days on which the course's weeks are due: to its end, or to the day it was ended."""
    end = min(course.end, course.ended_on) if course.ended_on else course.end
    return Span(course.start, max(course.start, end))


def rhythms_of(course: Course, agreed: tuple[str, int] | None = None) -> tuple[Rhythm, ...]:
    """The dated rhythms of a course: the law's where its rule has one, else the agreement's.

    A rule's rhythm may shift inside a running course (1 January 2016: LAB §§ 93 and 96 c, from weekly to every
    second week), so the law is asked for the whole span. `agreed` is (every, at_least) of the signed agreement.
    """
    span = span_of(course)
    legal = law.contact_rhythms(course.rule, span.start, span.end)
    if legal:
        return tuple(Rhythm(r.every, r.at_least, r.valid_from, r.valid_to, r.source) for r in legal)
    every, at_least = agreed or LOCAL_RHYTHM
    return (Rhythm(every, at_least, span.start, None, "aftalen" if agreed else "kommunens egen rytme"),)


def contact_fact(row: ContactRow) -> Contact:
    """One contact as the duty sees it."""
    kind = "cancelled" if row.outcome.startswith("cancelled") else row.outcome
    return Contact(row.day, kind, row.how == ContactRow.How.IN_PERSON, row.not_in_person_reason)


def absence_facts(citizen: Iterable[CitizenAbsence], mentor: Iterable[MentorAbsence]) -> list[Absence]:
    """Absences of both, with whose they are."""
    mine = [Absence(a.first, a.last, a.get_reason_display(), "citizen") for a in citizen]
    return mine + [Absence(a.first, a.last, a.get_reason_display(), "mentor") for a in mentor]
