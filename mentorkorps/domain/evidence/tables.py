"""The tables that are shown of all courses, one for each way to divide them; hidden cells are decided together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.evidence.courses import GOAL, OTHER_EXIT, Flags, Ints
from mentorkorps.domain.evidence.disclosure import Cell, Secret, hidden_cells, small

CUTS = ("obligation", "function", "provider", "target_group")
WHOLE = "all"
WINDOWS = (13, 26, 52, 78)
"""Weeks after the start: 3, 6, 12 and 18 months."""

GOALS = tuple(f"goal_{weeks}" for weeks in WINDOWS)
OTHER, LOST, REST = len(WINDOWS), len(WINDOWS) + 1, len(WINDOWS) + 2
FATES = REST + 1
COLUMNS: Mapping[str, tuple[int, ...]] = {
    "n": tuple(range(FATES)),
    **{name: tuple(range(place + 1)) for place, name in enumerate(GOALS)},
    "other": (OTHER,),
    "lost": (LOST,),
}
"""The fates that each column counts: the goal within a window but not the one before it, other exits, lost."""


@dataclass(frozen=True)
class Case:
    """One citizen. `groups` are by `CUTS`; `week` and `event` as in `Fate`."""

    groups: tuple[str, ...]
    week: int
    event: int
    lost: bool

    @property
    def fate(self) -> int:
        """Which of the fates: nothing after the last window counts."""
        if self.week > WINDOWS[-1]:
            return REST
        if self.event == GOAL:
            return next(place for place, weeks in enumerate(WINDOWS) if self.week <= weeks)
        if self.event == OTHER_EXIT:
            return OTHER
        return LOST if self.lost else REST


@dataclass(frozen=True)
class Row:
    """One row: its cut, its group in that cut, and people by column; None is hidden."""

    cut: str
    group: str
    people: Mapping[str, int | None]


def cell_key(cut: str, group: str, column: str) -> str:
    """How a cell is named from one publication to the next."""
    return f"{cut}/{group}/{column}"


def tables(cases: Sequence[Case], earlier: Mapping[str, int]) -> list[Row]:
    """The row of all and the rows of every cut, in a fixed order that tells nothing of their size.

    `earlier` are the cells that an earlier publication showed, by `cell_key`: one to four people more or fewer since
    then are as secret as one to four people.
    """
    if not cases:
        return []
    made = _Tables(cases)
    hidden = made.hidden(earlier)
    return [
        Row(cut, group, {column: made.shown(cut, group, column, hidden) for column in COLUMNS})
        for cut, group in made.rows
    ]


class _Tables:
    """Every cell of every table over the same kinds of people: a combination of groups, and a fate."""

    def __init__(self, cases: Sequence[Case]) -> None:
        count = Counter((case.groups, case.fate) for case in cases)
        self.combinations = sorted({case.groups for case in cases})
        self.people: Ints = np.array(
            [count[groups, fate] for groups in self.combinations for fate in range(FATES)], dtype=np.int64
        )
        self.rows = [(WHOLE, ""), *self._rows()]
        groups = np.array(self.combinations)
        self.members: dict[tuple[str, str], Flags] = {
            (cut, group): groups[:, CUTS.index(cut)] == group
            if cut != WHOLE
            else np.ones(len(groups), dtype=bool)
            for cut, group in self.rows
        }
        self.places = {
            (cut, group, column): place
            for place, (cut, group, column) in enumerate(
                (cut, group, column) for cut, group in self.rows for column in COLUMNS
            )
        }
        self.cells = [
            Cell(_kinds(self.members[cut, group], COLUMNS[column]), _dear(cut, column))
            for cut, group, column in self.places
        ]
        self.values = [
            self._count(self.members[cut, group], COLUMNS[column]) for cut, group, column in self.places
        ]

    def _rows(self) -> Iterator[tuple[str, str]]:
        for place, cut in enumerate(CUTS):
            groups = {combination[place] for combination in self.combinations}
            order = [each for each in OBLIGATIONS if each in groups] if cut == CUTS[0] else sorted(groups)
            yield from ((cut, group) for group in order)

    def _count(self, members: Flags, fates: Sequence[int]) -> int:
        return int(self.people.reshape(-1, FATES)[members].sum(axis=0)[list(fates)].sum())

    def shown(self, cut: str, group: str, column: str, hidden: set[int]) -> int | None:
        place = self.places[cut, group, column]
        return None if place in hidden else self.values[place]

    def hidden(self, earlier: Mapping[str, int]) -> set[int]:
        """The places of the hidden cells. Of a row of under five people nothing is shown."""
        gone = {place for place, value in enumerate(self.values) if small(value)}
        for cut, group in self.rows:
            if small(self.values[self.places[cut, group, "n"]]):
                gone |= {self.places[cut, group, column] for column in COLUMNS}
        secrets = [Secret(self.cells[place].kinds) for place in sorted(gone) if self.values[place]]
        secrets += [
            Secret(_kinds(part, fates))
            for part, fates in self._differences()
            if small(self._count(part, fates))
        ]
        return hidden_cells(self.people, self.cells, [*secrets, *self._since(earlier)], gone)

    def _differences(self) -> Iterator[tuple[Flags, Sequence[int]]]:
        """What is left when a count is taken from another that holds it: within a row, and between the cuts."""
        for members in self.members.values():
            yield members, (REST,)
            for larger in COLUMNS.values():
                for fates in COLUMNS.values():
                    if set(fates) < set(larger):
                        yield members, sorted(set(larger) - set(fates))
        for (cut, _), members in self.members.items():
            for (other, _), part in self.members.items():
                if cut != other and not (part & ~members).any() and (members & ~part).any():
                    yield from ((members & ~part, fates) for fates in COLUMNS.values())

    def _since(self, earlier: Mapping[str, int]) -> Iterator[Secret]:
        for (cut, group, column), place in self.places.items():
            before = earlier.get(cell_key(cut, group, column))
            if before is not None and small(abs(self.values[place] - before)):
                yield Secret(self.cells[place].kinds, min(before, self.values[place]))


def _kinds(members: Flags, fates: Sequence[int]) -> Flags:
    return np.asarray(np.outer(members, np.isin(np.arange(FATES), fates)).ravel())


def _dear(cut: str, column: str) -> int:
    """Totals and numbers of people are kept before outcomes, and exits that are no goal go first."""
    return 4 * (cut == WHOLE) + 2 * (column == "n") + (column in GOALS)
