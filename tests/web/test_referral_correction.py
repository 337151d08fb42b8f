"""The page on which a referral is put right, and where its corrections are read."""

from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.models import Referral, ReferralCorrection
from mentorkorps.municipality.models import Role
from tests.cast import Cast, signed_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

FORM = {
    "purpose": "Følgeskab efter udskrivning", "goals": "Vil være kok", "received_on": "09-11-2026",
    "target_group": "kontanthjaelp_aktivitetsparat", "target_group_from": "01-03-2026",
    "target_group_source": "Fagsystem", "barriers": [], "mentor_gender": "k", "reason": "Tastefejl", "seen": "0",
}  # fmt: skip


def correct(cast: Cast, **changes: Any) -> str:
    place = reverse("correct_referral", args=[cast.referral.id])
    return signed_in(cast.helle).post(place, FORM | changes, follow=True).content.decode()


def test_it_begins_with_what_stands_and_shows_what_was_corrected(cast: Cast) -> None:
    place = reverse("correct_referral", args=[cast.referral.id])
    text = signed_in(cast.helle).get(place).content.decode()
    assert "Vil være materialist" in text and 'value="16-11-2026"' in text and 'value="01-03-2026"' in text
    assert 'value="kontanthjaelp_aktivitetsparat" selected' in text
    text = correct(cast)
    assert "Henvisningen er rettet" in text and "Rettelser (1)" in text
    for words in ("Før: Vil være materialist", "Før: 16-11-2026", "Før: ikke oplyst", "Kvinde", "Tastefejl"):
        assert words in text, words
    assert "Intet er ændret" in correct(cast), "sent twice, it is one correction"
    assert "Før: Kvinde" in correct(cast, mentor_gender="", barriers=["housing"], seen="1")
    leader = signed_in(cast.people[Role.LEADER])
    text = leader.get(reverse("referral", args=[cast.referral.id])).content.decode()
    assert "Rettelser (2)" in text and "Ret henvisningen" not in text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": ""}, "Skal udfyldes"),
        ({"purpose": ""}, "Skal udfyldes"),
        ({"received_on": "21-11-2026"}, "ligger i fremtiden"),
        ({"seen": "2"}, "et andet vindue"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, changes: dict[str, str], says: str
) -> None:
    text = correct(cast, **changes)
    assert says in text and "Vil være kok" in text
    assert not ReferralCorrection.objects.exists()


def test_an_old_day_of_receipt_may_stand(cast: Cast) -> None:
    Referral.objects.update(received_on="2025-01-06")
    assert "Henvisningen er rettet" in correct(cast, received_on="06-01-2025")


def test_after_a_decision_the_referral_tells_the_way_on(cast: Cast) -> None:
    Referral.objects.update(state=Referral.State.VISITATED)
    assert "lav en ny vurdering" in correct(cast)
    text = signed_in(cast.helle).get(reverse("referral", args=[cast.referral.id])).content.decode()
    assert "Ret henvisningen" not in text and not ReferralCorrection.objects.exists()
