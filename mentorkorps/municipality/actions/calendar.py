"""Closing days, and the secret address at which a mentor's calendar is fetched."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import CalendarFeed, ClosingDay, Municipality, User
from mentorkorps.municipality.queries.calendar import days_off
from mentorkorps.municipality.secret import hashed, new_secret

MOST_AT_ONCE = 31  # days
SATURDAY = 5


@transaction.atomic
def close_days(*, first: date, last: date | None, name: str, today: date, by: User) -> list[ClosingDay]:
    """Closes the municipality from `first` to `last`, or on the one day, apart from weekends and days that are off.

    Raises ValidationError at `first` or `last`, also when there is nothing to close.
    """
    Municipality.objects.select_for_update().first()
    last = last or first
    if first < today:
        raise ValidationError({"first": "Dagen er gået. Vælg en dag fra i dag."})
    if not first <= last < first + timedelta(days=MOST_AT_ONCE):
        raise ValidationError({"last": f"Vælg en dag efter den første, og højst {MOST_AT_ONCE} dage i alt."})
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    off = days_off(first, last)
    opened = [day for day in days if day.weekday() < SATURDAY and day not in off]
    if not opened:
        raise ValidationError(
            {"first": "Her er lukket i forvejen: det er weekend, helligdag eller lukkedag."}
        )
    closed = ClosingDay.objects.bulk_create(ClosingDay(day=day, name=name.strip()) for day in opened)
    changed(
        "lukket dage", by=by, about=None, first=first.isoformat(), last=last.isoformat(), days=len(closed)
    )
    return closed


@transaction.atomic
def open_day(day: ClosingDay, *, by: User) -> None:
    """Makes a closing day an ordinary day again."""
    changed("åbnet dag igen", by=by, about=day, day=day.day.isoformat())
    day.delete()


@transaction.atomic
def make_feed(user: User) -> str:
    """A new secret for the person's own calendar, known only now; the address before it is dead from here on."""
    User.objects.select_for_update().get(pk=user.pk)
    secret = new_secret()
    CalendarFeed.objects.filter(user=user).delete()
    feed = CalendarFeed.objects.create(user=user, secret_hash=hashed(secret))
    changed("lavet kalenderadresse", by=user, about=feed)
    return secret


@transaction.atomic
def revoke_feed(user: User) -> None:
    """Closes the person's own calendar address; without one nothing happens."""
    gone, _ = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        changed("lukket kalenderadresse", by=user, about=None)


def first_fetch_of(feed: CalendarFeed, *, on: date) -> bool:
    """Notes that a calendar program has come, and says whether it is the first time that day."""
    return bool(CalendarFeed.objects.filter(pk=feed.pk).exclude(fetched_on=on).update(fetched_on=on))
