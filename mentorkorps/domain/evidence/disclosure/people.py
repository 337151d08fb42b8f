"""What must be hidden so that no number tells of fewer than five people, alone or with the others."""

from collections.abc import Sequence

import numpy as np

from mentorkorps.domain.evidence.courses import GOAL, Courses, Flags, Ints

FEWEST = 5


def small(people: int) -> bool:
    """Some, but fewer than five."""
    return 0 < people < FEWEST


def few(citizen: Ints, chosen: Flags) -> bool:
    """Some, but fewer than five, different people."""
    return small(len(np.unique(citizen[chosen])))


def small_group(courses: Courses) -> bool:
    """One group is under five people. Both are then hidden: the number of all courses stands elsewhere."""
    return any(few(courses.citizen, members) for members in courses.members().values())


def hidden_horizons(courses: Courses, horizons: Sequence[int]) -> set[int]:
    """The horizons whose outcomes are hidden, both groups together.

    A horizon is hidden when one to four people of a group have reached job or education by then, or have
    not, or have between it and the last horizon that is shown: the difference would give them away. The
    other group goes too, since the total of both stands in other tables.
    """
    if small_group(courses):
        return set(horizons)
    hidden: set[int] = set()
    shown = -1
    for horizon in sorted(horizons):
        if _gives_away(courses, shown, horizon):
            hidden.add(horizon)
        else:
            shown = horizon
    return hidden


def _gives_away(courses: Courses, shown: int, horizon: int) -> bool:
    goal = courses.event == GOAL
    reached = goal & (courses.week <= horizon)
    since = reached & (courses.week > shown)
    return any(
        few(courses.citizen, members & chosen)
        for members in courses.members().values()
        for chosen in (reached, ~reached, since)
    )


def share_in_fives(chosen: Flags) -> float:
    """The share that is chosen, its number rounded up to whole fives, so that one to four cannot be told."""
    fives = -(-int(chosen.sum()) // FEWEST) * FEWEST
    return min(1.0, fives / len(chosen))
