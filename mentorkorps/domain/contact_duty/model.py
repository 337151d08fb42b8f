"""What the contact duty is asked about, and what it answers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Every = Literal["week", "fortnight"]
State = Literal["kept", "missed", "excused", "open", "future", "outside"]

WEEKDAYS = {"week": 5, "fortnight": 10}
"""Monday to Friday of a whole period."""


@dataclass(frozen=True)
class Rhythm:
    """A dated duty: at least so many contacts in every ISO week, or in any 14 days.

    `source` is the paragraph (LAB § 93) or the agreement that demands it.
    """

    every: Every
    at_least: int
    valid_from: date
    valid_to: date | None
    source: str

    def __post_init__(self) -> None:
        if self.every not in WEEKDAYS or self.at_least < 1:
            raise ValueError("a rhythm is at least one contact every week or fortnight")


@dataclass(frozen=True)
class Contact:
    """One entry about a contact. `reason` says why a meeting was held by telephone or video."""

    day: date
    kind: Literal["met", "no_show", "attempt", "cancelled"]
    in_person: bool
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Only a meeting counts; by telephone or video only with a reason (LAB § 93, § 96 c)."""
        return self.kind == "met" and (self.in_person or bool(self.reason.strip()))


@dataclass(frozen=True)
class Absence:
    """Days, first and last included, on which citizen or mentor is away; `last` None is until further."""

    first: date
    last: date | None
    reason: str
    whose: Literal["citizen", "mentor"]


@dataclass(frozen=True)
class Span:
    """The course's own days, first and last included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a course does not end before it starts")


class WeekStatus(NamedTuple):
    """One week of a course: `week` as `dates.week_number` counts, `reason` a Danish sentence,
    `contacts` those of the week that count."""

    week: int
    state: State
    reason: str
    contacts: int


class Compliance(NamedTuple):
    """Weeks by state; `percent` with one decimal, None when nothing has fallen due."""

    kept: int
    missed: int
    excused: int
    open: int
    percent: Decimal | None


class Days(NamedTuple):
    """Days first..last (ordinals) on which `rhythm` holds, or within which it wants its contacts."""

    rhythm: Rhythm
    first: int
    last: int


class Absent(NamedTuple):
    """An absence in ordinals; without a last day it goes on for good."""

    first: int
    last: int
    reason: str
    whose: str
