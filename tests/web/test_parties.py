"""The pages of those around a citizen: what is written, who may see it, and what is never shared."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.urls import reverse

from mentorkorps.cases.models import Consent, Party
from mentorkorps.domain.letter import Document
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from mentorkorps.web import paper
from tests.cast import TODAY, Cast, signed_in


def post(cast: Cast, name: str, key: Any, data: dict[str, Any], role: str = Role.CASEWORKER) -> Any:
    return signed_in(cast.people[role]).post(reverse(name, args=[key]), data)


def get(cast: Cast, name: str, key: Any, role: str = Role.CASEWORKER, **query: str) -> str:
    return signed_in(cast.people[role]).get(reverse(name, args=[key]), query).content.decode()


@pytest.fixture
def doctor(cast: Cast) -> Party:
    return Party.objects.create(
        citizen=cast.jens, name="Egen læge", kind="doctor", next_step="Attest", due=TODAY
    )


def test_a_party_is_added_once_and_changed(cast: Cast) -> None:
    form = {"key": str(uuid.uuid4()), "name": "Egen læge", "kind": "doctor", "due": "1. december 2026"}
    form |= {"next_step": "Attest", "gives": "behandling", "hours": "1,5"}
    for _ in range(2):
        assert post(cast, "save_party", cast.jens.id, form).url.endswith("#samtykker")
    party = Party.objects.get()
    assert (party.due, party.minutes_per_week) == (date(2026, 12, 1), 90)
    post(cast, "edit_party", party.id, form | {"closed_on": "20-11-2026", "hours": ""})
    party.refresh_from_db()
    assert (party.closed_on, party.minutes_per_week) == (TODAY, None)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Skal udfyldes"),
        ({"due": "31-11-2026"}, "findes ikke i kalenderen"),
        ({"next_step": "x" * 201}, "Højst 200 tegn"),
        ({"kind": "wizard"}, "kind"),
        ({"hours": "200"}, "hours"),
        ({"closed_on": "21-11-2026"}, "ligger i fremtiden"),
    ],
)
def test_a_bad_party_is_said_at_the_field(cast: Cast, fields: dict[str, Any], says: str) -> None:
    form = {"key": str(uuid.uuid4()), "name": "Egen læge"} | fields
    text = post(cast, "save_party", cast.jens.id, form).content.decode()
    assert says in text and "note-err" in text
    assert not Party.objects.exists()


def test_a_key_that_is_used_elsewhere_makes_nothing(cast: Cast, doctor: Party) -> None:
    viktor = cast.ditte.courses.get().citizen
    form = {"key": str(doctor.id), "name": "Banken"}
    assert "Genindlæs siden" in post(cast, "save_party", viktor.id, form).content.decode()
    bank = Party.objects.create(citizen=viktor, name="Banken", kind="other")
    taken = consented(doctor)
    form = CONSENT | {"key": str(taken.id)}
    assert "Genindlæs siden" in post(cast, "give_consent", bank.id, form).content.decode()
    assert (Party.objects.count(), Consent.objects.count()) == (2, 1)


def test_a_strangers_party_is_absent(cast: Cast, doctor: Party) -> None:
    for name in ("edit_party", "party_step", "give_consent"):
        place = reverse(name, args=[doctor.id])
        assert signed_in(cast.karl).post(place, {"name": "x"}).status_code == 404
        assert Entry.objects.latest("id").refused


CONSENT = {"information": "helbred", "direction": "both", "how": "oral", "given_on": "20-11-2026"}


def test_a_consent_is_noted_shown_and_taken_back(cast: Cast, doctor: Party) -> None:
    assert "Intet samtykke: del ikke" in get(cast, "edit_party", doctor.id)
    form = CONSENT | {"key": str(uuid.uuid4())}
    for _ in range(2):
        post(cast, "give_consent", doctor.id, form)
    row = Consent.objects.get()
    assert "mundtligt, noteret i sagen, Helle Prøve" in get(cast, "edit_party", doctor.id)
    assert "til helbred" in get(cast, "citizen", cast.jens.id)
    post(cast, "withdraw_consent", row.id, {"on": "20-11-2026"})
    row.refresh_from_db()
    assert row.withdrawn_on == TODAY
    assert "trukket tilbage 20.\xa0nov." in get(cast, "citizen", cast.jens.id)


def test_a_bad_consent_is_said_at_the_field(cast: Cast, doctor: Party) -> None:
    form = CONSENT | {"key": str(uuid.uuid4()), "until": "19-11-2026"}
    assert "før den dag, samtykket er givet" in post(cast, "give_consent", doctor.id, form).content.decode()
    assert not Consent.objects.exists()


def test_a_mentor_says_that_a_step_is_done_and_cannot_write_parties(cast: Cast, doctor: Party) -> None:
    form = {"done": "on", "next_step": "Hente attesten", "owner": "Jens", "due": "27-11-2026"}
    answer = post(cast, "party_step", doctor.id, form, role=Role.MENTOR)
    assert answer.url == reverse("my_week")
    doctor.refresh_from_db()
    assert (doctor.next_step, doctor.finished.get().step) == ("Hente attesten", "Attest")
    assert post(cast, "edit_party", doctor.id, {"name": "x"}, role=Role.MENTOR).status_code == 404
    assert post(cast, "party_step", doctor.id, form, role=Role.COMPANY_MENTOR).status_code == 404


def test_the_way_back_stays_in_the_house(cast: Cast, doctor: Party) -> None:
    assert "//example" not in get(cast, "party_step", doctor.id, fra="//example.invalid/")
    assert 'href="/min-uge/x/"' in get(cast, "party_step", doctor.id, fra="/min-uge/x/")


def consented(party: Party, **fields: Any) -> Consent:
    usual = {"information": "bolig", "purpose": "en bolig", "given_on": date(2026, 6, 1)}
    return Consent.objects.create(citizen=party.citizen, party=party, **usual | fields)


def party(cast: Cast, name: str, kind: str = "social", **fields: Any) -> Party:
    return Party.objects.create(citizen=cast.jens, name=name, kind=kind, **fields)


def test_the_picture_says_who_may_be_told_and_what_is_late(cast: Cast, doctor: Party) -> None:
    consented(party(cast, "Hjemløseenheden", "homeless", next_step="Møde", due=date(2026, 11, 19)))
    consented(party(cast, "Socialforvaltningen"), until=date(2026, 11, 19))
    party(cast, "Borgerservice", "benefit", closed_on=TODAY)
    text = get(cast, "network", cast.course.id, role=Role.MENTOR)
    assert "3 parter · 1 har et samtykke" in text and "2 uden: del ikke" in text
    assert text.count('class="box box-') == 3
    assert "box-given" in text and "box-missing" in text and "box-expired" in text
    assert "Intet samtykke: del ikke" in text and "overskredet" in text
    assert "Tilføj part" not in text
    assert "Ingen er skrevet på endnu" in get(cast, "network", others(cast), role=Role.COORDINATOR)


def others(cast: Cast) -> uuid.UUID:
    """A course of a citizen with no parties."""
    return cast.ditte.courses.get().id


def test_the_network_costs_the_same_however_many_they_are(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(12):
        consented(party(cast, f"Part {number}", next_step="Møde"))
    client = signed_in(cast.helle)
    client.get(reverse("citizens"))
    with django_assert_max_num_queries(12):
        client.get(reverse("network", args=[cast.course.id]))


def test_the_sheet_holds_only_what_the_chosen_may_be_told(cast: Cast, doctor: Party) -> None:
    home = party(cast, "Hjemløseenheden", "homeless", next_step="Møde om boligindstilling")
    family = party(cast, "Familieafdelingen", "family_unit", next_step="Samtale om børnene")
    for each in (home, family):
        consented(each)
    text = get(cast, "coordination", cast.course.id)
    assert "Egen læge (samtykke mangler)" in text and str(doctor.id) not in text
    with capture() as sheets:
        answer = post(
            cast, "coordination", cast.course.id, {"participants": [home.id], "goal": "on", "questions": "Hvornår?"}
        )  # fmt: skip
    assert answer["Content-Type"] == "application/pdf"
    sheet = sheets[0].as_text()
    for words in ("Jens E.", "Møde om boligindstilling", "Hvornår?", cast.course.goal):
        assert words in sheet, words
    for words in ("Familieafdelingen", "Egen læge", "Jens Eksempel", "140376"):
        assert words not in sheet, words
    assert Entry.objects.latest("id").verb == "koordineringsark"


@contextmanager
def capture() -> Iterator[list[Document]]:
    """The documents that are printed meanwhile."""
    printed: list[Document] = []
    with mock.patch.object(paper, "render_pdf", side_effect=lambda d: printed.append(d) or b"%PDF"):
        yield printed


@pytest.mark.parametrize(
    ("consent", "changes", "says"),
    [
        ({"until": date(2026, 11, 25)}, {"meets_on": "26-11-2026"}, "gælder 26-11-2026"),
        ({}, {"participants": [], "goal": "on"}, "mindst én"),
        ({}, {"questions": "Hvad med 140376-9995?"}, "CPR-nummer"),
        ({}, {"meets_on": "snart"}, "ikke en dato"),
    ],
)
def test_a_sheet_that_must_not_be_made_is_not(
    cast: Cast, consent: dict[str, date], changes: dict[str, Any], says: str
) -> None:
    home = party(cast, "Hjemløseenheden")
    consented(home, **consent)
    answer = post(cast, "coordination", cast.course.id, {"participants": [home.id]} | changes)
    assert answer["Content-Type"].startswith("text/html")
    assert says in answer.content.decode()


def test_one_whom_we_may_only_ask_is_not_told(cast: Cast) -> None:
    consented(party(cast, "Hjemløseenheden"), direction="from_party")
    text = get(cast, "coordination", cast.course.id)
    assert "kun til at spørge" in text and "Ingen må få arket endnu" in text
