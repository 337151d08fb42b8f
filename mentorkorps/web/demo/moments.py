"""When the rows say that they were written: on their own day, not on the day the world was built."""

from datetime import date, datetime, time
from itertools import groupby

from django.db.models import Case, DateTimeField, Value, When
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
    """Moves each moment to the afternoon of its row's day, a month at a time. Only a world being built may do so."""
    for model, moment, day in ROWS:
        days = model._default_manager.order_by(day).values_list(day, flat=True).distinct()
        for _, month in groupby(days, lambda on: (on.year, on.month)):
            of = list(month)
            then = Case(
                *(When(**{day: on}, then=Value(_afternoon(on))) for on in of), output_field=DateTimeField()
            )
            model._default_manager.filter(**{f"{day}__range": (of[0], of[-1])}).update(**{moment: then})


def _afternoon(on: date) -> datetime:
    return min(timezone.make_aware(datetime.combine(on, WRITTEN_AT)), timezone.now())
