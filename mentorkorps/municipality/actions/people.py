"""People who sign in: created, changed and shut out by an administrator, never by themselves."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Provider, Role, Unit, User


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    role: str,
    by: User | None,
    phone: str = "",
    unit: Unit | None = None,
    provider: Provider | None = None,
    password: str | None = None,
) -> User:
    """A person who may sign in; without a password only a link to choose one opens the door. `by` is None at set-up."""
    _check(role, provider)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise ValidationError({"email": "Der er allerede en bruger med den e-mail."})
    person = User.objects.create_user(
        email.strip(),
        password,
        name=name.strip(),
        role=Role(role),
        phone=phone.strip(),
        unit=unit,
        provider=provider,
    )
    changed("oprettet bruger", by=by, about=person, role=role)
    return person


@transaction.atomic
def change_person(person: User, *, by: User, **fields: Any) -> None:
    """Changes name, phone, role, unit, provider or `is_active`; who is shut out is out at the next click.

    Nobody takes away their own access or role: then the last administrator could lock the house from within.
    """
    leaves = fields.get("is_active") is False or fields.get("role", person.role) != person.role
    if person.pk == by.pk and leaves:
        raise ValidationError("En anden administrator må fjerne din adgang eller ændre din rolle.")
    _check(fields.get("role", person.role), fields.get("provider", person.provider))
    touched = [name for name, value in fields.items() if getattr(person, name) != value]
    for name in touched:
        setattr(person, name, fields[name])
    if touched:
        person.save(update_fields=touched)
        changed(
            "ændret bruger", by=by, about=person, fields=touched, role=person.role, active=person.is_active
        )


@transaction.atomic
def reset_second_factor(person: User, *, by: User) -> None:
    """Takes away a lost phone and its recovery codes; at the next sign-in the person sets up a new one."""
    Authenticator.objects.filter(user=person).delete()
    changed("nulstillet andet trin", by=by, about=person)


def _check(role: str, provider: Provider | None) -> None:
    if role == Role.PROVIDER and provider is None:
        raise ValidationError({"provider": "Vælg den leverandør, brugeren arbejder hos."})
