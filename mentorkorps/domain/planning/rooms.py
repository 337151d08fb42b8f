"""A plan in the making: who is where, and how much room each mentor has left."""

import numpy as np

from mentorkorps.domain.planning.board import Board, Bools, Ints

NOBODY = -1


class Rooms:
    """`plan` holds a mentor's column for each citizen, or NOBODY; minutes and places left follow it."""

    def __init__(self, board: Board, plan: Ints) -> None:
        served = plan != NOBODY
        self.board = board
        self.plan = plan.copy()
        used = np.zeros_like(board.capacity)
        np.add.at(used, plan[served], board.minutes[served])
        self.minutes = board.capacity - used
        self.places = board.heads - np.bincount(plan[served], minlength=board.mentors)

    @classmethod
    def empty(cls, board: Board) -> "Rooms":
        """Nobody has a mentor yet."""
        return cls(board, np.full(board.citizens, NOBODY, dtype=np.int64))

    @classmethod
    def fitting(cls, board: Board, plan: Ints) -> "Rooms":
        """The plan without those whom there is no room for: a solver's numbers are only nearly whole."""
        rooms = cls.empty(board)
        for citizen in np.flatnonzero(plan != NOBODY).tolist():
            if rooms.open_to(citizen)[plan[citizen]]:
                rooms.place(citizen, plan[citizen])
        return rooms

    def open_to(self, citizen: int) -> Bools:
        """The mentors that can take the citizen as things stand."""
        enough = (self.minutes >= self.board.minutes[citizen]) & (self.places > 0)
        fits: Bools = enough & self.board.allowed[citizen]
        return fits

    def place(self, citizen: int, mentor: int) -> None:
        """Gives a citizen without a mentor one; raises ValueError when there is no room."""
        if self.plan[citizen] != NOBODY or not self.open_to(citizen)[mentor]:
            raise ValueError(f"no room for row {citizen} in column {mentor}")
        self.plan[citizen] = mentor
        self.minutes[mentor] -= self.board.minutes[citizen]
        self.places[mentor] -= 1

    def remove(self, citizen: int) -> None:
        """Takes the citizen's mentor away."""
        mentor = self.plan[citizen]
        self.plan[citizen] = NOBODY
        self.minutes[mentor] += self.board.minutes[citizen]
        self.places[mentor] += 1

    @property
    def total(self) -> int:
        """The points of the plan."""
        served = np.flatnonzero(self.plan != NOBODY)
        return int(self.board.score[served, self.plan[served]].sum())
