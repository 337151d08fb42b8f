"""What is done about the courses of a mentor who is away: who stands in, or why nobody does."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import check_running, lock_course
from mentorkorps.cases.actions.mentor import assign_substitute, end_substitute
from mentorkorps.cases.models import Course, MentorAssignment, SubstituteChoice
from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, MentorAbsence, User
from mentorkorps.municipality.periods import holding, not_over

Closed = SubstituteChoice.Closed


@transaction.atomic
def put_in(
    course: Course, *, absence: MentorAbsence, mentor: Mentor, suggested: Mentor | None, today: date, by: User,
    reason: str = "",
) -> SubstituteChoice:  # fmt: skip
    """Lets a mentor stand in on a course for as long as its own mentor is away. The same choice twice is one.

    Another than the suggested one needs a reason, which is kept. One who has become ill too is replaced. Raises
    ValidationError at `mentor` or `reason`.
    """
    lock_course(course)
    _check_absence(course, absence, today)
    first = max(today, absence.first, course.start)
    current = open_choice(course, absence)
    standing = _standing(current, first)
    if standing == mentor:
        return current
    if standing is not None:
        raise ValidationError({"mentor": f"{standing} er allerede vikar. Fortryd det valg først."})
    _check_substitute(mentor, suggested, first, reason)
    _let_go(course, current, first, today, by)
    assignment = assign_substitute(
        course, mentor=mentor, first=first, last=absence.last and min(absence.last, course.end), by=by,
        reason=reason.strip() or f"Mens {absence.mentor} er væk",
    )  # fmt: skip
    return _choose(course, absence, today, by, mentor=mentor, suggested=suggested, reason=reason.strip(),
                   assignment=assignment)  # fmt: skip


@transaction.atomic
def leave_without(
    course: Course, *, absence: MentorAbsence, suggested: Mentor | None, reason: str, today: date, by: User
) -> SubstituteChoice:
    """Says why nobody stands in on a course. It stays on the list as not covered where the law binds.

    Raises ValidationError at `reason`, or where somebody stands in already.
    """
    lock_course(course)
    _check_absence(course, absence, today)
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvorfor der ingen vikar er."})
    first = max(today, absence.first, course.start)
    current = open_choice(course, absence)
    standing = _standing(current, first)
    if standing is not None:
        raise ValidationError(f"{standing} er vikar. Fortryd det valg først.")
    if current is not None and current.mentor is None and current.reason == reason.strip():
        return current
    _let_go(course, current, first, today, by)
    return _choose(course, absence, today, by, mentor=None, suggested=suggested, reason=reason.strip())


@transaction.atomic
def undo_choice(choice: SubstituteChoice, *, last: date, today: date, by: User) -> None:
    """Takes a choice back. `last` is the substitute's last day; before the first day they never stood in.

    Undone twice it stays undone.
    """
    lock_course(choice.course)
    choice.refresh_from_db()
    if choice.closed:
        return
    _end(choice.assignment, last, by)
    _close(choice, Closed.UNDONE, on=today)
    course = choice.course
    changed(
        "fortrudt vikarvalg", by=by, about=choice, citizen_id=course.citizen_id, mentor=_id(choice.mentor)
    )


def open_choice(course: Course, absence: MentorAbsence) -> SubstituteChoice | None:
    """What is decided about a course for an absence, while it stands."""
    standing = course.substitute_choices.filter(absence=absence, closed="")
    return standing.select_related("mentor", "assignment__mentor").first()


def _check_absence(course: Course, absence: MentorAbsence, today: date) -> None:
    check_running(course)
    if absence.mentor_id != course.mentor_id:
        raise ValidationError("Borgeren har fået en anden mentor. Se listen igen.")
    if absence.last is not None and absence.last < today:
        raise ValidationError("Mentoren er tilbage. Se listen igen.")


def _check_substitute(mentor: Mentor, suggested: Mentor | None, first: date, reason: str) -> None:
    away = _away(mentor, first)
    if away is not None:
        raise ValidationError(
            {
                "mentor": f"{mentor} er selv væk {field_date(first)}: {away.get_reason_display()}. Vælg en anden."
            }
        )
    if mentor != suggested and not reason.strip():
        said = f"Forslaget er {suggested}" if suggested else "Ingen har plads i dag"
        raise ValidationError({"reason": f"{said}. Skriv, hvorfor det skal være {mentor}."})


def _away(mentor: Mentor, day: date) -> MentorAbsence | None:
    return mentor.absences.filter(holding(day)).first()


def _standing(choice: SubstituteChoice | None, first: date) -> Mentor | None:
    """Who is chosen and is here; one who is away too, or has stopped before the day, stands in for nobody."""
    stands = choice.assignment if choice else None
    if stands is None or (stands.last is not None and stands.last < first):
        return None
    return stands.mentor if _away(stands.mentor, first) is None else None


def _let_go(course: Course, current: SubstituteChoice | None, first: date, today: date, by: User) -> None:
    """Ends what is replaced: the choice before, and substitutes who are away too, wherever they were chosen."""
    for row in course.assignments.filter(not_over(first), substitute=True).select_related("mentor", "course"):
        if _away(row.mentor, first) is not None:
            _end(row, today - timedelta(days=1), by)
    if current is not None:
        _close(current, Closed.REPLACED, on=today)


def _choose(
    course: Course, absence: MentorAbsence, today: date, by: User, *, mentor: Mentor | None, **more: object
) -> SubstituteChoice:
    made = SubstituteChoice.objects.create(
        course=course,
        absence=absence,
        absent=absence.mentor,
        mentor=mentor,
        chosen_by=by,
        chosen_on=today,
        **more,
    )
    verb = "sat vikar ind" if mentor else "ladet forløb være uden vikar"
    changed(
        verb, by=by, about=made, citizen_id=course.citizen_id,
        mentor=_id(mentor), departed=made.suggested_id != made.mentor_id,
    )  # fmt: skip
    return made


def close_choice(choice: SubstituteChoice, why: Closed, *, last: date, on: date, by: User) -> None:
    """Closes a choice on a day; whoever stands in by it stops on `last`, or earlier where that was said before."""
    lock_course(choice.course)
    _end(choice.assignment, last, by)
    _close(choice, why, on=on)


def _end(assignment: MentorAssignment | None, last: date, by: User) -> None:
    if assignment is not None and (assignment.last is None or assignment.last > last):
        end_substitute(assignment, last=last, by=by)


def _close(choice: SubstituteChoice, why: Closed, *, on: date) -> None:
    choice.refresh_from_db(fields=["assignment"])
    choice.closed, choice.closed_on = why, on
    choice.save(update_fields=["closed", "closed_on"])


def _id(mentor: Mentor | None) -> str:
    return str(mentor.id) if mentor else ""
