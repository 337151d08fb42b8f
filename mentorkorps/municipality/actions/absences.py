"""A mentor's own word that they are ill, and the absence that ends because they are back."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.journal.actions import changed
from mentorkorps.municipality.actions.corps import end_mentor_absence, record_mentor_absence
from mentorkorps.municipality.models import Mentor, MentorAbsence, User

DAYS_BACK, DAYS_AHEAD = 14, 7  # how far from today an illness can be reported to begin


@transaction.atomic
def report_ill(
    mentor: Mentor, *, first: date, last: date | None, today: date, by: User
) -> tuple[MentorAbsence, bool]:
    """Records that a mentor is ill from a day, and whether this was news: the same report sent twice is one.

    Raises ValidationError at `first` or `last`, also where another absence stands in the way.
    """
    if not today - timedelta(days=DAYS_BACK) <= first <= today + timedelta(days=DAYS_AHEAD):
        raise ValidationError(
            {"first": f"Vælg en dag fra {DAYS_BACK} dage siden til {DAYS_AHEAD} dage frem. Ellers ring."}
        )
    if last is not None and last < today:
        raise ValidationError(
            {"last": "Dagen er gået. Er du rask igen, så ring til fagkoordinatoren om de dage."}
        )
    lock_mentor(mentor)
    ill = MentorAbsence.Reason.SICK
    same = mentor.absences.filter(first=first, last=last, reason=ill).first()
    if same is not None:
        return same, False
    return record_mentor_absence(mentor, first=first, last=last, reason=ill, by=by), True


def lock_mentor(mentor: Mentor) -> None:
    """Lets one report at a time act on a mentor's absences. Inside a transaction."""
    Mentor.objects.select_for_update().get(pk=mentor.pk)


@transaction.atomic
def end_or_withdraw_absence(absence: MentorAbsence, *, back: date, by: User) -> None:
    """The mentor is back on a day, so that the one before is the last away.

    An absence counts whole days: from whoever is back on its first day, none is left, and the row goes. The journal
    keeps that it was there.
    """
    if back > absence.first:
        end_mentor_absence(absence, last=back - timedelta(days=1), by=by)
        return
    changed(
        "trukket mentors fravær tilbage", by=by, about=absence.mentor,
        first=absence.first.isoformat(), reason=absence.reason,
    )  # fmt: skip
    absence.delete()
