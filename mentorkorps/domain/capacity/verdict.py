"""Demand beside the hours that can be given: is there room, from when, and which weeks are short."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentorkorps.domain.capacity.ahead import Demand
from mentorkorps.domain.capacity.working import Given

WEEKS_IN_A_ROW = 4


@dataclass(frozen=True)
class Week:
    """A week to come: `number` counts Mondays from 5 January 1970; minutes asked for and given."""

    number: int
    asked: Demand
    given: Given

    @property
    def least_free(self) -> int:
        """What is left at the upper end of the band; negative is lacking."""
        return self.given.left - self.asked.high

    @property
    def most_free(self) -> int:
        """What is left at the lower end of the band."""
        return self.given.left - self.asked.low

    @property
    def is_short(self) -> bool:
        """Whether even the lower end of the band is more than can be given."""
        return self.most_free < 0

    @property
    def usual_least(self) -> int:
        """As `least_free`, were nothing closed: a week of holidays says nothing of the weeks around it."""
        return self.given.after_leave - self.asked.high

    @property
    def usual_most(self) -> int:
        """As `most_free`, were nothing closed."""
        return self.given.after_leave - self.asked.low


@dataclass(frozen=True)
class Room:
    """From a week on there are at least `sure` minutes a week, and at most `most`, for some weeks in a row."""

    week: int
    sure: int
    most: int


@dataclass(frozen=True)
class Verdict:
    """What one can say in words; weeks by number, None where it does not come in sight.

    `full_from` is certain within the band, `may_be_full_from` is possible and not later. `short` are single weeks
    in which even the lower end does not fit. `room` is the first run of weeks with time that is sure to be free.
    """

    full_from: int | None
    may_be_full_from: int | None
    room: Room | None
    short: tuple[int, ...]


def verdict(weeks: Sequence[Week]) -> Verdict:
    """Full is four weeks in a row with nothing left, closed days apart; room is four in a row with something left."""
    full = _first_run([week.usual_most <= 0 for week in weeks])
    may = _first_run([week.usual_least <= 0 for week in weeks])
    free = _first_run([week.usual_least > 0 for week in weeks])
    return Verdict(
        full_from=None if full is None else weeks[full].number,
        may_be_full_from=None if may is None or may == full else weeks[may].number,
        room=None if free is None else _room(weeks[free : free + WEEKS_IN_A_ROW]),
        short=tuple(week.number for week in weeks if week.is_short),
    )


def mentors_needed(weeks: Sequence[Week], minutes: int) -> tuple[int, int]:
    """How many more mentors of so many minutes a week it takes that no week lacks any, closed days apart.

    First for the lower end of the band, then for the upper.
    """
    least = max((-week.usual_most for week in weeks), default=0)
    most = max((-week.usual_least for week in weeks), default=0)
    return max(-(-least // minutes), 0), max(-(-most // minutes), 0)


def _first_run(holds: Sequence[bool]) -> int | None:
    places = range(len(holds) - WEEKS_IN_A_ROW + 1)
    return next((place for place in places if all(holds[place : place + WEEKS_IN_A_ROW])), None)


def _room(weeks: Sequence[Week]) -> Room:
    return Room(
        weeks[0].number, min(week.usual_least for week in weeks), min(week.usual_most for week in weeks)
    )
