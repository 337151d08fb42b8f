"""Absences, appointments, status, and what is asked after the end of a course."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import check_running, lock_course
from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import add_months, field_date
from mentorkorps.followup.models import Appointment, CitizenAbsence, FollowUp, StatusReport, Whereabouts
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User
from mentorkorps.municipality.periods import not_over

FOLLOW_UP_MONTHS = (6, 12, 18)


@transaction.atomic
def record_absence(
    course: Course, *, first: date, last: date | None, reason: str, note: str, by: User
) -> CitizenAbsence:
    """Days on which the citizen cannot be met; the weeks that they fill are excused with this reason.

    Raises ValidationError at `first`, `last` or `reason`, also for days on which the citizen is away already.
    """
    lock_course(course)
    check_running(course)
    if reason not in CitizenAbsence.Reason.values:
        raise ValidationError({"reason": "Vælg, hvorfor borgeren er væk."})
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    if first > course.end or (last is not None and last < course.start):
        raise ValidationError(
            {"first": f"Forløbet løber fra {field_date(course.start)} til {field_date(course.end)}."}
        )
    _check_not_away(course, first, last)
    absence = CitizenAbsence.objects.create(
        course=course, first=first, last=last, reason=reason, note=note, recorded_by=by
    )
    changed("registreret fravær", by=by, about=absence, citizen_id=course.citizen_id, reason=reason)
    return absence


def _check_not_away(course: Course, first: date, last: date | None) -> None:
    others = course.absences.filter(not_over(first))
    clash = (others.filter(first__lte=last) if last else others).first()
    if clash is not None:
        until = f"til {field_date(clash.last)}" if clash.last else "og indtil videre"
        raise ValidationError(
            {"first": f"Borgeren er allerede væk fra {field_date(clash.first)} {until}. Afslut det først."}
        )


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
    """The next meeting; it takes the place of a later one that had not been held yet. The same twice is one."""
    lock_course(course)
    if day < today:
        raise ValidationError({"next_day": "Næste aftale ligger i fortiden. Vælg en dag fra i dag."})
    if day > course.end:
        raise ValidationError(
            {"next_day": f"Bevillingen udløber {field_date(course.end)}. Vælg en dag inden da."}
        )
    ahead = course.appointments.filter(day__gte=today, cancelled=False)
    same = ahead.filter(day=day, start=start, place=place).first()
    if same is not None:
        return same
    ahead.update(cancelled=True)
    appointment = Appointment.objects.create(course=course, day=day, start=start, place=place)
    changed("aftalt møde", by=by, about=appointment, citizen_id=course.citizen_id)
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, by: User) -> None:
    """Takes a meeting off the calendar, once."""
    if Appointment.objects.filter(pk=appointment.pk, cancelled=False).update(cancelled=True):
        changed("aflyst møde", by=by, about=appointment, citizen_id=appointment.course.citizen_id)


@transaction.atomic
def write_status(course: Course, *, on: date, by: User, **fields: Any) -> StatusReport:
    """The mentor's status for the running grant; written again it replaces what was written for the same grant."""
    check_running(course)
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
    """Asks for what became of the citizen 6, 12 and 18 months after the end, unless the citizen has died."""
    if course.end_reason == Course.EndReason.DEATH:
        return
    FollowUp.objects.bulk_create(
        FollowUp(course=course, months=months, due=add_months(course.ended_on, months))
        for months in FOLLOW_UP_MONTHS
    )
    changed("planlagt opfølgning", by=by, about=course, citizen_id=course.citizen_id)


@transaction.atomic
def answer_follow_up(follow_up: FollowUp, *, outcome: str, on: date, by: User) -> None:
    """What became of the citizen; "kan ikke findes" is an answer. An answer that it corrects is kept beside it."""
    if outcome not in dict(FollowUp._meta.get_field("outcome").choices):
        raise ValidationError({"outcome": "Vælg, hvor borgeren er nu."})
    if on < follow_up.due:
        raise ValidationError(f"Der skal først spørges {field_date(follow_up.due)}.")
    if (follow_up.outcome, follow_up.asked_on) == (outcome, on):
        return
    follow_up.outcome, follow_up.asked_on, follow_up.asked_by = outcome, on, by
    follow_up.save()
    Whereabouts.objects.create(follow_up=follow_up, outcome=outcome, on=on, noted_by=by)
    changed("besvaret opfølgning", by=by, about=follow_up, citizen_id=follow_up.course.citizen_id)
