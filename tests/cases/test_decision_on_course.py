"""Decisions on a running course: more, less, a stop, a new period, no new period."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.course import follow_grants
from mentorkorps.cases.actions.decision import (
    decide,
    draft_decision,
    draft_on_course,
    record_answer,
    send_hearing,
    waive_hearing,
)
from mentorkorps.cases.actions.visitation import reassess
from mentorkorps.cases.models import Course, Decision
from mentorkorps.domain import letter
from mentorkorps.domain.refusal import Refusal
from tests.cases.problems import fields_of
from tests.cases.scenes import (
    WORDS,
    running_course,
)
from tests.cast import TODAY, Cast


def text_of(decision: Decision) -> str:
    return letter.Document.from_json(decision.letter).as_text()


def change(cast: Cast, course: Course, minutes: int, **given: object) -> Decision:
    words = {"reasons": "Du klarer mere selv.", "citizens_view": "Du er enig.", "start": date(2026, 11, 30)}
    return draft_on_course(course, kind="change", on=TODAY, by=cast.helle, minutes=minutes, **(words | given))


def test_more_time_is_given_from_its_day(cast: Cast) -> None:
    course = running_course(cast)
    decision = decide(change(cast, course, 180), on=TODAY, by=cast.helle)
    course.refresh_from_db()
    assert course.minutes_per_week == 120, "the change begins on 30 November"
    follow_grants(on=date(2026, 11, 30))
    course.refresh_from_db()
    assert course.minutes_per_week == 180
    assert [(g.start, g.end, g.minutes_per_week) for g in course.grants.all()] == [
        (date(2026, 6, 22), date(2026, 11, 29), 120), (date(2026, 11, 30), date(2026, 12, 20), 180),
    ]  # fmt: skip
    assert decision.letter["title"] == "Du får mere tid med en mentor"


def test_less_time_is_heard_first(cast: Cast) -> None:
    draft = change(cast, running_course(cast), 60)
    with pytest.raises(Refusal, match="høres"):
        decide(draft, on=TODAY, by=cast.helle)


def test_a_hearing_about_less_does_not_cover_still_less(cast: Cast) -> None:
    course = running_course(cast)
    draft = change(cast, course, 60)
    send_hearing(draft, on=TODAY, by=cast.helle)
    record_answer(draft, answer="Du er enig.", on=TODAY, by=cast.helle)
    assert change(cast, course, 90).pk == draft.pk
    harder = change(cast, course, 30)
    draft.refresh_from_db()
    assert (harder.pk != draft.pk, draft.state) == (True, "withdrawn")
    with pytest.raises(Refusal, match="høres"):
        decide(harder, on=TODAY, by=cast.helle)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"minutes": 0}, "minutes_per_week"),
        ({"minutes": 120}, "minutes_per_week"),
        ({"minutes": 9_999_999}, "minutes_per_week"),
        ({"reasons": ""}, "reasons"),
        ({"start": None}, "start"),
        ({"start": date(2026, 6, 22)}, "start"),
        ({"start": date(2026, 11, 19)}, "start"),
        ({"start": date(2026, 12, 21)}, "start"),
    ],
)
def test_a_change_that_cannot_be(cast: Cast, given: dict, field: str) -> None:
    course = running_course(cast)
    with pytest.raises(ValidationError) as error:
        change(cast, course, **({"minutes": 60} | given))
    assert fields_of(error) == {field}
    assert course.decisions.count() == 1


def test_a_stop_before_time_ends_the_grant(cast: Cast) -> None:
    course = running_course(cast)
    draft = draft_on_course(
        course,
        kind="early_stop",
        on=TODAY,
        by=cast.helle,
        end=date(2026, 11, 30),
        reasons="Du er begyndt i job.",
    )
    waive_hearing(draft, reason="Du har selv bedt om det.", on=TODAY, by=cast.helle)
    decision = decide(draft, on=TODAY, by=cast.helle)
    course.refresh_from_db()
    assert course.end == course.grants.get().end == date(2026, 11, 30)
    assert "stopper den 30. november 2026" in text_of(decision)
    assert "skulle den vare til og med 20. december 2026" in text_of(decision)


@pytest.mark.parametrize("end", [None, TODAY - timedelta(days=1), date(2026, 12, 20)])
def test_a_stop_lies_ahead_and_before_the_end(cast: Cast, end: date | None) -> None:
    course = running_course(cast)
    with pytest.raises(ValidationError) as error:
        draft_on_course(course, kind="early_stop", on=TODAY, by=cast.helle, end=end, reasons="Du er i job.")
    assert fields_of(error) == {"end"}


def test_a_hearing_that_took_too_long_asks_for_a_new_day(cast: Cast) -> None:
    draft = change(cast, running_course(cast), 60)
    send_hearing(draft, on=TODAY, by=cast.helle)
    late = date(2026, 12, 5)
    record_answer(draft, answer="", on=late, by=cast.helle)
    with pytest.raises(ValidationError) as error:
        decide(draft, on=late, by=cast.helle)
    assert fields_of(error) == {"start"}, "time already given is not taken back"


def test_a_course_without_a_grant_has_nothing_to_change(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="ingen bevilling"):
        change(cast, cast.course, 60)


def test_an_ended_course_is_not_changed(cast: Cast) -> None:
    course = running_course(cast)
    course.ended_on, course.end_reason = TODAY, "job"
    course.save()
    with pytest.raises(ValidationError, match="afsluttet"):
        change(cast, course, 60)


def test_a_new_period_follows_the_last(cast: Cast) -> None:
    course = running_course(cast)
    visitation = reassess(course, on=TODAY, by=cast.helle)
    period = {"start": date(2026, 12, 21), "end": date(2027, 6, 20)}
    with pytest.raises(ValidationError) as error:
        draft_decision(
            visitation, kind="grant", rule="R3-01", on=TODAY, by=cast.helle, start=date(2026, 12, 20),
            end=date(2027, 6, 19), **WORDS,
        )  # fmt: skip
    assert fields_of(error) == {"start"}
    draft = draft_decision(visitation, kind="grant", rule="R3-01", on=TODAY, by=cast.helle, **period, **WORDS)
    decide(draft, on=TODAY, by=cast.helle)
    course.refresh_from_db()
    assert (course.end, course.grants.count()) == (period["end"], 2)


def test_no_new_period_is_a_decision_with_a_letter(cast: Cast) -> None:
    visitation = reassess(running_course(cast), on=TODAY, by=cast.helle)
    draft = draft_decision(
        visitation,
        kind="non_extension",
        rule="R3-01",
        on=TODAY,
        by=cast.helle,
        reasons="Målene er nået.",
        **WORDS,
    )
    waive_hearing(draft, reason="Du har selv bedt om det.", on=TODAY, by=cast.helle)
    assert decide(draft, on=TODAY, by=cast.helle).letter["title"] == "Du får ikke en ny periode med mentor"
