"""Suppliers, companies and their agreements as their readers meet them."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Mentor, Provider, ProviderAgreement, Role
from tests.cast import Cast, signed_in
from tests.ledger.invoice_scene import invoice_scene
from tests.ledger.supplier_scene import JANUARY, a_framework, agree, firm

pytestmark = pytest.mark.once

KEY = "5f0c6a52-9f3f-4d6f-8a53-6b0f3a1f0c11"
FRAMEWORK = {
    "minutes_bought": "10", "first": "01-01-2026", "last": "31-12-2026", "source": "Rammeaftale, sag 7", "key": KEY,
}  # fmt: skip
FORMAL = {
    "kind": "formal", "places": "2", "citizens_a_place": "3", "first": "01-01-2026", "source": "Aftale, sag 8",
    "key": KEY,
}  # fmt: skip
FIRM = {
    "name": "Prøvebageren", "kind": "company", "cvr": "10 00 00 25", "gln": "5790 0000 00005",
    "phone": "12 34 56 78",
}  # fmt: skip


def body(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def coordinator(cast: Cast) -> Client:
    return signed_in(cast.people[Role.COORDINATOR])


@pytest.fixture
def controller(cast: Cast) -> Client:
    return signed_in(cast.people[Role.CONTROLLER])


def test_hours_bought_delivered_and_billed_stand_together(cast: Cast, coordinator: Client) -> None:
    invoice_scene(cast)
    a_framework(cast, minutes_bought=600, last=date(2026, 12, 31))
    page = body(coordinator.get(reverse("suppliers")))
    assert "Prøvehuset A/S" in page and "80 % af de aftalte timer er brugt" in page
    assert "Aftalen slutter 31. december 2026" in page
    assert "Ingen aftale er skrevet" in page, "Torben's firm has none"


def test_hours_nobody_agreed_are_said_to_be_so(cast: Cast, coordinator: Client) -> None:
    a_framework(cast)
    assert "timer: ikke aftalt" in body(coordinator.get(reverse("supplier", args=[cast.provider.pk])))


@pytest.mark.parametrize(("view", "shown", "hidden"), [
    ("leverandoer", "Prøvehuset", "Prøvetræ"), ("sted", "Prøvetræ", "Prøvehuset"), ("se", "Prøvetræ", "x-x-x"),
    ("vrøvl", "Prøvehuset", "x-x-x"),
])  # fmt: skip
def test_the_views_of_the_list(coordinator: Client, view: str, shown: str, hidden: str) -> None:
    page = body(coordinator.get(reverse("suppliers"), {"vis": view}))
    assert shown in page and hidden not in page


def test_prices_are_for_those_who_see_money(cast: Cast, coordinator: Client, controller: Client) -> None:
    address = reverse("supplier", args=[cast.provider.pk])
    assert "Pris i dag" not in body(coordinator.get(address))
    assert "mangler" in body(controller.get(address))
    invoice_scene(cast)
    assert "420" in body(controller.get(address))


def test_a_supplier_is_created_and_agreed_with(coordinator: Client) -> None:
    answer = coordinator.post(reverse("new_provider"), FIRM)
    made = Provider.objects.get(name="Prøvebageren")
    assert (answer.url, made.cvr) == (reverse("new_provider_agreement", args=[made.pk]), "10000025")
    assert made.gln == "5790000000005"
    coordinator.post(answer.url, FORMAL | {"minutes_bought": "1"})
    agreement = ProviderAgreement.objects.get()
    assert (agreement.kind, agreement.room, agreement.minutes_bought) == ("formal", 6, 60)
    page = body(coordinator.get(reverse("supplier", args=[made.pk])))
    assert "2 pladser til 3 borgere hver (pladsmentor)" in page and "Aftale, sag 8" in page
    ProviderAgreement.objects.update(places=1)
    page = body(coordinator.get(reverse("supplier", args=[made.pk])))
    assert "1 plads til 3 borgere (pladsmentor)" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Skal udfyldes"), ({"name": "prøvetræ aps"}, "allerede oprettet"),
        ({"cvr": "123"}, "otte cifre"), ({"gln": "5790000000006"}, "er 13 cifre"),
        ({"cvr": "10000017"}, "står allerede ved Prøvetræ"), ({"kind": "x"}, "Art"),
    ],
)  # fmt: skip
def test_a_supplier_that_is_filled_in_wrongly(coordinator: Client, wrong: dict[str, str], said: str) -> None:
    assert said in body(coordinator.post(reverse("new_provider"), FIRM | wrong))
    assert not Provider.objects.filter(phone="12 34 56 78").exists()


def test_a_name_is_corrected_and_the_kind_stays(cast: Cast, coordinator: Client) -> None:
    address = reverse("edit_provider", args=[cast.provider.pk])
    coordinator.post(address, {"name": "Prøvehuset ApS", "kind": "company", "cvr": "10000009"})
    cast.provider.refresh_from_db()
    assert (cast.provider.name, cast.provider.kind) == ("Prøvehuset ApS", "supplier")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes_bought": "ti"}, "helt tal"), ({"minutes_bought": "0"}, "1 eller mere"),
        ({"minutes_bought": "999999999"}, "for stort"), ({"source": ""}, "Skal udfyldes"),
        ({"last": "31-12-2025"}, "ligger før første dag"),
    ],
)  # fmt: skip
def test_a_framework_that_is_filled_in_wrongly(
    cast: Cast, coordinator: Client, wrong: dict[str, str], said: str
) -> None:
    page = body(
        coordinator.post(reverse("new_provider_agreement", args=[cast.provider.pk]), FRAMEWORK | wrong)
    )
    assert said in page
    assert not ProviderAgreement.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"places": ""}, "antallet af pladser"), ({"kind": "single", "minutes_bought": "5"}, "egen mentoraftale"),
        ({"kind": "framework"}, "Hvad er aftalt?"),
    ],
)  # fmt: skip
def test_a_company_agreement_that_is_filled_in_wrongly(
    coordinator: Client, wrong: dict[str, str], said: str
) -> None:
    page = body(coordinator.post(reverse("new_provider_agreement", args=[firm().pk]), FORMAL | wrong))
    assert said in page and "note-err" in page
    assert not ProviderAgreement.objects.exists()


def test_a_single_case_sent_twice_is_one_and_has_no_name(cast: Cast, coordinator: Client) -> None:
    said = {"kind": "single", "first": "01-01-2026", "source": "Sag 9", "key": KEY}
    for _ in range(2):
        coordinator.post(reverse("new_provider_agreement", args=[firm().pk]), said)
    page = body(coordinator.get(reverse("supplier", args=[firm().pk])))
    assert "Enkeltsag" in page and "plads til 1" in page and "Nadia" not in page


def test_an_agreement_is_ended_and_taken_back(cast: Cast, coordinator: Client) -> None:
    made = a_framework(cast)
    end = reverse("end_provider_agreement", args=[made.pk])
    page = body(coordinator.post(end, {"last": "01-12-2025"}))
    assert "Vælg den dag eller en senere" in page and "Afslut aftalen fra 1. januar 2026" in page
    assert coordinator.post(end, {"last": "19-11-2026"}).url == reverse("supplier", args=[cast.provider.pk])
    assert "Aftalen sluttede 19. november 2026, og 1 forløb løber" in body(
        coordinator.get(reverse("suppliers"))
    )
    take_back = reverse("withdraw_provider_agreement", args=[made.pk])
    assert "Skriv, hvorfor" in body(coordinator.post(take_back, {"hvorfor": ""}, follow=True))
    page = body(coordinator.post(take_back, {"hvorfor": "Forkert"}, follow=True))
    assert "Trukket tilbage af Bodil Eksempel" in page and "Ingen aftale er skrevet" in page


def test_a_leader_reads_and_does_not_write(cast: Cast) -> None:
    leader = signed_in(cast.people[Role.LEADER])
    page = body(leader.get(reverse("supplier", args=[cast.provider.pk])))
    assert "Ny aftale" not in page
    assert (
        leader.post(reverse("new_provider_agreement", args=[cast.provider.pk]), FRAMEWORK).status_code == 404
    )


def test_the_list_as_a_spreadsheet(cast: Cast, coordinator: Client) -> None:
    a_framework(cast)
    answer = coordinator.get(reverse("suppliers_export"))
    assert "leverandoerer-2026-11-20.xlsx" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(kind="export", verb="leverandører").count() == 1


def test_many_suppliers_cost_the_same(
    cast: Cast, coordinator: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        made = Provider.objects.create(name=f"Firma {number} Prøve", kind=Provider.Kind.COMPANY)
        Mentor.objects.create(name="Prøve", kind=Mentor.Kind.COMPANY, provider=made, active_from=JANUARY)
        agree(cast, made, "formal", places=2)
    with django_assert_max_num_queries(11):
        coordinator.get(reverse("suppliers"))


def test_the_list_has_pages(cast: Cast, coordinator: Client) -> None:
    Provider.objects.bulk_create(
        Provider(name=f"Firma {number} Prøve", kind=Provider.Kind.COMPANY) for number in range(60)
    )
    assert "Viser 51–62 af 62" in body(coordinator.get(reverse("suppliers"), {"side": "2"}))


def test_it_stands_in_the_corps_and_for_a_controller_among_the_money(cast: Cast, controller: Client) -> None:
    assert controller.get(reverse("home")).url == reverse("hours")
    assert reverse("prices") in body(controller.get(reverse("suppliers")))
    caseworker = body(signed_in(cast.helle).get(reverse("suppliers")))
    assert reverse("corps") in caseworker and "Ny leverandør" not in caseworker
