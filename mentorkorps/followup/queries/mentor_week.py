"""A mentor's own week: whom to meet before Sunday, who has been met, and what has been forgotten."""

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import WeekStatus
from mentorkorps.domain.dates import week_end, week_number, week_start
from mentorkorps.followup.models import Alert, Appointment, Contact
from mentorkorps.followup.queries.alerts import by_course
from mentorkorps.followup.queries.weeks import Strip, forgotten_appointments, next_appointments, strips
from mentorkorps.municipality.models import Mentor

SHOWN = 4  # weeks of a small strip
# The rest of a mentor's alerts stand in the week already.
SHOWN_ALERTS = (Alert.Kind.MISSED_TWICE, Alert.Kind.NO_FIRST_MEETING, Alert.Kind.ABOUT_TO_MISS)
FORGOTTEN_FROM = timedelta(days=14)
_LATER = (date.max, time.max)


@dataclass(frozen=True)
class Citizen:
    """One course in the mentor's week, with the next appointment, what has been tried in vain, and open alerts."""

    course: Course
    weeks: Strip
    appointment: Appointment | None
    tried: Contact | None
    alerts: list[Alert]

    @property
    def now(self) -> WeekStatus:
        return self.weeks[-1]


@dataclass(frozen=True)
class MentorWeek:
    """`unmet` still need a contact, the next appointment first; `contacts` are the mentor's own of the week."""

    week: int
    unmet: list[Citizen]
    others: list[Citizen]
    contacts: list[Contact]
    forgotten: list[Appointment]

    @property
    def held(self) -> list[Contact]:
        return [contact for contact in self.contacts if contact.held]

    @property
    def tried(self) -> list[Contact]:
        return [contact for contact in self.contacts if not contact.held]

    @property
    def minutes(self) -> int:
        """Minutes together in the week."""
        return sum(contact.minutes for contact in self.contacts)

    @property
    def on_the_way(self) -> int:
        """Minutes on the way to and from contacts."""
        return sum(contact.transport_minutes for contact in self.contacts)

    @property
    def preparing(self) -> int:
        """Minutes of preparation."""
        return sum(contact.preparation_minutes for contact in self.contacts)


def mentor_week(courses: QuerySet[Course], mentor: Mentor, today: date) -> MentorWeek:
    """The week of a mentor on `courses`, in ten queries for any number of them."""
    week = week_number(today)
    running = Q(start__lte=week_end(week), end__gte=week_start(week), ended_on__isnull=True)
    mine = list(courses.filter(running).select_related("citizen").order_by("citizen__first_name", "id"))
    keys = [course.id for course in mine]
    weeks = strips(mine, range(week - SHOWN + 1, week + 1), today)
    coming = next_appointments(keys, today)
    contacts = list(_contacts(mentor, week))
    tried = _latest_try(contacts)
    warned = by_course(Alert.objects.filter(course__in=keys, kind__in=SHOWN_ALERTS, closed_at__isnull=True))
    citizens = [
        Citizen(c, weeks[c.id], coming.get(c.id), tried.get(c.id), warned.get(c.id, [])) for c in mine
    ]
    unmet = [citizen for citizen in citizens if citizen.now.state in ("open", "missed")]
    return MentorWeek(
        week=week,
        unmet=sorted(unmet, key=_by_appointment),
        others=[c for c in citizens if c.now.state in ("excused", "outside", "future")],
        contacts=contacts,
        forgotten=forgotten_appointments(keys, today - FORGOTTEN_FROM, today),
    )


def _contacts(mentor: Mentor, week: int) -> QuerySet[Contact]:
    first, last = week_start(week), week_end(week)
    stands = Contact.objects.filter(mentor=mentor, day__range=(first, last), superseded=False)
    return stands.exclude(outcome=Contact.Outcome.RETRACTED).select_related("course__citizen")


def _latest_try(contacts: list[Contact]) -> dict[uuid.UUID, Contact]:
    """The latest contact of each course that was no meeting; `contacts` have the latest first."""
    return {contact.course_id: contact for contact in reversed(contacts) if not contact.held}


def _by_appointment(citizen: Citizen) -> tuple[Any, ...]:
    found = citizen.appointment
    return (found.day, found.start or time.max) if found else _LATER
