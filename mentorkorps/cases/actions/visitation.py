"""Visitation: the caseworker's assessment, saved as it is typed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.facts import facts_at_start, facts_of_course, source
from mentorkorps.cases.models import Course, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User


@transaction.atomic
def open_visitation(referral: Referral, *, on: date, by: User) -> Visitation:
    """The open visitation of a referral, begun now if there is none."""
    if referral.state != Referral.State.NEW:
        raise ValidationError("Henvisningen er ikke længere åben. Se afgørelsen på borgerens side.")
    begun = referral.visitations.filter(locked=False).first()
    if begun is not None:
        return begun
    facts, sources = facts_at_start(referral.citizen, referral, on=on)
    visitation = Visitation.objects.create(
        citizen=referral.citizen, referral=referral, law_on=on, facts=facts, sources=sources, caseworker=by
    )
    changed("begyndt visitation", by=by, about=visitation, citizen_id=referral.citizen_id)
    return visitation


@transaction.atomic
def reassess(course: Course, *, on: date, by: User) -> Visitation:
    """The new assessment that a new period demands; nothing is extended by itself (LAB § 167, stk. 1)."""
    begun = course.reassessments.filter(locked=False).first()
    if begun is not None:
        return begun
    if course.ended_on is not None:
        raise ValidationError("Forløbet er afsluttet. Opret en ny henvisning.")
    facts, sources = facts_of_course(course)
    visitation = Visitation.objects.create(
        citizen=course.citizen, extends=course, law_on=on, facts=facts, sources=sources, caseworker=by
    )
    changed("begyndt ny vurdering", by=by, about=visitation, citizen_id=course.citizen_id)
    return visitation


@transaction.atomic
def save_visitation(
    visitation: Visitation, *, by: User, on: date, facts: dict[str, Any] | None = None, **fields: Any
) -> None:
    """Saves what was typed. `facts` replaces all facts; changed ones get the source given beside them or "Oplyst i samtale".

    Raises law.BadFact where a fact cannot be read, and ValidationError when a decision has locked the visitation.
    """
    visitation = Visitation.objects.select_for_update().get(pk=visitation.pk)
    if visitation.locked:
        raise ValidationError("Visitationen er låst, fordi der er truffet en afgørelse på den.")
    touched = sorted(name for name, value in fields.items() if getattr(visitation, name) != value)
    for name in touched:
        setattr(visitation, name, fields[name])
    if facts is not None:
        touched += _put_facts(visitation, facts, on)
    if touched:
        visitation.save()
        changed("gemt visitation", by=by, about=visitation, citizen_id=visitation.citizen_id, fields=touched)


def _put_facts(visitation: Visitation, facts: dict[str, Any], on: date) -> list[str]:
    """Stores readable facts with their sources; returns the names that changed."""
    new = {key: value for key, value in law.Facts.from_json(facts).as_json().items() if value is not None}
    old = visitation.facts
    touched = [key for key in sorted(new.keys() | old.keys()) if new.get(key) != old.get(key)]
    kept = {key: said for key, said in visitation.sources.items() if key in new and key not in touched}
    visitation.sources = kept | {key: source("Oplyst af borgeren", on) for key in touched if key in new}
    visitation.facts = new
    return touched
