"""The last hand on every plan: room for those left out, fair loads, and must before right before may."""

import numpy as np

from mentorkorps.domain.planning.board import Board, Bools, Ints
from mentorkorps.domain.planning.bound import precedence
from mentorkorps.domain.planning.rooms import NOBODY, Rooms


def squeeze_in(board: Board, plan: Ints) -> Ints:
    """The plan with citizens who are left out let in, where moving one other citizen makes room for them."""
    rooms = Rooms(board, plan)
    left_out = np.flatnonzero(rooms.plan == NOBODY)
    for citizen in left_out[np.argsort(board.rank[left_out], kind="stable")].tolist():
        _make_room(rooms, citizen)
    return rooms.plan


def _make_room(rooms: Rooms, citizen: int) -> None:
    """By the move that gives the plan most points, if one is worth it; must and right are always worth it."""
    board = rooms.board
    placed = np.flatnonzero(rooms.plan != NOBODY)
    here = rooms.plan[placed]
    frees = rooms.minutes[here] + board.minutes[placed] >= board.minutes[citizen]
    frees &= board.allowed[citizen, here]
    placed, here = placed[frees], here[frees]
    elsewhere = (rooms.minutes >= board.minutes[placed, None]) & (rooms.places > 0) & board.allowed[placed]
    elsewhere[np.arange(len(placed)), here] = False
    own = board.score[citizen, here] + precedence(board)[citizen] - board.score[placed, here]
    gain = np.where(elsewhere, board.score[placed] + own[:, None], 0)
    if gain.max(initial=0) > 0:
        mover, there = np.unravel_index(gain.argmax(), gain.shape)
        rooms.remove(int(placed[mover]))
        rooms.place(int(placed[mover]), int(there))
        rooms.place(citizen, int(here[mover]))


def even_out(board: Board, plan: Ints) -> Ints:
    """The plan with citizens moved to the less loaded of two mentors who give them the same points.

    A move is made only if the new mentor is still the less loaded one afterwards; the sum of points stays.
    """
    rooms = Rooms(board, plan)
    capacity = np.maximum(board.capacity, 1)
    for citizen in np.flatnonzero(rooms.plan != NOBODY).tolist():
        here = rooms.plan[citizen]
        equal = rooms.open_to(citizen) & (board.score[citizen] == board.score[citizen, here])
        after = (rooms.minutes - board.minutes[citizen]) / capacity
        after[~equal] = -np.inf
        there = int(after.argmax())
        if after[there] > rooms.minutes[here] / capacity[here]:
            rooms.remove(citizen)
            rooms.place(citizen, there)
    return rooms.plan


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
    weaker = np.flatnonzero((rooms.plan != NOBODY) & (board.rank > board.rank[citizen]))
    minutes, places = rooms.minutes.copy(), rooms.places.copy()
    np.add.at(minutes, rooms.plan[weaker], board.minutes[weaker])
    np.add.at(places, rooms.plan[weaker], 1)
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
