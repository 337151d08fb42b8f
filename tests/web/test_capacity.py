"""Capacity ahead on the page: the verdict in words, what would change it, the filter, and the file."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.ledger.queries.serving import group_of
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours, Role
from mentorkorps.steering.actions.full_time import set_full_time
from tests.cast import TODAY, Cast, course_for, mentor, signed_in

pytestmark = pytest.mark.once
PAGE = reverse("capacity_ahead")


def read(cast: Cast, role: Role = Role.COORDINATOR, **filters: str) -> Any:
    return signed_in(cast.people[role]).get(PAGE, filters)


def text(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_there_is_room(cast: Cast) -> None:
    page = text(read(cast))
    for said in (
        "Der er plads i alle 26 uger.",
        " frie timer om ugen fra uge 48",
        "0 bevillinger er udløbet i det seneste år, og der skal 20 til",
        "Kapacitet og behov uge for uge",
        "Anden påskedag",
    ):
        assert said in page, said


def test_it_is_full(cast: Cast) -> None:
    MentorHours.objects.update(minutes_per_week=60)
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, reason="sick")
    page = text(read(cast))
    assert "Fuld allerede." in page
    assert "I uge 48 mangler der 4 timer." in page
    assert "1 mentor er væk indtil videre." in page


def test_without_hours_nothing_is_said(cast: Cast) -> None:
    MentorHours.objects.all().delete()
    page = text(read(cast))
    assert "Vi kan ikke svare." in page
    assert "3 mentorer har ingen timer skrevet." in page


def test_one_mentor_more_is_counted_when_somebody_has_said_what_one_gives(cast: Cast) -> None:
    assert len(read(cast).context["alternatives"]) == 1
    set_full_time(valid_from=TODAY, minutes_per_year=52 * 900, source="Prøve", by=None)
    now, more = read(cast).context["alternatives"]
    assert (now.soon, more.soon) == ("45–60 timer ledige", "60–75 timer ledige")
    assert more.what.replace("\u00a0", " ") == "15 t. om ugen fra næste uge"


def test_how_many_mentors_are_lacking(cast: Cast) -> None:
    assert "Hvad en mentor på fuld tid kan give om året, mangler." in text(read(cast))
    set_full_time(valid_from=TODAY, minutes_per_year=52 * 60, source="Prøve", by=None)
    assert "Der skal ikke flere mentorer til" in text(read(cast))
    MentorHours.objects.update(minutes_per_week=60)
    page = text(read(cast))
    assert "mere til, for at ingen uge kan mangle timer" in page and "er 3 nok" in page


def test_one_unit_or_supplier_alone(cast: Cast) -> None:
    supplier = group_of(None, cast.provider.pk)
    week = read(cast, hvor=supplier).context["found"].weeks[0]
    assert (week.given.normal, week.asked.granted) == (1_200, 120)
    assert read(cast, hvor="l999").context["chosen"] == "", "what is not there is the whole"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_weeks_as_a_file(cast: Cast, form: str) -> None:
    answer = read(cast, som=form)
    assert answer["Content-Disposition"] == f'attachment; filename="kapacitet-forude.{form}"'
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 27
        assert lines[1].startswith("48;23-11-2026;60,00;0,00;0,00;60,00;6,00;")
    assert Entry.objects.filter(kind="export", verb="kapacitet forude").count() == 1


def test_a_caseworker_reads_it_and_a_mentor_does_not(cast: Cast) -> None:
    assert read(cast, Role.CASEWORKER).status_code == 200
    assert read(cast, Role.MENTOR).status_code == 404


def test_the_page_costs_the_same_for_a_large_corps(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        course_for(cast.jens, mentor(f"Mentor {number} Prøve", unit=cast.unit), cast.helle)
    assert Mentor.objects.count() == 34
    client = signed_in(cast.people[Role.LEADER])
    with django_assert_max_num_queries(22):
        page = client.get(PAGE)
    assert page.context["found"].weeks[0].asked.granted == 33 * 120
    assert page.context["found"].weeks[4].asked.ends == 33 * 120
