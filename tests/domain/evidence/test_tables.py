"""An attack on the published tables: everything that is shown, put together, gives no small count back.

The attacker reads every shown cell of every table, knows how the tables are made and which groups exist, and asks an
exact solver for whole numbers what each hidden count could be.
"""

import random
from typing import Any

import highspy
import numpy as np
import pytest

from mentorkorps.domain.evidence.disclosure import cells, small
from mentorkorps.domain.evidence.tables import (
    COLUMNS,
    CUTS,
    FATES,
    REST,
    WHOLE,
    WINDOWS,
    Case,
    Row,
    cell_key,
    tables,
)

FUNCTIONS = {"rdm": ("must",), "release": ("must",), "social": ("right", "may"), "company": ("may",)}


def world(people: int, seed: int) -> list[Case]:
    """Functions that lie inside an obligation, small firms, and fates of every kind."""
    draw = random.Random(seed)
    made = []
    for _ in range(people):
        [function] = draw.choices(list(FUNCTIONS), [3, 1, 6, 2])
        [event] = draw.choices([0, 1, 2], [5, 4, 1])
        groups = (
            draw.choice(FUNCTIONS[function]),
            function,
            f"L{int(draw.expovariate(0.6))}",
            draw.choice("ABC"),
        )
        made.append(Case(groups, draw.randint(1, 95), event, event == 0 and draw.random() < 0.3))
    return made


class Attacker:
    """Whole people of each combination and fate, with an equation for each cell that is shown."""

    def __init__(self, cases: list[Case], rows: list[Row], older: dict[str, int] | None = None) -> None:
        self.combinations = sorted({case.groups for case in cases})
        self.truth = np.zeros((len(self.combinations), FATES))
        for case in cases:
            self.truth[self.combinations.index(case.groups), case.fate] += 1
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.people = [
            [self.model.addIntegral(lb=0, ub=len(cases)) for _ in range(FATES)] for _ in self.combinations
        ]
        for row in rows:
            for column, count in row.people.items():
                if count is not None:
                    self.model.addConstr(self.sum_of(row.cut, row.group, COLUMNS[column]) == count)

    def chosen(self, cut: str, group: str, fates: tuple[int, ...]) -> list[tuple[int, int]]:
        return [
            (place, fate)
            for place, groups in enumerate(self.combinations)
            if cut == WHOLE or groups[CUTS.index(cut)] == group
            for fate in fates
        ]

    def sum_of(self, cut: str, group: str, fates: tuple[int, ...]) -> Any:
        return sum(self.people[place][fate] for place, fate in self.chosen(cut, group, fates))

    def true(self, cut: str, group: str, fates: tuple[int, ...]) -> int:
        return int(sum(self.truth[each] for each in self.chosen(cut, group, fates)))

    def most(self, kinds: Any) -> int:
        self.model.maximize(kinds)
        return round(self.model.getObjectiveValue())

    def least(self, kinds: Any) -> int:
        self.model.minimize(kinds)
        return round(self.model.getObjectiveValue())


@pytest.mark.parametrize(
    ("people", "seed", "work"), [(30, 1, None), (90, 2, None), (250, 3, None), (90, 2, 2_000)]
)
def test_no_hidden_count_can_be_learned(
    people: int, seed: int, work: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the last world the program may only attack a part of the kinds, as in a very large table."""
    cases = world(people, seed)
    rows = tables(cases, {})
    if work:
        in_full = _hidden(rows)
        monkeypatch.setattr(cells, "WORK", work)
        rows = tables(cases, {})
        assert len(_hidden(rows)) > len(in_full)
    attacker = Attacker(cases, rows)
    hidden = _hidden(rows)
    assert hidden
    for row, column in hidden:
        kinds = (row.cut, row.group, COLUMNS[column])
        most, least = attacker.most(attacker.sum_of(*kinds)), attacker.least(attacker.sum_of(*kinds))
        # that there is nobody shows from a total of nobody, and tells of nobody
        assert least < most or most == 0, f"{row.cut} {row.group} {column} is given back"
        if small(attacker.true(*kinds)):
            assert most >= 5, f"{row.cut} {row.group} {column} is known to be under five"


def _hidden(rows: list[Row]) -> list[tuple[Row, str]]:
    return [(row, column) for row in rows for column, count in row.people.items() if count is None]


@pytest.mark.parametrize(("people", "seed"), [(60, 4), (200, 5)])
def test_no_difference_between_two_counts_tells_of_a_few(people: int, seed: int) -> None:
    cases = world(people, seed)
    rows = tables(cases, {})
    attacker = Attacker(cases, rows)
    for row in rows:
        for fates in ((1,), (2,), (3,), (REST,), tuple(range(4, FATES)), tuple(range(1, FATES))):
            if small(attacker.true(row.cut, row.group, fates)):
                assert attacker.most(attacker.sum_of(row.cut, row.group, fates)) >= 5, (row, fates)


def test_a_function_within_an_obligation_does_not_tell_of_those_outside_it() -> None:
    # three with must have another function than the fifty: must less ret og pligt would tell of them
    cases = [Case(("must", "rdm", "L", "A"), 80, 0, False)] * 50
    cases += [Case(("must", "release", "L", "A"), 80, 0, False)] * 3
    cases += [Case(("may", "social", "L", "A"), 80, 0, False)] * 40
    shown = {(row.cut, row.group): row.people["n"] for row in tables(cases, {})}
    assert shown[WHOLE, ""] == 93
    assert shown["function", "release"] is None
    assert shown["function", "rdm"] is None or shown["obligation", "must"] is None


def test_a_second_publication_does_not_tell_of_the_few_that_came_between() -> None:
    first = world(200, 6)
    before = {
        cell_key(row.cut, row.group, column): count
        for row in tables(first, {})
        for column, count in row.people.items()
        if count is not None
    }
    later = [*first, *world(3, 7)]
    blind, seeing = tables(later, {}), tables(later, before)
    told = [
        key
        for row in blind
        for column, count in row.people.items()
        if count is not None
        and small(abs(count - before.get(key := cell_key(row.cut, row.group, column), 0)))
    ]
    assert told, "without the earlier publication the few would be told of"
    attacker = Attacker(later, seeing)
    for row in seeing:
        for column, count in row.people.items():
            old = before.get(cell_key(row.cut, row.group, column))
            true = attacker.true(row.cut, row.group, COLUMNS[column])
            if old is not None and small(abs(true - old)):
                assert count is None
                assert (
                    attacker.most(attacker.sum_of(row.cut, row.group, COLUMNS[column])) >= min(old, true) + 5
                )


def test_large_counts_are_shown_and_rows_stand_in_an_order_that_tells_nothing() -> None:
    cases = [
        Case((obligation, "social", "L", group), week, event, False)
        for obligation in ("may", "must")
        for group in "AB"
        for week, event in ((10, 1), (20, 1), (40, 1), (70, 1), (80, 0), (30, 2))
        for _ in range(6)
    ]
    rows = tables(cases, {})
    assert [(row.cut, row.group) for row in rows][:3] == [
        (WHOLE, ""),
        ("obligation", "must"),
        ("obligation", "may"),
    ]
    assert dict(rows[1].people) == {
        "n": 72, "goal_13": 12, "goal_26": 24, "goal_52": 36, "goal_78": 48, "other": 12, "lost": 0,
    }  # fmt: skip
    assert not any(count is None for row in rows for count in row.people.values())


def test_no_cases_give_no_rows() -> None:
    assert tables([], {}) == []
    assert WINDOWS == (13, 26, 52, 78)
