"""The last hand on every plan: room for those left out, fair loads, and must before right before may."""

from collections.abc import Iterator

import numpy as np

from mentorkorps.domain.planning.board import Board, Bools, Ints
from mentorkorps.domain.planning.bound import precedence
from mentorkorps.domain.planning.rooms import NOBODY, Rooms


def squeeze_in(board: Board, plan: Ints) -> Ints:
    """The plan with citizens who are left out let in, where moving one other citizen makes room for them."""
    rooms = Rooms(board, plan)
    left_out = np.flatnonzero(rooms.plan == NOBODY)
    extra = precedence(board)
    for citizen in left_out[np.argsort(board.rank[left_out], kind="stable")].tolist():
        _make_room(rooms, citizen, int(extra[citizen]))
    return rooms.plan


def _make_room(rooms: Rooms, citizen: int, extra: int) -> None:
    """By the move that gives the plan most points, if one is worth it; must and right are always worth it."""
    board = rooms.board
    placed = np.flatnonzero(rooms.plan != NOBODY)
    here = rooms.plan[placed]
    frees = rooms.minutes[here] + board.minutes[placed] >= board.minutes[citizen]
    frees &= board.allowed[citizen, here]
    placed, here = placed[frees], here[frees]
    open_ = np.flatnonzero((rooms.places > 0) & (rooms.minutes >= board.minutes[placed].min(initial=0)))
    if not len(placed) or not len(open_):
        return
    pairs = np.ix_(placed, open_)
    elsewhere = (rooms.minutes[open_] >= board.minutes[placed, None]) & board.allowed[pairs]
    elsewhere &= open_ != here[:, None]
    own = board.score[citizen, here] + extra - board.score[placed, here]
    gain = np.where(elsewhere, board.score[pairs] + own[:, None], 0)
    if gain.max() > 0:
        mover, there = np.unravel_index(gain.argmax(), gain.shape)
        rooms.remove(int(placed[mover]))
        rooms.place(int(placed[mover]), int(open_[there]))
        rooms.place(citizen, int(here[mover]))


def even_out(board: Board, plan: Ints) -> Ints:
    """The plan with citizens moved to the less loaded of two mentors who give them the same points.

    A move is made only if the new mentor is still the less loaded one afterwards; the sum of points stays.
    """
    rooms = Rooms(board, plan)
    left, places = rooms.minutes.tolist(), rooms.places.tolist()
    needed, capacity = board.minutes.tolist(), np.maximum(board.capacity, 1).tolist()
    evened: list[int] = plan.tolist()
    for citizen, others in _equally_good(board, plan):
        here, needs = evened[citizen], needed[citizen]
        after = {m: (left[m] - needs) / capacity[m] for m in others if places[m] > 0 and left[m] >= needs}
        there = max(after, key=after.__getitem__, default=here)
        if there != here and after[there] > left[here] / capacity[here]:
            evened[citizen] = there
            left[here], left[there] = left[here] + needs, left[there] - needs
            places[here], places[there] = places[here] + 1, places[there] - 1
    return np.array(evened, dtype=np.int64)


def _equally_good(board: Board, plan: Ints) -> Iterator[tuple[int, list[int]]]:
    """Each citizen with a mentor, and the other mentors who give the same points, both by number."""
    served = np.flatnonzero(plan != NOBODY)
    here = plan[served]
    equal = (board.score[served] == board.score[served, here][:, None]) & board.allowed[served]
    equal[np.arange(len(served)), here] = False
    rows, columns = np.nonzero(equal)
    ends = np.searchsorted(rows, np.arange(len(served) + 1)).tolist()
    others: list[int] = columns.tolist()
    for row, citizen in enumerate(served.tolist()):
        if ends[row] < ends[row + 1]:
            yield citizen, others[ends[row] : ends[row + 1]]


def keep_order(board: Board, plan: Ints) -> Ints:
    """The plan, mended so that nobody is left out whom a mentor could take by letting weaker obligations go.

    One round is enough: whether a mentor could take somebody depends only on the citizens there with the
    same or a stronger obligation, and placing more of them can only leave less room. Whoever has to go is
    of a weaker obligation and gets a turn in a later round of the loop.
    """
    rooms = Rooms(board, plan)
    for rank in range(3):
        for citizen in np.flatnonzero((board.rank == rank) & (rooms.plan == NOBODY)).tolist():
            mentors = np.flatnonzero(could_take(rooms, citizen))
            if len(mentors):
                _take_in(rooms, citizen, mentors)
    return rooms.plan


def could_take(rooms: Rooms, citizen: int) -> Bools:
    """The mentors with room for the citizen if everyone there with a weaker obligation were to go."""
    board = rooms.board
    weaker = (rooms.plan != NOBODY) & (board.rank > board.rank[citizen])
    there = rooms.plan[weaker]
    minutes = rooms.minutes + np.bincount(there, board.minutes[weaker], board.mentors)
    places = rooms.places + np.bincount(there, minlength=board.mentors)
    fits: Bools = (minutes >= board.minutes[citizen]) & (places > 0) & board.allowed[citizen]
    return fits


def _take_in(rooms: Rooms, citizen: int, mentors: Ints) -> None:
    """With the mentor where the plan loses fewest points."""
    score = rooms.board.score
    leaving = [_who_leaves(rooms, citizen, m) for m in mentors]
    gains = [score[citizen, m] - score[away, m].sum() for m, away in zip(mentors, leaving, strict=True)]
    chosen = int(np.argmax(gains))
    for other in leaving[chosen]:
        rooms.remove(other)
    rooms.place(citizen, int(mentors[chosen]))


def _who_leaves(rooms: Rooms, citizen: int, mentor: int) -> list[int]:
    """The weakest obligations go first and among them those who free most minutes for a point."""
    board = rooms.board
    here = np.flatnonzero((rooms.plan == mentor) & (board.rank > board.rank[citizen]))
    price = board.score[here, mentor] / np.maximum(board.minutes[here], 1)
    lacking, places = board.minutes[citizen] - rooms.minutes[mentor], rooms.places[mentor]
    away: list[int] = []
    for other in here[np.lexsort((price, -board.rank[here]))]:
        if lacking <= 0 and places > 0:
            break
        away.append(int(other))
        lacking, places = lacking - board.minutes[other], places + 1
    return away
