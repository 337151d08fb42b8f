"""What comes out of a plan. The reasons are written when somebody reads them, not when the plan is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorkorps.domain.planning import words
from mentorkorps.domain.planning.model import Citizen, Mentor, Method


@dataclass(frozen=True)
class Assignment:
    """A citizen and the mentor the plan gives; `present` is the id of the mentor the citizen has now."""

    person: Citizen
    giver: Mentor
    score: int
    present: str | None

    @property
    def citizen(self) -> str:
        """The citizen's id."""
        return self.person.id

    @property
    def mentor(self) -> str:
        """The mentor's id."""
        return self.giver.id

    @property
    def moved_from(self) -> str | None:
        """The present mentor's id where the plan gives another."""
        return None if self.present == self.giver.id else self.present

    @property
    def reasons_for(self) -> tuple[str, ...]:
        """What speaks for, in Danish sentences; never empty."""
        return words.reasons_for(self.person, self.giver, self.present)

    @property
    def reasons_against(self) -> tuple[str, ...]:
        """What speaks against, and what is not known about the mentor."""
        return words.reasons_against(self.person, self.giver, self.present)


@dataclass(frozen=True)
class Unassigned:
    """A citizen for whom there is no room among `mentors`."""

    person: Citizen
    mentors: Sequence[Mentor]

    @property
    def citizen(self) -> str:
        """The citizen's id."""
        return self.person.id

    @property
    def why(self) -> str:
        """Why nobody could be found, in Danish."""
        return words.why_unassigned(self.person, self.mentors)


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
