"""The municipality, the day it lives on, its people and its mentors."""

import time
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from mentorkorps.municipality.models import Mentor, Municipality, User
from mentorkorps.municipality.periods import holding

KEEP_SECONDS = 30
_kept: dict[str, tuple[float, Municipality | None]] = {}


def the_municipality() -> Municipality | None:
    """The municipality of this installation, or None before it is set up. Read at most every half minute."""
    read_at, kept = _kept.get("row", (-KEEP_SECONDS, None))
    if kept is None or time.monotonic() - read_at > KEEP_SECONDS:
        kept = Municipality.objects.first()
        _kept["row"] = (time.monotonic(), kept)
    return kept


def forget_municipality() -> None:
    """Makes the next read go to the database; called by what changes the row."""
    _kept.clear()


def today() -> date:
    """The day that the house lives on: today, except in a synthetic world that stands on another day."""
    municipality = the_municipality()
    return (municipality and municipality.world_date) or timezone.localdate()


def people_by_role() -> dict[str, User]:
    """The first person of each role who can sign in, as a demo offers them."""
    people = (
        User.objects.filter(is_active=True).select_related("unit", "provider").order_by("-created_at", "name")
    )
    return {person.role: person for person in people}


def active_mentors(on: date) -> QuerySet[Mentor]:
    """Mentors who serve on a date, whether or not they are away that day."""
    return Mentor.objects.filter(holding(on, "active_from", "active_to"))
