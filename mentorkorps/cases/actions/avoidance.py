"""Noting that a citizen is not to have a mentor, and ending it again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Avoidance, Citizen, MentorAssignment
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, User
from mentorkorps.municipality.periods import not_over


@transaction.atomic
def avoid_mentor(citizen: Citizen, *, mentor: Mentor, reason: str, today: date, by: User) -> Avoidance:
    """From today on the citizen never gets this mentor. The same said twice is one row.

    Raises ValidationError at `mentor` while the mentor has the citizen or stands in, and at `reason`.
    """
    if reason not in Avoidance.Reason.values:
        raise ValidationError({"reason": "Vælg en grund."})
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    if citizen.courses.filter(mentor=mentor, ended_on__isnull=True).exists():
        raise ValidationError(
            {"mentor": f"{mentor} er borgerens mentor i dag. Vælg en anden mentor først, og fravælg så."}
        )
    running = citizen.courses.filter(ended_on__isnull=True)
    stands_in = MentorAssignment.objects.filter(not_over(today), course__in=running, substitute=True)
    if stands_in.filter(mentor=mentor).exists():
        raise ValidationError(
            {"mentor": f"{mentor} er vikar hos borgeren. Afslut vikaren på forløbet først, og fravælg så."}
        )
    there = citizen.avoids.filter(mentor=mentor, ended_on__isnull=True).first()
    if there is not None:
        return there
    made = Avoidance.objects.create(citizen=citizen, mentor=mentor, reason=reason, since=today, noted_by=by)
    changed("fravalgt mentor", by=by, about=made, citizen_id=citizen.id, mentor=str(mentor.id), reason=reason)
    return made


@transaction.atomic
def end_avoidance(avoidance: Avoidance, *, today: date, by: User) -> None:
    """The citizen can have the mentor again from today. Ending it twice is harmless."""
    open_ones = Avoidance.objects.filter(pk=avoidance.pk, ended_on__isnull=True)
    if open_ones.update(ended_on=max(today, avoidance.since), ended_by=by):
        changed(
            "ophævet fravalg af mentor", by=by, about=avoidance, citizen_id=avoidance.citizen_id,
            mentor=str(avoidance.mentor_id),
        )  # fmt: skip
