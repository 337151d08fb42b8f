"""Days off, and the calendar address that a secret opens."""

from datetime import date

from mentorkorps.domain.dates import danish_holidays
from mentorkorps.municipality.models import CalendarFeed, ClosingDay
from mentorkorps.municipality.secret import hashed


def days_off(first: date, last: date) -> dict[date, str]:
    """Public holidays and the municipality's closing days of a period, with what each is called, in order of date."""
    years = range(first.year, last.year + 1)
    holidays = {day: name for year in years for day, name in danish_holidays(year).items()}
    closed = ClosingDay.objects.filter(day__range=(first, last)).values_list("day", "name")
    found = dict(closed) | {day: name for day, name in holidays.items() if first <= day <= last}
    return dict(sorted(found.items()))


def feed_of(secret: str) -> CalendarFeed | None:
    """The calendar address with a secret, of somebody who can still sign in; else None."""
    feeds = CalendarFeed.objects.filter(secret_hash=hashed(secret), user__is_active=True)
    return feeds.select_related("user").first()
