"""The hours page: every figure opens its courses, names are for those who need them, and odd addresses answer."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import Cast, signed_in
from tests.ledger.invoice_scene import meet
from tests.ledger.test_hours import build_koebenhavn, grant, level_from

PAGE = reverse("hours")


def body(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def granted(cast: Cast) -> Cast:
    """Jens is granted two hours a week where the level says two and a half, and has been met twice."""
    row = level_from(cast, "eksempel-2026", date(2026, 1, 1))["aktivitetsparate-fra-30"]
    grant(cast.course, cast.helle, level_row=row, level_minutes=150, deviation_reason="Kort vej til målet")
    meet(cast.course, date(2026, 11, 4), date(2026, 11, 11), minutes=90)
    return cast


def test_the_question_is_answered_first(granted: Cast) -> None:
    page = body(signed_in(granted.people[Role.CONTROLLER]).get(PAGE))
    assert "Får borgerne de timer, de er bevilget?" in page
    assert "11,5\u00a0%" in page and "26\u00a0t." in page and "3\u00a0t." in page
    assert "6,5\u00a0t." in page, "thirteen weeks half an hour under the level"


@pytest.mark.parametrize(
    "by",
    ["pligt", "enhed", "mentor", "leverandoer", "maalgruppe", "opgave", "raekke", "forloeb", "uge", "maaned"],
)
def test_every_way_to_divide_opens_what_is_behind(granted: Cast, by: str) -> None:
    client = signed_in(granted.people[Role.LEADER])
    page = client.get(PAGE, {"efter": by})
    assert page.status_code == 200
    row = page.context["rows"][0]
    opened = client.get(PAGE, row.opens)
    assert opened.status_code == 200
    assert opened.context["total"].sums.granted > 0


def test_a_course_is_shown_week_by_week(granted: Cast) -> None:
    page = signed_in(granted.people[Role.CONTROLLER]).get(
        PAGE, {"efter": "uge", "forloeb": str(granted.course.id)}
    )
    spans = [row.figures for row in page.context["rows"]]
    assert [span.delivered for span in spans][-2:] == [90, 90]
    assert {span.granted for span in spans} == {120}
    assert not any(row.opens for row in page.context["rows"])


def test_reasons_stand_beside_deviations(granted: Cast) -> None:
    page = body(signed_in(granted.people[Role.LEADER]).get(PAGE, {"efter": "forloeb"}))
    assert "Kort vej til målet" in page and "Jens Eksempel" in page
    assert str(granted.jens.id) in Entry.objects.filter(verb="timer").latest("id").shown


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.SECRETARY])
def test_who_does_not_work_with_citizens_sees_no_names(granted: Cast, role: Role) -> None:
    page = body(signed_in(granted.people[role]).get(PAGE, {"efter": "forloeb"}))
    assert "FJ-0400" in page and "Jens" not in page


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MENTOR, Role.COMPANY_MENTOR, Role.PROVIDER, Role.DPO])
def test_the_rest_do_not_open_it(cast: Cast, role: Role) -> None:
    assert signed_in(cast.people[role]).get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"fra": "vrøvl"}, "er ikke en dato"),
        ({"fra": "01-12-2026"}, "ingen afsluttede uger"),
        ({"til": "31-12-2026"}, "ugen, der løber, kan stadig nås"),
        ({"fra": "01-01-2001"}, "højst to år"),
        ({"mentor": "x"}, "findes ikke"),
        ({"pligt": "maybe"}, "findes ikke"),
        ({"raekke": "x"}, "findes ikke"),
        ({"efter": "intet"}, "Skal, ret eller kan"),
        ({"mentor": "00000000-0000-0000-0000-000000000000"}, "Ingen timer i perioden"),
    ],
)
def test_odd_addresses_are_answered_kindly(granted: Cast, query: dict[str, str], said: str) -> None:
    page = signed_in(granted.people[Role.CONTROLLER]).get(PAGE, query)
    assert page.status_code == 200 and said in body(page)


def test_nothing_granted_yet(cast: Cast) -> None:
    assert "Ingen timer i perioden" in body(signed_in(cast.people[Role.CONTROLLER]).get(PAGE))


@pytest.mark.parametrize("by", ["forloeb", "maaned"])
def test_the_spreadsheet_has_the_rows(granted: Cast, by: str) -> None:
    answer = signed_in(granted.people[Role.CONTROLLER]).get(PAGE, {"efter": by, "som": "xlsx"})
    with ZipFile(BytesIO(answer.content)) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells and "<v>180</v>" in cells
    assert Entry.objects.get(kind="export").detail["by"] == by


def test_a_city_costs_as_few_queries_as_a_town(cast: Cast, django_assert_max_num_queries: Any) -> None:
    build_koebenhavn(cast.helle)
    client = signed_in(cast.people[Role.LEADER])
    period = {"fra": "02-06-2014", "til": "24-08-2014"}
    for by, most in (("pligt", 12), ("forloeb", 14), ("uge", 13)):
        with django_assert_max_num_queries(most):
            page = client.get(PAGE, period | {"efter": by})
    assert page.context["total"].sums.granted == 12 * 5_125 * 60
