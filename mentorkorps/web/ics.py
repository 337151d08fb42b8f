"""Meetings as an iCalendar file, with initials and times and nothing more."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from mentorkorps.followup.models import Appointment


def calendar_of(meetings: Iterable[Appointment], off: Mapping[date, str], *, now: datetime) -> bytes:
    """A calendar of meetings and of days off. Times are Copenhagen's; a meeting without a time is its whole day.

    How long a meeting lasts is not agreed, so none has an end (RFC 5545 § 3.6.1: it ends when it begins).
    """
    calendar = Calendar()
    for name, value in (("prodid", "-//Mentorkorps//DA"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add("x-wr-calname", "Mentorkorps")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_meeting(meeting, now))
    for day, name in off.items():
        calendar.add_component(_day_off(day, name, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _meeting(meeting: Appointment, now: datetime) -> Event:
    citizen = meeting.course.citizen
    event = Event()
    event.add("uid", f"{meeting.id}@mentorkorps")
    event.add("dtstamp", now)
    event.add("summary", f"Møde med {citizen.first_name[:1]}.{citizen.last_name[:1]}.")
    if meeting.start is None:
        event.add("dtstart", meeting.day)
    else:
        event.add("dtstart", datetime.combine(meeting.day, meeting.start, timezone.get_default_timezone()))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("sequence", int(meeting.cancelled))
    event.add("class", "PRIVATE")
    return event


def _day_off(day: date, name: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"lukket-{day.isoformat()}@mentorkorps")
    event.add("dtstamp", now)
    event.add("summary", f"Lukket: {name}")
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    return event
