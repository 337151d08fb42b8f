"""Contacts of a course, what was tried in a week, and contacts that a mentor cannot both have had."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import Contact

RETRACTED = Contact.Outcome.RETRACTED


def contacts_of(course: Course) -> QuerySet[Contact]:
    """Every contact of a course, the latest day first. A retraction is read as a correction of the row it retracts."""
    rows = course.contacts.exclude(outcome=RETRACTED)
    return rows.select_related("mentor", "logged_by").prefetch_related("tasks", "corrections__logged_by")


def tries_in_week(keys: Any, week: int) -> dict[uuid.UUID, list[Contact]]:
    """What was tried in a week without a meeting, by course, the latest first."""
    tried = Contact.objects.filter(course__in=keys, week=week, superseded=False)
    found: dict[uuid.UUID, list[Contact]] = defaultdict(list)
    for row in tried.exclude(outcome__in=[Contact.Outcome.MET, RETRACTED]).order_by("-day", "-logged_at"):
        found[row.course_id].append(row)
    return found


def overlaps(contacts: Sequence[Contact]) -> dict[uuid.UUID, list[Contact]]:
    """For each contact the others of the same mentor at the same time, outside its own group; one query.

    A sign for a person to judge: two citizens may well have been met together and logged one by one.
    """
    timed = [contact for contact in contacts if _has_a_place_in_the_day(contact)]
    if not timed:
        return {}
    same_days = Contact.objects.filter(
        mentor__in={c.mentor_id for c in timed}, day__in={c.day for c in timed}, superseded=False,
        start__isnull=False, minutes__gt=0,
    )  # fmt: skip
    by_day: dict[tuple[uuid.UUID, Any], list[Contact]] = defaultdict(list)
    for other in same_days.order_by("start"):
        by_day[other.mentor_id, other.day].append(other)
    found = {c.id: [o for o in by_day[c.mentor_id, c.day] if _collide(c, o)] for c in timed}
    return {key: others for key, others in found.items() if others}


def _has_a_place_in_the_day(contact: Contact) -> bool:
    return contact.start is not None and contact.minutes > 0 and not contact.superseded


def _collide(one: Contact, other: Contact) -> bool:
    if one.id == other.id or (one.group and one.group == other.group):
        return False
    (begin, end), (other_begin, other_end) = _minutes_of_day(one), _minutes_of_day(other)
    return other_begin < end and begin < other_end


def _minutes_of_day(contact: Contact) -> tuple[int, int]:
    begin = contact.start.hour * 60 + contact.start.minute
    return begin, begin + contact.minutes
