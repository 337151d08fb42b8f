"""The waiting list and its goal as their readers meet them."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.models import Course
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.queries.waiting import Quarter, Spread, WaitingTime
from mentorkorps.municipality.actions.agreements import set_waiting_goal
from mentorkorps.municipality.models import Role, WaitingGoal
from mentorkorps.web.pages.waiting import _chart
from tests.cast import TODAY, Cast, citizen, course_for, signed_in

pytestmark = pytest.mark.once

GOAL = {"days": "28", "first": "01-01-2026", "source": "Beskæftigelsesudvalget 9. december 2025"}


def body(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def helle(cast: Cast) -> Client:
    return signed_in(cast.helle)


@pytest.fixture
def leader(cast: Cast) -> Client:
    return signed_in(cast.people[Role.LEADER])


def test_each_who_waits_has_days_and_the_next_step(cast: Cast, helle: Client) -> None:
    Course.objects.filter(pk=cast.course.pk).update(mentor=None)
    page = body(helle.get(reverse("waiting")))
    assert "Karla Prøve" in page and "<b>4</b>" in page and "ikke vurderet" in page
    assert reverse("referral", args=[cast.referral.pk]) in page
    assert reverse("assign_mentor", args=[cast.course.pk]) in page
    assert "Intet mål er vedtaget" in page and "Der er for få første møder" in page


def test_one_sees_only_ones_own(cast: Cast, helle: Client, leader: Client) -> None:
    assert "Olga" not in body(helle.get(reverse("waiting")))
    assert "Olga" in body(leader.get(reverse("waiting")))
    for client, sees in ((helle, False), (leader, True)):
        content = client.get(reverse("waiting_export"), {"enhed": str(cast.other_unit.pk)}).content
        told = "".join(str(row) for row in openpyxl.load_workbook(BytesIO(content)).active.values)
        assert ("Olga" in told) is sees
    entry = Entry.objects.filter(verb="venteliste", kind="list", actor_id=cast.helle.id).latest("id")
    assert str(cast.karla.id) in entry.shown.split()


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"trin": "visitation"}, "Karla", "Jens"), ({"trin": "moede"}, "Jens", "Karla"),
        ({"pligt": "ikke-vurderet"}, "Karla", "Jens"), ({"pligt": "kan"}, "Jens", "Karla"),
        ({"trin": "vrøvl", "pligt": "vrøvl", "enhed": "vrøvl", "side": "x"}, "Karla", "Ingen venter"),
        ({"pligt": "skal"}, "Ingen venter med disse filtre", "Karla"),
    ],
)  # fmt: skip
def test_the_filters_of_the_address(helle: Client, query: dict[str, str], shown: str, hidden: str) -> None:
    page = body(helle.get(reverse("waiting"), query))
    assert shown in page and hidden not in page


def test_a_unit_is_chosen(cast: Cast, leader: Client) -> None:
    page = body(leader.get(reverse("waiting"), {"enhed": str(cast.other_unit.pk)}))
    assert "Olga" in page and "Karla" not in page


def test_pages_and_queries_of_a_long_list(
    cast: Cast, leader: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        course_for(citizen(f"Nr{number}", "Prøve", f"010180{9000 + number}", cast.unit), None, cast.helle)
    with django_assert_max_num_queries(16):
        first = body(leader.get(reverse("waiting")))
    assert "Viser 1–50 af 65 der venter" in first
    assert "Viser 51–65" in body(leader.get(reverse("waiting"), {"side": "2"}))
    assert leader.get(reverse("waiting"), {"side": "9", "trin": "mentor"}).url.endswith("?trin=mentor")


def test_the_list_as_a_spreadsheet_is_journalled(helle: Client) -> None:
    answer = helle.get(reverse("waiting_export"), {"trin": "moede"})
    assert "venteliste-2026-11-20.xlsx" in answer.headers["Content-Disposition"]
    assert Entry.objects.get(kind="export").verb == "venteliste"


def test_a_goal_is_set_shown_and_taken_back(leader: Client) -> None:
    assert leader.post(reverse("waiting_goal"), GOAL).status_code == 302
    goal = WaitingGoal.objects.get()
    assert (goal.days, goal.first, goal.last) == (28, date(2026, 1, 1), None)
    page = body(leader.get(reverse("waiting")))
    assert "28 dage" in page and "Beskæftigelsesudvalget 9. december 2025" in page and "Over målet nu" in page
    take_back = reverse("withdraw_waiting_goal")
    assert "Skriv, hvorfor" in body(leader.post(take_back, {"linje": goal.pk, "hvorfor": " "}, follow=True))
    leader.post(take_back, {"linje": goal.pk, "hvorfor": "Forkert\x00 dato"})
    page = body(leader.get(reverse("waiting_goal")))
    assert "Intet mål er vedtaget" in page and "Forkert dato" in page
    for wrong in ("", "x", "9" * 30, "4711", "a\x00b"):
        assert leader.post(take_back, {"linje": wrong, "hvorfor": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days": "mange"}, "helt antal dage"), ({"days": "0"}, "1 eller mere"), ({"days": "999"}, "højst 365"),
        ({"source": ""}, "Skal udfyldes"), ({"last": "31-12-2025"}, "ligger før første dag"),
    ],
)  # fmt: skip
def test_a_goal_that_is_filled_in_wrongly(leader: Client, wrong: dict[str, str], said: str) -> None:
    assert said in body(leader.post(reverse("waiting_goal"), GOAL | wrong))
    assert not WaitingGoal.objects.exists()


def test_the_line_passes_over_quarters_with_too_few(cast: Cast) -> None:
    set_waiting_goal(days=28, first=date(2026, 1, 1), source="Prøve", by=cast.helle)
    spread = Spread(6, 10, 20, 40)
    quarters = [
        Quarter(date(2026, 1, 1), 6, spread), Quarter(date(2026, 4, 1), 2, None), Quarter(date(2026, 7, 1), 6, spread),
    ]  # fmt: skip
    time = WaitingTime(TODAY - timedelta(days=365), 12, spread, 9, WaitingGoal.objects.get(), tuple(quarters))
    drawn = _chart(time)
    assert drawn is not None and drawn.limit is not None
    assert [(each.x, each.value, each.low, each.high) for each in drawn.points] == [
        ("1/26", 20, 10, 40), ("3/26", 20, 10, 40),
    ]  # fmt: skip
    alone = WaitingTime(time.first, 6, spread, 6, None, tuple(quarters[:2]))
    assert _chart(alone) is None, "one quarter is no line"
