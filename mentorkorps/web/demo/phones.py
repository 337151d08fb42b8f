"""The phones of Fjordby's mentors: Fatima's in use and two of her old ones, and Peter's, which was left on a bus."""

import uuid
from datetime import timedelta

from django.utils import timezone

from mentorkorps.municipality.actions.phones import mark_lost, meet_phone
from mentorkorps.municipality.models import Mentor, Phone
from mentorkorps.web.demo.fjordby_house import Fjordby

OLD = (80, 140)  # days since they were last used


def tell(fjordby: Fjordby) -> None:
    """Each as when somebody has just opened Min uge; the old ones are of sign-ins long over."""
    for days in OLD:
        seen = timezone.now() - timedelta(days=days)
        old = _open_week(fjordby.fatima, "Android", days)
        Phone.objects.filter(pk=old.pk).update(registered_at=seen, seen_at=seen)
    _open_week(fjordby.fatima, "Android")
    mark_lost(_open_week(fjordby.peter, "iPhone"), by=fjordby.peter.user)


def _open_week(mentor: Mentor, name: str, days: int = 0) -> Phone:
    key = uuid.uuid5(mentor.id, f"{name} {days}")
    return meet_phone(key, name=name, session="", by=mentor.user)
