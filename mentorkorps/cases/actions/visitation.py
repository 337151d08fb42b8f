"""Visitation: the caseworker's assessment, saved as it is typed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.facts import facts_at_start, facts_of_course, source
from mentorkorps.cases.models import Citizen, Course, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User


@transaction.atomic
def open_visitation(referral: Referral, *, on: date, by: User) -> Visitation:
    """The open visitation of a referral, begun now if there is none.

    A citizen without a caseworker gets the one who begins, so that nobody's deadlines belong to no one.
    """
    referral = Referral.objects.select_for_update().select_related("citizen").get(pk=referral.pk)
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
    if Citizen.objects.filter(pk=referral.citizen_id, caseworker__isnull=True).update(caseworker=by):
        changed("blevet sagsbehandler", by=by, about=referral.citizen, citizen_id=referral.citizen_id)
    return visitation


@transaction.atomic
def reassess(course: Course, *, on: date, by: User) -> Visitation:
    """The new assessment that a new period demands; nothing is extended by itself (LAB § 167, stk. 1)."""
    course = Course.objects.select_for_update().select_related("citizen").get(pk=course.pk)
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
    visitation: Visitation,
    *,
    by: User,
    on: date,
    facts: Mapping[str, Any] | None = None,
    sources: Mapping[str, dict[str, str]] | None = None,
    seen: datetime | None = None,
    **fields: Any,
) -> list[str]:
    """Saves what was typed and returns the names of what changed.

    `facts` holds values as JSON writes them, None for unknown; a fact that is not among them stays. A changed
    fact was told to `by` today unless `sources` says otherwise. `seen` is the `saved_at` that the typist saw.

    Raises law.BadFact where a fact cannot be read, and ValidationError when the law does not reach back to
    `law_on`, when a decision has locked the visitation, or (code "stale") when it was saved elsewhere since.
    """
    visitation = Visitation.objects.select_for_update().get(pk=visitation.pk)
    if visitation.locked:
        raise ValidationError(
            "Visitationen er låst, fordi der er truffet en afgørelse på den.", code="locked"
        )
    if seen is not None and seen != visitation.saved_at:
        raise ValidationError("Visitationen er ændret i et andet vindue.", code="stale")
    if "law_on" in fields:
        _check_law_reaches(fields["law_on"])
    touched = sorted(name for name, value in fields.items() if getattr(visitation, name) != value)
    for name in touched:
        setattr(visitation, name, fields[name])
    touched += _put_facts(visitation, facts or {}, sources or {}, source(f"Oplyst til {by.name}", on))
    if touched:
        visitation.save()
        changed("gemt visitation", by=by, about=visitation, citizen_id=visitation.citizen_id, fields=touched)
    return touched


def _check_law_reaches(law_on: date) -> None:
    try:
        law.target_groups(law_on)
        law.regime_on(law_on)
    except law.MissingRule as missing:
        raise ValidationError({"law_on": f"{missing} Vælg en senere dag."}) from None


def _put_facts(
    visitation: Visitation,
    facts: Mapping[str, Any],
    sources: Mapping[str, dict[str, str]],
    told: dict[str, str],
) -> list[str]:
    """Puts readable facts and their sources on the row; returns the names that changed."""
    read = law.Facts.from_json(visitation.facts | facts).as_json()
    new = {key: value for key, value in read.items() if value is not None}
    old, old_sources = visitation.facts, visitation.sources
    touched = [key for key in sorted(new.keys() | old.keys()) if new.get(key) != old.get(key)]
    retold = [key for key in sources if key in new and sources[key] != old_sources.get(key)]
    kept = {key: said for key, said in old_sources.items() if key in new and key not in touched}
    visitation.facts = new
    visitation.sources = (
        kept | {key: told for key in touched if key in new} | {key: sources[key] for key in retold}
    )
    return touched + [f"kilde: {key}" for key in retold]
