"""An attack on the answer: what can be worked out about fewer than five people must not be there."""

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain.evidence import Course, as_json, compare, statement, tabulate

HORIZONS = (10, 20, 30)
Ends = list[tuple[int, int]]


def answers(stronger: Ends, weaker: Ends) -> list[dict[str, Any]]:
    rows = [("must", *end) for end in stronger] + [("may", *end) for end in weaker]
    courses = [
        Course(str(i), str(i), group, f"L{i % 3}", float(week), event, {"alder": float(i * 7 % 11)})
        for i, (group, week, event) in enumerate(rows)
    ]
    return [as_json(horizon) for horizon in compare(tabulate(courses), HORIZONS)]


def worked_out(answer: list[dict[str, Any]]) -> set[int]:
    """Every count an attacker gets: as printed, from incidence · n where nobody is lost, and by subtraction.

    The attacker knows the total of courses and of exits to work, since other tables print them.
    """
    counts: set[int] = set()
    for group in ("must", "may"):
        events = [0]
        for horizon in answer:
            n, reached, share = (horizon[name][group] for name in ("n", "events", "incidence"))
            counts |= {n} - {None}
            if reached is None and share is not None and n is not None:
                reached = round(share * n)
            if reached is not None:
                events.append(reached)
                counts.add(n - reached)
        counts |= {abs(a - b) for a, b in itertools.combinations(events, 2)}
    return counts


ends = st.lists(st.tuples(st.integers(1, 35), st.sampled_from((0, 1, 1, 2))), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(ends, ends)
def test_nothing_below_five_can_be_worked_out(stronger: Ends, weaker: Ends) -> None:
    answer = answers(stronger, weaker)
    assert not {1, 2, 3, 4} & worked_out(answer)
    for horizon in answer:
        for pair in (horizon["n"], horizon["events"]):
            # one shown and one hidden would fall to whoever knows the total of both
            assert len({number is None for number in pair.values()}) == 1
        if horizon["events"]["must"] is None:
            assert set(horizon["incidence"].values()) == {None}
            assert horizon["unadjusted_difference"]["value"] is None
            assert horizon["adjusted_difference"]["value"] is horizon["adjusted_difference"]["high"] is None
            assert horizon["sensitivity"] is None


@settings(max_examples=60, deadline=None)
@given(ends, ends)
def test_what_is_hidden_is_named_and_what_is_named_is_hidden(stronger: Ends, weaker: Ends) -> None:
    for horizon in answers(stronger, weaker):
        named = set(horizon["suppressed"])
        for field in ("n", "events"):
            hidden = {f"{field}.{group}" for group, number in horizon[field].items() if number is None}
            assert hidden == {name for name in named if name.startswith(f"{field}.")}


def test_large_numbers_are_shown() -> None:
    many = [(5, 1)] * 8 + [(15, 1)] * 6 + [(25, 1)] * 5 + [(40, 0)] * 20
    assert [horizon["suppressed"] for horizon in answers(many, many)] == [[], [], []]
    assert [horizon["events"]["must"] for horizon in answers(many, many)] == [8, 14, 19]


def test_a_step_of_two_between_horizons_hides_the_later_one() -> None:
    stepping = [(5, 1)] * 8 + [(15, 1)] * 2 + [(25, 1)] * 4 + [(40, 0)] * 20
    steady = [(5, 1)] * 8 + [(15, 1)] * 8 + [(25, 1)] * 8 + [(40, 0)] * 20
    shown = [horizon["events"]["must"] for horizon in answers(stepping, steady)]
    assert shown == [8, None, 14]


def test_none_at_all_may_be_shown_but_one_may_not() -> None:
    none, one = [(40, 0)] * 20, [(5, 1)] + [(40, 0)] * 19
    many = [(5, 1)] * 10 + [(40, 0)] * 10
    assert answers(none, many)[0]["events"] == {"must": 0, "may": 10}
    assert answers(one, many)[0]["events"] == {"must": None, "may": None}


def test_five_courses_of_two_citizens_are_two_people() -> None:
    rows = [
        Course(
            str(i), f"B{i % 2}" if i < 6 else f"B{i}", "must" if i < 20 else "may", "L", 5.0, int(i < 6), {}
        )
        for i in range(60)
    ]
    [horizon] = compare(tabulate(rows), [10])
    assert horizon.events == {"must": None, "may": None}
    assert "effekt" not in statement(horizon).lower()


def test_few_without_a_counterpart_are_told_in_fives() -> None:
    rows = [
        Course(
            course=str(i),
            citizen=str(i),
            group="must" if i % 2 or i < 6 else "may",
            provider=f"L{i % 20}",
            weeks_observed=60.0 if i % 3 else 5.0,
            event=0 if i % 3 else 1,
            covariates={"alder": float(i % 5), "indlagt": "ja" if i in (0, 2, 4) else "nej"},
        )
        for i in range(600)
    ]
    answer = as_json(compare(tabulate(rows), [52])[0])
    assert answer["overlap_trimmed"] == round(5 / 600, 6)
    assert answer["adjusted_difference"]["value"] is not None
