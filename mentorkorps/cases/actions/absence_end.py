"""How a mentor's absence ends, or is to end on another day than was said, and what becomes of those who stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from mentorkorps.cases.actions.course import lock_course
from mentorkorps.cases.actions.mentor import end_substitute, extend_substitute
from mentorkorps.cases.actions.substitutes import Closed, close_choice
from mentorkorps.cases.models import Course, MentorAssignment, SubstituteChoice
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.actions import end_mentor_absence
from mentorkorps.municipality.actions.absences import end_or_withdraw_absence, lock_mentor
from mentorkorps.municipality.models import MentorAbsence, User
from mentorkorps.municipality.periods import not_over


@dataclass(frozen=True)
class Return:
    """A mentor's way back: from when they had been away, and the choices that were over with it."""

    since: date
    over: list[SubstituteChoice]

    @property
    def substitutes(self) -> int:
        """How many substitutes stopped."""
        return sum(choice.mentor_id is not None for choice in self.over)


@transaction.atomic
def mentor_back(absence: MentorAbsence, *, on: date, by: User) -> Return | None:
    """The mentor is back on a day: the absence ends the day before, and who stood in stops on the day itself.

    They can still write down what they did that day, and see nothing from the next. None where the mentor is not away:
    said twice it happens once.
    """
    mentor = absence.mentor
    lock_mentor(mentor)
    standing = mentor.absences.filter(pk=absence.pk).first()
    if standing is None or (standing.last is not None and standing.last < on):
        return None
    over = [_over(choice, on, by) for choice in _choices_to_end(standing, on)]
    end_or_withdraw_absence(standing, back=on, by=by)
    changed("mentor er tilbage", by=by, about=mentor, on=on.isoformat(), over=len(over))
    return Return(absence.first, over)


@dataclass(frozen=True)
class LastDay:
    """What another last day did: how many substitutes stopped today, how many follow it, and how many cannot."""

    stopped: int = 0
    follow: int = 0
    cannot: int = 0


@transaction.atomic
def set_last_day(absence: MentorAbsence, *, last: date | None, today: date, by: User) -> LastDay:
    """The mentor is away to another day than was said; None is until further notice.

    A day that has passed says that the mentor is back, and substitutes stop today. Else those who stand in for as long
    as the mentor is away follow to the new day. Raises ValidationError at `last`.
    """
    lock_mentor(absence.mentor)
    absence.refresh_from_db()
    if last is not None and last < today:
        over = [_over(choice, today, by) for choice in _choices_to_end(absence, today)]
        end_mentor_absence(absence, last=last, by=by)
        return LastDay(stopped=sum(choice.mentor_id is not None for choice in over))
    before = absence.last
    end_mentor_absence(absence, last=last, by=by)
    followed = [_follow(choice, before, last, today, by) for choice in _standing_in(absence)]
    return LastDay(follow=sum(followed), cannot=len(followed) - sum(followed))


def _standing_in(absence: MentorAbsence) -> Iterable[SubstituteChoice]:
    rows = SubstituteChoice.objects.filter(absence=absence, closed="", assignment__isnull=False)
    return rows.select_related("course", "assignment__course", "assignment__mentor").order_by("pk")


def _follow(choice: SubstituteChoice, before: date | None, last: date | None, today: date, by: User) -> bool:
    """Whether the substitute stands in to the new last day, now that it is said; a day somebody chose is kept."""
    stands, until = choice.assignment, _within(choice.course, last)
    if stands.last == until:
        return True
    if until is not None and (stands.last is None or stands.last > until):
        _stop_earlier(choice, until, today, by)
        return True
    if stands.last != _within(choice.course, before):
        return False
    try:
        extend_substitute(stands, last=until, by=by)
    except ValidationError:
        return False
    return True


def _within(course: Course, day: date | None) -> date | None:
    return None if day is None else min(day, course.end)


def _stop_earlier(choice: SubstituteChoice, until: date, today: date, by: User) -> None:
    """One who would not have begun by then never stands in."""
    if choice.assignment.first > until:
        close_choice(choice, Closed.UNDONE, last=until, on=today, by=by)
    else:
        lock_course(choice.course)
        end_substitute(choice.assignment, last=until, by=by)


def _choices_to_end(absence: MentorAbsence, on: date) -> list[SubstituteChoice]:
    """The standing choices of an absence, with one for each substitute who was chosen on the course's own page."""
    choices = SubstituteChoice.objects.filter(absence=absence).select_related(
        "course", "mentor", "assignment"
    )
    found = [choice for choice in choices if not choice.closed]
    told = {choice.assignment_id for choice in choices}
    others = [row for row in _substitutes(absence, on) if row.id not in told]
    return found + [_choice_of(row, absence, on) for row in others]


def _substitutes(absence: MentorAbsence, on: date) -> QuerySet[MentorAssignment]:
    """Who stands in for the mentor in the time of an absence, and has not stopped by a day."""
    within = not_over(max(on, absence.first)) & (Q(first__lte=absence.last) if absence.last else Q())
    rows = MentorAssignment.objects.filter(within, substitute=True, course__mentor=absence.mentor_id)
    return rows.select_related("course", "mentor", "assigned_by")


def _choice_of(assignment: MentorAssignment, absence: MentorAbsence, on: date) -> SubstituteChoice:
    return SubstituteChoice.objects.create(
        course=assignment.course, absence=absence, absent=absence.mentor, mentor=assignment.mentor,
        suggested=assignment.mentor, assignment=assignment, reason=assignment.reason, closed=Closed.BACK,
        closed_on=on, chosen_by=assignment.assigned_by, chosen_on=assignment.first,
    )  # fmt: skip


def _over(choice: SubstituteChoice, on: date, by: User) -> SubstituteChoice:
    close_choice(choice, Closed.BACK, last=on, on=on, by=by)
    return choice
