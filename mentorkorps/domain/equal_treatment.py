"""Equal treatment (lige vilkår): the same kind of case in several places, never so that fewer than five can be told.

Places are units and districts, which overlap: what one of them shows may give another's small count back. So all
counts of both are hidden together, by the same attack that guards the published outcomes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from mentorkorps.domain.evidence.courses import Flags
from mentorkorps.domain.evidence.disclosure import FEWEST, Cell, Secret, hidden_cells, small

Cut = Literal["unit", "district"]
CUTS: tuple[Cut, ...] = ("unit", "district")
GRANTED, REFUSED = range(2)
COLUMNS: Mapping[str, tuple[int, ...]] = {"people": (GRANTED, REFUSED), "refused": (REFUSED,)}
"""The fates that each count is of."""


@dataclass(frozen=True)
class Answered:
    """One citizen's newest answer in a group. `minutes` a week is None for a refusal.

    `days` from referral to first meeting is None while they have not met.
    """

    unit: str
    district: str
    minutes: int | None
    days: int | None

    @property
    def fate(self) -> int:
        """Granted or refused."""
        return REFUSED if self.minutes is None else GRANTED

    def place(self, cut: Cut) -> str:
        """The unit or the district."""
        return self.unit if cut == "unit" else self.district


@dataclass(frozen=True)
class Terms:
    """What may be shown of a place; a count of None is hidden, and where `people` is, so is everything.

    `minutes` and `days` are medians of all who were granted, each a value that somebody had; None where nobody was.
    Who has not met counts as waiting longer than everybody else: `days` is None too where half or more have not met.
    """

    people: int | None
    refused: int | None
    granted: int | None
    minutes: int | None
    days: int | None

    @property
    def refused_percent(self) -> int | None:
        """Whole percent of those answered."""
        if self.refused is None or not self.people:
            return None
        return round(100 * self.refused / self.people)


def window(today: date) -> tuple[date, date]:
    """First and last day of the last four whole quarters.

    Between two readings either nothing has changed or a whole quarter has: one new answer never shows by itself.
    """
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return quarter.replace(year=quarter.year - 1), quarter - timedelta(days=1)


def terms(answered: Sequence[Answered]) -> dict[tuple[Cut, str], Terms]:
    """The terms of every unit and district in one group, hidden together so that no small count can be worked out."""
    if not answered:
        return {}
    hidden = _Places(answered)
    return {
        (cut, name): _terms([each for each in answered if each.place(cut) == name], hidden.shown(cut, name))
        for cut, name in hidden.rows
    }


def _terms(members: Sequence[Answered], shown: Mapping[str, int | None]) -> Terms:
    people, refused = shown["people"], shown["refused"]
    granted = [each for each in members if each.fate == GRANTED]
    if people is None or (refused is None and not granted):
        return Terms(None, None, None, None, None)
    days = (each.days for each in granted if each.days is not None)
    return Terms(
        people=people,
        refused=refused,
        granted=None if refused is None else people - refused,
        minutes=_middle((each.minutes or 0 for each in granted), len(granted)),
        days=_middle(days, len(granted)),
    )


def _middle(values: Iterable[int], people: int) -> int | None:
    """The nearest-rank median of so many people; None for none, and where the one in the middle has no value."""
    ordered, middle = sorted(values), (people - 1) // 2
    return ordered[middle] if people and middle < len(ordered) else None


class _Places:
    """The counts of every place over the same kinds of people: a unit, a district and a fate."""

    def __init__(self, answered: Sequence[Answered]) -> None:
        count = Counter((each.unit, each.district, each.fate) for each in answered)
        self.pairs = sorted({(each.unit, each.district) for each in answered})
        self.people = np.array(
            [count[*pair, fate] for pair in self.pairs for fate in (GRANTED, REFUSED)], dtype=np.int64
        )
        self.rows: list[tuple[Cut, str]] = [
            (cut, name)
            for place, cut in enumerate(CUTS)
            for name in sorted({pair[place] for pair in self.pairs})
        ]
        self.places = {
            (cut, name, column): place
            for place, (cut, name, column) in enumerate(
                (cut, name, column) for cut, name in self.rows for column in COLUMNS
            )
        }
        self.cells = [
            Cell(self._kinds(self._members(cut, name), COLUMNS[column]), int(column == "people"))
            for cut, name, column in self.places
        ]
        self.values = [self._count(cell.kinds) for cell in self.cells]
        self.hidden = self._hidden()

    def shown(self, cut: Cut, name: str) -> dict[str, int | None]:
        """The counts of a place by column; None is hidden."""
        found = {column: self.places[cut, name, column] for column in COLUMNS}
        return {column: None if at in self.hidden else self.values[at] for column, at in found.items()}

    def _members(self, cut: Cut, name: str) -> Flags:
        return np.array([pair[CUTS.index(cut)] == name for pair in self.pairs])

    def _kinds(self, members: Flags, fates: Sequence[int]) -> Flags:
        return np.asarray(np.outer(members, np.isin((GRANTED, REFUSED), fates)).ravel())

    def _count(self, kinds: Flags) -> int:
        return int(self.people[kinds].sum())

    def _hidden(self) -> set[int]:
        gone = {place for place, value in enumerate(self.values) if small(value)}
        for cut, name in self.rows:
            if self._closed(*(self.values[self.places[cut, name, column]] for column in COLUMNS)):
                gone |= {self.places[cut, name, column] for column in COLUMNS}
        secrets = [Secret(self.cells[place].kinds) for place in sorted(gone) if self.values[place]]
        secrets += [Secret(kinds) for kinds in self._others() if small(self._count(kinds))]
        return hidden_cells(self.people, self.cells, secrets, gone)

    @staticmethod
    def _closed(people: int, refused: int) -> bool:
        """Whether a row shows nothing: its median tells that five or more were granted, which gives nobody away."""
        return small(people) or small(people - refused) or (small(refused) and people < 2 * FEWEST)

    def _others(self) -> Iterator[Flags]:
        """Counts that stand nowhere: what is left within a place, between two, and where a unit meets a district."""
        everyone = [self._members(cut, name) for cut, name in self.rows]
        for members in everyone:
            yield self._kinds(members, (GRANTED,))
        for larger in everyone:
            for part in everyone:
                if not (part & ~larger).any() and (larger & ~part).any():
                    yield from (self._kinds(larger & ~part, fates) for fates in COLUMNS.values())
        for place in range(len(self.pairs)):
            yield self._kinds(np.arange(len(self.pairs)) == place, COLUMNS["people"])
