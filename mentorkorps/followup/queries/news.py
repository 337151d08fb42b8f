"""What has happened on a caseworker's citizens since yesterday, and who meets today."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mentorkorps.cases.models import Citizen, Decision
from mentorkorps.followup.models import Appointment, Contact

AT_MOST = 8
LOOKED_THROUGH = 100
# A contact is logged soon after it was held; older days are not looked through.
LATEST_LOGGED = timedelta(weeks=5)


@dataclass(frozen=True)
class News:
    """What was logged and sent since yesterday, the latest first, and today's meetings in order of time.

    `contacts` are the last one logged on each course, with how many there were.
    """

    contacts: list[tuple[Contact, int]]
    letters: list[Decision]
    meetings: list[Appointment]

    @property
    def nothing(self) -> bool:
        """Whether nothing has come in since yesterday."""
        return not self.contacts and not self.letters


def news(citizens: QuerySet[Citizen], today: date) -> News:
    """What is new on these citizens. Three queries."""
    mine = citizens.order_by().values("pk")
    return News(_by_course(_contacts(mine, today)), list(_letters(mine, today)), list(_meetings(mine, today)))


def _contacts(mine: Any, today: date) -> QuerySet[Contact]:
    since = timezone.make_aware(datetime.combine(today - timedelta(days=1), time.min))
    rows = Contact.objects.filter(
        course__citizen__in=mine, day__gte=today - LATEST_LOGGED, logged_at__gte=since
    )
    rows = rows.filter(superseded=False).exclude(outcome=Contact.Outcome.RETRACTED)
    return rows.select_related("course__citizen", "mentor").order_by("-logged_at")[:LOOKED_THROUGH]


def _by_course(contacts: Iterable[Contact]) -> list[tuple[Contact, int]]:
    found: dict[uuid.UUID, list[Contact]] = defaultdict(list)
    for contact in contacts:
        found[contact.course_id].append(contact)
    return [(logged[0], len(logged)) for logged in found.values()][:AT_MOST]


def _letters(mine: Any, today: date) -> QuerySet[Decision]:
    rows = Decision.objects.filter(citizen__in=mine, letter_sent_on__gte=today - timedelta(days=1))
    return (
        rows.select_related("citizen")
        .defer("letter", "facts", "answer")
        .order_by("-letter_sent_on")[:AT_MOST]
    )


def _meetings(mine: Any, today: date) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(course__citizen__in=mine, day=today, cancelled=False)
    return rows.select_related("course__citizen", "course__mentor").order_by("start")[:AT_MOST]
