"""Citizens who choose in turn: less is won than by a whole plan, but each choice can be followed without the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentorkorps.domain.planning.board import lay_out
from mentorkorps.domain.planning.model import Citizen, Mentor, State, Weights
from mentorkorps.domain.planning.rooms import Rooms


@dataclass(frozen=True)
class Turns:
    """The mentor's id by the citizen's, where there was room, and each mentor with the minutes and places left."""

    mentors: Mapping[str, str]
    left: Mapping[str, Mentor]


def in_turn(mentors: Sequence[Mentor], citizens: Sequence[Citizen], weights: Weights) -> Turns:
    """Each citizen, in the order given, gets the mentor with room who gives most points; ties go to the first mentor.

    The points of a pair are of the wishes alone and not of how full the week is. So when some of the choices have been
    followed, the mentors' room being less by them, asking again gives all the others what they had.
    """
    if not (mentors and citizens):
        return Turns({}, {mentor.id: mentor for mentor in mentors})
    board = lay_out(citizens, mentors, State(), replace(weights, balance=0))
    rooms = Rooms.empty(board)
    found = {}
    for row, citizen in enumerate(citizens):
        open_to = rooms.open_to(row)
        if open_to.any():
            column = int(np.where(open_to, board.score[row], -1).argmax())
            rooms.place(row, column)
            found[citizen.id] = mentors[column].id
    left = zip(mentors, rooms.minutes.tolist(), rooms.places.tolist(), strict=True)
    return Turns(
        found, {m.id: replace(m, minutes=minutes, max_citizens=places) for m, minutes, places in left}
    )
