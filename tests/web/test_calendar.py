"""A mentor's meetings in a calendar program by a secret address, and the days on which the municipality is closed."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import Appointment
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import CalendarFeed, ClosingDay, Role, User
from mentorkorps.municipality.queries.calendar import days_off
from tests.cast import TODAY, Cast, signed_in

PAGE = reverse("calendar")


def new_address(user: User) -> str:
    """The address that is shown once."""
    shown = signed_in(user).post(PAGE, {"act": "make"}).content.decode()
    found = re.search(r'value="http://testserver(/kalender/[^"]+\.ics)"', shown)
    assert found
    return found[1]


def meetings_at(address: str) -> list[Any]:
    """The meetings that a calendar program reads, without the days off."""
    response = Client().get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = Calendar.from_ical(response.content).events
    return [event for event in events if "lukket" not in event["uid"]]


def test_meetings_with_initials_and_copenhagen_time(cast: Cast) -> None:
    book = cast.course.appointments.create
    book(day=date(2026, 11, 24), start=time(10, 30), place="Hjemme hos Jens, Prøvegade 1")
    book(day=date(2026, 12, 1), start=time(9), cancelled=True)
    book(day=date(2027, 7, 1))
    Appointment.objects.create(course=Course.objects.get(citizen__first_name="Olga"), day=TODAY)
    address = new_address(cast.people[Role.MENTOR])
    first, cancelled, whole_day = meetings_at(address)
    assert first["summary"] == "Møde med J.E."
    assert first.start == datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert [str(event["status"]) for event in (first, cancelled)] == ["CONFIRMED", "CANCELLED"]
    assert whole_day.start == date(2027, 7, 1)
    text = Client().get(address).content.decode()
    assert "TZID:Europe/Copenhagen" in text
    assert not [word for word in ("Jens", "Eksempel", "Prøvegade", "Olga", "FJ-") if word in text]


def test_days_off_stand_in_the_calendar_without_taking_time(cast: Cast) -> None:
    ClosingDay.objects.create(day=date(2026, 12, 23), name="Juleferie")
    response = Client().get(new_address(cast.people[Role.MENTOR]))
    off = {str(e["summary"]): e for e in Calendar.from_ical(response.content).events if "lukket" in e["uid"]}
    assert off["Lukket: Juleferie"].start == date(2026, 12, 23)
    assert off["Lukket: Juledag"]["transp"] == "TRANSPARENT"


def test_no_copy_is_kept_and_it_is_journalled_once_a_day(cast: Cast) -> None:
    Appointment.objects.create(course=cast.course, day=TODAY)
    address = new_address(cast.people[Role.MENTOR])
    assert Client().get(address)["Cache-Control"] == "no-store"
    for _ in range(3):
        Client().get(address)
    entry = Entry.objects.get(kind="export", verb="kalender")
    assert (entry.actor_id, entry.shown) == (cast.people[Role.MENTOR].id, str(cast.jens.id))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        Client().get(address)
    assert Entry.objects.filter(kind="export", verb="kalender").count() == 2


def test_only_the_hash_is_kept_and_a_new_address_kills_the_old(cast: Cast) -> None:
    mentor = cast.people[Role.MENTOR]
    old = new_address(mentor)
    secret = old.rsplit("/", 1)[1].removesuffix(".ics")
    assert secret not in " ".join(map(str, CalendarFeed.objects.values().get().values()))
    assert secret not in signed_in(mentor).get(PAGE).content.decode()
    new = new_address(mentor)
    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]
    signed_in(mentor).post(PAGE, {"act": "revoke"})
    assert Client().get(new).status_code == 404
    assert Entry.objects.filter(verb="kalender", refused=True, actor_id=None).count() == 2


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"role": Role.SECRETARY}], ids=["shut out", "moved"]
)
def test_who_is_no_longer_a_mentor_here_gets_nothing(change: dict[str, Any], cast: Cast) -> None:
    address = new_address(cast.people[Role.MENTOR])
    User.objects.filter(pk=cast.people[Role.MENTOR].pk).update(**change)
    assert Client().get(address).status_code == 404


def test_asking_many_times_is_stopped(cast: Cast) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        answers = [Client().get("/kalender/x.ics").status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]


def test_who_has_no_meetings_of_own_is_sent_home(cast: Cast) -> None:
    assert signed_in(cast.people[Role.COORDINATOR]).get(PAGE).url == reverse("own_account")
    assert "Se dine møder" in signed_in(cast.people[Role.MENTOR]).get(reverse("own_account")).content.decode()


def test_the_calendar_reads_as_much_whatever_the_number(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    Appointment.objects.bulk_create(
        Appointment(course=cast.course, day=TODAY + timedelta(days=n % 30), cancelled=n % 2 == 0)
        for n in range(60)
    )
    address = new_address(cast.people[Role.MENTOR])
    Client().get(address)
    with django_assert_max_num_queries(18):
        Client().get(address)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_closing_days_are_added_and_taken_away(role: Role, cast: Cast) -> None:
    client, page = signed_in(cast.people[role]), reverse("closing_days")
    client.post(page, {"first": "23-12-2026", "last": "03-01-2027", "name": "Juleferie"})
    # Not the 24th and 25th-27th, nor New Year's Day and the weekend after it.
    assert [row.day.day for row in ClosingDay.objects.all()] == [23, 24, 28, 29, 30, 31]
    client.post(page, {"first": "23-12-2026", "name": "Juleferie"})
    assert ClosingDay.objects.count() == 6, "the same twice is once"
    client.post(reverse("remove_closing_day", args=[ClosingDay.objects.get(day="2026-12-28").pk]))
    assert not ClosingDay.objects.filter(day="2026-12-28").exists()
    assert Entry.objects.get(verb="lukket dage").detail == {
        "first": "2026-12-23",
        "last": "2027-01-03",
        "days": 6,
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first": "19-11-2026"}, "Dagen er gået"),
        ({"first": "24-11-2026", "last": "23-11-2026"}, "Vælg en dag efter den første"),
        ({"first": "24-11-2026", "last": "25-12-2026"}, "højst 31 dage"),
        ({"first": "25-12-2026"}, "Her er lukket i forvejen"),
        ({"first": "21-11-2026"}, "Her er lukket i forvejen"),
        ({"first": ""}, "Skal udfyldes"),
    ],
)
def test_what_cannot_be_a_closing_day_is_said(typed: dict[str, str], told: str, cast: Cast) -> None:
    client = signed_in(cast.people[Role.COORDINATOR])
    shown = client.post(reverse("closing_days"), {"name": "Lukket", **typed}).content.decode()
    assert told in shown
    assert not ClosingDay.objects.exists()


def test_whoever_books_on_a_day_off_is_told_and_may(cast: Cast) -> None:
    ClosingDay.objects.create(day=date(2026, 11, 27), name="Temadag")
    client, page = signed_in(cast.people[Role.MENTOR]), reverse("book_meeting", args=[cast.course.id])
    told = client.post(page, {"next_day": "27-11-2026", "start": "10:00"}, follow=True).content.decode()
    assert "der er lukket den dag: Temadag" in told
    assert "der er lukket" not in client.post(page, {"next_day": "26-11-2026"}, follow=True).content.decode()
    assert cast.course.appointments.filter(cancelled=False).count() == 1


def test_days_off_are_holidays_and_closing_days_in_order(cast: Cast) -> None:
    ClosingDay.objects.create(day=date(2026, 12, 28), name="Juleferie")
    assert days_off(date(2026, 12, 25), date(2027, 1, 1)) == {
        date(2026, 12, 25): "Juledag", date(2026, 12, 26): "Anden juledag", date(2026, 12, 28): "Juleferie",
        date(2027, 1, 1): "Nytårsdag",
    }  # fmt: skip
