"""Where a year's hours are likely to end: what is known, what usually comes, and the band around it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.forecast import (
    FEWEST_MISSES,
    FEWEST_WEEKS,
    Band,
    ComingWeek,
    PastWeek,
    band,
    forecast,
)

STEADY = [PastWeek(1_000, 900, 0)] * 26


def test_a_steady_past_goes_on() -> None:
    found = forecast(STEADY, [ComingWeek(1_000, 0)] * 4, Fraction(0))
    assert found is not None
    assert (found.total, found.weeks) == (3_600, (900,) * 4)


def test_a_week_that_the_year_cuts_counts_by_its_days() -> None:
    found = forecast(STEADY, [ComingWeek(1_000, 0), ComingWeek(700, 0, days=4)], None)
    assert found is not None and found.weeks == (900, 360)


def test_what_runs_out_comes_back_as_it_used_to() -> None:
    found = forecast(STEADY, [ComingWeek(600, 400)], Fraction(1, 2))
    assert found is not None and found.total == 720  # 90 % of 600 and half of 400


def test_new_courses_are_added_week_by_week() -> None:
    past = [PastWeek(1_000, 1_000, 100)] * 26
    found = forecast(past, [ComingWeek(1_000, 0)] * 3, None)
    assert found is not None and found.weeks == (1_000, 1_100, 1_200)


@pytest.mark.parametrize("past", [[], STEADY[: FEWEST_WEEKS - 1], [PastWeek(0, 0, 0)] * 26])
def test_too_little_past_says_nothing(past: list[PastWeek]) -> None:
    assert forecast(past, [ComingWeek(1_000, 0)], None) is None


def test_a_band_is_as_wide_as_forecasts_have_missed() -> None:
    came = [Fraction(1)] * FEWEST_MISSES
    assert band(1_000, came) == Band(1_000, 1_000, 1_000)
    assert band(1_000, [*came, Fraction(4, 5), Fraction(11, 10)]) == Band(800, 1_000, 1_100)


def test_a_band_holds_its_own_forecast_when_all_promised_too_little() -> None:
    assert band(1_000, [Fraction(6, 5)] * FEWEST_MISSES) == Band(1_000, 1_000, 1_200)


def test_too_few_forecasts_give_no_band() -> None:
    without = band(1_000, [Fraction(1)] * (FEWEST_MISSES - 1))
    assert without == Band(None, 1_000, None)
    assert without.each(lambda minutes: minutes * 2) == Band(None, 2_000, None)


WEEK = st.builds(PastWeek, st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 500))


@given(st.lists(WEEK, min_size=FEWEST_WEEKS, max_size=30), st.integers(1, 12), st.integers(1, 7))
def test_no_forecast_is_below_nothing(past: list[PastWeek], weeks: int, days: int) -> None:
    found = forecast(past, [*[ComingWeek(2_000, 100)] * weeks, ComingWeek(2_000, 100, days)], Fraction(1, 3))
    if found is not None:
        assert len(found.weeks) == weeks + 1
        assert 0 <= min(found.weeks) <= found.total
