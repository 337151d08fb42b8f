"""The pages of proposals: who opens and who writes, rows with reasons, and a decision recorded once."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import load_level
from mentorkorps.municipality.models import Role, ServiceLevel
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Proposal
from mentorkorps.steering.queries.proposals import current_version, pairs_of, proposed_level
from tests.cast import Cast, signed_in
from tests.steering.inputs import koebenhavn
from tests.steering.scenes import a_paper, a_proposal

ROW = {"label": "Støtte på vej", "obligation": "may", "functions": ["social_mentor"], "reason": "Mangler"}


def body(response: HttpResponse) -> str:
    return response.content.decode()


def as_role(cast: Cast, role: Role) -> Any:
    return signed_in(cast.people[role])


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return a_proposal(cast.people[Role.SECRETARY])


def test_a_coordinator_reads_and_does_not_write(cast: Cast, proposal: Proposal) -> None:
    client = as_role(cast, Role.COORDINATOR)
    page = body(client.get(reverse("proposal", args=[proposal.pk])))
    assert "Ny opgave" in page
    assert "Tilføj en række" not in page
    assert client.post(reverse("proposal_row", args=[proposal.pk]), ROW).status_code == 404
    assert Entry.objects.filter(refused=True, actor_role=Role.COORDINATOR).count() == 1


def test_a_proposal_is_written_and_put_forward(cast: Cast) -> None:
    client = as_role(cast, Role.LEADER)
    given = {"name": "Niveau A", "purpose": "Mere", "base": "", "in_force_from": "1. februar 2027"}
    place = client.post(reverse("new_proposal"), given).url
    assert body(client.get(place)).count("ingen rækker endnu") == 1
    made = Proposal.objects.get()
    client.post(reverse("put_proposal_forward", args=[made.pk]))
    assert Proposal.objects.get().state == "draft"
    client.post(reverse("proposal_row", args=[made.pk]), ROW | {"minutes_per_week": "90", "weeks": "26"})
    client.post(reverse("proposal_row", args=[made.pk]), ROW)
    rows = proposed_level(current_version(made)).rows
    assert [(row.key, row.minutes_per_week) for row in rows] == [
        ("stoette-paa-vej", 90),
        ("stoette-paa-vej-2", None),
    ]
    client.post(reverse("put_proposal_forward", args=[made.pk]))
    assert Proposal.objects.get().state == "put_forward"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Skal udfyldes"),
        ({"functions": []}, "Skal udfyldes"),
        ({"minutes_per_week": "10081"}, "10080"),
        ({"age_from": "30", "age_to": "20"}, "lavere end"),
        ({"functions": ["findes-ikke"]}, "findes-ikke"),
    ],
)
def test_a_wrong_row_is_told_at_its_field(
    cast: Cast, proposal: Proposal, wrong: dict[str, Any], said: str
) -> None:
    response = as_role(cast, Role.SECRETARY).post(reverse("proposal_row", args=[proposal.pk]), ROW | wrong)
    assert said in body(response)
    assert len(proposed_level(current_version(proposal)).rows) == 1


def test_a_row_is_taken_out_and_back(cast: Cast, proposal: Proposal) -> None:
    client = as_role(cast, Role.SECRETARY)
    place = reverse("remove_proposal_row", args=[proposal.pk])
    assert "Skal udfyldes" in body(client.post(f"{place}?raekke=ny", {"reason": ""}))
    client.post(f"{place}?raekke=ny", {"reason": "Nej"})
    assert proposed_level(current_version(proposal)).rows == ()
    assert client.get(f"{place}?raekke=ny").url == reverse("proposal", args=[proposal.pk])


def test_a_decision_is_recorded_and_the_story_tells_it(cast: Cast, proposal: Proposal) -> None:
    client = as_role(cast, Role.SECRETARY)
    client.post(reverse("put_proposal_forward", args=[proposal.pk]))
    place = reverse("proposal_outcome", args=[proposal.pk])
    decided = {"outcome": "adopted", "on": "20-11-2026"}
    assert body(client.post(place, decided)).count("Skal udfyldes, når forslaget er vedtaget") >= 3
    given = decided | {"committee": "Udvalget", "case_number": "7", "in_force_from": "01-02-2027"}
    assert client.post(place, given).status_code == 302
    level = ServiceLevel.objects.get()
    assert (level.name, level.in_force_from) == ("Niveau 2027", date(2027, 2, 1))
    assert "Udvalget vedtog niveauet" in body(client.get(reverse("level_story")))
    assert client.post(place, given).status_code == 200
    assert ServiceLevel.objects.count() == 1


def test_a_proposal_with_a_paper_is_decided_there(cast: Cast, proposal: Proposal) -> None:
    a_paper(cast.people[Role.SECRETARY])
    client = as_role(cast, Role.SECRETARY)
    client.post(reverse("put_proposal_forward", args=[proposal.pk]))
    response = client.post(
        reverse("proposal_outcome", args=[proposal.pk]), {"outcome": "rejected", "on": "20-11-2026"}
    )
    assert response.status_code == 302
    assert Proposal.objects.get().state == "put_forward"


def test_a_run_that_is_no_run_is_told(cast: Cast, proposal: Proposal) -> None:
    client = as_role(cast, Role.SECRETARY)
    place = reverse("bind_proposal_run", args=[proposal.pk])
    for run in ("", "vrøvl", str(proposal.pk)):
        assert "Vælg en beregning" in body(client.post(place, {"run": run}, follow=True))


def test_a_saved_what_if_becomes_a_proposal(cast: Cast) -> None:
    secretary = cast.people[Role.SECRETARY]
    load_level("koebenhavn-2014", by=secretary)
    run = make_run(kind="simulation", title="Kortere", inputs=koebenhavn(sygedagpenge=90), by=secretary)
    client = signed_in(secretary)
    place = reverse("proposal_from_run", args=[run.pk])
    assert place in body(client.get(reverse("run", args=[run.pk])))
    assert "Kortere" in body(client.get(place))
    given = {"name": "Niveau B", "purpose": "Mindre tid", "in_force_from": "1. februar 2027", "reason": ""}
    assert "Skal udfyldes" in body(client.post(place, given))
    shown = client.post(place, given | {"reason": "Rammen er mindre"}, follow=True)
    version = current_version(Proposal.objects.get())
    assert [(pair.kind, pair.row.key, pair.after.minutes_per_week, pair.reason) for pair in pairs_of(version)
            if pair.kind != "kept"] == [("changed", "sygedagpenge", 90, "Rammen er mindre")]  # fmt: skip
    assert list(version.runs.all()) == [run]
    assert "Rammen er mindre" in body(shown)
    assert "Der er allerede noget" in body(client.post(place, given | {"reason": "Igen"}))
    assert Proposal.objects.count() == 1


def test_a_what_if_that_changes_nothing_is_no_proposal(cast: Cast) -> None:
    secretary = cast.people[Role.SECRETARY]
    run = make_run(kind="simulation", title="Som nu", inputs=koebenhavn(), by=secretary)
    given = {"name": "B", "purpose": "B", "in_force_from": "01-02-2027", "reason": "B"}
    page = signed_in(secretary).post(reverse("proposal_from_run", args=[run.pk]), given)
    assert "ændrer ikke niveauet" in body(page)
    assert not Proposal.objects.exists()


def test_lists_cost_the_same_for_many(
    cast: Cast, proposal: Proposal, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        Proposal.objects.create(
            name=f"Forslag {number}", in_force_from=date(2027, 1, 1), created_by=cast.helle,
            created_on=date(2026, 1, 1),
        )  # fmt: skip
    client = as_role(cast, Role.SECRETARY)
    with django_assert_max_num_queries(9):
        assert "Viser 1–50 af 61" in body(client.get(reverse("proposals")))
    with django_assert_max_num_queries(16):
        client.get(reverse("proposal", args=[proposal.pk]))
