"""Taking a decision: the letter is composed once and kept, and the course begins, changes or stops."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import begin_course, change_course, prolong_course, shorten_course
from mentorkorps.cases.actions.decision.checks import check_decision, check_on_course
from mentorkorps.cases.actions.decision.states import lock
from mentorkorps.cases.facts import (
    decision_letter,
    finding_of,
    how_heard,
    needs_hearing,
    needs_second_person,
    withheld,
)
from mentorkorps.cases.models import Course, Decision, Hearing, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User

Kind, State = Decision.Kind, Decision.State


@transaction.atomic
def decide(decision: Decision, *, on: date, by: User) -> Decision:
    """Takes the decision: composes and keeps the letter, and lets the course begin, change or stop.

    Raises Refusal while a hearing or a second person is missing, and ValidationError where the case has moved on
    since the draft was written; then nothing is written.
    """
    lock(decision, State.DRAFT)
    _check_as_of_today(decision, on=on, by=by)
    _check_heard(decision)
    decision.decided_on, decision.state = on, State.DECIDED
    decision.unit, decision.district = decision.citizen.unit, decision.citizen.district
    decision.letter = decision_letter(decision, signer=by).as_json()
    decision.save()
    _carry_out(decision)
    _close_visitation(decision)
    changed("truffet afgørelse", by=by, about=decision, citizen_id=decision.citizen_id, what=decision.kind)
    return decision


def _check_as_of_today(decision: Decision, *, on: date, by: User) -> None:
    """What held for the draft must still hold."""
    if decision.visitation_id is None:
        course = Course.objects.select_for_update(of=("self",)).get(pk=decision.course_id)
        if course.ended_on is not None:
            raise ValidationError("Forløbet er afsluttet i mellemtiden, så der er intet at afgøre.")
        check_on_course(decision, course, on=on, signer=by)
        return
    visitation = Visitation.objects.select_for_update().get(pk=decision.visitation_id)
    if visitation.locked:
        raise ValidationError("Der er allerede truffet en afgørelse på denne visitation.")
    if (visitation.facts, visitation.law_on) != (decision.facts, decision.law_on):
        raise ValidationError(
            "Oplysningerne i visitationen er ændret efter kladden. Åbn kladden, se den igennem, og gem den igen."
        )
    finding = finding_of(decision)
    check_decision(decision, finding, on=on, signer=by)


def _check_heard(decision: Decision) -> None:
    if needs_hearing(decision) and how_heard(Hearing.objects.filter(decision=decision).first()) is None:
        raise Refusal(
            "Borgeren skal høres, før du afgør. Send partshøring, eller skriv hvorfor ikke.", "FVL § 19"
        )
    if needs_second_person(decision) and decision.second_by_id is None:
        raise Refusal(
            "Loven kan kræve, at støtten gives. En anden skal godkende afgørelsen først.",
            ", ".join(dict.fromkeys(finding.citation for finding in withheld(decision))),
        )


def _carry_out(decision: Decision) -> None:
    match Kind(decision.kind):
        case Kind.GRANT if decision.course is None:
            decision.course = begin_course(decision)
            decision.save(update_fields=["course"])
        case Kind.GRANT:
            prolong_course(decision)
        case Kind.CHANGE:
            change_course(decision)
        case Kind.EARLY_STOP:
            shorten_course(decision)


def _close_visitation(decision: Decision) -> None:
    visitation = decision.visitation
    if visitation is None:
        return
    visitation.locked = True
    visitation.save(update_fields=["locked"])
    Referral.objects.filter(pk=visitation.referral_id).update(state=Referral.State.VISITATED)


@transaction.atomic
def send_letter(decision: Decision, *, on: date, by: User) -> None:
    """Records that the letter has gone to the citizen, from which the complaint term runs (RSL § 67)."""
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    if decision.state != State.DECIDED:
        raise ValidationError("Afgørelsen er ikke truffet endnu.")
    if decision.letter_sent_on is not None:
        raise ValidationError(f"Brevet er allerede sendt {field_date(decision.letter_sent_on)}.")
    rule = law.complaint_rule(on)
    decision.letter_sent_on, decision.complain_by = on, on + timedelta(weeks=rule.weeks)
    decision.save(update_fields=["letter_sent_on", "complain_by"])
    changed("sendt brev", by=by, about=decision, citizen_id=decision.citizen_id)
