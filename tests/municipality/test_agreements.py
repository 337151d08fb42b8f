"""Agreements with suppliers and companies: from a day, ended, taken back, and never written over."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions.agreements import (
    agree_with_provider,
    end_agreement,
    set_waiting_goal,
    take_back,
)
from mentorkorps.municipality.models import Provider, ProviderAgreement, Role, User, WaitingGoal
from tests.cast import Cast

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


def by(cast: Cast) -> User:
    return cast.people[Role.COORDINATOR]


def firm() -> Provider:
    return Provider.objects.get(kind=Provider.Kind.COMPANY)


def framework(cast: Cast, **said: Any) -> ProviderAgreement:
    values = {"kind": "framework", "first": JANUARY, "source": "Prøve: rammeaftale", "by": by(cast)}
    return agree_with_provider(cast.provider, **values | said)


def formal(cast: Cast, **said: Any) -> ProviderAgreement:
    values = {
        "kind": "formal",
        "first": JANUARY,
        "source": "Prøve: samarbejdsaftale",
        "by": by(cast),
        "places": 2,
    }
    return agree_with_provider(firm(), **values | said)


@pytest.mark.parametrize("last", [None, date(2026, 12, 31)])
def test_a_change_is_a_new_row_from_a_day(cast: Cast, last: date | None) -> None:
    before = framework(cast, last=last, minutes_bought=60_000)
    after = framework(cast, first=JULY, minutes_bought=30_000)
    before.refresh_from_db()
    assert (before.last, before.minutes_bought) == (date(2026, 6, 30), 60_000)
    assert (after.first, after.last, after.minutes_bought) == (JULY, None, 30_000)
    assert Entry.objects.filter(verb="skrevet aftale med leverandør", actor_id=by(cast).id).count() == 2


def test_two_agreements_never_hold_at_once(cast: Cast) -> None:
    framework(cast, first=JULY)
    with pytest.raises(ValidationError) as wrong:
        framework(cast, first=JANUARY)
    assert "first" in wrong.value.message_dict
    assert ProviderAgreement.objects.count() == 1


def test_single_cases_stand_beside_each_other_and_a_formal_agreement(cast: Cast) -> None:
    formal(cast)
    for _ in range(2):
        agree_with_provider(firm(), kind="single", first=JANUARY, source="Prøve", by=by(cast))
    assert [each.room for each in ProviderAgreement.objects.order_by("kind")] == [2, 1, 1]


def test_a_place_mentor_has_several_citizens_on_a_place(cast: Cast) -> None:
    assert formal(cast, places=2, citizens_a_place=3).room == 6
    assert framework(cast).room is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "framework"}, "kind"), ({"kind": "whatever"}, "kind"), ({"places": None}, "places"),
        ({"places": 0}, "places"), ({"citizens_a_place": 0}, "citizens_a_place"),
        ({"kind": "single", "minutes_bought": 60}, "minutes_bought"), ({"minutes_bought": 0}, "minutes_bought"),
        ({"source": " "}, "source"), ({"last": date(2025, 12, 31)}, "last"),
    ],
)  # fmt: skip
def test_what_cannot_be_agreed_with_a_company(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as said:
        formal(cast, **wrong)
    assert list(said.value.message_dict) == [field]
    assert not ProviderAgreement.objects.exists()


def test_a_supplier_has_no_places(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        framework(cast, kind="formal", places=2)
    assert framework(cast, places=4).places is None


def test_an_agreement_ends_and_is_not_begun_again(cast: Cast) -> None:
    made = framework(cast)
    with pytest.raises(ValidationError):
        end_agreement(made, last=date(2025, 12, 31), by=by(cast))
    end_agreement(made, last=JULY, by=by(cast))
    with pytest.raises(ValidationError):
        end_agreement(made, last=date(2026, 8, 1), by=by(cast))
    made.refresh_from_db()
    assert made.last == JULY


def test_what_was_wrong_is_taken_back_once_and_stays(cast: Cast) -> None:
    made = framework(cast)
    with pytest.raises(ValidationError):
        take_back(made, reason=" ", by=by(cast))
    take_back(made, reason="Forkert leverandør", by=by(cast))
    with pytest.raises(ValidationError):
        take_back(made, reason="Igen", by=by(cast))
    with pytest.raises(ValidationError):
        end_agreement(made, last=JULY, by=by(cast))
    made.refresh_from_db()
    assert (made.withdrawn_by, made.withdrawn_reason) == (by(cast), "Forkert leverandør")
    assert framework(cast).first == JANUARY, "the right one can be written from the same day"


def test_the_goal_holds_from_a_day(cast: Cast) -> None:
    set_waiting_goal(days=28, first=JANUARY, source="Prøve: udvalget", by=by(cast))
    set_waiting_goal(days=21, first=JULY, source="Prøve: udvalget", by=by(cast))
    assert list(WaitingGoal.objects.values_list("days", "last")) == [(21, None), (28, date(2026, 6, 30))]
    with pytest.raises(ValidationError):
        set_waiting_goal(days=0, first=date(2026, 8, 1), source="Prøve", by=by(cast))
