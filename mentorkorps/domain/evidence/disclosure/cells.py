"""Which counts of several tables are hidden, so that no sum, difference or bound of the others gives a small one back.

The program attacks its own tables first. People come in kinds (the finest groups that the tables know of). Somebody
who reads everything that is shown knows one equation for each count, and that nobody is counted less than zero times.
Linear programming finds the most that a secret count could be under those equations. While that is under five, the
smallest of the counts that the attack leaned on is hidden too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from mentorkorps.domain.evidence.courses import Flags, Floats, Ints
from mentorkorps.domain.evidence.disclosure.people import FEWEST

NEAR = 1e-6
MOST = 1e6  # people of one kind: no municipality has more


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
    values = [int(people[cell.kinds].sum()) for cell in cells]
    attack = _Attack(cells, values, hidden)
    possible: list[Floats] = []
    for secret in secrets:
        wanted = secret.above + FEWEST - NEAR
        while not any(world[secret.kinds].sum() >= wanted for world in possible):
            world, used = attack.most(secret.kinds)
            if world[secret.kinds].sum() >= wanted:
                possible.append(world)
                continue
            least = min(used, key=lambda place: (cells[place].dear, values[place], place))
            attack.hide(least)
            hidden.add(least)
    return {place for place in hidden if place in gone or not attack.knows(cells[place].kinds)}


class _Attack:
    """Everything that a reader of the shown counts knows, ready to be asked for the most a group could be.

    A world that was possible stays possible when more is hidden, so that it settles other secrets too.
    """

    def __init__(self, cells: Sequence[Cell], values: Sequence[int], hidden: Collection[int]) -> None:
        self.kinds = len(cells[0].kinds)
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.passModel(_model(cells, values, self.kinds))
        for place in hidden:
            self.hide(place)

    def hide(self, place: int) -> None:
        """Takes the equation of a cell away."""
        self.solver.changeRowBounds(place, -np.inf, np.inf)

    def most(self, kinds: Flags) -> tuple[Floats, list[int]]:
        """A world with as many people of these kinds as can be, and the places of the cells that set the limit."""
        return self._furthest(kinds, -1.0)

    def knows(self, kinds: Flags) -> bool:
        """Whether the shown counts leave but one number for these kinds."""
        most, least = (self._furthest(kinds, way)[0][kinds].sum() for way in (-1.0, 1.0))
        return bool(most - least < NEAR)

    def _furthest(self, kinds: Flags, way: float) -> tuple[Floats, list[int]]:
        cost = np.where(kinds, way, 0.0)
        self.solver.changeColsCost(self.kinds, np.arange(self.kinds, dtype=np.int32), cost)
        self.solver.run()
        found = self.solver.getSolution()
        duals = np.asarray(found.row_dual)
        return np.asarray(found.col_value, dtype=np.float64), np.flatnonzero(np.abs(duals) > NEAR).tolist()


def _model(cells: Sequence[Cell], values: Sequence[int], kinds: int) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = kinds, len(cells)
    model.col_cost_ = np.zeros(kinds)
    model.col_lower_, model.col_upper_ = np.zeros(kinds), np.full(kinds, MOST)
    bounds = np.array(
        [cell.bounds(value) for cell, value in zip(cells, values, strict=True)], dtype=np.float64
    )
    model.row_lower_, model.row_upper_ = bounds[:, 0], bounds[:, 1]
    counted = [np.flatnonzero(cell.kinds) for cell in cells]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(each) for each in counted])])
    model.a_matrix_.index_ = np.concatenate(counted)
    model.a_matrix_.value_ = np.ones(sum(len(each) for each in counted))
    return model
