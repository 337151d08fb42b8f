"""Equal treatment: medians and shares of places, and small counts that nobody can work out from what is shown."""

from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain.equal_treatment import CUTS, Answered, Terms, terms, window


def granted(
    count: int, unit: str = "Nord", district: str = "By", minutes: int = 60, days: int | None = 14
) -> list[Answered]:
    return [Answered(unit, district, minutes, days) for _ in range(count)]


def refused(count: int, unit: str = "Nord", district: str = "By") -> list[Answered]:
    return [Answered(unit, district, None, None) for _ in range(count)]


HIDDEN = Terms(None, None, None, None, None)


def test_counts_share_and_medians() -> None:
    answered = granted(3, minutes=60, days=10) + granted(4, minutes=90, days=20) + refused(7)
    assert terms(answered)["unit", "Nord"] == Terms(14, 7, 7, 90, 20)
    assert terms(answered)["unit", "Nord"].refused_percent == 50


def test_who_has_not_met_waits_longest() -> None:
    assert terms(granted(4, days=9) + granted(3, days=None))["unit", "Nord"].days == 9
    assert terms(granted(3, days=9) + granted(4, days=None))["unit", "Nord"].days is None


def test_nobody_granted_and_nothing_at_all() -> None:
    assert terms(refused(6))["unit", "Nord"] == Terms(6, 6, 0, None, None)
    assert terms([]) == {}


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (granted(4), HIDDEN),
        (refused(6) + granted(4), HIDDEN),
        (granted(8) + refused(1), HIDDEN),
        (granted(9) + refused(1), Terms(10, None, None, 60, 14)),
        (granted(5), Terms(5, 0, 5, 60, 14)),
    ],
)
def test_few_people_few_granted_and_few_refused(answered: list[Answered], expected: Terms) -> None:
    assert terms(answered)["unit", "Nord"] == expected


def test_a_small_unit_is_not_given_back_by_the_districts() -> None:
    """Three in Syd: all districts less Nord would be three, unless one more is hidden."""
    answered = granted(20, "Nord", "By") + granted(12, "Nord", "Havn") + granted(3, "Syd", "Havn")
    found = terms(answered)
    assert found["unit", "Syd"] == HIDDEN
    assert sum(found[cut, name].people is None for cut, name in found) >= 2


@st.composite
def answers(draw: st.DrawFn) -> list[Answered]:
    """Up to eight groups of one to nine citizens in two units and three districts."""
    groups = st.tuples(st.sampled_from("NS"), st.sampled_from("BHL"), st.booleans(), st.integers(1, 9))
    return [
        each
        for unit, district, refuse, count in draw(st.lists(groups, max_size=8))
        for each in (refused(count, unit, district) if refuse else granted(count, unit, district))
    ]


Kind = tuple[str, str, bool]
COLUMNS = ("people", "granted", "refused")


def counts(kind: Kind, cut: str, name: str, column: str) -> bool:
    """Whether a count is of this kind of people: a unit, a district, and refused or not."""
    return kind[CUTS.index(cut)] == name and column in ("people", COLUMNS[1 + kind[2]])  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(answers())
def test_no_small_count_is_a_sum_or_difference_of_what_is_shown(answered: list[Answered]) -> None:
    found = terms(answered)
    pairs = sorted({(each.unit, each.district) for each in answered})
    kinds = [(*pair, refuse) for pair in pairs for refuse in (False, True)]
    people = [sum((e.unit, e.district, e.minutes is None) == kind for e in answered) for kind in kinds]
    cells = {
        (*place, column): [int(counts(kind, *place, column)) for kind in kinds]
        for place in found
        for column in COLUMNS
    }
    shown = [
        row for (cut, name, column), row in cells.items() if getattr(found[cut, name], column) is not None
    ]
    for (cut, name, column), row in cells.items():
        if 0 < int(np.dot(people, row)) < 5:
            assert getattr(found[cut, name], column) is None
            assert not shown or _rank([*shown, row]) > _rank(shown), (
                f"{cut} {name} {column} can be worked out"
            )


def _rank(rows: list[list[int]]) -> int:
    return int(np.linalg.matrix_rank(np.array(rows)))


@settings(max_examples=25, deadline=None)
@given(answers(), st.randoms())
def test_the_order_of_the_rows_tells_nothing(answered: list[Answered], random: Random) -> None:
    mixed = list(answered)
    random.shuffle(mixed)
    assert terms(mixed) == terms(answered)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [(date(2026, 11, 22), date(2025, 10, 1), date(2026, 9, 30)),
     (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
     (date(2026, 3, 31), date(2025, 1, 1), date(2025, 12, 31))],
)  # fmt: skip
def test_the_window_is_four_whole_quarters(today: date, first: date, last: date) -> None:
    assert window(today) == (first, last)
