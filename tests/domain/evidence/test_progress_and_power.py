"""Slopes within citizens, and how many courses it takes to see a difference."""

import pytest

from bench.evidence import make_scores, progress_coverage
from mentorkorps.domain.evidence import courses_needed, progress, smallest_visible_difference


def test_slopes_by_hand() -> None:
    # ten citizens a group, each from a level of their own: 0.1 a week for the stronger, 0.02 for the weaker
    rows = [
        (f"{group}{i}", group == "must", week, i % 4 + slope * week)
        for group, slope in (("must", 0.1), ("may", 0.02))
        for i in range(10)
        for week in (0.0, 13.0, 26.0)
    ]
    found = progress(*(list(column) for column in zip(*rows, strict=True)))  # type: ignore[arg-type]
    assert found is not None
    assert found.stronger.value == pytest.approx(0.1)
    assert found.weaker.value == pytest.approx(0.02)
    assert found.difference.value == pytest.approx(0.08)
    assert found.difference.low == pytest.approx(found.difference.high)


def test_a_question_not_answered_is_not_a_zero() -> None:
    who, stronger, weeks, scores = make_scores(100, 0.0, seed=1)
    answered = [i for i, score in enumerate(scores) if score is not None]
    only = progress(*([column[i] for i in answered] for column in (who, stronger, weeks, scores)))  # type: ignore[arg-type]
    assert len(answered) < len(scores)
    assert progress(who, stronger, weeks, scores) == only


def test_too_few_citizens_with_two_answers() -> None:
    who = [f"B{i}" for i in range(40)]
    assert progress(who, [i % 2 == 0 for i in range(40)], [0.0] * 40, [3.0] * 40) is None
    assert progress([], [], [], []) is None


def test_the_extra_slope_is_found_and_its_interval_holds() -> None:
    mean, covered = progress_coverage(citizens=300, simulations=200)
    assert mean == pytest.approx(0.006, abs=0.001)
    assert 0.90 <= covered <= 0.99


def test_courses_needed_to_see_the_youth_trial() -> None:
    # 12 % against 16 % in education, 5 % against 7 % in work (the mentor trial of 2014)
    assert courses_needed(0.12, 0.16) == pytest.approx(1180, abs=5)
    assert courses_needed(0.05, 0.07) == pytest.approx(2210, abs=5)
    assert courses_needed(0.12, 0.16, design_effect=2) == pytest.approx(2 * 1178, abs=3)
    with pytest.raises(ValueError, match="two different shares"):
        courses_needed(0.1, 0.1)


@pytest.mark.parametrize("per_group", [75, 300, 2000])
def test_the_smallest_visible_difference_needs_that_many(per_group: int) -> None:
    difference = smallest_visible_difference(per_group, 0.12)
    assert difference is not None
    assert courses_needed(0.12, 0.12 + difference) == pytest.approx(per_group, abs=1)


def test_too_few_to_see_anything() -> None:
    assert smallest_visible_difference(3, 0.9) is None
