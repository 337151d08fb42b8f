"""The verbs of following up: contacts and their corrections, absences, appointments, status, and what came after."""

import uuid
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Sum

from mentorkorps.cases.models import Course, Task
from mentorkorps.domain.dates import add_months, field_date, week_number
from mentorkorps.followup.models import (
    Appointment,
    CitizenAbsence,
    Contact,
    CourseTally,
    FollowUp,
    StatusReport,
)
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, User

Outcome, How = Contact.Outcome, Contact.How
LONGEST_CONTACT = 12 * 60  # minutes; longer is a slip of the finger
FOLLOW_UP_MONTHS = (6, 12, 18)


@transaction.atomic
def log_contact(
    course: Course, *, key: uuid.UUID, day: date, outcome: str, today: date, by: User, minutes: int = 0,
    how: str = How.IN_PERSON, mentor: Mentor | None = None, tasks: list[Task] | None = None, **fields: Any,
) -> Contact:  # fmt: skip
    """Logs one contact or attempt; the same key sent twice is the same contact.

    Raises ValidationError, by field, for a day outside the course or in the future, a meeting without minutes, or
    a telephone contact without a reason.
    """
    sent_before = Contact.objects.filter(key=key).first()
    if sent_before is not None:
        if sent_before.course_id != course.id:
            raise ValidationError(
                "Den samme registrering er allerede brugt på et andet forløb. Genindlæs siden."
            )
        return sent_before
    contact = Contact(
        key=key, course=course, mentor=mentor or course.mentor, day=day, week=week_number(day), outcome=outcome,
        how=how, minutes=minutes, logged_by=by, **fields,
    )  # fmt: skip
    _check(contact, course, today)
    contact.held = contact.outcome == Outcome.MET
    contact.save()
    contact.tasks.set(tasks or [])
    _add_to_tally(course, contact)
    changed("registreret kontakt", by=by, about=contact, citizen_id=course.citizen_id, outcome=outcome)
    return contact


@transaction.atomic
def correct_contact(contact: Contact, *, key: uuid.UUID, today: date, by: User, **fields: Any) -> Contact:
    """A new row in the place of one that was wrong; the old one stays to be read and no longer counts."""
    sent_before = Contact.objects.filter(key=key).first()
    if sent_before is not None:
        return sent_before
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.superseded:
        raise ValidationError("Kontakten er allerede rettet. Ret den nyeste linje.")
    course = contact.course
    Contact.objects.filter(pk=contact.pk).update(superseded=True, held=False)
    kept = {name: getattr(contact, name) for name in _CARRIED}
    corrected = log_contact(course, key=key, today=today, by=by, corrects=contact, **(kept | fields))
    rebuild_tally(course)
    return corrected


# What a correction takes over from the row it corrects unless it says otherwise.
_CARRIED = (
    "day", "start", "outcome", "how", "not_in_person_reason", "place", "minutes", "transport_minutes",
    "preparation_minutes", "others", "note", "group", "mentor",
)  # fmt: skip


def _check(contact: Contact, course: Course, today: date) -> None:
    problems: dict[str, str] = {}
    if contact.mentor is None:
        raise ValidationError("Forløbet har ingen mentor endnu. Vælg en mentor først.")
    if contact.day > today:
        problems["day"] = "Datoen ligger i fremtiden. En aftale skriver du som næste aftale."
    elif not course.start <= contact.day <= course.end:
        problems["day"] = (
            f"Forløbet løber fra {field_date(course.start)} til {field_date(course.end)}. Vælg en dag deri."
        )
    if contact.outcome not in Outcome.values:
        problems["outcome"] = "Vælg, hvordan det gik."
    if contact.outcome == Outcome.MET and contact.minutes < 1:
        problems["minutes"] = "Skriv, hvor mange minutter I var sammen."
    if contact.outcome != Outcome.MET:
        contact.minutes = 0
    if contact.minutes > LONGEST_CONTACT:
        problems["minutes"] = (
            "Højst 12 timer (720 minutter). Er det flere dage, så registrér hver dag for sig."
        )
    if (
        contact.outcome == Outcome.MET
        and contact.how != How.IN_PERSON
        and not contact.not_in_person_reason.strip()
    ):
        problems["not_in_person_reason"] = (
            "Skriv, hvorfor I ikke mødtes. Kontakten er personlig, når den kan være det."
        )
    if problems:
        raise ValidationError(problems)


