"""The course that a decision begins, changes and stops, its tasks and its end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import (
    add_task,
    begin_course,
    change_course,
    end_course,
    follow_grants,
    move_task,
    prolong_course,
    put_tasks,
    shorten_course,
)
from mentorkorps.cases.models import Course
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.models import Entry
from tests.cases.grants import decision_on, grant
from tests.cases.problems import problem
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
AFTER = date(2026, 12, 21)


def test_a_grant_begins_a_course_with_its_tasks(cast: Cast) -> None:
    decision = decision_on(cast.course, cast.helle, course=None, start=AFTER, end=date(2027, 6, 20))
    course = begin_course(decision)
    assert (course.function, course.citation, course.minutes_per_week) == (
        "social_mentor",
        "LAB § 167, stk. 1",
        120,
    )
    assert list(course.tasks.values_list("title", "mine")) == [
        ("at komme til læge", True),
        ("at give penge", False),
    ]
    assert course.grants.get().end == date(2027, 6, 20)


def test_a_new_period_follows_the_old_one(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    prolong_course(
        decision_on(cast.course, cast.helle, start=AFTER, end=date(2027, 6, 20), minutes_per_week=60)
    )
    cast.course.refresh_from_db()
    assert (cast.course.end, cast.course.minutes_per_week) == (date(2027, 6, 20), 120), (
        "the old grant runs still"
    )
    assert cast.course.signed_on is None, "a new period needs a new agreement"
    assert cast.course.grants.count() == 2


def test_a_course_follows_a_grant_from_its_first_day(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    prolong_course(
        decision_on(cast.course, cast.helle, start=AFTER, end=date(2027, 6, 20), minutes_per_week=60)
    )
    assert follow_grants(on=AFTER - timedelta(days=1)) == 0
    assert follow_grants(on=AFTER) == 1
    assert follow_grants(on=AFTER) == 0
    cast.course.refresh_from_db()
    assert cast.course.minutes_per_week == 60
    assert Entry.objects.filter(verb="fulgt bevilling", citizen_id=cast.jens.id).count() == 1


def test_a_change_from_today_counts_today(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    change_course(
        decision_on(
            cast.course, cast.helle, kind="change", start=TODAY, minutes_per_week=60, decided_on=TODAY
        )
    )
    cast.course.refresh_from_db()
    assert cast.course.minutes_per_week == 60


def test_a_new_period_cannot_overlap_the_old_one(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    with pytest.raises(ValidationError) as raised:
        prolong_course(decision_on(cast.course, cast.helle, start=cast.course.end, end=date(2027, 6, 20)))
    assert "20-12-2026" in problem(raised, "start")


def test_a_change_splits_the_grant(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    change = decision_on(
        cast.course, cast.helle, kind="change", start=date(2026, 11, 23), minutes_per_week=60
    )
    change_course(change)
    spans = list(cast.course.grants.values_list("start", "end", "minutes_per_week"))
    assert spans == [
        (date(2026, 6, 22), date(2026, 11, 22), 120),
        (date(2026, 11, 23), date(2026, 12, 20), 60),
    ]
    assert change.end == date(2026, 12, 20)


def test_a_change_outside_any_grant_is_said(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    with pytest.raises(ValidationError) as raised:
        change_course(decision_on(cast.course, cast.helle, kind="change", start=AFTER))
    assert "ingen bevilling" in problem(raised, "start")
    with pytest.raises(ValidationError):
        change_course(decision_on(cast.course, cast.helle, kind="change", start=cast.course.start))


def test_a_stop_shortens_the_grant(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    prolong_course(decision_on(cast.course, cast.helle, start=AFTER, end=date(2027, 6, 20)))
    shorten_course(decision_on(cast.course, cast.helle, kind="early_stop", end=TODAY))
    cast.course.refresh_from_db()
    assert cast.course.end == TODAY
    assert list(cast.course.grants.values_list("end", flat=True)) == [TODAY]


def test_agreed_tasks_keep_their_stage_and_take_the_agreed_side(cast: Cast) -> None:
    put_tasks(cast.course, ["Ringe til læge", "Hente post"], ["Lægge til rette"], since=cast.course.start)
    call = cast.course.tasks.get(title="Ringe til læge")
    move_task(call, stage="together", on=TODAY, by=cast.helle)
    put_tasks(cast.course, ["Ringe til læge", "Ringe til læge"], ["Hente post"], since=TODAY)
    rows = dict(cast.course.tasks.values_list("title", "mine"))
    assert rows == {"Ringe til læge": True, "Hente post": False, "Lægge til rette": False}
    assert cast.course.tasks.get(title="Ringe til læge").stage == "together"


def test_a_task_moves_there_and_back(cast: Cast) -> None:
    task = add_task(cast.course, title="  Hente   post ", mine=True, on=cast.course.start, by=cast.helle)
    assert task.title == "Hente post"
    for stage in ("together", "citizen", "done", "mentor"):
        move_task(task, stage=stage, on=TODAY, by=cast.helle)
        task.refresh_from_db()
        assert (task.stage, task.since) == (stage, TODAY)


def test_a_move_sent_twice_is_one_move(cast: Cast) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=cast.course.start, by=cast.helle)
    move_task(task, stage="together", on=TODAY, by=cast.helle)
    before = Entry.objects.count()
    move_task(task, stage="together", on=TODAY + timedelta(days=1), by=cast.helle)
    task.refresh_from_db()
    assert task.since == TODAY
    assert Entry.objects.count() == before


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "HENTE POST", "Æblegrød"])
def test_a_task_that_cannot_be_added(cast: Cast, title: str) -> None:
    for known in ("Hente post", "æblegrød"):
        add_task(cast.course, title=known, mine=True, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError) as raised:
        add_task(cast.course, title=title, mine=True, on=TODAY, by=cast.helle)
    assert problem(raised, "title")


def test_a_task_cannot_be_moved_to_nowhere_or_from_the_other_side(cast: Cast) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=TODAY, by=cast.helle)
    other = add_task(cast.course, title="Give penge", mine=False, on=TODAY, by=cast.helle)
    for row, stage in ((task, "nowhere"), (other, "together")):
        with pytest.raises(ValidationError):
            move_task(row, stage=stage, on=TODAY, by=cast.helle)


def test_before_the_grants_last_day_a_decision_must_come_first(cast: Cast) -> None:
    with pytest.raises(Refusal) as raised:
        end_course(cast.course, on=TODAY, reason="wish", note="", today=TODAY, by=cast.helle)
    assert "20-12-2026" in raised.value.reason
    assert "afgørelse" in raised.value.reason


def test_a_course_that_has_run_out_is_ended_once(cast: Cast) -> None:
    cast.course.end = TODAY
    cast.course.save()
    end_course(cast.course, on=TODAY, reason="goals_met", note="  Jens: godt  ", today=TODAY, by=cast.helle)
    ended = Course.objects.get(pk=cast.course.pk)
    assert (ended.ended_on, ended.end_reason, ended.end_note) == (TODAY, "goals_met", "Jens: godt")
    assert ended.assignments.get().last == TODAY
    with pytest.raises(ValidationError, match="afsluttet"):
        end_course(cast.course, on=TODAY, reason="goals_met", note="", today=TODAY, by=cast.helle)


@pytest.mark.parametrize("reason", ["moved", "death"])
def test_who_moves_away_or_dies_needs_no_decision(cast: Cast, reason: str) -> None:
    end_course(cast.course, on=date(2026, 11, 1), reason=reason, note="", today=TODAY, by=cast.helle)
    assert cast.course.ended_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("on", "reason", "field"),
    [
        (TODAY + timedelta(days=1), "moved", "on"),
        (TODAY, "", "reason"),
        (TODAY, "no such reason", "reason"),
        (date(2026, 6, 1), "wish", "on"),
    ],
)
def test_an_end_that_cannot_be(cast: Cast, on: date, reason: str, field: str) -> None:
    with pytest.raises(ValidationError) as raised:
        end_course(cast.course, on=on, reason=reason, note="", today=TODAY, by=cast.helle)
    assert problem(raised, field)
    assert Course.objects.get(pk=cast.course.pk).ended_on is None


def test_an_ended_course_is_read_only(cast: Cast) -> None:
    task = add_task(cast.course, title="Hente post", mine=True, on=TODAY, by=cast.helle)
    end_course(cast.course, on=TODAY, reason="moved", note="", today=TODAY, by=cast.helle)
    task.refresh_from_db()
    with pytest.raises(ValidationError, match="kan kun læses"):
        move_task(task, stage="done", on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="kan kun læses"):
        add_task(cast.course, title="Ny", mine=True, on=TODAY, by=cast.helle)


def test_a_refused_end_writes_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refusal), transaction.atomic():
        end_course(cast.course, on=TODAY, reason="job", note="", today=TODAY, by=cast.helle)
    assert Entry.objects.count() == before
    assert cast.course.assignments.get().last is None
