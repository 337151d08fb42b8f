"""A referral is put right until a decision rests on it, and what stood there is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.referral_correction import correct_referral
from mentorkorps.cases.actions.visitation import open_visitation, save_visitation
from mentorkorps.cases.models import Referral, ReferralCorrection
from mentorkorps.journal.models import Entry
from tests.cast import TODAY, Cast

MONDAY = date(2026, 11, 9)


def correct(cast: Cast, **fields: Any) -> list[str]:
    said = {"reason": "Tastefejl", "seen": ReferralCorrection.objects.count(), "on": TODAY, "by": cast.helle}
    return correct_referral(cast.referral, **said | fields)


def test_what_stood_before_is_kept_and_the_journal_has_no_texts(cast: Cast) -> None:
    assert correct(cast, purpose="Følge til misbrugsbehandling", received_on=MONDAY, wishes="") == [
        "purpose", "received_on",
    ]  # fmt: skip
    row = ReferralCorrection.objects.get()
    assert row.before == {"purpose": "Følgeskab efter udskrivning", "received_on": "2026-11-16"}
    assert row.after == {"purpose": "Følge til misbrugsbehandling", "received_on": "2026-11-09"}
    cast.referral.refresh_from_db()
    assert cast.referral.visitate_by == MONDAY + timedelta(days=cast.municipality.visitation_days)
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.citizen_id) == ("rettet henvisning", cast.karla.id)
    assert entry.detail == {
        "fields": ["purpose", "received_on"], "received_on": ["2026-11-16", "2026-11-09"],
    }  # fmt: skip
    assert correct(cast, received_on=MONDAY, seen=0) == [] and ReferralCorrection.objects.count() == 1


def test_the_deadline_moves_with_the_day_of_receipt_alone(cast: Cast) -> None:
    correct(cast, goals="Vil være kok")
    cast.referral.refresh_from_db()
    assert cast.referral.visitate_by == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "Skriv, hvorfor"),
        ({"seen": 3}, "et andet vindue"),
        ({"state": Referral.State.VISITATED}, "ikke længere åben"),
        ({"state": Referral.State.WITHDRAWN}, "ikke længere åben"),
    ],
)
def test_what_cannot_be_corrected_says_why(cast: Cast, fields: dict[str, Any], says: str) -> None:
    Referral.objects.update(state=fields.pop("state", Referral.State.NEW))
    with pytest.raises(ValidationError, match=says):
        correct(cast, goals="Vil være kok", **fields)
    assert Referral.objects.get().goals == "Vil være materialist" and not ReferralCorrection.objects.exists()


def test_a_visitation_hears_of_the_target_group_until_it_says_something_else(cast: Cast) -> None:
    visitation = open_visitation(cast.referral, on=TODAY, by=cast.helle)
    correct(cast, target_group="ressourceforloeb", target_group_source="Jobplan")
    visitation.refresh_from_db()
    assert visitation.facts["target_group"] == "ressourceforloeb"
    assert visitation.sources["target_group"] == {"source": "Jobplan", "on": "2026-11-16"}
    correct(cast, target_group="")
    visitation.refresh_from_db()
    assert "target_group" not in visitation.facts
    save_visitation(visitation, by=cast.helle, on=TODAY, facts={"target_group": "fleksjob"})
    correct(cast, target_group="ressourceforloeb")
    visitation.refresh_from_db()
    assert visitation.facts["target_group"] == "fleksjob"
