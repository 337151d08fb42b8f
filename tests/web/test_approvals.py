"""The second person: reads the whole basis, approves or sends back, and never their own."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.cases.actions.decision import ask_second_person, waive_hearing
from mentorkorps.cases.models import CaseNote, Decision
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cases.scenes import RIGHT, grant_draft, refusal_draft, visitation_of
from tests.cast import TODAY, Cast, signed_in
from tests.web.stage import own_and_foreign


@pytest.fixture
def waiting(cast: Cast) -> Decision:
    """The refusal of a right, heard of, on its way to another person."""
    decision = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    waive_hearing(decision, reason="Du har selv givet os alle oplysningerne.", on=TODAY, by=cast.helle)
    ask_second_person(decision, reason="Et andet forløb dækker.", by=cast.helle)
    return decision


def answer(cast: Cast, decision: Decision, do: str, by: str = Role.LEADER, **form: Any) -> HttpResponse:
    return signed_in(cast.people[by]).post(
        reverse("approve", args=[decision.id]), {"do": do} | form, follow=True
    )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEADER, Role.COORDINATOR}))
def test_roles_that_may_not(cast: Cast, waiting: Decision, role: str) -> None:
    client = signed_in(cast.people[role])
    assert client.get(reverse("approvals")).status_code == 404
    assert client.post(reverse("approve", args=[waiting.id]), {"do": "approve"}).status_code == 404
    assert Entry.objects.latest("id").refused
    waiting.refresh_from_db()
    assert waiting.state == "second"


def test_nobody_signs_in_first(cast: Cast, waiting: Decision) -> None:
    assert signed_in(None).get(reverse("approvals")).url.startswith("/konto/login/")
    assert signed_in(None).post(reverse("approve", args=[waiting.id])).url.startswith("/konto/login/")


@pytest.mark.parametrize("role", [Role.LEADER, Role.COORDINATOR])
def test_the_list_leads_to_the_whole_basis(cast: Cast, waiting: Decision, role: str) -> None:
    client = signed_in(cast.people[role])
    text = client.get(reverse("approvals")).content.decode()
    assert "Læs afslag" in text
    assert Entry.objects.latest("id").shown == str(cast.karla.id)
    page = client.get(reverse("decision", args=[waiting.id])).content.decode()
    for said in (
        "Godkend eller send tilbage", "Et andet forløb dækker.", "Du får hjælp fra din bostøtte.", "LAB § 167, stk. 2",
        "Du mangler et sted at bo.", "Du har selv givet os alle oplysningerne.", "7.\u00a0december\u00a02026",
    ):  # fmt: skip
        assert said in page, said


def test_empty_says_what_will_come(cast: Cast) -> None:
    text = signed_in(cast.people[Role.LEADER]).get(reverse("approvals")).content.decode()
    assert "Ingen venter på dig" in text


def test_approved_goes_back_to_be_taken(cast: Cast, waiting: Decision) -> None:
    text = answer(cast, waiting, "approve").content.decode()
    assert "Godkendt. Sagsbehandleren kan nu træffe afgørelsen." in text
    waiting.refresh_from_db()
    assert (waiting.state, waiting.second_by) == ("draft", cast.people[Role.LEADER])


def test_sent_back_with_a_reason(cast: Cast, waiting: Decision) -> None:
    assert (
        "Skriv, hvad sagsbehandleren skal se på."
        in answer(cast, waiting, "back", reason=" ").content.decode()
    )
    answer(cast, waiting, "back", reason="Se på udskrivningen.", by=Role.COORDINATOR)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.second_by) == ("draft", None)
    assert "Se på udskrivningen." in CaseNote.objects.get().text


def test_twice_is_once(cast: Cast, waiting: Decision) -> None:
    answer(cast, waiting, "approve")
    assert "i mellemtiden" in answer(cast, waiting, "approve").content.decode()


def test_never_ones_own(cast: Cast, waiting: Decision) -> None:
    Decision.objects.update(drafted_by=cast.people[Role.LEADER])
    page = signed_in(cast.people[Role.LEADER]).get(reverse("decision", args=[waiting.id])).content.decode()
    assert "Du har selv skrevet den." in page
    assert "Du har selv skrevet afgørelsen." in answer(cast, waiting, "approve").content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "second"


def test_what_does_not_wait_is_not_approved(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast))
    assert "i mellemtiden" in answer(cast, decision, "approve").content.decode()
    decision.refresh_from_db()
    assert decision.second_by is None


def test_an_absent_decision(cast: Cast) -> None:
    place = reverse("approve", args=[cast.karla.id])
    assert signed_in(cast.people[Role.LEADER]).post(place).status_code == 404


def test_the_list_costs_few_queries(
    cast: Cast, waiting: Decision, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.people[Role.LEADER])
    client.get(reverse("approvals"))
    with django_assert_max_num_queries(6):
        client.get(reverse("approvals"))


def test_a_correction_of_the_law_waits_beside_the_decisions(cast: Cast) -> None:
    own_and_foreign(cast)
    leader = signed_in(cast.people[Role.LEADER]).get(reverse("approvals")).content.decode()
    assert "Rettelser af loven" in leader
    coordinator = signed_in(cast.people[Role.COORDINATOR]).get(reverse("approvals")).content.decode()
    assert "Rettelser af loven" not in coordinator
