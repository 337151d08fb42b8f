"""A referral is corrected until a decision rests on it; what stood there before is kept."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.visitation import save_visitation
from mentorkorps.cases.facts import facts_at_start
from mentorkorps.cases.models import Referral, ReferralCorrection
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User

CODED = ("received_on", "target_group", "target_group_from", "mentor_gender", "mentor_age", "barriers")


@transaction.atomic
def correct_referral(
    referral: Referral, *, reason: str, seen: int, on: date, by: User, **fields: Any
) -> list[str]:
    """Corrects what a referral says and returns the names of what changed.

    `seen` is how many corrections the typist had seen. A new day of receipt moves the deadline for visitation, and a
    visitation that still says what the referral said is corrected with it. The journal keeps which fields, with codes
    and days as they were and are; texts stand in the correction alone. Raises ValidationError at `reason` when none
    is given, and at no field when a decision rests on the referral or it was corrected elsewhere since.
    """
    referral.refresh_from_db(from_queryset=Referral.objects.select_for_update().select_related("citizen"))
    if referral.state != Referral.State.NEW:
        raise ValidationError("Henvisningen er ikke længere åben, så den kan ikke rettes.")
    touched = sorted(name for name, value in fields.items() if getattr(referral, name) != value)
    if not touched:
        return []
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvorfor den rettes."})
    if referral.corrections.count() != seen:
        raise ValidationError(
            "Henvisningen er rettet i et andet vindue imens. Åbn den igen, og se rettelsen."
        )
    before, group = told(referral, touched), referral.target_group
    _put(referral, {name: fields[name] for name in touched})
    after = told(referral, touched)
    ReferralCorrection.objects.create(
        referral=referral, before=before, after=after, reason=reason.strip(), corrected_by=by
    )
    coded = {name: [before[name], after[name]] for name in touched if name in CODED}
    changed(
        "rettet henvisning", by=by, about=referral, citizen_id=referral.citizen_id, fields=touched, **coded
    )
    _correct_visitation(referral, group, on=on, by=by)
    return touched


def told(referral: Referral, names: list[str]) -> dict[str, Any]:
    """The values of some fields of a referral as a correction keeps them."""
    values = {name: getattr(referral, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _put(referral: Referral, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(referral, name, value)
    if "received_on" in fields:
        days = Municipality.objects.get().visitation_days
        referral.visitate_by = referral.received_on + timedelta(days=days)
    referral.save()


def _correct_visitation(referral: Referral, group: str, *, on: date, by: User) -> None:
    """Tells an open visitation of the target group, where it still says the referral's former `group`."""
    visitation = referral.visitations.filter(locked=False).first()
    if visitation is None or visitation.facts.get("target_group", "") != group:
        return
    facts, sources = facts_at_start(referral.citizen, referral, on=on)
    told = {"target_group": sources["target_group"]} if "target_group" in facts else {}
    save_visitation(visitation, by=by, on=on, facts={"target_group": facts.get("target_group")}, sources=told)
