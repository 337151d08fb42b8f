"""Where a year's hours are likely to end: what is known, what usually comes, and the band around it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.forecast import FEWEST_WEEKS, Band, ComingWeek, PastWeek, forecast

STEADY = [PastWeek(1_000, 900, 0)] * 26


def test_a_steady_past_gives_a_band_without_width() -> None:
    found = forecast(STEADY, [ComingWeek(1_000, 0)] * 4, Fraction(0))
    assert found is not None
    assert found.total == Band(3_600, 3_600, 3_600)
    assert found.weeks == (Band(900, 900, 900),) * 4


def test_what_runs_out_comes_back_as_it_used_to() -> None:
    found = forecast(STEADY, [ComingWeek(600, 400)], Fraction(1, 2))
    assert found is not None and found.total.middle == 720  # 90 % of 600 and half of 400


def test_new_courses_are_added_week_by_week() -> None:
    past = [PastWeek(1_000, 1_000, 100)] * 26
    found = forecast(past, [ComingWeek(1_000, 0)] * 3, None)
    assert found is not None and [week.middle for week in found.weeks] == [1_000, 1_100, 1_200]


@pytest.mark.parametrize("past", [[], STEADY[: FEWEST_WEEKS - 1], [PastWeek(0, 0, 0)] * 26])
def test_too_little_past_says_nothing(past: list[PastWeek]) -> None:
    assert forecast(past, [ComingWeek(1_000, 0)], None) is None


WEEK = st.builds(PastWeek, st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 500))


@given(st.lists(WEEK, min_size=FEWEST_WEEKS, max_size=30), st.integers(1, 12))
def test_the_band_has_its_middle_inside(past: list[PastWeek], weeks: int) -> None:
    found = forecast(past, [ComingWeek(2_000, 100)] * weeks, Fraction(1, 3))
    if found is not None:
        for band in (found.total, *found.weeks):
            assert 0 <= band.low <= band.middle <= band.high
