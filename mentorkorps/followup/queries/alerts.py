"""Alerts as people read them: those of some courses, counted by kind, and those that are over."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import Alert
from mentorkorps.municipality.models import Role, User

Kind = Alert.Kind
# What a caseworker finds in the queue of dated acts already is not told once more.
OF_CONTACT = (Kind.MISSED_TWICE, Kind.MISSED, Kind.ABOUT_TO_MISS, Kind.NO_FIRST_MEETING, Kind.MENTOR_ABSENT)
_GRAVEST_FIRST = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(Kind)), output_field=IntegerField()
)


def open_alerts(courses: QuerySet[Course], kinds: Iterable[str] = ()) -> QuerySet[Alert]:
    """The open alerts of some courses, the gravest kind first and the oldest of it on top."""
    rows = Alert.objects.filter(closed_at__isnull=True, course__in=courses.order_by().values("pk"))
    wanted = list(kinds)
    rows = rows.filter(kind__in=wanted) if wanted else rows
    return _with_names(rows).order_by(_GRAVEST_FIRST, "about", "id")


def closed_alerts(courses: QuerySet[Course], since: datetime) -> QuerySet[Alert]:
    """The alerts of some courses that have been closed since a moment, the latest first."""
    rows = Alert.objects.filter(closed_at__gte=since, course__in=courses.order_by().values("pk"))
    return _with_names(rows).order_by("-closed_at", "id")


def _with_names(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    return rows.select_related("course__citizen", "course__unit", "course__mentor__provider", "taken_by")


def count_by_kind(rows: QuerySet[Alert]) -> dict[str, int]:
    """How many alerts of each kind, in the order of gravity; kinds without any are left out."""
    counts = dict(rows.order_by().values_list("kind").annotate(n=Count("id")))
    return {kind: counts[kind] for kind in Kind if kind in counts}


def by_course(rows: Iterable[Alert]) -> dict[uuid.UUID, list[Alert]]:
    """The alerts of each course, in the order given."""
    found: dict[uuid.UUID, list[Alert]] = defaultdict(list)
    for alert in rows:
        found[alert.course_id].append(alert)
    return dict(found)


KINDS_OF: dict[str, tuple[Alert.Kind, ...]] = {
    Role.CASEWORKER: tuple(Kind),
    Role.MENTOR: (Kind.MISSED_TWICE, Kind.MISSED, Kind.ABOUT_TO_MISS, Kind.NO_FIRST_MEETING),
    Role.COMPANY_MENTOR: (Kind.MISSED_TWICE, Kind.MISSED, Kind.ABOUT_TO_MISS, Kind.NO_FIRST_MEETING),
    Role.PROVIDER: (Kind.MISSED_TWICE, Kind.MISSED, Kind.ABOUT_TO_MISS, Kind.NO_FIRST_MEETING, Kind.MENTOR_ABSENT),
    Role.COORDINATOR: tuple(Kind),
    Role.LEADER: (Kind.MISSED_TWICE,),
}  # fmt: skip
"""What each role is told about in the weekly mail; two weeks in a row go up to the leader."""


def counts_of(people: Iterable[User]) -> dict[uuid.UUID, Counter[str]]:
    """The open alerts that concern each person, by kind. One query for any number of people."""
    rows = list(Alert.objects.filter(closed_at__isnull=True).order_by().values_list(*_CONCERNS))
    by_owner: dict[Any, Counter[str]] = defaultdict(Counter)
    for kind, *owners in rows:
        for owner in ("all", *filter(None, owners)):
            by_owner[owner][kind] += 1
    return {
        person.id: Counter({k: n for k, n in by_owner[_owner(person)].items() if k in KINDS_OF[person.role]})
        for person in people
        if person.role in KINDS_OF
    }


_CONCERNS = (
    "kind",
    "course__citizen__caseworker_id",
    "course__mentor__user_id",
    "course__mentor__provider_id",
)


def _owner(person: User) -> Any:
    """What an alert of this person carries: the person, the provider, or everything."""
    if person.role in (Role.COORDINATOR, Role.LEADER):
        return "all"
    return person.provider_id if person.role == Role.PROVIDER else person.id


def taken_or_free(rows: QuerySet[Alert], whose: str, reader: User) -> QuerySet[Alert]:
    """Those that nobody has taken ("ledige"), those that the reader has ("mine"), or all."""
    if whose == "ledige":
        return rows.filter(taken_by__isnull=True)
    return rows.filter(Q(taken_by=reader)) if whose == "mine" else rows
