"""Largest regret first: the citizen who loses most by waiting chooses first. No solver is needed."""

import heapq

import numpy as np

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.planning.board import Floats, Ints
from mentorkorps.domain.planning.bound import Prices, worth
from mentorkorps.domain.planning.rooms import NOBODY, Rooms


def regret_greedy(rooms: Rooms, prices: Prices) -> Ints:
    """The mentor's column for each citizen, or NOBODY; whoever has a mentor in `rooms` keeps that one.

    `must` choose before `right`, and `right` before `may`. Within each the citizen with the greatest
    distance from the best mentor with room to the next best is served first. A mentor's points are less
    what the citizen's minutes and place cost there: scarce mentors go to those who need them.
    """
    board = rooms.board
    serving = _Serving(rooms, worth(board, prices, np.zeros_like(board.minutes)))
    for rank in range(len(OBLIGATIONS)):
        serving.serve(np.flatnonzero((board.rank == rank) & (rooms.plan == NOBODY)).tolist())
    return np.array(serving.plan, dtype=np.int64)


class _Serving:
    """Rooms only fill, so each citizen walks once down the mentors from the best: `tried` says how far."""

    def __init__(self, rooms: Rooms, value: Floats) -> None:
        board = rooms.board
        ranked = np.argsort(-value, axis=1, kind="stable")
        self.columns: list[list[int]] = ranked.tolist()
        self.values: list[list[float]] = np.take_along_axis(value, ranked, axis=1).tolist()
        self.choices: list[int] = board.allowed.sum(axis=1).tolist()
        self.tried = [0] * board.citizens
        self.needed: list[int] = board.minutes.tolist()
        self.minutes: list[int] = rooms.minutes.tolist()
        self.places: list[int] = rooms.places.tolist()
        self.plan: list[int] = rooms.plan.tolist()

    def serve(self, citizens: list[int]) -> None:
        """Those of one obligation. A regret is looked up again when its turn comes, since rooms fill meanwhile."""
        queue = [(*self._regret(c), c) for c in citizens]
        heapq.heapify(queue)
        while queue:
            regret, column, citizen = heapq.heappop(queue)
            now = self._regret(citizen)
            if now[0] > regret:
                heapq.heappush(queue, (*now, citizen))
            elif now[1] != NOBODY:
                self.plan[citizen] = now[1]
                self.minutes[now[1]] -= self.needed[citizen]
                self.places[now[1]] -= 1

    def _regret(self, citizen: int) -> tuple[float, int]:
        """Minus the regret, so that the greatest comes first, and the best column; ties go to the first column.

        To go without a mentor is worth nothing and is the next best where that is more than the second mentor.
        """
        first = self.tried[citizen] = self._next(citizen, self.tried[citizen])
        if first == self.choices[citizen]:
            return (np.inf, NOBODY)
        values, second = self.values[citizen], self._next(citizen, first + 1)
        other = values[second] if second < self.choices[citizen] else 0.0
        return (max(other, 0.0) - values[first], self.columns[citizen][first])

    def _next(self, citizen: int, start: int) -> int:
        """The place, from `start`, of the best mentor with room in the citizen's own order."""
        columns, needed = self.columns[citizen], self.needed[citizen]
        for place in range(start, self.choices[citizen]):
            column = columns[place]
            if self.minutes[column] >= needed and self.places[column] > 0:
                return place
        return self.choices[citizen]
