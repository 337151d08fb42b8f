"""Where a year's hours are likely to end: what is known, what usually comes, and the band around it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain.forecast import (
    FEWEST_MISSES,
    FEWEST_WEEKS,
    PAST_WEEKS,
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


def test_a_week_goes_as_the_same_week_and_its_neighbours_went_a_year_before() -> None:
    """Two weeks of summer lie 51 and 50 weeks back; each coming week looks at three weeks of a year before."""
    past = [PastWeek(1_000, 300 if back in (51, 50) else 900, 0) for back in range(PAST_WEEKS, 0, -1)]
    found = forecast(past, [ComingWeek(1_000, 0)] * 54, None)
    assert found is not None and found.has_year
    assert found.weeks[:5] == (700, 500, 500, 700, 900)
    assert found.weeks[52:] == found.weeks[:2], "the year after goes the same way"
    short = forecast(past[1:], [ComingWeek(1_000, 0)] * 2, None)
    assert short is not None and not short.has_year
    assert short.weeks == (round(1_000 * (50 * 900 + 2 * 300) / 52_000),) * 2, "no year, no season"


def test_as_much_stops_before_its_time_as_used_to() -> None:
    past = [PastWeek(1_000, 1_000, 0, stopped=10)] * 26
    found = forecast(past, [ComingWeek(1_000, 0)] * 3, None)
    assert found is not None and found.weeks == (1_000, 990, 980)


def test_a_band_goes_as_far_as_nearly_all_forecasts_have_missed() -> None:
    misses = [Fraction(number, 100) for number in range(1, 53)]
    assert band(1_000, misses) == Band(500, 1_000, 1_500), "two of 52 missed by more"
    assert band(1_000, misses[:FEWEST_MISSES]) == Band(870, 1_000, 1_130), "the farthest of a few"
    assert band(1_000, [Fraction(0)] * FEWEST_MISSES) == Band(1_000, 1_000, 1_000)


def test_a_band_is_never_below_nothing() -> None:
    assert band(1_000, [Fraction(6, 5)] * FEWEST_MISSES) == Band(0, 1_000, 2_200)


def test_too_few_forecasts_give_no_band() -> None:
    without = band(1_000, [Fraction(0)] * (FEWEST_MISSES - 1))
    assert without == Band(None, 1_000, None)
    assert without.each(lambda minutes: minutes * 2) == Band(None, 2_000, None)


WEEK = st.builds(
    PastWeek, st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 500), st.integers(0, 500)
)


@settings(max_examples=40)
@given(st.lists(WEEK, min_size=FEWEST_WEEKS, max_size=60), st.integers(1, 12), st.integers(1, 7))
def test_no_forecast_is_below_nothing(past: list[PastWeek], weeks: int, days: int) -> None:
    found = forecast(past, [*[ComingWeek(2_000, 100)] * weeks, ComingWeek(2_000, 100, days)], Fraction(1, 3))
    if found is not None:
        assert len(found.weeks) == weeks + 1
        assert 0 <= min(found.weeks) <= found.total
