"""What goes into a plan: mentors, citizens, weights and how the corps stands; and a suggestion for one citizen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mentorkorps.domain.codes import AgeBand, Obligation

Method = Literal["greedy", "optimal"]
METHODS: tuple[Method, ...] = ("greedy", "optimal")


@dataclass(frozen=True)
class Mentor:
    """One who can be given citizens: `minutes` is the time for citizens in a week.

    Words (languages, skills, districts, gender) are compared without regard to upper and lower case.
    An empty set or None means that it is not known.
    """

    id: str
    minutes: int
    max_citizens: int
    languages: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    gender: str | None = None
    age: AgeBand | None = None


@dataclass(frozen=True)
class Citizen:
    """One who is to have a mentor for `minutes` a week. An empty set or None is no wish; `avoid` is mentor ids."""

    id: str
    minutes: int
    obligation: Obligation
    languages: frozenset[str] = frozenset()
    district: str | None = None
    needs: frozenset[str] = frozenset()
    wishes_gender: str | None = None
    wishes_age: AgeBand | None = None
    avoid: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weights:
    """The points of a match, whole numbers that anyone may read and a municipality may change.

    None of them can break a limit: hours, head counts, `avoid` and must before right before may.
    """

    served: int = 500
    """Having a mentor at all: more than staying and all wishes together, so that nobody waits for a better match."""
    continuity: int = 200
    """The mentor is the one the citizen has now: more than all wishes together, so that a move needs a reason."""
    language: int = 40
    """Mentor and citizen share a language the citizen asks for."""
    needs: int = 30
    """All the citizen's needs are met by the mentor's skills; a part of them gives a part, rounded down."""
    gender: int = 25
    """The mentor has the gender the citizen wishes."""
    age: int = 20
    """The mentor is of the age the citizen wishes."""
    district: int = 15
    """The mentor works in the citizen's district."""
    balance: int = 10
    """The mentor's whole week is free as the plan begins; a part of it gives a part, rounded down."""

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 0:
            raise ValueError("a weight is never negative")


@dataclass(frozen=True)
class State:
    """How the corps stands before the plan: minutes a week and citizens by mentor, and mentor by citizen."""

    minutes: Mapping[str, int] = field(default_factory=dict)
    citizens: Mapping[str, int] = field(default_factory=dict)
    current: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, citizens: Iterable[Citizen], current: Mapping[str, str]) -> "State":
        """The state in which every one of `citizens` that has a mentor in `current` is with that mentor."""
        placed = [citizen for citizen in citizens if citizen.id in current]
        minutes: Counter[str] = Counter()
        for citizen in placed:
            minutes[current[citizen.id]] += citizen.minutes
        heads = Counter(current[citizen.id] for citizen in placed)
        return cls(minutes=minutes, citizens=heads, current={c.id: current[c.id] for c in placed})


@dataclass(frozen=True)
class Suggestion:
    """One mentor for one citizen, with what speaks for and against; `why_not` is why it cannot be, else None.

    `free_minutes` is what the mentor has left in a week without this citizen; negative if overbooked.
    """

    mentor: str
    score: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    free_minutes: int
    why_not: str | None
