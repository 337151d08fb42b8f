"""Reads of weeks: the strips of many courses in a fixed number of queries, whatever history lies behind."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.contact_duty import Contact as ContactFact
from mentorkorps.domain.contact_duty import WeekStatus, strip
from mentorkorps.domain.dates import week_end, week_start
from mentorkorps.followup.facts import absence_facts, rhythms_of, span_of
from mentorkorps.followup.models import CitizenAbsence, Contact
from mentorkorps.municipality.models import MentorAbsence

Strip = tuple[WeekStatus, ...]


def strips(courses: Sequence[Course], weeks: range, today: date) -> dict[uuid.UUID, Strip]:
    """The weeks of each course. Four queries for any number of courses; only the weeks asked for are read."""
    if not courses or not weeks:
        return {}
    # A fortnight's window may begin two weeks before the first week shown.
    first, last = week_start(weeks[0] - 2), week_end(weeks[-1])
    keys = [course.id for course in courses]
    held = _held(keys, weeks[0] - 2, weeks[-1])
    agreed = _agreed_rhythms(keys)
    away = _absences(keys, first, last)
    mentors_away = _mentor_absences({c.mentor_id for c in courses if c.mentor_id}, first, last)
    return {
        course.id: strip(
            rhythms_of(course, agreed.get(course.id)),
            span_of(course),
            held[course.id],
            absence_facts(away[course.id], mentors_away[course.mentor_id]),
            weeks,
            today,
        )
        for course in courses
    }


def _held(keys: list[uuid.UUID], first: int, last: int) -> dict[uuid.UUID, list[ContactFact]]:
    """Contacts that count, through the index on held weeks."""
    found: dict[uuid.UUID, list[ContactFact]] = defaultdict(list)
    rows = Contact.objects.filter(held=True, course__in=keys, week__range=(first, last)).order_by()
    for course_id, day in rows.values_list("course_id", "day"):
        found[course_id].append(ContactFact(day, "met", True))
    return found


def _agreed_rhythms(keys: list[uuid.UUID]) -> dict[uuid.UUID, tuple[str, int]]:
    signed = Agreement.objects.filter(course__in=keys, signed_on__isnull=False).order_by("signed_on")
    return {
        course_id: (every, least)
        for course_id, every, least in signed.values_list("course_id", "contact_every", "contact_at_least")
    }


def _absences(keys: list[uuid.UUID], first: date, last: date) -> dict[uuid.UUID, list[CitizenAbsence]]:
    found: dict[uuid.UUID, list[CitizenAbsence]] = defaultdict(list)
    rows = CitizenAbsence.objects.filter(course__in=keys, first__lte=last).filter(_not_over_before(first))
    for row in rows:
        found[row.course_id].append(row)
    return found


def _mentor_absences(
    keys: Iterable[uuid.UUID], first: date, last: date
) -> dict[uuid.UUID, list[MentorAbsence]]:
    found: dict[uuid.UUID, list[MentorAbsence]] = defaultdict(list)
    rows = MentorAbsence.objects.filter(mentor__in=list(keys), first__lte=last).filter(
        _not_over_before(first)
    )
    for row in rows:
        found[row.mentor_id].append(row)
    return found


def _not_over_before(day: date) -> Q:
    return Q(last__isnull=True) | Q(last__gte=day)


def overlapping_contacts(contact: Contact) -> list[Contact]:
    """Other contacts of the same mentor at the same time, outside the same group; a sign for a person to judge."""
    if contact.start is None or not contact.minutes:
        return []
    same_day = Contact.objects.filter(
        mentor=contact.mentor_id, day=contact.day, superseded=False, start__isnull=False
    )
    same_day = same_day.exclude(pk=contact.pk).exclude(minutes=0)
    if contact.group:
        same_day = same_day.exclude(group=contact.group)
    mine = _minutes_of_day(contact)
    return [
        other
        for other in same_day
        if _minutes_of_day(other)[0] < mine[1] and mine[0] < _minutes_of_day(other)[1]
    ]


def _minutes_of_day(contact: Contact) -> tuple[int, int]:
    begin = contact.start.hour * 60 + contact.start.minute
    return begin, begin + contact.minutes
