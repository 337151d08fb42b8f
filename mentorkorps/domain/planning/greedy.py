"""Largest regret first: the citizen who loses most by waiting chooses first. No solver is needed."""

import heapq

import numpy as np

from mentorkorps.domain.planning.board import Board, Bools, Floats, Ints
from mentorkorps.domain.planning.bound import Prices
from mentorkorps.domain.planning.rooms import NOBODY, Rooms


def regret_greedy(board: Board, prices: Prices | None = None) -> Ints:
    """The mentor's column for each citizen, or NOBODY.

    `must` choose before `right`, and `right` before `may`. Within each the citizen with the greatest
    distance from the best mentor with room to the next best is served first. With `prices` a mentor's
    points are less what the citizen's minutes and place cost there: scarce mentors go to those who need them.
    """
    rooms = Rooms(board, np.full(board.citizens, NOBODY, dtype=np.int64))
    value = board.score.astype(np.float64)
    if prices is not None:
        value = value - np.outer(board.minutes, prices.minute) - prices.place
    for rank in np.unique(board.rank):
        _serve(rooms, value, np.flatnonzero(board.rank == rank))
    return rooms.plan


def _serve(rooms: Rooms, value: Floats, citizens: Ints) -> None:
    """A regret is looked up again when its turn comes, since rooms fill meanwhile."""
    queue = [(*_regret(value[c], rooms.open_to(c)), int(c)) for c in citizens]
    heapq.heapify(queue)
    while queue:
        regret, column, citizen = heapq.heappop(queue)
        now = _regret(value[citizen], rooms.open_to(citizen))
        if now[0] > regret:
            heapq.heappush(queue, (*now, citizen))
        elif now[1] != NOBODY:
            rooms.place(citizen, now[1])


def _regret(value: Floats, open_columns: Bools) -> tuple[float, int]:
    """Minus the regret, so that the greatest comes first, and the best column; ties go to the first column.

    To go without a mentor is worth nothing and is the next best where that is more than the second mentor.
    """
    columns = np.flatnonzero(open_columns)
    if not len(columns):
        return (np.inf, NOBODY)
    values = value[columns]
    first = int(values.argmax())
    second = np.delete(values, first).max(initial=0.0)
    return (float(second - values[first]), int(columns[first]))
