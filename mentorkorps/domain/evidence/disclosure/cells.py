"""Which counts of several tables are hidden, so that no sum, difference or bound of the others gives a small one back.

The program attacks its own tables first. People come in kinds (the finest groups that the tables know of). Somebody
who reads everything that is shown knows one equation for each count, and that nobody is counted less than zero times.
Linear programming finds the most that a secret count could be under those equations. While that is under five, the
smallest of the counts that the attack leaned on is hidden too.

The work is bounded: in a very large table the reader is taken to know the numbers of the lesser kinds beforehand.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from mentorkorps.domain.evidence.courses import Flags, Floats, Ints
from mentorkorps.domain.evidence.disclosure.people import FEWEST

NEAR = 1e-6
A_PERSON = 0.5
MOST = 1e6  # people of one kind: no municipality has more
WORK = 1_500_000
"""Secrets times open kinds that are attacked in a second or two."""
OF_A_SECRET = 4
"""Kinds of each secret that are always open."""


@dataclass(frozen=True, eq=False)
class Cell:
    """A count that may be shown. `kinds` are those it counts; of two, the less `dear` is hidden first.

    One that is shown in steps of `step` people (55 for 55 to 59) tells no more than that; 1 is the number itself.
    """

    kinds: Flags
    dear: int = 0
    step: int = 1

    def bounds(self, value: int) -> tuple[int, int]:
        """The least and the most that a reader of the shown count holds for possible."""
        least = value // self.step * self.step
        return least, least + self.step - 1


@dataclass(frozen=True, eq=False)
class Secret:
    """A count of which nobody may learn that it is less than five more than `above`."""

    kinds: Flags
    above: int = 0


def hidden_cells(
    people: Ints, cells: Sequence[Cell], secrets: Sequence[Secret], gone: Collection[int]
) -> set[int]:
    """The places of the cells that are hidden: those that are `gone` from the start, and as many more as it takes.

    `people` is how many there are of each kind. Afterwards every secret could, for all that is shown, be five or
    more above what it is measured from. A count that the others give back anyway, and that is no secret, stays shown.
    """
    hidden = set(gone)
    if not cells:
        return hidden
    attack = _Attack(people, cells, secrets, hidden)
    for place in range(len(secrets)):
        while leans_on := attack.closes_in_on(place):
            least = min(leans_on, key=lambda cell: (cells[cell].dear, attack.values[cell], cell))
            attack.hide(least)
            hidden.add(least)
    return {place for place in hidden if place in gone or not attack.knows(place)}


def _open_kinds(people: Ints, secrets: Sequence[Secret]) -> Ints:
    """The kinds whose numbers the reader does not know: all, or in a large table some of each secret and the largest.

    A reader who is given the number of every other kind knows more than any real one. What is safe from that reader
    is safe from all: more is hidden than it takes, never less.
    """
    affordable = WORK // max(len(secrets), 1)
    if len(people) <= affordable:
        return np.arange(len(people))
    largest = np.argsort(-people, kind="stable")
    chosen = np.zeros(len(people), dtype=bool)
    for secret in secrets:
        chosen[largest[secret.kinds[largest]][:OF_A_SECRET]] = True
    more = largest[~chosen[largest]][: max(0, affordable - int(chosen.sum()))]
    chosen[more] = True
    return np.flatnonzero(chosen)


class _Attack:
    """Everything that a reader of the shown counts knows, ready to be asked for the most a group could be.

    A world that was possible stays possible when more is hidden, so each one that is found settles all the secrets,
    and all the hidden cells, that it has room for.
    """

    def __init__(
        self, people: Ints, cells: Sequence[Cell], secrets: Sequence[Secret], hidden: Collection[int]
    ) -> None:
        kinds = _open_kinds(people, secrets)
        self.values = [int(people[cell.kinds].sum()) for cell in cells]
        self.people: Floats = people[kinds].astype(np.float64)
        self.cells = _Sums([cell.kinds[kinds] for cell in cells])
        self.secrets = _Sums([secret.kinds[kinds] for secret in secrets])
        self.short: Floats = np.array(
            [each.above + FEWEST - NEAR - people[each.kinds].sum() for each in secrets], dtype=np.float64
        )
        self.settled: Flags = self.short <= 0
        self.varies: Flags = np.zeros(len(cells), dtype=bool)
        bounds = np.array([cell.bounds(value) for cell, value in zip(cells, self.values, strict=True)])
        known = np.array(self.values) - self.cells.of(self.people)
        self.solver = _solver(self.cells, bounds - known[:, None])
        for place in hidden:
            self.hide(place)

    def hide(self, place: int) -> None:
        """Takes the equation of a cell away."""
        self.solver.changeRowBounds(place, -np.inf, np.inf)

    def closes_in_on(self, secret: int) -> list[int]:
        """The cells that keep a secret from being large enough; empty where it could be for all the reader knows."""
        if self.settled[secret]:
            return []
        leans_on = self._furthest(self.secrets.flags[secret], -1.0)[1]
        return [] if self.settled[secret] else leans_on

    def knows(self, cell: int) -> bool:
        """Whether the shown counts leave but one number for a cell."""
        if self.varies[cell]:
            return False
        kinds = self.cells.flags[cell]
        most, least = (self._furthest(kinds, way)[0][kinds].sum() for way in (-1.0, 1.0))
        return bool(most - least < NEAR)

    def _furthest(self, kinds: Flags, way: float) -> tuple[Floats, list[int]]:
        """How a world with the most (or least) people of these kinds differs, and the cells that set the limit."""
        self.solver.changeColsCost(len(kinds), np.arange(len(kinds), dtype=np.int32), way * kinds)
        self.solver.run()
        found = self.solver.getSolution()
        change = np.asarray(found.col_value, dtype=np.float64) - self.people
        self.settled |= self.secrets.of(change) >= self.short
        self.varies |= np.abs(self.cells.of(change)) > A_PERSON
        return change, np.flatnonzero(np.abs(np.asarray(found.row_dual)) > NEAR).tolist()


class _Sums:
    """Many sums over the same kinds, each by its flags, worked out at once: few kinds are in any one of them."""

    def __init__(self, flags: Sequence[Flags]) -> None:
        self.flags = flags
        places = [np.flatnonzero(each) for each in flags]
        self.rows = np.repeat(np.arange(len(flags)), [len(each) for each in places])
        self.kinds = np.concatenate([np.empty(0, dtype=np.int64), *places])

    def of(self, numbers: Floats) -> Floats:
        """The sum of the numbers over each one's kinds."""
        found = np.bincount(self.rows, weights=numbers[self.kinds], minlength=len(self.flags))
        return np.asarray(found, dtype=np.float64)


def _solver(cells: _Sums, bounds: Floats) -> Any:
    """The equations of the shown counts. Primal simplex without presolve goes on from the last world that was found."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "threads": 1, "presolve": "off", "simplex_strategy": 4}.items():
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = len(cells.flags), len(cells.flags[0])
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.full(model.num_col_, MOST)
    model.row_lower_, model.row_upper_ = bounds[:, 0], bounds[:, 1]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(cells.rows, np.arange(model.num_row_ + 1))
    model.a_matrix_.index_ = cells.kinds
    model.a_matrix_.value_ = np.ones(len(cells.kinds))
    solver.passModel(model)
    return solver