def _add_to_tally(course: Course, contact: Contact) -> None:
    tally, _ = CourseTally.objects.get_or_create(course=course)
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


@transaction.atomic
def record_absence(
    course: Course, *, first: date, last: date | None, reason: str, note: str, by: User
) -> CitizenAbsence:
    """Days on which the citizen cannot be met; the weeks that they fill are excused with this reason."""
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    if first > course.end or (last is not None and last < course.start):
        raise ValidationError(
            {"first": f"Forløbet løber fra {field_date(course.start)} til {field_date(course.end)}."}
        )
    absence = CitizenAbsence.objects.create(
        course=course, first=first, last=last, reason=reason, note=note, recorded_by=by
    )
    changed("registreret fravær", by=by, about=absence, citizen_id=course.citizen_id, reason=reason)
    return absence


@transaction.atomic
def end_absence(absence: CitizenAbsence, *, last: date, by: User) -> None:
    """Closes an absence that was open, or moves its last day."""
    if last < absence.first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    absence.last = last
    absence.save(update_fields=["last"])
    changed("afsluttet fravær", by=by, about=absence, citizen_id=absence.course.citizen_id)


@transaction.atomic
def book_appointment(
    course: Course, *, day: date, today: date, by: User, start: time | None = None, place: str = ""
) -> Appointment:
    """The next meeting; it takes the place of a later one that had not been held yet."""
    if day < today:
        raise ValidationError({"next_day": "Næste aftale ligger i fortiden. Vælg en dag fra i dag."})
    course.appointments.filter(day__gte=today, cancelled=False).update(cancelled=True)
    appointment = Appointment.objects.create(course=course, day=day, start=start, place=place)
    changed("aftalt møde", by=by, about=appointment, citizen_id=course.citizen_id)
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, by: User) -> None:
    """Takes a meeting off the calendar."""
    appointment.cancelled = True
    appointment.save(update_fields=["cancelled"])
    changed("aflyst møde", by=by, about=appointment, citizen_id=appointment.course.citizen_id)


@transaction.atomic
def write_status(course: Course, *, on: date, by: User, **fields: Any) -> StatusReport:
    """The mentor's status for the running grant; written again it replaces what was written for the same grant."""
    missing = {
        name: "Skriv et par linjer. Teksten bruges i den nye vurdering."
        for name in ("goals", "progress", "reason")
        if not str(fields.get(name, "")).strip()
    }
    if fields.get("recommendation") not in StatusReport.Recommendation.values:
        missing["recommendation"] = "Vælg, hvad du anbefaler."
    if missing:
        raise ValidationError(missing)
    report, _ = StatusReport.objects.update_or_create(
        course=course, grant_end=course.end, defaults={**fields, "written_by": by, "written_on": on}
    )
    changed("skrevet status", by=by, about=report, citizen_id=course.citizen_id)
    return report


@transaction.atomic
def plan_follow_ups(course: Course, *, by: User) -> None:
    """Asks for what became of the citizen 6, 12 and 18 months after the end."""
    FollowUp.objects.bulk_create(
        FollowUp(course=course, months=months, due=add_months(course.ended_on, months))
        for months in FOLLOW_UP_MONTHS
    )
    changed("planlagt opfølgning", by=by, about=course, citizen_id=course.citizen_id)


@transaction.atomic
def answer_follow_up(follow_up: FollowUp, *, outcome: str, on: date, by: User) -> None:
    """What became of the citizen; "kan ikke findes" is an answer."""
    if outcome not in dict(FollowUp._meta.get_field("outcome").choices):
        raise ValidationError({"outcome": "Vælg, hvor borgeren er nu."})
    follow_up.outcome, follow_up.asked_on, follow_up.asked_by = outcome, on, by
    follow_up.save()
    changed("besvaret opfølgning", by=by, about=follow_up, citizen_id=follow_up.course.citizen_id)
