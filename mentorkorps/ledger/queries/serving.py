"""Mentors as the domain's capacity takes them: recorded weeks and days away, and the days on which all are closed."""

import uuid
from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mentorkorps.domain.capacity import Recorded, Serving
from mentorkorps.municipality.facts import hours_facts
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries.calendar import days_off

UNIT, PROVIDER = "e", "l"


def group_of(unit_id: Any, provider_id: Any) -> str:
    """The word for where hours belong: a supplier, else a unit, fx "l2" and "e1"; empty for neither."""
    if provider_id is not None:
        return f"{PROVIDER}{provider_id}"
    return "" if unit_id is None else f"{UNIT}{unit_id}"


def serving(mentors: QuerySet[Mentor], first: date, last: date) -> dict[uuid.UUID, Serving]:
    """What is known of some mentors between two days. Three queries for any number of them."""
    hours: dict[uuid.UUID, list[Recorded]] = defaultdict(list)
    of_these = MentorHours.objects.filter(
        not_over(first, "valid_to"), mentor__in=mentors, valid_from__lte=last
    )
    for row in of_these.order_by("valid_from"):
        hours[row.mentor_id].append(hours_facts(row))
    away: dict[uuid.UUID, list[tuple[date, date | None]]] = defaultdict(list)
    absences = MentorAbsence.objects.filter(not_over(first), mentor__in=mentors, first__lte=last).order_by(
        "first"
    )
    for mentor_id, begins, ends in absences.values_list("mentor", "first", "last"):
        away[mentor_id].append((begins, ends))
    columns = mentors.order_by().values_list("pk", "unit", "provider", "active_from", "active_to")
    return {
        pk: Serving(group_of(unit, provider), begins, ends, tuple(hours[pk]), tuple(away[pk]))
        for pk, unit, provider, begins, ends in columns
    }


def closed_days(first: date, last: date) -> frozenset[date]:
    """Public holidays and closing days between two days. One query."""
    return frozenset(days_off(first, last))
