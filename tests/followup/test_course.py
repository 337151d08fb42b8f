"""Absences, appointments, status reports and follow-ups: what is kept, and what is refused at which field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.followup.actions import (
    answer_follow_up,
    book_appointment,
    end_absence,
    plan_follow_ups,
    record_absence,
    write_status,
)
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast

STATUS = {
    "goals": "Bolig er på plads",
    "progress": "Ringer selv",
    "recommendation": "continue",
    "reason": "Gæld mangler",
}


@pytest.fixture
def fatima(cast: Cast):
    return cast.people[Role.MENTOR]


def wrong(field: str, text: str):
    """Expects a ValidationError with this text at this field."""
    return pytest.raises(ValidationError, match=f"{field}.*{text}")


def test_an_absence_is_kept_closed_and_journalled_without_its_note(cast: Cast, fatima) -> None:
    absence = record_absence(
        cast.course, first=TODAY, last=None, reason="admitted", note="Afsnit P2", by=fatima
    )
    end_absence(absence, last=TODAY + timedelta(days=4), by=fatima)
    absence.refresh_from_db()
    assert absence.last == TODAY + timedelta(days=4)
    assert "P2" not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert Entry.objects.filter(citizen_id=cast.jens.id, verb__contains="fravær").count() == 2


def test_an_absence_lies_inside_the_course_and_does_not_end_before_it_begins(cast: Cast, fatima) -> None:
    given = {"reason": "sick", "note": "", "by": fatima}
    with wrong("last", "før første dag"):
        record_absence(cast.course, first=TODAY, last=TODAY - timedelta(days=1), **given)
    with wrong("first", "løber fra 22-06-2026"):
        record_absence(cast.course, first=date(2026, 12, 21), last=None, **given)
    with wrong("first", "løber fra"):
        record_absence(cast.course, first=date(2026, 1, 1), last=date(2026, 1, 9), **given)
    absence = record_absence(cast.course, first=TODAY, last=None, **given)
    with wrong("last", "før første dag"):
        end_absence(absence, last=TODAY - timedelta(days=1), by=fatima)


@pytest.mark.parametrize(("days", "text"), [(-1, "fortiden"), (31, "udløber 20-12-2026")])
def test_an_appointment_is_neither_past_nor_after_the_grant(cast: Cast, fatima, days: int, text: str) -> None:
    with wrong("next_day", text):
        book_appointment(cast.course, day=TODAY + timedelta(days=days), today=TODAY, by=fatima)


def test_a_status_written_again_replaces_the_one_of_the_same_grant(cast: Cast, fatima) -> None:
    write_status(cast.course, on=TODAY, by=fatima, **STATUS)
    write_status(cast.course, on=TODAY, by=fatima, **(STATUS | {"recommendation": "end"}))
    report = cast.course.status_reports.get()
    assert (report.recommendation, report.grant_end) == ("end", cast.course.end)


@pytest.mark.parametrize("field", ["goals", "progress", "reason", "recommendation"])
def test_a_status_needs_its_words_and_its_advice(cast: Cast, fatima, field: str) -> None:
    with wrong(field, ""):
        write_status(cast.course, on=TODAY, by=fatima, **(STATUS | {field: " "}))
    assert not cast.course.status_reports.exists()


def test_what_became_of_the_citizen_is_asked_three_times_and_never_of_the_dead(cast: Cast) -> None:
    course = cast.course
    course.ended_on, course.end_reason = date(2026, 8, 31), "goals_met"
    course.save()
    plan_follow_ups(course, by=cast.helle)
    assert [f.due for f in course.follow_ups.all()] == [
        date(2027, 2, 28),
        date(2027, 8, 31),
        date(2028, 2, 29),
    ]
    course.follow_ups.all().delete()
    course.end_reason = "death"
    plan_follow_ups(course, by=cast.helle)
    assert not course.follow_ups.exists()


def test_an_answer_is_one_of_the_known_and_not_found_is_one(cast: Cast) -> None:
    course = cast.course
    course.ended_on, course.end_reason = TODAY, "goals_met"
    course.save()
    plan_follow_ups(course, by=cast.helle)
    first = course.follow_ups.first()
    with wrong("outcome", "hvor borgeren er nu"):
        answer_follow_up(first, outcome="gone", on=first.due, by=cast.helle)
    with pytest.raises(ValidationError, match="20-05-2027"):
        answer_follow_up(first, outcome="lost", on=first.due - timedelta(days=1), by=cast.helle)
    answer_follow_up(first, outcome="lost", on=first.due, by=cast.helle)
    first.refresh_from_db()
    assert (first.outcome, first.asked_on, first.asked_by) == ("lost", date(2027, 5, 20), cast.helle)
