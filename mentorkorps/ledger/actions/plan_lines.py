"""Answering a plan line by line: follow, decline, take the answer back, or choose another mentor with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.cases.actions.mentor import assign_mentor, over_capacity
from mentorkorps.cases.actions.undo_mentor import undo_mentor
from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import field_date
from mentorkorps.followup.models import Contact
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import PlanLine
from mentorkorps.ledger.queries.plans import suggestion_for, swap_partners
from mentorkorps.municipality.models import Mentor, MentorAbsence, User
from mentorkorps.municipality.periods import holding

NAMED = 3  # lines that make room, in a message


@transaction.atomic
def take_line(
    line: PlanLine, *, first: date, today: date, by: User, swap: bool = False
) -> list[MentorAssignment]:
    """The citizen gets the suggested mentor from a day; with `swap` the other citizen gets this one's in the same go.

    What has changed since the plan was made is refused with what to do. Raises ValidationError, at `first` where the
    day is wrong.
    """
    lines = [_open(line, today)]
    if swap:
        partner = swap_partners(line.plan).get(line.pk)
        if partner is None:
            raise ValidationError(
                "Den, borgeren skulle bytte med, er ikke længere med i planen. Svar på linjen alene."
            )
        lines.append(_open(partner, today))
    made = [_assign(each, first, today, by) for each in lines]
    for each in lines:
        over = over_capacity(each.mentor, each.course, first)
        if over:
            raise ValidationError(f"{over} {_way_on(each)}")
    return made


def _way_on(line: PlanLine) -> str:
    """A plan for all counts on room that other lines make: which, and what to do where they wait for each other."""
    leaving = line.plan.lines.filter(state=PlanLine.State.OPEN, present=line.mentor, mentor__isnull=False)
    first = leaving.select_related("course__citizen").order_by("position")[:NAMED]
    names = [str(each.course.citizen) for each in first]
    if not names:
        return "Lav en ny plan, eller vælg en mentor på forløbet."
    return (
        f"Følg først en linje, der giver plads hos {line.mentor}: {listed(names, 'eller')}. Venter de på hinanden, "
        "så vælg mentor på forløbet, og skriv hvorfor."
    )


def _assign(line: PlanLine, first: date, today: date, by: User) -> MentorAssignment:
    made_on = field_date(line.plan.made_on or today)
    assignment = assign_mentor(
        line.course, mentor=line.mentor, first=first, by=by, reason=f"Foreslået i en plan fra {made_on}."
    )
    _answer(line, PlanLine.State.TAKEN, by, assignment=assignment)
    return assignment


def _open(line: PlanLine, today: date) -> PlanLine:
    """The line, locked and still fit to be followed, or the kind reason why it is not."""
    held = PlanLine.objects.select_for_update().get(pk=line.pk)
    if held.mentor is None:
        raise ValidationError("Planen har ingen mentor til borgeren. Vælg en mentor på forløbet.")
    if held.state != PlanLine.State.OPEN:
        raise ValidationError(f"Linjen er allerede besvaret: {held.get_state_display().lower()}.")
    if held.course.ended_on is not None:
        raise ValidationError(
            f"Forløbet sluttede {field_date(held.course.ended_on)}, efter planen blev lavet."
        )
    if held.course.mentor_id != held.present_id:
        raise ValidationError(
            f"Borgerens mentor er en anden, end da planen blev lavet: {held.course.mentor or 'ingen'}. Lav en ny plan."
        )
    if MentorAbsence.objects.filter(holding(today), mentor=held.mentor).exists():
        raise ValidationError(f"{held.mentor} er væk. Lav en ny plan, eller vælg en mentor på forløbet.")
    return held


@transaction.atomic
def decline_line(line: PlanLine, *, reason: str, by: User) -> None:
    """Says no, with the reason, which whoever reads the plan sees. Raises ValidationError at `reason`."""
    if not reason.strip():
        raise ValidationError({"reason": "Skriv kort, hvorfor forslaget ikke passer."})
    held = PlanLine.objects.select_for_update().get(pk=line.pk)
    if held.state != PlanLine.State.OPEN:
        raise ValidationError(f"Linjen er allerede besvaret: {held.get_state_display().lower()}.")
    _answer(held, PlanLine.State.DECLINED, by, reason=reason.strip())


@transaction.atomic
def undo_line(line: PlanLine, *, by: User) -> None:
    """Opens the line again; a mentor who was chosen by it is taken back while nothing has happened since.

    Raises ValidationError when something has: then the mentor is changed on the course instead.
    """
    held = PlanLine.objects.select_for_update().get(pk=line.pk)
    if held.state == PlanLine.State.OPEN:
        return
    if held.state == PlanLine.State.TAKEN:
        if held.assignment is None or _happened_since(held):
            raise ValidationError(
                "Der er sket noget på forløbet siden. Vælg en anden mentor på forløbet i stedet for at fortryde."
            )
        undo_mentor(held.assignment, back_to=held.present, by=by)
    _answer(held, PlanLine.State.OPEN, by)


def _happened_since(line: PlanLine) -> bool:
    """Whether the new mentor has logged anything or has an agreement with the citizen."""
    logged = Contact.objects.filter(course=line.course, logged_at__gte=line.answered_at)
    agreed = line.course.agreements.filter(mentor=line.mentor, drafted_on__gte=line.assignment.first)
    return logged.exists() or agreed.exists()


@transaction.atomic
def choose_mentor(
    course: Course, *, mentor: Mentor, first: date, by: User, reason: str = ""
) -> MentorAssignment:
    """`assign_mentor` for somebody who may have a plan's suggestion before them: another choice needs its reason.

    The line is answered by the choice. Raises ValidationError as `assign_mentor` does.
    """
    line = suggestion_for(course, first)
    if line is not None and line.mentor != mentor and not reason.strip():
        raise ValidationError(
            {"reason": f"En plan foreslår {line.mentor}. Skriv, hvorfor det skal være {mentor} i stedet."}
        )
    assignment = assign_mentor(course, mentor=mentor, first=first, by=by, reason=reason)
    if line is not None and line.mentor == mentor:
        _answer(line, PlanLine.State.TAKEN, by, assignment=assignment)
    elif line is not None:
        _answer(line, PlanLine.State.DECLINED, by, reason=reason.strip())
    return assignment


def _answer(
    line: PlanLine, state: str, by: User, *, reason: str = "", assignment: MentorAssignment | None = None
) -> None:
    line.state, line.reason, line.assignment = state, reason, assignment
    line.answered_by = None if state == PlanLine.State.OPEN else by
    line.answered_at = None if state == PlanLine.State.OPEN else timezone.now()
    line.save()
    changed(_VERBS[state], by=by, about=line, citizen_id=line.course.citizen_id, plan=str(line.plan_id))


_VERBS = {
    PlanLine.State.OPEN: "fortrudt svar på plan",
    PlanLine.State.TAKEN: "fulgt plan",
    PlanLine.State.DECLINED: "afvist linje i plan",
}
