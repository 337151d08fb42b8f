"""What holds of every plan, whoever the mentors and the citizens are."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain.planning import METHODS, Mentor, Method, Weights, in_turn, match

from .cases import Corps, corps, every_plan, merit, placed, town, within_limits, wronged

methods = pytest.mark.parametrize("method", METHODS)


@methods
@given(people=corps())
@settings(max_examples=60, deadline=None)
def test_limits_order_and_sums(people: Corps, method: Method) -> None:
    mentors, citizens, current = people
    plan = match(mentors, citizens, current=current, method=method)
    found = placed(plan)
    assert within_limits(mentors, citizens, found)
    assert wronged(mentors, citizens, found) == []
    assert sorted([*found, *(u.citizen for u in plan.unassigned)]) == sorted(c.id for c in citizens)
    assert plan.total_score == sum(a.score for a in plan.assignments) <= plan.upper_bound
    assert plan.moved == sum(c in current and current[c] != m for c, m in found.items())
    for mentor in mentors:
        mine = [c.minutes for c in citizens if found.get(c.id) == mentor.id]
        load = plan.loads[mentor.id]
        assert (load.assigned, load.free, load.citizens) == (sum(mine), mentor.minutes - sum(mine), len(mine))


@methods
@given(people=corps(most_mentors=3, most_citizens=5))
@settings(max_examples=40, deadline=None)
def test_against_every_plan_there_is(people: Corps, method: Method) -> None:
    """The bound holds, and the optimal plan is the best: most with must, then with right, then most points."""
    mentors, citizens, current = people
    plan = match(mentors, citizens, current=current, method=method)
    must, right, _ = mine = merit(citizens, placed(plan), plan.total_score)
    others = [merit(citizens, found, total) for found, total in every_plan(mentors, citizens, current)]
    assert max(points for m, r, points in others if m >= must and r >= right) <= plan.upper_bound
    if method == "optimal":
        assert mine == max(others) and plan.gap_percent == 0


@given(people=corps(), followed=st.sets(st.integers(0, 5)))
@settings(max_examples=40, deadline=None)
def test_those_who_choose_in_turn_can_be_followed_in_any_order(people: Corps, followed: set[int]) -> None:
    mentors, citizens, _ = people
    turns = in_turn(mentors, citizens, Weights())
    assert within_limits(mentors, citizens, dict(turns.mentors))
    done = {c.id for number, c in enumerate(citizens) if number in followed and c.id in turns.mentors}
    rest = [citizen for citizen in citizens if citizen.id not in done]
    room = []
    for mentor in mentors:
        theirs = [c for c in citizens if c.id in done and turns.mentors[c.id] == mentor.id]
        minutes, places = mentor.minutes - sum(c.minutes for c in theirs), mentor.max_citizens - len(theirs)
        room.append(replace(mentor, minutes=minutes, max_citizens=places))
    again = in_turn(room, rest, Weights())
    assert again.mentors == {key: value for key, value in turns.mentors.items() if key not in done}
    assert again.left == turns.left


@given(people=corps(), minutes=st.integers(0, 240), places=st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_one_more_mentor_is_never_worse(people: Corps, minutes: int, places: int) -> None:
    mentors, citizens, current = people
    before, after = (
        match(corps, citizens, current=current)
        for corps in (mentors, [*mentors, Mentor("new", minutes, places)])
    )
    assert merit(citizens, placed(after), after.total_score) >= merit(
        citizens, placed(before), before.total_score
    )


@methods
@given(people=corps(), stability=st.integers(0, 200))
@settings(max_examples=20, deadline=None)
def test_the_same_input_gives_the_same_plan(people: Corps, stability: int, method: Method) -> None:
    mentors, citizens, current = people
    first, second = (
        match(mentors, citizens, current=current, method=method, stability=stability) for _ in range(2)
    )
    assert first == second


@given(people=corps())
@settings(max_examples=40, deadline=None)
def test_nobody_is_moved_when_staying_is_worth_everything(people: Corps) -> None:
    """Take a plan as the present one, for the people it has room for: it is found again."""
    mentors, citizens, _ = people
    present = placed(match(mentors, citizens))
    served = [c for c in citizens if c.id in present]
    assert match(mentors, served, current=present, stability=10_000).moved == 0


@pytest.mark.parametrize(
    ("size", "utilisation", "greedy", "optimal"),
    [((400, 20), 0.9, 2.0, 0.15), ((200, 10), 1.15, 8.0, 2.0), ((60, 5), 2.0, 40.0, 0.0)],
)
def test_a_town_is_near_its_bound(
    size: tuple[int, int], utilisation: float, greedy: float, optimal: float
) -> None:
    """Also where the hours are half of what is needed, so that many with must are left out."""
    mentors, citizens, current = town(*size, utilisation)
    plans = {method: match(mentors, citizens, current=current, method=method) for method in METHODS}
    for plan in plans.values():
        assert within_limits(mentors, citizens, placed(plan))
        assert wronged(mentors, citizens, placed(plan)) == []
        assert plan.fallback is None
    assert plans["greedy"].gap_percent <= greedy
    assert plans["optimal"].gap_percent <= optimal
    assert plans["optimal"].upper_bound >= plans["greedy"].total_score


def test_more_stability_moves_fewer() -> None:
    mentors, citizens, current = town(120, 10, 0.9)
    moved = [match(mentors, citizens, current=current, stability=n).moved for n in (0, 30, 1_000)]
    assert moved[0] > moved[1] > moved[2]


@methods
@given(people=corps(), shuffle=st.randoms())
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_rows_changes_nothing(people: Corps, shuffle: random.Random, method: Method) -> None:
    mentors, citizens, current = people
    plan = match(mentors, citizens, current=current, method=method)
    mixed = [shuffle.sample(rows, len(rows)) for rows in (mentors, citizens)]
    again = match(*mixed, current=current, method=method)
    assert (placed(again), again.loads, again.upper_bound) == (placed(plan), plan.loads, plan.upper_bound)
    assert [a.citizen for a in again.assignments] == [c.id for c in mixed[1] if c.id in placed(plan)]


@methods
def test_only_the_citizens_of_those_who_are_ill_get_another_mentor(method: Method) -> None:
    """Three of twenty are away and the rest have room: whoever has a mentor that is still there keeps that one."""
    mentors, citizens, _ = town(200, 20, 0.7)
    before = placed(match(mentors, citizens))
    there = {mentor.id for mentor in mentors[3:]}
    current = {citizen: mentor for citizen, mentor in before.items() if mentor in there}
    assert len(current) < len(before)
    plan = match(mentors[3:], citizens, current=current, method=method)
    assert plan.moved == 0 and len(plan.assignments) == len(citizens)
