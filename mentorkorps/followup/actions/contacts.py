"""Logging contacts. Rows are never changed: what was wrong is corrected or retracted by a row that points at it."""

import uuid
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Sum

from mentorkorps.cases.actions.course import move_task
from mentorkorps.cases.models import Course, Task
from mentorkorps.domain.dates import field_date, week_number
from mentorkorps.followup.actions.course import book_appointment
from mentorkorps.followup.models import Contact, CourseTally
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, Role, User

Outcome, How = Contact.Outcome, Contact.How
LONGEST_CONTACT = 12 * 60  # minutes; longer is a slip of the finger
OUTCOMES = frozenset(Outcome.values) - {Outcome.RETRACTED}


def log_contact(course: Course, **said: Any) -> Contact:
    """Logs one contact or attempt, as `log_contact_once`, for whoever need not know whether it was here already."""
    return log_contact_once(course, **said)[0]


@transaction.atomic
def log_contact_once(
    course: Course, *, key: uuid.UUID, day: date, outcome: str, today: date, by: User, minutes: int = 0,
    how: str = How.IN_PERSON, mentor: Mentor | None = None, tasks: Mapping[Task, str] | None = None,
    next_day: date | None = None, next_start: time | None = None, next_place: str = "", **fields: Any,
) -> tuple[Contact, bool]:  # fmt: skip
    """Logs one contact or attempt, and says whether it is new; the same key sent twice is the same contact.

    `tasks` are those worked on, each with the stage it has now; `next_*` books the next meeting. `minutes` are
    together, and 0 unless they met. Raises ValidationError, by field, for someone else's citizen, a day outside
    the course or in the future, a meeting without minutes, or one by telephone without a reason.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    sent_before = _sent_before(key, course)
    if sent_before is not None:
        return sent_before, False
    contact = Contact(
        key=key, course=course, mentor=_mentor_for(course, mentor, day, by), day=day, outcome=outcome, how=how,
        minutes=minutes, logged_by=by, **fields,
    )  # fmt: skip
    _check(contact, course, today)
    _settle(contact)
    contact.save()
    _touch_tasks(contact, tasks or {}, by)
    if next_day is not None:
        book_appointment(course, day=next_day, start=next_start, place=next_place, today=today, by=by)
    _add_to_tally(contact)
    changed("registreret kontakt", by=by, about=contact, citizen_id=course.citizen_id, outcome=outcome)
    return contact, True


@transaction.atomic
def log_group(
    outcomes: Mapping[Course, str], *, key: uuid.UUID, day: date, today: date, by: User, **fields: Any
) -> list[Contact]:
    """One meeting with several citizens: a contact for each, with the same fields and its own outcome."""
    if not outcomes:
        raise ValidationError("Vælg, hvem der var med, og hvem der udeblev.")
    return [
        log_contact(
            course, key=uuid.uuid5(key, str(course.id)), group=key, day=day, outcome=outcome, today=today, by=by,
            **fields,
        )
        for course, outcome in outcomes.items()
    ]  # fmt: skip


@transaction.atomic
def correct_contact(contact: Contact, *, key: uuid.UUID, today: date, by: User, **fields: Any) -> Contact:
    """A new row in the place of one that was wrong; the old one stays to be read and no longer counts.

    Raises ValidationError where nothing is changed, or where the row has been corrected already.
    """
    return _replace(contact, "rettet kontakt", key=key, today=today, by=by, **fields)


@transaction.atomic
def retract_contact(contact: Contact, *, key: uuid.UUID, by: User) -> Contact:
    """Takes back a contact that was logged by mistake; both rows stay to be read, and neither counts."""
    nothing = {"outcome": Outcome.RETRACTED, "transport_minutes": 0, "preparation_minutes": 0, "note": ""}
    return _replace(contact, "trukket kontakt tilbage", key=key, by=by, **nothing)


# What a correction takes over from the row it corrects unless it says otherwise.
_CARRIED = (
    "day", "start", "outcome", "how", "not_in_person_reason", "place", "minutes", "transport_minutes",
    "preparation_minutes", "others", "note",
)  # fmt: skip


def _replace(
    contact: Contact, verb: str, *, key: uuid.UUID, by: User, today: date | None = None, **fields: Any
) -> Contact:
    """Puts a row in the place of another. Without `today` it claims nothing that could be untrue."""
    course = Course.objects.select_for_update().get(pk=contact.course_id)
    sent_before = _sent_before(key, course)
    if sent_before is not None:
        return sent_before
    contact.refresh_from_db()
    if contact.superseded or contact.outcome == Outcome.RETRACTED:
        raise ValidationError("Kontakten er allerede rettet. Ret den nyeste linje.")
    _check_may_correct(contact, by)
    kept = {name: getattr(contact, name) for name in _CARRIED}
    new = Contact(
        key=key, course=course, mentor_id=contact.mentor_id, group=contact.group, corrects=contact, logged_by=by,
        **(kept | fields),
    )  # fmt: skip
    _settle(new)
    if _says_the_same(new, contact):
        raise ValidationError("Intet er ændret. Ret det, der var forkert, eller gå tilbage uden at gemme.")
    Contact.objects.filter(pk=contact.pk).update(superseded=True, held=False)
    if today is not None:
        _check(new, course, today)
    new.save()
    new.tasks.set(contact.tasks.all())
    rebuild_tally(course)
    changed(verb, by=by, about=new, citizen_id=course.citizen_id, outcome=new.outcome)
    return new


def _sent_before(key: uuid.UUID, course: Course) -> Contact | None:
    found = Contact.objects.filter(key=key).first()
    if found is not None and found.course_id != course.id:
        raise ValidationError("Den samme registrering er allerede brugt på et andet forløb. Genindlæs siden.")
    return found


def _mentor_for(course: Course, mentor: Mentor | None, day: date, by: User) -> Mentor:
    """Whose contact it is: the signed-in mentor's own, or the named or usual mentor's when logged on behalf."""
    if by.role in (Role.MENTOR, Role.COMPANY_MENTOR):
        own = Mentor.objects.filter(user=by).first()
        if own is None or (own.id != course.mentor_id and not _assigned(course, own, day)):
            raise ValidationError("Du er ikke borgerens mentor den dag. Spørg din fagkoordinator.")
        return own
    chosen = mentor or course.mentor
    if chosen is None:
        raise ValidationError("Forløbet har ingen mentor endnu. Vælg en mentor først.")
    if chosen.id != course.mentor_id and not _assigned(course, chosen, day):
        raise ValidationError({"mentor": f"{chosen} er ikke borgerens mentor eller vikar den dag."})
    _check_on_behalf(chosen, by)
    return chosen


def _assigned(course: Course, mentor: Mentor, day: date) -> bool:
    until = course.assignments.filter(mentor=mentor, first__lte=day).values_list("last", flat=True)
    return any(last is None or last >= day for last in until)


def _check_on_behalf(mentor: Mentor, by: User) -> None:
    if by.role == Role.COORDINATOR:
        return
    if by.role != Role.PROVIDER or mentor.provider_id != by.provider_id:
        raise ValidationError(
            "Du kan ikke registrere for den mentor. Det kan mentoren selv og fagkoordinatoren."
        )


def _check_may_correct(contact: Contact, by: User) -> None:
    if by.role in (Role.MENTOR, Role.COMPANY_MENTOR):
        if contact.mentor.user_id != by.id:
            raise ValidationError(f"Kontakten er {contact.mentor}s. Spørg din fagkoordinator.")
        return
    _check_on_behalf(contact.mentor, by)


def _settle(contact: Contact) -> None:
    """What follows from the rest of a row."""
    contact.week = week_number(contact.day)
    contact.held = contact.outcome == Outcome.MET
    if not contact.held:
        contact.minutes = 0


def _says_the_same(one: Contact, other: Contact) -> bool:
    return all(_said(getattr(one, name)) == _said(getattr(other, name)) for name in _CARRIED)


def _said(value: Any) -> Any:
    """A browser sends a text back with other line ends than it was given."""
    return value.splitlines() if isinstance(value, str) else value


def _check(contact: Contact, course: Course, today: date) -> None:
    problems = {
        "day": _day_problem(contact.day, course, today),
        "outcome": "" if contact.outcome in OUTCOMES else "Vælg, hvordan det gik.",
        "minutes": _minutes_problem(contact),
        "not_in_person_reason": _distance_problem(contact),
    }
    found = {name: text for name, text in problems.items() if text}
    if found:
        raise ValidationError(found)


def _day_problem(day: date, course: Course, today: date) -> str:
    last = min(course.end, course.ended_on) if course.ended_on else course.end
    if day > today:
        return "Datoen ligger i fremtiden. En aftale skriver du som næste aftale."
    if not course.start <= day <= last:
        return f"Forløbet løber fra {field_date(course.start)} til {field_date(last)}. Vælg en dag deri."
    return ""


def _minutes_problem(contact: Contact) -> str:
    together = contact.minutes if contact.outcome == Outcome.MET else 0
    if contact.outcome == Outcome.MET and together < 1:
        return "Skriv, hvor mange minutter I var sammen."
    longest = max(together, contact.transport_minutes, contact.preparation_minutes)
    if longest > LONGEST_CONTACT:
        return "Højst 12 timer (720 minutter). Er det flere dage, så registrér hver dag for sig."
    return ""


def _distance_problem(contact: Contact) -> str:
    """A meeting counts at a distance only with its reason (LAB §§ 93 and 96 c: in person as a rule)."""
    at_a_distance = contact.outcome == Outcome.MET and contact.how != How.IN_PERSON
    if at_a_distance and not contact.not_in_person_reason.strip():
        return "Skriv, hvorfor I ikke mødtes. Kontakten er personlig, når den kan være det."
    return ""


def _touch_tasks(contact: Contact, tasks: Mapping[Task, str], by: User) -> None:
    contact.tasks.set(tasks)
    for task, stage in tasks.items():
        if task.course_id != contact.course_id:
            raise ValueError("a task of another course")
        if task.stage != stage:
            move_task(task, stage=stage, on=contact.day, by=by)


def _add_to_tally(contact: Contact) -> None:
    tally, _ = CourseTally.objects.get_or_create(course=contact.course)
    if contact.held:
        tally.delivered_minutes += contact.minutes
        tally.held += 1
        tally.last_met_on = max(tally.last_met_on or contact.day, contact.day)
        tally.save()


def rebuild_tally(course: Course) -> CourseTally:
    """The tally of a course counted anew from its contacts."""
    sums = course.contacts.filter(held=True).aggregate(m=Sum("minutes"), n=Count("id"), last=Max("day"))
    tally, _ = CourseTally.objects.update_or_create(
        course=course,
        defaults={"delivered_minutes": sums["m"] or 0, "held": sums["n"], "last_met_on": sums["last"]},
    )
    return tally
