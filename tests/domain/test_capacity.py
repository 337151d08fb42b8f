"""Direct time from a contract, demand ahead with its band, and the verdict in weeks."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain import capacity
from mentorkorps.domain.capacity import (
    FEWEST_ENDS,
    Begun,
    Contract,
    Demand,
    Experience,
    Given,
    Recorded,
    Room,
    Serving,
    Share,
    Standing,
    Waiting,
    Week,
    at_level,
    demand_ahead,
    level_change,
    mentors_needed,
    verdict,
    working,
)
from mentorkorps.domain.service_level import LevelRow, shipped_level
from mentorkorps.domain.simulation import compare, simulate

MONDAY = date(2026, 11, 23)
HALF = (10,) * (FEWEST_ENDS // 2) + (None,) * (
    FEWEST_ENDS // 2
)  # every second one renewed, ten days before its end
NOTHING = Experience(ran_out=HALF, stopped=0, course_weeks=0, begun=(), weeks=0, length=26, new_minutes=0)


def standing(minutes: int = 100, *, end: int = 3, start: int = 0, last: bool = True) -> Standing:
    return Standing("", minutes, start, end, 7 * end, 26, minutes, last)


def recorded(week: int | Contract) -> Recorded:
    return Recorded(date(2026, 1, 1), None, week)


def serves(week: int | Contract, *away: tuple[date, date | None]) -> Serving:
    return Serving("", date(2026, 1, 1), None, (recorded(week),), away)


@pytest.mark.parametrize(
    ("on", "percent", "direct"),
    [(date(2026, 6, 30), None, 1_980), (date(2026, 7, 1), 20, 1_584), (date(2027, 1, 1), 35, 1_287)],
)
def test_direct_time_is_what_a_contract_leaves(on: date, percent: int | None, direct: int) -> None:
    shares = [Share(date(2027, 1, 1), 35), Share(date(2026, 7, 1), 20)]
    found = working([recorded(Contract(2_220, 180, 60))], shares, on)
    assert found is not None and (found.percent, found.direct) == (percent, direct)
    assert found.preparation == (None if percent is None else 1_980 - direct)
    outright = working([recorded(1_200)], shares, on)
    assert outright is not None and (outright.direct, outright.lacks_share) == (1_200, False)
    assert working([], shares, on) is None


def test_a_week_loses_fifths_to_leave_and_to_closed_days() -> None:
    away = (MONDAY + timedelta(days=3), None)
    week = capacity.given(serves(1_001, away), MONDAY, [], {MONDAY, MONDAY + timedelta(days=4)})
    assert (week.normal, week.leave, week.closed) == (1_001, 401, 200)
    assert week.left == 400, "the day that is both is leave"


def test_one_who_serves_half_a_week_gives_half() -> None:
    ends = Serving("", date(2026, 1, 1), MONDAY + timedelta(days=1), (recorded(1_000),))
    assert capacity.given(ends, MONDAY, [], set()) == Given(400, 0, 0)


def test_what_runs_out_is_renewed_with_its_chance() -> None:
    found = demand_ahead([standing()], [], NOTHING, weeks=4)
    assert [each.granted for each in found] == [100, 100, 0, 0]
    assert [each.middle for each in found] == [100, 100, 50, 50]
    assert (found[2].ends, found[2].renewed) == (100, 50)
    assert found[1].low == found[1].high == 100, "what is decided is not in doubt"
    assert found[2].low < 50 < found[2].high


def test_a_grant_left_open_past_its_time_is_not_expected_to_go_on() -> None:
    soon = Standing("", 100, 0, 1, 6, 26, 100)
    assert demand_ahead([soon], [], NOTHING, weeks=1)[0].middle == 0, (
        "the others were renewed ten days before"
    )


def test_with_too_few_ends_the_band_goes_from_none_to_all() -> None:
    few = Experience((None,) * (FEWEST_ENDS - 1), 0, 0, (), 0, 26, 0)
    week = demand_ahead([standing()], [], few, weeks=3)[2]
    assert (week.low, week.middle, week.high, week.renewed) == (0, None, 100, None)


def test_new_courses_come_as_they_have_come() -> None:
    begun = tuple(Begun("", back, 100, notice=6) for back in range(1, 27))
    found = demand_ahead([], [], Experience(HALF, 0, 0, begun, 26, 26, 100), weeks=3)
    assert [each.new for each in found] == [0, 100, 200], "those of the next week are decided already"
    assert [(each.low, each.high) for each in found] == [(0, 0), (100, 100), (200, 200)], (
        "all weeks were alike"
    )
    assert demand_ahead([], [], Experience(HALF, 0, 0, begun, 7, 26, 100), weeks=1)[0].new is None


def test_more_who_wait_than_usual_lift_the_upper_end() -> None:
    begun = tuple(Begun("", back, 100, notice=0) for back in range(1, 27))
    seen = Experience(HALF, 0, 0, begun, 26, 26, 100)
    few, many = (demand_ahead([], [Waiting("", 1)] * count, seen, weeks=2)[1] for count in (1, 10))
    assert (few.high, many.high, many.waiting) == (200, 1_000, 1_000)
    assert few.low == many.low == 200, "and not the lower: nobody has decided"


def week(number: int, low: int, high: int, given: Given) -> Week:
    return Week(number, Demand(number, low, 0, 0, 0, 0, 0, low, (low + high) // 2, high), given)


def test_the_verdict_names_weeks() -> None:
    whole, closed = Given(1_000), Given(1_000, 0, 600)
    weeks = [week(n, 500, 600, closed if n == 2 else whole) for n in range(6)]
    weeks += [week(n, 900, 1_100, whole) for n in range(6, 11)]
    weeks += [week(n, 1_000, 1_300, whole) for n in range(11, 16)]
    found = verdict(weeks)
    assert (found.may_be_full_from, found.full_from) == (6, 11)
    assert found.room == Room(0, 400, 500), "a week of closed days does not end it"
    assert found.short == (2,)


def test_two_weeks_are_no_verdict() -> None:
    found = verdict([week(n, 900, 1_100, Given(1_000)) for n in range(2)])
    assert (found.full_from, found.may_be_full_from, found.room) == (None, None, None)


def test_how_many_mentors_it_takes() -> None:
    weeks = [week(1, 900, 1_300, Given(1_000)), week(2, 1_050, 1_201, Given(1_000, 0, 900))]
    assert mentors_needed(weeks, 100) == (1, 3), (
        "50 and 300 are lacking; a closed week is not a lack of mentors"
    )
    assert mentors_needed(weeks[:1], 100) == (0, 3)
    assert mentors_needed([], 100) == (0, 0)


def test_a_level_changes_grants_as_the_what_if_does() -> None:
    """Granted to each citizen of a population, the change is the one that the simulation tells, where it may be cut."""
    now = shipped_level("eksempel-2026")
    rows = [row for row in now.rows if row.minutes_per_week is not None]
    other = [
        LevelRow(r.key, r.label, r.obligation, (r.minutes_per_week or 0) + more, r.weeks, r.functions)
        for r, more in zip(rows, (15, -15, 30, 0) * len(rows), strict=False)
    ]
    change = level_change(rows, other)
    people = {row.key: 7 for row in rows}
    told = compare(
        *(simulate(type(now)("", "", False, tuple(each)), people, 52, None) for each in (rows, other))
    )
    assert sum(change.values()) * 7 == told.total.minutes_per_week
    for row in rows:
        minutes = row.minutes_per_week or 0
        given = at_level(minutes, row.key, row.obligation, change)
        assert given == minutes + (change[row.key] if row.obligation == "may" else max(change[row.key], 0))


GRANTS = st.builds(
    Standing, st.sampled_from(["e1", "e2", "l1"]), st.integers(0, 600), st.integers(-30, 10), st.integers(1, 40),
    st.integers(0, 280), st.integers(1, 39), st.integers(0, 600), st.booleans(),
)  # fmt: skip
BEGUN = st.builds(Begun, st.just("e1"), st.integers(1, 30), st.integers(0, 600), st.integers(-5, 30))
SEEN = st.builds(
    Experience, st.lists(st.none() | st.integers(-14, 60), max_size=40).map(tuple), st.integers(0, 20),
    st.integers(20, 5_000),
    st.lists(BEGUN, max_size=20).map(tuple), st.integers(0, 30), st.integers(1, 39), st.integers(0, 600),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(GRANTS, max_size=20), SEEN, st.lists(st.integers(1, 8), max_size=4), st.integers(0, 99))
def test_demand_is_never_negative_nor_a_matter_of_order(
    rows: list[Standing], seen: Experience, waiting: list[int], seed: int
) -> None:
    referrals = [Waiting("e1", first) for first in waiting]
    found = demand_ahead(rows, referrals, seen)
    for each in found:
        assert 0 <= each.low <= (each.low if each.middle is None else each.middle) <= each.high
        assert min(each.granted, each.ends, each.starts, each.waiting) >= 0
    assert demand_ahead(Random(seed).sample(rows, len(rows)), referrals[::-1], seen) == found
    parts = [demand_ahead([r for r in rows if r.group == unit], [], seen) for unit in ("e1", "e2", "l1")]
    for whole, *units in zip(found, *parts, strict=True):
        for figure in ("granted", "ends", "starts"):
            assert sum(getattr(unit, figure) for unit in units) == getattr(whole, figure)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 3_000), st.integers(0, 600), st.integers(0, 600), st.integers(0, 99),
    st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)),
)  # fmt: skip
def test_no_week_gives_less_than_nothing(
    minutes: int, meetings: int, training: int, percent: int, away: set[int], closed: set[int]
) -> None:
    contract = Contract(minutes + meetings + training, meetings, training)
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    mentor = serves(contract, *((days[n], days[n]) for n in sorted(away)))
    week = capacity.given(mentor, MONDAY, [Share(date(2026, 1, 1), percent)], {days[n] for n in closed})
    assert min(week.normal, week.leave, week.closed, week.left) >= 0
    assert week.normal - week.leave - week.closed == week.left
