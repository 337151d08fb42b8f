"""When the rows say that they were written: on their own day, not on the day the world was built."""

from datetime import date, datetime, time

from django.utils import timezone

from mentorkorps.cases.models import Referral, Visitation
from mentorkorps.followup.models import Contact

WRITTEN_AT = time(15, 30)
# Row, the moment it was written, and the day it is about.
ROWS = (
    (Contact, "logged_at", "day"),
    (Referral, "created_at", "received_on"),
    (Visitation, "saved_at", "law_on"),
)


def set_back() -> None:
    """Moves each moment to the afternoon of its row's day. Only a world that is being built may do so."""
    for model, moment, day in ROWS:
        for on in model._default_manager.order_by().values_list(day, flat=True).distinct():
            model._default_manager.filter(**{day: on}).update(**{moment: _afternoon(on)})


def _afternoon(on: date) -> datetime:
    return min(timezone.make_aware(datetime.combine(on, WRITTEN_AT)), timezone.now())
