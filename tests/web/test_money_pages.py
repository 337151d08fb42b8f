"""Budget, months and the company mentor's month as their readers meet them."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.ledger.models import Budget, CompanyMonth, MonthClose, YearCeiling
from mentorkorps.municipality.models import Role
from tests.cast import Cast, signed_in
from tests.ledger.company_scene import a_signed_month, four_hours, torben
from tests.ledger.invoice_scene import invoice_scene, meet

BUDGET = {
    "year": "2026", "ore": "8.400.000", "adopted_by": "Byrådet", "adopted_on": "09-10-2025", "source": "Sag 1",
}  # fmt: skip
CEILING = {
    "year": "2026",
    "ore": "1.000,50 kr.",
    "counts": "spending",
    "known_on": "01-02-2026",
    "source": "FL",
}


def body(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def controller(cast: Cast) -> Client:
    return signed_in(cast.people[Role.CONTROLLER])


def test_without_a_budget_the_page_says_so(controller: Client) -> None:
    page = body(controller.get(reverse("budget")))
    assert "der er ikke skrevet et budget for 2026" in page
    assert "Det betyder ikke, at der intet loft er" in page
    assert "må ikke stå i en afgørelse" in page


def test_a_budget_and_a_ceiling_are_written(controller: Client) -> None:
    assert controller.post(reverse("new_budget"), BUDGET).url == f"{reverse('budget')}?aar=2026"
    controller.post(reverse("new_ceiling"), CEILING)
    assert (Budget.objects.get().ore, YearCeiling.objects.get().ore) == (840_000_000, 100_050)
    page = body(controller.get(reverse("budget")))
    assert "8.400.000\u00a0kr." in page and "1.000,50\u00a0kr." in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ore": "mange"}, "er ikke et beløb"), ({"ore": "-5"}, "mellem 0 og"),
        ({"ore": "99.999.999.999"}, "mellem 0 og"),
        ({"ore": "0"}, "over 0"),
        ({"adopted_on": "31-12-2026"}, "i fremtiden"), ({"adopted_on": "31-12-9999"}, "fra 1900 til 2100"),
        ({"year": "2099"}, "Skriv et år til og med 2030"), ({"adopted_on": "i går"}, "er ikke en dato"),
        ({"source": ""}, "Skal udfyldes"),
    ],
)  # fmt: skip
def test_a_budget_that_is_filled_in_wrongly(controller: Client, wrong: dict[str, str], said: str) -> None:
    assert said in body(controller.post(reverse("new_budget"), BUDGET | wrong))
    assert not Budget.objects.exists()


def test_a_leader_reads_and_does_not_write(cast: Cast) -> None:
    leader = signed_in(cast.people[Role.LEADER])
    assert leader.get(reverse("budget")).status_code == 200
    assert leader.post(reverse("new_budget"), BUDGET).status_code == 404
    assert leader.post(reverse("prepare_month", args=["2026-10"])).status_code == 404


@pytest.mark.parametrize("year", ["2013", "1", "20266", "abc", ""])
def test_any_year_answers(controller: Client, year: str) -> None:
    assert controller.get(reverse("budget"), {"aar": year}).status_code == 200


def test_the_budget_as_a_spreadsheet(controller: Client) -> None:
    controller.post(reverse("new_budget"), BUDGET)
    answer = controller.get(reverse("budget"), {"som": "xlsx"})
    assert "budget-2026.xlsx" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(kind="export").count() == 1


# Months


def test_a_month_from_open_to_closed(cast: Cast, controller: Client) -> None:
    invoice_scene(cast)
    page = controller.get(reverse("month", args=["2026-10"]))
    assert "3.360\u00a0kr." in body(page) and "FJ-0" not in body(page)
    assert "FJ-0" in body(controller.get(reverse("month", args=["2026-10"]), {"raekke": "0"}))
    controller.post(reverse("prepare_month", args=["2026-10"]))
    own = body(controller.post(reverse("approve_month", args=["2026-10"]), follow=True))
    assert "To personer skal stå bag tallene" in own and "Du har selv gjort måneden klar" in own
    leader = signed_in(cast.people[Role.LEADER])
    assert "Godkend og afslut" in body(leader.get(reverse("month", args=["2026-10"])))
    leader.post(reverse("approve_month", args=["2026-10"]))
    closed = body(controller.get(reverse("month", args=["2026-10"])))
    assert "Tallene ændrer sig ikke" in closed and MonthClose.objects.get().digest in closed


def test_a_month_is_sent_back(cast: Cast, controller: Client) -> None:
    invoice_scene(cast)
    controller.post(reverse("prepare_month", args=["2026-10"]))
    leader = signed_in(cast.people[Role.LEADER])
    place = reverse("return_month", args=["2026-10"])
    assert "Skal udfyldes" in body(leader.post(place, {"reason": ""}))
    long = "Se på " * 200
    page = body(leader.post(place, {"reason": long}))
    assert "Højst 1.000 tegn" in page and long in page and MonthClose.objects.exists()
    leader.post(place, {"reason": "Se på Viktor"})
    assert not MonthClose.objects.exists()
    controller.post(reverse("prepare_month", args=["2026-10"]))
    told = "Se på Viktor"
    assert told in body(controller.get(reverse("month", args=["2026-10"])))
    signed_in(cast.people[Role.LEADER]).post(reverse("approve_month", args=["2026-10"]))
    assert told not in body(controller.get(reverse("month", args=["2026-10"])))


def test_a_late_meeting_is_shown_as_a_correction(cast: Cast, controller: Client) -> None:
    scene = invoice_scene(cast)
    controller.post(reverse("prepare_month", args=["2026-10"]))
    signed_in(cast.people[Role.LEADER]).post(reverse("approve_month", args=["2026-10"]))
    meet(scene.course, date(2026, 10, 28), minutes=60)
    place = reverse("month", args=["2026-11"])
    assert "Rettelser af tidligere måneder" not in body(controller.get(place))
    page = body(controller.get(place, {"rettelser": "1"}))
    assert "Rettelser af tidligere måneder" in page and "420\u00a0kr." in page


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "2027-01", "nu"])
def test_a_month_that_is_none(controller: Client, month: str) -> None:
    assert controller.get(reverse("month", args=[month])).status_code == 404


def test_postings_as_csv_and_spreadsheet(cast: Cast, controller: Client) -> None:
    invoice_scene(cast)
    text = body(controller.get(reverse("month", args=["2026-10"]), {"som": "csv"}))
    heading, row = text.removeprefix("\ufeff").strip().split("\r\n")
    found = dict(zip(heading.split(";"), row.split(";"), strict=True))
    assert found["Minutter"] == "480" and found["Udgift, der kan give refusion, kr."] == "3360"
    assert found["Konto"] == "5.68.90" and "gruppering" in found["Mangler"]
    assert controller.get(reverse("month", args=["2026-10"]), {"som": "xlsx"}).status_code == 200


def test_text_that_is_a_formula_is_text() -> None:
    from mentorkorps.web.sheet import rows_file

    text = body(rows_file("a.csv", ["Navn", "Tal"], [("=1+1", -5), ("@SUM(A1)", 2), ("Prøve", None)]))
    assert text.removeprefix("\ufeff").split("\r\n")[1:4] == ["'=1+1;-5", "'@SUM(A1);2", "Prøve;"]


# The company mentor


def test_the_company_mentor_lands_on_the_month_and_signs(cast: Cast) -> None:
    four_hours(cast)
    client = signed_in(torben(cast)[0])
    assert client.get(reverse("home"), follow=True).request["PATH_INFO"] == reverse("my_month")
    page = body(client.get(reverse("my_month"), {"maaned": "2026-10"}))
    assert "Nadia P." in page and "800\u00a0kr." in page and "Skriv under på" in page
    client.post(reverse("sign_month"), {"month": "2026-10"})
    assert CompanyMonth.objects.get().claim_ore == 80_000
    assert "Underskrevet" in body(client.get(reverse("my_month"), {"maaned": "2026-10"}))


def test_nothing_of_health_is_in_sight(cast: Cast) -> None:
    four_hours(cast)
    page = body(signed_in(torben(cast)[0]).get(reverse("my_month"), {"maaned": "2026-10"}))
    for word in ("aktivitetsparat", "0404889990", "040488", "LAB", "Prøve,"):
        assert word not in page.replace("Torben Prøve,", ""), word


def test_an_empty_month_is_not_signed(cast: Cast) -> None:
    client = signed_in(torben(cast)[0])
    page = body(client.post(reverse("sign_month"), {"month": "2026-09"}, follow=True))
    assert "Der er ingen timer i måneden endnu" in page


@pytest.mark.parametrize("asked", ["2020-01", "2031-01", "vrøvl", ""])
def test_odd_months_show_this_one(cast: Cast, asked: str) -> None:
    page = signed_in(torben(cast)[0]).get(reverse("my_month"), {"maaned": asked})
    assert page.context["now"].month == date(2026, 11, 1)


def test_the_controller_approves_a_claim(cast: Cast, controller: Client) -> None:
    signed = a_signed_month(cast)
    assert "Venter på dig" in body(controller.get(reverse("company_months")))
    place = reverse("company_month", args=[signed.id])
    assert "Godkend 800\u00a0kr." in body(controller.get(place))
    controller.post(reverse("approve_company_month", args=[signed.id]))
    signed.refresh_from_db()
    assert signed.approved_by == cast.people[Role.CONTROLLER]
    assert "Godkend 800" not in body(controller.get(place))
    assert (
        signed_in(cast.people[Role.LEADER])
        .post(reverse("approve_company_month", args=[signed.id]))
        .status_code
        == 404
    )
