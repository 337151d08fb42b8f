"""The pages of those around a citizen: what is written, who may see it, and what is never shared."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.models import Consent, Party
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
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
    ],
)
def test_a_bad_party_is_said_at_the_field(cast: Cast, fields: dict[str, Any], says: str) -> None:
    form = {"key": str(uuid.uuid4()), "name": "Egen læge"} | fields
    text = post(cast, "save_party", cast.jens.id, form).content.decode()
    assert says in text and "note-err" in text
    assert not Party.objects.exists()


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
