"""Citizens and referrals."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from mentorkorps.cases import cpr as cpr_numbers
from mentorkorps.cases.actions.sent import sent_before
from mentorkorps.cases.models import CaseNote, Citizen, Referral
from mentorkorps.journal.actions import changed, write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import Municipality, Unit, User

# The code of the error for a CPR number that is there already, for the page that shows the way on.
KNOWN = "known"


def next_case_number() -> str:
    """The next case number of the municipality, fx FJ-0413; two callers at once get two numbers."""
    Municipality.objects.update(last_case_number=F("last_case_number") + 1)
    municipality = Municipality.objects.get()
    return f"{municipality.case_prefix}-{municipality.last_case_number:04}"


@transaction.atomic
def register_citizen(*, cpr: str, by: User, unit: Unit | None = None, **fields: Any) -> Citizen:
    """A new citizen by CPR number, in the caseworker's unit; the number tells the gender where nobody did.

    Raises ValidationError at `cpr` when the number has the wrong form or the citizen is already there.
    """
    try:
        digits = cpr_numbers.normalize(cpr)
    except ValidationError as wrong:
        raise ValidationError({"cpr": wrong}) from None
    index = cpr_numbers.blind_index(digits)
    # The number is taken first: its row lock lets two windows register the same citizen one after the other.
    case_number = next_case_number()
    if Citizen.objects.filter(cpr_index=index).exists():
        raise ValidationError({"cpr": ValidationError("Borgeren er allerede oprettet.", code=KNOWN)})
    unit = unit or by.unit
    if unit is None:
        raise ValidationError("Du er ikke knyttet til en enhed. Bed en administrator om at vælge en for dig.")
    fields["gender"] = fields.get("gender") or cpr_numbers.gender(digits)
    citizen = Citizen.objects.create(
        cpr_encrypted=cpr_numbers.encrypt(digits),
        cpr_index=index,
        birth_date=cpr_numbers.birth_date(digits),
        case_number=case_number,
        unit=unit,
        caseworker=by if by.role == "caseworker" else None,
        **fields,
    )
    changed("oprettet borger", by=by, about=citizen, citizen_id=citizen.id)
    return citizen


@transaction.atomic
def refer_new(*, key: uuid.UUID, citizen: dict[str, Any], referral: dict[str, Any], by: User) -> Referral:
    """Registers a citizen and the first referral in one; the same `key` sent twice is the same referral.

    `citizen` and `referral` are the fields of `register_citizen` and `refer`, which say what they raise.
    """
    # The same lock as for the case number: a form sent twice at once is not told that the citizen is known.
    Municipality.objects.select_for_update().get()
    referred = sent_before(Referral.objects.filter(created_by=by), key)
    if referred is not None:
        return referred
    return refer(register_citizen(by=by, **citizen), key=key, by=by, **referral)


@transaction.atomic
def refer(
    citizen: Citizen,
    *,
    received_on: date,
    purpose: str,
    by: User,
    key: uuid.UUID | None = None,
    **fields: Any,
) -> Referral:
    """A referral for mentor support, to be visitated within the municipality's own deadline (RSL § 3).

    The same `key` sent twice is the same referral. Whoever refers a citizen without a caseworker becomes it.
    """
    citizen = Citizen.objects.select_for_update().get(pk=citizen.pk)
    referred = sent_before(Referral.objects.filter(created_by=by), key)
    if referred is not None:
        return referred
    municipality = Municipality.objects.get()
    referral = Referral.objects.create(
        id=key or uuid.uuid4(),
        citizen=citizen,
        received_on=received_on,
        visitate_by=received_on + timedelta(days=municipality.visitation_days),
        purpose=purpose,
        created_by=by,
        **fields,
    )
    if citizen.caseworker_id is None and by.role == "caseworker":
        Citizen.objects.filter(pk=citizen.pk).update(caseworker=by)
    changed("henvist", by=by, about=referral, citizen_id=citizen.id)
    return referral


@transaction.atomic
def withdraw_referral(referral: Referral, *, by: User) -> None:
    """Takes a referral back that should not be visitated; it stays to be read."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.state != Referral.State.NEW:
        raise ValidationError("Henvisningen er allerede visiteret og kan ikke trækkes tilbage.")
    referral.state = Referral.State.WITHDRAWN
    referral.save(update_fields=["state"])
    changed("trukket henvisning tilbage", by=by, about=referral, citizen_id=referral.citizen_id)


@transaction.atomic
def correct_citizen(citizen: Citizen, *, by: User, **fields: Any) -> None:
    """Changes what is known of a citizen; the journal keeps which fields, never their words."""
    touched = sorted(name for name, value in fields.items() if getattr(citizen, name) != value)
    for name in touched:
        setattr(citizen, name, fields[name])
    if touched:
        citizen.save(update_fields=touched)
        changed("rettet borger", by=by, about=citizen, citizen_id=citizen.id, fields=touched)


@transaction.atomic
def reveal_cpr(citizen: Citizen, *, by: User) -> str:
    """The CPR number in clear, journalled as a look of its own; ten digits, or empty where none is known."""
    write(Kind.LOOK, "CPR-nummer", by=by, about=citizen, citizen_id=citizen.id)
    return cpr_numbers.decrypt(citizen.cpr_encrypted) if citizen.cpr_encrypted else ""


@transaction.atomic
def reveal_protected(citizen: Citizen, *, reason: str, by: User) -> None:
    """Journals why a protected address was opened. Raises ValidationError at `reason` when none is given."""
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvorfor du skal bruge adressen."})
    write(
        Kind.LOOK,
        "beskyttet adresse",
        by=by,
        about=citizen,
        citizen_id=citizen.id,
        detail={"reason": "angivet"},
    )
    write_note(citizen, text=f"Beskyttet adresse åbnet: {reason.strip()}", by=by)


@transaction.atomic
def write_note(citizen: Citizen, *, text: str, by: User, key: uuid.UUID | None = None) -> CaseNote:
    """A note in the case (OFL § 13); the same `key` sent twice is the same note."""
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    written = sent_before(CaseNote.objects.filter(citizen=citizen, written_by=by), key)
    if written is not None:
        return written
    note = CaseNote.objects.create(id=key or uuid.uuid4(), citizen=citizen, text=text, written_by=by)
    changed("skrevet notat", by=by, about=note, citizen_id=citizen.id)
    return note
