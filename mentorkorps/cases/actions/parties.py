"""Those around the citizen: who they are, what they do next, and what the citizen lets us share with them."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.sent import sent_before
from mentorkorps.cases.models import Citizen, Consent, FinishedStep, Party
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.network import KINDS
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User


@transaction.atomic
def save_party(
    citizen: Citizen, *, by: User, party: Party | None = None, key: uuid.UUID | None = None, **fields: Any
) -> Party:
    """Adds or changes someone around the citizen. A new party sent twice with the same `key` is one.

    Raises ValidationError at `kind`, at `name` for a party without one, and for a `key` of somebody else's.
    """
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    if fields.get("kind", "other") not in KINDS:
        raise ValidationError({"kind": "Vælg, hvem det er."})
    if not str(fields.get("name", party.name if party else "")).strip():
        raise ValidationError({"name": "Skriv, hvem det er."})
    party = party or sent_before(citizen.parties.all(), key) or Party(citizen=citizen)
    party.id = key or party.id
    for name, value in fields.items():
        setattr(party, name, value)
    party.save()
    changed("ført part", by=by, about=party, citizen_id=citizen.id, fields=sorted(fields))
    return party


@transaction.atomic
def plan_step(
    party: Party, *, next_step: str, owner: str, due: date | None, by: User, done_on: date | None = None
) -> None:
    """What a party does next, and who sees to it. With `done_on` the step they had is kept as done first.

    Raises ValidationError at `next_step` for a step that is done and not there, and for an owner or a day of nothing.
    """
    _lock(party)
    if party.closed_on is not None:
        raise ValidationError(f"Samarbejdet sluttede {field_date(party.closed_on)}.")
    if not next_step.strip() and (owner.strip() or due):
        raise ValidationError({"next_step": "Skriv, hvad der skal ske."})
    if done_on is not None:
        _finish(party, done_on, by)
    party.next_step, party.owner, party.due = next_step.strip(), owner.strip(), due
    party.save(update_fields=["next_step", "owner", "due"])
    changed("aftalt skridt med part", by=by, about=party, citizen_id=party.citizen_id)


def _finish(party: Party, done_on: date, by: User) -> None:
    if not party.next_step:
        raise ValidationError(
            {"next_step": "Der er intet skridt at gøre færdigt. Det er måske gjort allerede."}
        )
    FinishedStep.objects.create(
        party=party, step=party.next_step, owner=party.owner, due=party.due, done_on=done_on, noted_by=by
    )
    changed("gjort skridt med part", by=by, about=party, citizen_id=party.citizen_id)


@transaction.atomic
def give_consent(
    party: Party, *, information: str, given_on: date, today: date, by: User, purpose: str = "",
    direction: str = Consent.Direction.BOTH, how: str = Consent.How.WRITTEN, until: date | None = None,
    key: uuid.UUID | None = None,
) -> Consent:  # fmt: skip
    """What the citizen lets us share with a party. The same `key` sent twice is one consent.

    Raises ValidationError at the field that lacks something, lies in the future or ends before it begins.
    """
    _lock(party)
    noted = sent_before(party.consents.all(), key)
    if noted is not None:
        return noted
    problems: dict[str, str] = {}
    if not information.strip():
        problems["information"] = "Skriv, hvad der må tales om. Et samtykke til alt er ikke et samtykke."
    if how not in Consent.How.values:
        problems["how"] = "Vælg, hvordan samtykket er givet."
    if direction not in Consent.Direction.values:
        problems["direction"] = "Vælg, hvilken vej oplysningerne må gå."
    if given_on > today:
        problems["given_on"] = "Datoen ligger i fremtiden. Skriv den dag, samtykket er givet."
    if until is not None and until < given_on:
        problems["until"] = "Datoen ligger før den dag, samtykket er givet."
    if problems:
        raise ValidationError(problems)
    consent = Consent.objects.create(
        id=key or uuid.uuid4(), citizen_id=party.citizen_id, party=party, information=information.strip(),
        purpose=purpose.strip(), direction=direction, how=how, given_on=given_on, until=until, recorded_by=by,
    )  # fmt: skip
    changed(
        "noteret samtykke", by=by, about=consent, citizen_id=party.citizen_id, how=how, direction=direction
    )
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, on: date, today: date, by: User) -> None:
    """The citizen takes a consent back. Taken back twice it keeps the first day."""
    if consent.withdrawn_on is not None:
        return
    if on > today:
        raise ValidationError(
            {"on": "Datoen ligger i fremtiden. Skriv den dag, samtykket er trukket tilbage."}
        )
    if on < consent.given_on:
        raise ValidationError(
            {"on": f"Samtykket er givet {field_date(consent.given_on)}. Vælg den dag eller en senere."}
        )
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    changed("trukket samtykke tilbage", by=by, about=consent, citizen_id=consent.citizen_id)


def _lock(party: Party) -> None:
    Party.objects.select_for_update().get(pk=party.pk)
    party.refresh_from_db()
