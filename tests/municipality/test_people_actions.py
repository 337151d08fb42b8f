"""People are made and changed by an administrator, who cannot lock themselves out."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import change_person, create_person, reset_second_factor
from mentorkorps.municipality.models import Role, User
from tests.cast import Cast


def test_a_new_person_has_no_password(cast: Cast) -> None:
    anna = cast.people[Role.ADMINISTRATOR]
    made = create_person(email=" Ny.Prøve@Example.invalid ", name="Ny Prøve", role="caseworker", by=anna)
    assert made.email == "ny.prøve@example.invalid"
    assert not made.has_usable_password()
    entry = Entry.objects.get(verb="oprettet bruger")
    assert (entry.actor_id, entry.object_id, entry.detail) == (anna.id, made.id, {"role": "caseworker"})


def test_an_email_is_used_once(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="allerede en bruger"):
        create_person(email=cast.helle.email.upper(), name="Helle", role="caseworker", by=None)


def test_a_person_at_a_provider_has_one(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="leverandør"):
        create_person(email="x@example.invalid", name="X", role="provider", by=None)
    with pytest.raises(ValidationError, match="leverandør"):
        change_person(cast.helle, by=cast.people[Role.ADMINISTRATOR], role="provider")


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "leader"}])
def test_nobody_locks_themselves_out(cast: Cast, change: dict[str, object]) -> None:
    anna = cast.people[Role.ADMINISTRATOR]
    with pytest.raises(ValidationError, match="En anden administrator"):
        change_person(anna, by=anna, **change)
    anna.refresh_from_db()
    assert anna.is_active and anna.role == Role.ADMINISTRATOR


def test_only_what_changed_is_journalled(cast: Cast) -> None:
    anna = cast.people[Role.ADMINISTRATOR]
    change_person(cast.karl, by=anna, name=cast.karl.name, phone="11 22 33 44")
    assert Entry.objects.get(verb="ændret bruger").detail["fields"] == ["phone"]
    change_person(cast.karl, by=anna, phone="11 22 33 44")
    assert Entry.objects.filter(verb="ændret bruger").count() == 1


def test_a_lost_phone_is_forgotten(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.karl, type="totp", data={})
    reset_second_factor(cast.karl, by=cast.people[Role.ADMINISTRATOR])
    assert not Authenticator.objects.exists()
    assert User.objects.get(pk=cast.karl.pk).has_usable_password()
