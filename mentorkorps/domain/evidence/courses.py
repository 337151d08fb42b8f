"""Courses as columns: who had which kind of support where, how long each was watched, and how it ended."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.given import BadInput

Cell = str | float | None
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ONGOING, GOAL, OTHER_EXIT = 0, 1, 2


@dataclass(frozen=True)
class Course:
    """One course. `event`: 0 still going or lost from view, 1 to job or education, 2 another exit.

    `weeks_observed` counts from the start to the event, or to the last day it was seen. A covariate
    that is None is unknown, which is not the same as 0.
    """

    course: str
    citizen: str
    group: str
    provider: str
    weeks_observed: float
    event: int
    covariates: Mapping[str, Cell]


@dataclass(frozen=True, eq=False)
class Courses:
    """The same courses as columns of equal length, with exactly two groups among them."""

    stronger: str
    weaker: str
    in_stronger: Flags
    citizen: Ints
    provider: Ints
    week: Ints
    event: Ints
    covariates: Mapping[str, Sequence[Cell]]

    def __len__(self) -> int:
        return len(self.week)

    def members(self) -> dict[str, Flags]:
        """Which courses belong to each group, the stronger obligation first."""
        return {self.stronger: self.in_stronger, self.weaker: ~self.in_stronger}


def tabulate(courses: Sequence[Course]) -> Courses:
    """Puts courses into columns. Raises BadInput unless there are two groups, no more, no fewer.

    An event inside a week belongs to that week; a course lost from view inside a week was last seen
    whole in the week before.
    """
    stronger, weaker = _two_groups(courses)
    weeks = np.array([c.weeks_observed for c in courses], dtype=float)
    event = np.array([c.event for c in courses], dtype=np.int64)
    names = list(courses[0].covariates)
    return Courses(
        stronger=stronger,
        weaker=weaker,
        in_stronger=np.array([c.group == stronger for c in courses]),
        citizen=_numbered([c.citizen for c in courses]),
        provider=_numbered([c.provider for c in courses]),
        week=np.where(event == ONGOING, np.floor(weeks), np.ceil(weeks)).astype(np.int64),
        event=event,
        covariates={name: [c.covariates[name] for c in courses] for name in names},
    )


def _two_groups(courses: Sequence[Course]) -> tuple[str, str]:
    first_row: dict[str, int] = {}
    for row, course in enumerate(courses, start=2):
        first_row.setdefault(course.group, row)
    if len(first_row) > 2:
        third = max(first_row.values())
        raise BadInput(
            f"filen har tre grupper ({', '.join(first_row)}). Behold de to, der sammenlignes.",
            row=str(third),
            field="group",
        )
    if len(first_row) < 2:
        rows, only = f"2-{len(courses) + 1}", ", ".join(first_row) or "ingen"
        raise BadInput(
            f"der skal være to grupper at sammenligne, her er kun: {only}.", row=rows, field="group"
        )
    stronger, weaker = sorted(first_row, key=OBLIGATIONS.index)
    return stronger, weaker


def _numbered(names: Sequence[str]) -> Ints:
    """0, 1, 2 … by alphabetical order, so that the order of the rows does not matter."""
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)


def number_in(text: str) -> float | None:
    """The number a text holds, with a decimal point or a decimal comma; None when it is no number."""
    if not text.isascii() or "_" in text:  # Python reads ٤ and 1_0 as numbers, and nobody writes them so
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return None if math.isnan(number) else number
