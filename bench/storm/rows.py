"""Whom a storm of phones is made of, the inserts it is set beside, and what must hold when it is over.

Imported once Django has been started on the database of the storm.
"""

import uuid
from collections import Counter
from datetime import date, timedelta
from time import monotonic
from typing import Any, NamedTuple

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from mentorkorps.cases.models import Citizen, Course
from mentorkorps.followup.actions import rebuild_tally
from mentorkorps.followup.models import Contact, CourseTally
from mentorkorps.journal.actions import seal_all
from mentorkorps.journal.models import Entry
from mentorkorps.journal.queries import verify
from mentorkorps.municipality.models import Mentor, Municipality, Role, Unit, User

TALLY = ("course_id", "delivered_minutes", "held", "last_met_on")


class SignedIn(NamedTuple):
    """A mentor who has signed in with both factors, by ids: user, session, courses."""

    user: str
    session: str
    courses: list[str]


def build(count: int, citizens_of_each: int, today: date) -> list[SignedIn]:
    """A municipality of so many mentors, each with so many citizens whose courses run on `today`."""
    Municipality.objects.create(
        name="Fjordby Kommune", code="999", case_prefix="FJ", synthetic=True, world_date=today
    )
    unit = Unit.objects.create(name="Jobindsats")
    users = User.objects.bulk_create(
        User(email=f"mentor{n}@example.invalid", name=f"Mentor {n} Prøve", role=Role.MENTOR, unit=unit)
        for n in range(count)
    )
    mentors = Mentor.objects.bulk_create(
        Mentor(name=user.name, user=user, kind="internal", unit=unit, active_from=date(2020, 1, 1))
        for user in users
    )
    courses = _courses([mentor for mentor in mentors for _ in range(citizens_of_each)], unit, today)
    ids = iter([str(course.id) for course in courses])
    return [
        SignedIn(str(user.pk), session.pk, [next(ids) for _ in range(citizens_of_each)])
        for user, session in zip(users, _sessions(users), strict=True)
    ]


def _courses(mentors: list[Mentor], unit: Unit, today: date) -> list[Course]:
    """A citizen with a running course for each of `mentors`, in their order."""
    citizens = Citizen.objects.bulk_create(
        Citizen(
            first_name=f"Prøve {n:05}", last_name="Eksempel", birth_date=date(1980, 1, 1), unit=unit,
            case_number=f"FJ-{n:05}",
        )
        for n in range(len(mentors))
    )  # fmt: skip
    courses = Course.objects.bulk_create(
        Course(
            citizen=citizen, unit=unit, function="social_mentor", target_group="kontanthjaelp_aktivitetsparat",
            start=today - timedelta(weeks=20), end=today + timedelta(weeks=6, days=-1), rule="R3-01",
            citation="LAB § 167, stk. 1", obligation="may", minutes_per_week=90, mentor=mentor,
            signed_on=today - timedelta(weeks=20),
        )
        for citizen, mentor in zip(citizens, mentors, strict=True)
    )  # fmt: skip
    CourseTally.objects.bulk_create(CourseTally(course=course) for course in courses)
    return courses


def _sessions(users: list[User]) -> list[Session]:
    """What signing in leaves in the database, ten hours long."""
    later, store = timezone.now() + timedelta(hours=10), SessionStore()
    said = [
        {
            "_auth_user_id": str(user.pk), "_auth_user_hash": user.get_session_auth_hash(), "second_factor": True,
            "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
        }
        for user in users
    ]  # fmt: skip
    return Session.objects.bulk_create(
        Session(session_key=uuid.uuid4().hex, session_data=store.encode(each), expire_date=later) for each in said
    )  # fmt: skip


def bare_inserts(some: int = 500) -> tuple[float, float]:
    """Rows a second of what was stored, inserted again under other keys: all in one transaction, and one in each."""
    rows = list(Contact.objects.all())
    for row in rows:
        row.id, row.key = uuid.uuid4(), uuid.uuid4()
    with transaction.atomic():
        began = monotonic()
        Contact.objects.bulk_create(rows, batch_size=2_000)
        bulk = len(rows) / (monotonic() - began)
        transaction.set_rollback(True)
    began = monotonic()
    for row in rows[:some]:
        Contact.objects.bulk_create([row])
    single = len(rows[:some]) / (monotonic() - began)
    Contact.objects.filter(pk__in=[row.pk for row in rows[:some]]).delete()
    return bulk, single


def faults(written: set[str], answered: set[str]) -> dict[str, int]:
    """How many of each fault there are, where `written` and `answered` are keys of contacts. All must be 0."""
    stored = Counter(str(key) for key in Contact.objects.values_list("key", flat=True))
    lines = Entry.objects.filter(verb="registreret kontakt").values_list("object_id", flat=True)
    seal_all(lag=timedelta(0))
    return {
        "answered for and lost": len(answered - stored.keys()),
        "never answered for": len(written - answered),
        "doubled": sum(stored.values()) - len(stored),
        "stored and not written": len(stored.keys() - written),
        "tallies wrong": _wrong_tallies(),
        "without a line in the journal": _differing(lines, Contact.objects.values_list("id", flat=True)),
        "faults in the journal's chain": int(verify().fault is not None),
    }


def _wrong_tallies() -> int:
    kept = set(CourseTally.objects.values_list(*TALLY))
    anew = [rebuild_tally(course) for course in Course.objects.all()]
    return sum(tuple(getattr(tally, name) for name in TALLY) not in kept for tally in anew)


def _differing(some: Any, others: Any) -> int:
    """How often an id stands in one and not in the other, counted with repetition."""
    first, second = Counter(some), Counter(others)
    return sum(((first - second) + (second - first)).values())
