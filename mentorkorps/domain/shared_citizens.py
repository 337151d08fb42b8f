"""Citizens whom others work with too, counted so that no count of one to four people can be worked out.

A citizen is the marks that are true of them: a side of the picture with somebody at work (`health`), what holds for one
of those (`health/late`), and `home_support`. All counts are hidden together, by the attack that guards the outcomes.

The counts are of the day, so two days can be subtracted. Hence they are told in whole fives, and nobody (0) is as
hidden as somebody: one citizen more or fewer is seen only where a five is passed, and could then be as many as nine.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

import numpy as np

from mentorkorps.domain.evidence.courses import Flags
from mentorkorps.domain.evidence.disclosure import FEWEST, Cell, Secret, hidden_cells, small
from mentorkorps.domain.network import GROUPS

ALL, SHARED, SEVERAL, HOME = "citizens", "shared", "several", "home_support"
FACTS = ("help", "no_step", "late")
HOME_SIDE = "social"
Marks = frozenset[str]


def mark(side: str, fact: str) -> str:
    """What is true of a citizen who has one of a side's parties of whom a fact holds."""
    return f"{side}/{fact}"


MARKS = (HOME, *GROUPS, *(mark(side, fact) for side in GROUPS for fact in FACTS))
COUNTS = (ALL, SHARED, SEVERAL, *MARKS)
"""The names of the counts: everybody, those with one side or more, with two or more, and those with each mark."""


def hidden_counts(people: Iterable[Collection[str]]) -> dict[str, int | None]:
    """The counts by `COUNTS` in whole fives, rounded down; None is hidden. Each of `people` is a citizen's marks.

    Raises ValueError for a mark that is none, or that stands without its side.
    """
    number = Counter(map(_marks, people))
    kinds = sorted(number.keys() | set(_conceivable()), key=sorted)
    there = np.array([number[kind] for kind in kinds], dtype=np.int64)
    flags = {name: np.array([_counts(name, kind) for kind in kinds]) for name in COUNTS}
    values = {name: int(there[chosen].sum()) for name, chosen in flags.items()}
    gone = {place for place, name in enumerate(COUNTS) if min(values[name], values[_row(name)]) < FEWEST}
    secrets = [Secret(each) for each in _told(flags) if small(int(there[each].sum()))]
    hidden = hidden_cells(there, [_cell(name, flags[name]) for name in COUNTS], secrets, gone)
    return {
        name: None if place in hidden else values[name] // FEWEST * FEWEST
        for place, name in enumerate(COUNTS)
    }


def _marks(marks: Collection[str]) -> Marks:
    found = frozenset(marks)
    if not found <= set(MARKS) or not {each.partition("/")[0] for each in found - {HOME}} <= found:
        raise ValueError(f"unknown marks, or without their side: {sorted(found)}")
    return found


def _counts(name: str, marks: Marks) -> bool:
    sides = len(marks & GROUPS.keys())
    return name == ALL or (name == SHARED and sides > 0) or (name == SEVERAL and sides > 1) or name in marks


def _cell(name: str, kinds: Flags) -> Cell:
    """Everybody counts as told to the very number, since other pages do."""
    return Cell(kinds, _dear(name), 1 if name == ALL else FEWEST)


def _row(name: str) -> str:
    """The count that a row of the table begins with: of under five citizens nothing in it is shown."""
    return name.partition("/")[0]


def _conceivable() -> Iterator[Marks]:
    """Citizens whom no reader can rule out, there or not: with nobody, with one side in every way, with two sides."""
    yield frozenset()
    for side in GROUPS:
        more = [mark(side, fact) for fact in FACTS] + [HOME] * (side == HOME_SIDE)
        yield from (frozenset({side, *some}) for some in _subsets(more))
    yield from (frozenset(pair) for pair in combinations(GROUPS, 2))


def _subsets(marks: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return chain.from_iterable(combinations(marks, size) for size in range(len(marks) + 1))


def _told(flags: Mapping[str, Flags]) -> Iterator[Flags]:
    """Every count, and what two of them tell together: those with both, and those with the one alone."""
    yield from flags.values()
    for one, other in combinations(flags.values(), 2):
        yield from (one & other, one & ~other, other & ~one)


def _dear(name: str) -> int:
    """How long a count is kept: everybody longest, then those who are shared, the sides, and last what holds in one."""
    return {ALL: 4, SHARED: 3, SEVERAL: 2, HOME: 2}.get(name, 1 if name in GROUPS else 0)
