"""Taking back a choice of mentor that nothing has come of yet."""

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import check_running, lock_course
from mentorkorps.cases.models import MentorAssignment
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Mentor, User


@transaction.atomic
def undo_mentor(assignment: MentorAssignment, *, back_to: Mentor | None, by: User) -> None:
    """The citizen has `back_to` again, or nobody, as if the choice had not been made.

    Whether anything has happened since is for the caller to ask. Raises ValidationError when somebody has chosen
    anew meanwhile, and for a course that has ended.
    """
    course = assignment.course
    lock_course(course)
    check_running(course)
    if course.mentor_id != assignment.mentor_id or assignment.last is not None:
        raise ValidationError(f"{assignment.mentor} er ikke længere mentor på forløbet. Vælg mentor derfra.")
    undone = assignment.pk
    assignment.delete()
    if back_to is not None:
        before = course.assignments.filter(mentor=back_to, substitute=False).first()
        if before is None:
            raise ValidationError(f"{back_to} har ikke været mentor på forløbet.")
        before.last = None
        before.save(update_fields=["last"])
    course.mentor = back_to
    course.save(update_fields=["mentor"])
    changed("fortrudt valg af mentor", by=by, about=course, citizen_id=course.citizen_id, assignment=undone)
