"""What goes into a plan and what comes out: mentors, citizens, weights, suggestions and the match itself."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mentorkorps.domain.codes import Obligation

Method = Literal["greedy", "optimal"]
METHODS: tuple[Method, ...] = ("greedy", "optimal")


@dataclass(frozen=True)
class Mentor:
    """One who can be given citizens: `minutes` is the time for citizens in a week.

    Words (languages, skills, district, gender) are compared without regard to upper and lower case.
    An empty set or None means that it is not known.
    """

    id: str
    minutes: int
    max_citizens: int
    languages: frozenset[str] = frozenset()
    district: str | None = None
    skills: frozenset[str] = frozenset()
    gender: str | None = None


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
    avoid: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weights:
    """The points of a match, whole numbers that anyone may read and a municipality may change.

    None of them can break a limit: hours, head counts, `avoid` and must before right before may.
    """

    served: int = 100
    """Having a mentor at all: more than any single wish, so that nobody waits for one better match."""
    continuity: int = 50
    """The mentor is the one the citizen has now: one wish alone is not worth a move, two may be."""
    language: int = 40
    """Mentor and citizen share a language the citizen asks for."""
    needs: int = 30
    """All the citizen's needs are met by the mentor's skills; a part of them gives a part, rounded down."""
    gender: int = 25
    """The mentor has the gender the citizen wishes."""
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


@dataclass(frozen=True)
class Assignment:
    """A citizen and the mentor the plan gives; `moved_from` is the present mentor where that is another."""

    citizen: str
    mentor: str
    score: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    moved_from: str | None


@dataclass(frozen=True)
class Unassigned:
    """A citizen for whom there is no room, and why, in Danish."""

    citizen: str
    why: str


@dataclass(frozen=True)
class Load:
    """One mentor's week in the plan, in minutes."""

    assigned: int
    free: int
    citizens: int


@dataclass(frozen=True)
class Match:
    """A whole plan, in the order the citizens and mentors were given.

    `total_score` is the sum of the assignments' scores. No plan within hours, head counts and `avoid` that
    serves at least as many citizens with must and as many with right can have more than `upper_bound`.
    `method` is the one that made the plan; `fallback` says in Danish why it is not the one that was asked
    for, or why the search was cut short, else None.
    """

    assignments: tuple[Assignment, ...]
    unassigned: tuple[Unassigned, ...]
    loads: Mapping[str, Load]
    total_score: int
    upper_bound: int
    method: Method
    fallback: str | None

    @property
    def gap_percent(self) -> float:
        """How far the plan can at most be from the best there is, in percent of the bound."""
        missing = self.upper_bound - self.total_score
        return 100 * missing / self.upper_bound if missing else 0.0

    @property
    def moved(self) -> int:
        """How many citizens get another mentor than they have."""
        return sum(a.moved_from is not None for a in self.assignments)
