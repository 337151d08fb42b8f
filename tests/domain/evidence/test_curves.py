"""The Aalen-Johansen curve against tables worked out by hand."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.evidence.curves import incidence


def curve(rows: list[tuple[int, int]], *horizons: int, weights: list[float] | None = None) -> list[float]:
    week, event = np.array(rows, dtype=np.int64).T
    weight = np.ones((len(rows), 1)) if weights is None else np.array(weights)[:, None]
    return incidence(week, event, weight, horizons)[:, 0].tolist()


def test_six_courses_by_hand() -> None:
    # week 1: 1 of 6 to work; one lost from view in week 2; week 3: of 4, one to work and one elsewhere;
    # week 5: 1 of 2 to work. 1/6 + 5/6·1/4 + 5/6·2/4·1/2 = 4/24 + 5/24 + 5/24
    rows = [(1, 1), (2, 0), (3, 1), (3, 2), (5, 1), (6, 0)]
    assert curve(rows, 1, 2, 3, 4, 5, 6) == pytest.approx([1 / 6, 1 / 6, 9 / 24, 9 / 24, 14 / 24, 14 / 24])


def test_without_censoring_it_is_the_plain_share() -> None:
    rows = [(2, 1), (2, 1), (4, 2), (9, 1), (9, 2)]
    assert curve(rows, 2, 4, 9, 30) == pytest.approx([0.4, 0.4, 0.6, 0.6])


def test_another_exit_does_not_count_as_lost_from_view() -> None:
    assert curve([(1, 2), (2, 1)], 2) == pytest.approx([0.5])
    assert curve([(1, 0), (2, 1)], 2) == pytest.approx([1.0])


def test_lost_in_the_week_of_the_event_was_still_at_risk() -> None:
    assert curve([(3, 1), (3, 0)], 3) == pytest.approx([0.5])


def test_an_event_in_the_first_days_counts() -> None:
    assert curve([(0, 1), (4, 0)], 4) == pytest.approx([0.5])


def test_nobody_followed_so_long_gives_no_number() -> None:
    known, unknown = curve([(3, 1), (10, 0)], 10, 11)
    assert known == pytest.approx(0.5)
    assert np.isnan(unknown)


def test_a_weight_of_two_is_the_same_course_twice() -> None:
    rows = [(1, 1), (2, 0), (3, 2), (4, 1), (8, 0)]
    twice = [*rows, rows[0], rows[3]]
    assert curve(rows, 3, 5, weights=[2, 1, 1, 2, 1]) == pytest.approx(curve(twice, 3, 5))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), min_size=1, max_size=40))
def test_agrees_with_exact_fractions(rows: list[tuple[int, int]]) -> None:
    for horizon, found in zip((5, 20), curve(rows, 5, 20), strict=True):
        wanted = exact(rows, horizon)
        assert (wanted is None and np.isnan(found)) or found == pytest.approx(float(wanted or 0))


def exact(rows: list[tuple[int, int]], horizon: int) -> Fraction | None:
    still, reached = Fraction(1), Fraction(0)
    for week in range(horizon + 1):
        at_risk = sum(seen >= week for seen, _ in rows)
        if at_risk:
            reached += still * Fraction(rows.count((week, 1)), at_risk)
            still *= 1 - Fraction(rows.count((week, 1)) + rows.count((week, 2)), at_risk)
    return reached if still == 0 or any(seen >= horizon for seen, _ in rows) else None
