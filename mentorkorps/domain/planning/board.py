"""Mentors and citizens as a board of whole numbers: a row for each citizen, a column for each mentor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.planning.model import Citizen, Mentor, State, Weights

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Board:
    """`score` and `allowed` are citizens x mentors; `rank` is 0 must, 1 right, 2 may; minutes are a week's.

    A pair is allowed when the citizen does not avoid the mentor and alone would fit the mentor's week.
    """

    score: Ints
    allowed: Bools
    minutes: Ints
    rank: Ints
    capacity: Ints
    heads: Ints

    @property
    def citizens(self) -> int:
        """Number of rows."""
        return len(self.minutes)

    @property
    def mentors(self) -> int:
        """Number of columns."""
        return len(self.capacity)


def lay_out(citizens: Sequence[Citizen], mentors: Sequence[Mentor], state: State, weights: Weights) -> Board:
    """The board of every pair, with its points after `weights` and the limits that hold."""
    minutes = np.array([c.minutes for c in citizens], dtype=np.int64)
    capacity = np.array([m.minutes for m in mentors], dtype=np.int64)
    heads = np.array([m.max_citizens for m in mentors], dtype=np.int64)
    avoided = _listed([c.avoid for c in citizens], [m.id for m in mentors])
    return Board(
        score=_points(citizens, mentors, state, weights),
        allowed=~avoided & (minutes[:, None] <= capacity) & (heads > 0),
        minutes=minutes,
        rank=np.array([OBLIGATIONS.index(c.obligation) for c in citizens], dtype=np.int64),
        capacity=capacity,
        heads=heads,
    )


def _points(citizens: Sequence[Citizen], mentors: Sequence[Mentor], state: State, weights: Weights) -> Ints:
    known = _shared([c.languages for c in citizens], [m.languages for m in mentors])
    met = _shared([c.needs for c in citizens], [m.skills for m in mentors])
    wanted = np.array([max(len(c.needs), 1) for c in citizens], dtype=np.int64)[:, None]
    present = _listed([_present(c, state) for c in citizens], [m.id for m in mentors])
    same_gender = _same([c.wishes_gender for c in citizens], [m.gender for m in mentors])
    same_age = _same([c.wishes_age for c in citizens], [m.age for m in mentors])
    same_district = _shared([_one(c.district) for c in citizens], [m.districts for m in mentors]) > 0
    points: Ints = (
        weights.served
        + weights.language * (known > 0)
        + weights.needs * met // wanted
        + weights.gender * same_gender
        + weights.age * same_age
        + weights.district * same_district
        + weights.continuity * present
        + _balance(citizens, mentors, state, present, weights.balance)
    )
    return points


def _balance(
    citizens: Sequence[Citizen], mentors: Sequence[Mentor], state: State, present: Bools, weight: int
) -> Ints:
    """A citizen's own minutes do not count against the mentor the citizen already has."""
    capacity = np.array([m.minutes for m in mentors], dtype=np.int64)
    load = np.array([state.minutes.get(m.id, 0) for m in mentors], dtype=np.int64)
    minutes = np.array([c.minutes for c in citizens], dtype=np.int64)[:, None]
    free = np.clip(capacity - load + minutes * present, 0, capacity)
    points: Ints = weight * free // np.maximum(capacity, 1)
    return points


def _present(citizen: Citizen, state: State) -> frozenset[str]:
    mentor = state.current.get(citizen.id)
    return frozenset() if mentor is None else frozenset({mentor})


def fold(words: Iterable[str]) -> frozenset[str]:
    """Words as they are compared: without regard to case."""
    return frozenset(word.casefold() for word in words)


def _shared(wishes: Sequence[frozenset[str]], offers: Sequence[frozenset[str]]) -> Ints:
    folded_wishes, folded_offers = [fold(w) for w in wishes], [fold(o) for o in offers]
    words = sorted(frozenset().union(*folded_wishes))
    wished = np.array([[word in w for word in words] for w in folded_wishes], dtype=np.int64)
    offered = np.array([[word in o for word in words] for o in folded_offers], dtype=np.int64)
    shared: Ints = wished.reshape(len(wishes), len(words)) @ offered.reshape(len(offers), len(words)).T
    return shared


def _same(wishes: Sequence[str | None], offers: Sequence[str | None]) -> Bools:
    """An unknown word equals nothing, not even another unknown one."""
    return _shared([_one(w) for w in wishes], [_one(o) for o in offers]) > 0


def _one(word: str | None) -> frozenset[str]:
    return frozenset() if word is None else frozenset({word})


def _listed(lists: Sequence[frozenset[str]], ids: Sequence[str]) -> Bools:
    """Ids are exact: case counts."""
    column = {key: number for number, key in enumerate(ids)}
    table = np.zeros((len(lists), len(ids)), dtype=np.bool_)
    for row, names in enumerate(lists):
        table[row, [column[name] for name in names if name in column]] = True
    return table
