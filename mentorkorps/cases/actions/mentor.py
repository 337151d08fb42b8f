"""Who is the citizen's mentor from when to when, and who stands in."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum

from mentorkorps.cases.actions.course import check_running, lock_course
from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.domain.dates import field_date, write_minutes
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, User
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries.corps import direct_minutes


@transaction.atomic
def assign_mentor(
    course: Course, *, mentor: Mentor, first: date, by: User, reason: str = ""
) -> MentorAssignment:
    """Gives the course a mentor from a day; the one before ends the day before.

    More hours or citizens than the mentor can take needs a reason. Raises ValidationError at `mentor`, `first` or
    `reason`.
    """
    lock_course(course)
    _check_choice(course, mentor, first)
    if course.mentor_id == mentor.id:
        raise ValidationError({"mentor": f"{mentor} er allerede mentor på forløbet."})
    over = over_capacity(mentor, course, first)
    if over and not reason.strip():
        raise ValidationError({"reason": f"{over} Skriv, hvorfor det alligevel skal være {mentor}."})
    previous = course.assignments.filter(last__isnull=True, substitute=False).first()
    if previous is not None:
        _end_previous(previous, first)
    assignment = MentorAssignment.objects.create(
        course=course, mentor=mentor, first=first, reason=reason.strip(), assigned_by=by
    )
    course.mentor = mentor
    course.save(update_fields=["mentor"])
    changed("valgt mentor", by=by, about=course, citizen_id=course.citizen_id, mentor=str(mentor.id))
    return assignment


def over_capacity(mentor: Mentor, course: Course, on: date) -> str:
    """What the mentor's week or head count cannot hold if the course is added on a day, as a sentence; else empty.

    Hours that nobody has recorded are unknown, and are not over anything.
    """
    others = mentor.courses.filter(ended_on__isnull=True, end__gte=on).exclude(pk=course.pk)
    taken = others.aggregate(heads=Count("pk"), minutes=Sum("minutes_per_week", default=0))
    if mentor.max_citizens is not None and taken["heads"] >= mentor.max_citizens:
        return f"{mentor} har {taken['heads']} borgere og kan højst have {mentor.max_citizens}."
    minutes = direct_minutes(on, Mentor.objects.filter(pk=mentor.pk)).get(mentor.pk)
    if minutes is not None and taken["minutes"] + course.minutes_per_week > minutes:
        free = write_minutes(max(minutes - taken["minutes"], 0))
        return (
            f"{mentor} har {free} ledig om ugen, og forløbet er på {write_minutes(course.minutes_per_week)}"
        )
    return ""


def _end_previous(previous: MentorAssignment, first: date) -> None:
    if first < previous.first:
        raise ValidationError(
            {
                "first": f"{previous.mentor} er mentor fra {field_date(previous.first)}. Vælg den dag eller en senere."
            }
        )
    previous.last = max(first - timedelta(days=1), previous.first)
    previous.save(update_fields=["last"])


@transaction.atomic
def assign_substitute(
    course: Course, *, mentor: Mentor, first: date, last: date | None, by: User, reason: str = ""
) -> MentorAssignment:
    """Lets another mentor stand in for a while; the citizen's own mentor stays. One substitute at a time.

    Raises ValidationError at `mentor`, `first` or `last`.
    """
    lock_course(course)
    _check_choice(course, mentor, first)
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    if last is not None and last > course.end:
        raise ValidationError(
            {"last": f"Bevillingen udløber {field_date(course.end)}. Vælg en tidligere dag."}
        )
    if mentor.id == course.mentor_id:
        raise ValidationError({"mentor": f"{mentor} er borgerens egen mentor. Vælg en anden som vikar."})
    _check_free(course, first, last)
    assignment = MentorAssignment.objects.create(
        course=course,
        mentor=mentor,
        first=first,
        last=last,
        substitute=True,
        reason=reason.strip(),
        assigned_by=by,
    )
    changed("valgt vikar", by=by, about=course, citizen_id=course.citizen_id, mentor=str(mentor.id))
    return assignment


@transaction.atomic
def end_substitute(assignment: MentorAssignment, *, last: date, by: User) -> None:
    """Ends a substitute's time on a day; one that has not begun by then never stood in, and falls away."""
    if assignment.last is not None and assignment.last < last:
        raise ValidationError(f"{assignment.mentor} var vikar til {field_date(assignment.last)}.")
    if assignment.first > last:
        assignment.delete()
    else:
        assignment.last = last
        assignment.save(update_fields=["last"])
    course = assignment.course
    changed(
        "afsluttet vikar", by=by, about=course, citizen_id=course.citizen_id, mentor=str(assignment.mentor_id)
    )


@transaction.atomic
def extend_substitute(assignment: MentorAssignment, *, last: date | None, by: User) -> None:
    """A substitute who has a last day stands in longer: to another day, or None until further notice.

    Raises ValidationError where somebody else stands in by then, or the mentor cannot any more.
    """
    course, after = assignment.course, assignment.last + timedelta(days=1)
    lock_course(course)
    _check_choice(course, assignment.mentor, last or after)
    _check_free(course, after, last)
    assignment.last = last
    assignment.save(update_fields=["last"])
    changed(
        "forlænget vikar", by=by, about=course, citizen_id=course.citizen_id, mentor=str(assignment.mentor_id)
    )


def _check_free(course: Course, first: date, last: date | None) -> None:
    """Two substitutes at once would each think that the other goes."""
    others = course.assignments.filter(not_over(first), substitute=True)
    others = others.filter(first__lte=last) if last else others
    clash = others.select_related("mentor").first()
    if clash is not None:
        until = f"til {field_date(clash.last)}" if clash.last else "indtil videre"
        raise ValidationError(
            {"first": f"{clash.mentor} er vikar fra {field_date(clash.first)} {until}. Vælg andre dage."}
        )


def _check_choice(course: Course, mentor: Mentor, day: date) -> None:
    check_running(course)
    if day > course.end:
        raise ValidationError(
            {"first": f"Bevillingen udløber {field_date(course.end)}. Vælg en tidligere dag."}
        )
    if day < mentor.active_from:
        raise ValidationError({"first": f"{mentor} begynder som mentor {field_date(mentor.active_from)}."})
    if mentor.active_to is not None and mentor.active_to < day:
        raise ValidationError({"mentor": f"{mentor} stopper som mentor {field_date(mentor.active_to)}."})
    avoided = course.citizen.avoids.filter(mentor=mentor, ended_on__isnull=True).first()
    if avoided is not None:
        raise ValidationError(
            {
                "mentor": f"{mentor} er fravalgt for borgeren: {avoided.get_reason_display()}. Vælg en anden, eller "
                "ophæv fravalget først, hvis det ikke gælder længere."
            }
        )
