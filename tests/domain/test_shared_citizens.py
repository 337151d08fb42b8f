"""Whom citizens are shared with: an exact solver over whole people gets all that is told, and learns no small count."""

import random
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import highspy
import numpy as np
import pytest

from mentorkorps.domain.evidence.disclosure import FEWEST, small
from mentorkorps.domain.network import GROUPS
from mentorkorps.domain.questions import ANSWERS
from mentorkorps.domain.questions.answer import fives
from mentorkorps.domain.shared_citizens import (
    ALL,
    COUNTS,
    FACTS,
    HOME,
    SEVERAL,
    SHARED,
    hidden_counts,
    mark,
)

pytestmark = pytest.mark.once
SIDES = ("social", "health", "health", "health", "benefit", "family", "civil", "work")
Told = Mapping[str, int | None]


def world(people: int, seed: int) -> list[frozenset[str]]:
    """Half have somebody else on up to three sides; a few things hold for some of those."""
    draw = random.Random(seed)
    return [_citizen(draw) for _ in range(people)]


def _citizen(draw: random.Random) -> frozenset[str]:
    marks: set[str] = set()
    for side in draw.choices(SIDES, k=draw.randint(1, 3)) if draw.random() < 0.5 else ():
        marks |= {side} | {mark(side, fact) for fact in FACTS if draw.random() < 0.3}
        marks |= {HOME} if side == "social" and draw.random() < 0.5 else set()
    return frozenset(marks)


def counts(name: str, marks: frozenset[str]) -> bool:
    sides = sum(side in marks for side in GROUPS)
    return {ALL: True, SHARED: sides > 0, SEVERAL: sides > 1}.get(name, name in marks)


def true(name: str, people: list[frozenset[str]]) -> int:
    return sum(counts(name, each) for each in people)


def thinkable() -> set[frozenset[str]]:
    """Nobody else, one side in every way, or two sides with nothing more: nobody can rule such a citizen out."""
    found = {frozenset[str](), *map(frozenset, combinations(GROUPS, 2))}
    for side in GROUPS:
        more = [mark(side, fact) for fact in FACTS] + [HOME] * (side == "social")
        found |= {frozenset({side, *some}) for n in range(5) for some in combinations(more, n)}
    return found


class Reader:
    """Knows all that is told and the very number of everybody, and even which kinds of citizens there may be."""

    def __init__(self, people: list[frozenset[str]], told: Told, also: Mapping[str, int]) -> None:
        number = Counter(people)
        self.kinds = sorted(number.keys() | thinkable(), key=sorted)
        self.there = np.array([number[kind] for kind in self.kinds])
        self.flags = {name: np.array([counts(name, kind) for kind in self.kinds]) for name in COUNTS}
        self.worlds = [self.there]
        self.solver: Any = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for _ in self.kinds:
            self.solver.addIntegral(lb=0, ub=len(people))
        for name, least in told.items():
            if least is not None:
                self._add(self.flags[name], least, least + FEWEST - 1)
        for name, number_known in also.items():
            self._add(self.flags[name], number_known, number_known)

    def _add(self, chosen: Any, low: float, high: float) -> None:
        places = np.flatnonzero(chosen).astype(np.int32)
        self.solver.addRow(low, high, len(places), places, np.ones(len(places)))

    def could_be_five(self, chosen: Any) -> bool:
        """Whether five or more must be held for possible."""
        if any(each[chosen].sum() >= FEWEST for each in self.worlds):
            return True
        self._add(chosen, FEWEST, np.inf)
        self.solver.run()
        if found := self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            self.worlds.append(np.round(self.solver.getSolution().col_value))
        self.solver.deleteRows(1, np.array([self.solver.getNumRow() - 1], dtype=np.int32))
        return found

    def learned(self) -> int:
        """How many small counts, of one mark or of two together, are known to be small."""
        pairs = list(combinations(self.flags.values(), 2))
        told = [*self.flags.values(), *(one & other for one, other in pairs)]
        told += [each for one, other in pairs for each in (one & ~other, other & ~one)]
        secret = [each for each in told if small(int(self.there[each].sum()))]
        assert secret
        return sum(not self.could_be_five(each) for each in secret)


@pytest.mark.parametrize(("people", "seed"), [(12, 1), (40, 2), (40, 3), (90, 4), (200, 5)])
def test_all_counts_together_give_no_small_one_back(people: int, seed: int) -> None:
    citizens = world(people, seed)
    told = hidden_counts(citizens)
    assert told[ALL] == people // 5 * 5
    assert Reader(citizens, told, {ALL: people}).learned() == 0


def test_the_attack_wins_where_the_very_numbers_are_told() -> None:
    citizens = world(90, 4)
    assert Reader(citizens, {}, {name: true(name, citizens) for name in COUNTS}).learned() > 0


def test_one_citizen_more_is_not_seen_by_subtracting_two_days() -> None:
    health, nobody = frozenset({"health"}), frozenset[str]()
    monday = hidden_counts([health] * 56 + [nobody] * 31)
    assert hidden_counts([health] * 59 + [nobody] * 28) == monday
    assert monday["health"] == 55 and hidden_counts([health] * 60 + [nobody] * 27)["health"] == 60
    for seed in range(8):
        told = [least for least in hidden_counts(world(60, seed)).values() if least is not None]
        assert told and all(least >= FEWEST and least % FEWEST == 0 for least in told)


def test_nobody_is_as_hidden_as_somebody() -> None:
    nobody, one = [frozenset[str]()] * 30, [frozenset({"health"})] + [frozenset[str]()] * 29
    assert hidden_counts(nobody) == hidden_counts(one)
    assert set(hidden_counts([]).values()) == {None}


def test_a_mark_without_its_side_is_refused() -> None:
    for marks in ({"health/late"}, {"weather"}):
        with pytest.raises(ValueError, match="marks"):
            hidden_counts([marks])


def test_the_answer_says_what_is_told_and_nothing_else() -> None:
    citizens = world(200, 5)
    told = hidden_counts(citizens)
    answer = ANSWERS["samarbejde"]({"counts": told})
    cells = [cell for row in answer.table.rows for cell in row[1:]]
    cells += [each.shown for each in answer.figures]
    assert set(cells) <= {"skjult"} | {fives(least) for least in told.values() if least is not None}
    assert answer.sentence.startswith(f"{fives(told[SHARED] or 0)} af 200–204 borgere")
    few = ANSWERS["samarbejde"]({"counts": hidden_counts([frozenset({"health"})] * 3 + [frozenset()] * 30)})
    assert "Det kan vi ikke svare på" in few.sentence and {each.shown for each in few.figures[1:]} == {
        "skjult"
    }
    assert "Så få borgere" in ANSWERS["samarbejde"]({"counts": hidden_counts([])}).sentence
