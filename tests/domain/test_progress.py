"""When progress is asked of a course, and which sets of questions can be used."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.given import BadInput
from mentorkorps.domain.progress import MARGIN, parse_questions, shipped_questions, waves
from mentorkorps.domain.progress.questions import questions_from_json

START = date(2026, 6, 22)


def codes(weeks: int, days: int = -1) -> list[str]:
    """The waves of a course of so many whole weeks."""
    return [wave.code for wave in waves(START, START + timedelta(weeks=weeks, days=days))]


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (2, ["start"]),
        (8, ["start", "end"]),
        (12, ["start", "end"]),
        (13, ["start", "weeks_13"]),
        (16, ["start", "weeks_13"]),
        (17, ["start", "weeks_13", "end"]),
        (25, ["start", "weeks_13", "end"]),
        (26, ["start", "weeks_13", "weeks_26"]),
        (52, ["start", "weeks_13", "weeks_26", "end"]),
    ],
)
def test_a_course_is_asked_on_fixed_days_and_at_its_end(weeks: int, expected: list[str]) -> None:
    assert codes(weeks) == expected


def test_a_wave_is_the_last_day_of_its_week_with_three_weeks_on_each_side() -> None:
    start, thirteen, last = waves(START, date(2026, 12, 20))
    assert (start.opens, start.due, start.closes) == (date(2026, 6, 8), START, date(2026, 7, 19))
    assert (thirteen.opens, thirteen.due, thirteen.closes) == (
        date(2026, 8, 30),
        date(2026, 9, 20),
        date(2026, 10, 11),
    )
    assert last.due == date(2026, 12, 20)
    assert not thirteen.is_open(date(2026, 8, 29))
    assert thirteen.is_open(date(2026, 10, 11))
    assert not thirteen.is_open(date(2026, 10, 12))


@given(st.dates(date(2014, 1, 1), date(2040, 1, 1)), st.integers(0, 800))
def test_waves_come_in_order_and_never_after_the_course(start: date, days: int) -> None:
    last = start + timedelta(days=days)
    found = waves(start, last)
    assert found[0].code == "start"
    assert all(one.due < two.due for one, two in zip(found, found[1:], strict=False))
    assert all(wave.due <= last for wave in found)
    assert last - found[-1].due <= MARGIN


def test_an_end_that_moves_far_is_another_end() -> None:
    end = waves(START, START + timedelta(weeks=40))[-1]
    assert end.holds(end.due - MARGIN)
    assert not end.holds(end.due - MARGIN - timedelta(days=1))


def test_the_shipped_questions_are_whole_and_travel_as_json() -> None:
    shipped = shipped_questions()
    assert 6 <= len(shipped.questions) <= 8
    assert all(len(set(question.steps)) == 5 for question in shipped.questions)
    assert questions_from_json(shipped.as_json()) == shipped.questions


STEPS = '["a", "b", "c", "d", "e"]'


def question(key: str = "a", steps: str = STEPS) -> str:
    return f'[[question]]\nkey = "{key}"\ntitle = "T"\nto_mentor = "M"\nto_citizen = "C"\nsteps = {steps}\n'


HEAD = 'name = "Prøve"\nsource = "prøve"\nin_force_from = 2026-12-01\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + question("a") + question("b"), "3 til 12"),
        (HEAD + question("a") + question("b") + question("a"), "to gange"),
        (HEAD + question("a") + question("b") + question("c", '["a", "b"]'), "fem trin"),
        (HEAD + question("a") + question("b") + question("c", '["a", "b", "c", "d", " "]'), "fem trin"),
        (HEAD.replace("2026-12-01", '"snart"') + question("a") + question("b") + question("c"), "dato"),
        (question("a") + question("b") + question("c"), "dato"),
    ],
)
def test_questions_that_cannot_be_used_say_why(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        parse_questions(text)
