"""What one mentor can spend with citizens: from the contract to direct time, and from a normal week to this one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = 5


@dataclass(frozen=True)
class Contract:
    """A week of work in minutes, with what of it goes to meetings and to training."""

    minutes: int
    meetings: int
    training: int


@dataclass(frozen=True)
class Recorded:
    """What is written of a mentor's week in a period: direct minutes outright, or the contract."""

    first: date
    last: date | None
    week: int | Contract


@dataclass(frozen=True)
class Share:
    """The percent of the time after meetings and training that travel and preparation take, from a day on."""

    first: date
    percent: int


@dataclass(frozen=True)
class Working:
    """How a mentor's direct minutes a week come about.

    `contract` is None where direct time was written outright. `percent` is None where the municipality has set no
    share: then nothing is counted off for travel and preparation, which is not to say that they take no time.
    """

    contract: Contract | None
    percent: int | None
    direct: int

    @property
    def preparation(self) -> int | None:
        """Minutes counted off for travel and preparation; None where no share is known, or none is asked for."""
        if self.contract is None or self.percent is None:
            return None
        return _after_meetings(self.contract) - self.direct

    @property
    def lacks_share(self) -> bool:
        """Whether the direct time is too high for want of a share."""
        return self.contract is not None and self.percent is None


@dataclass(frozen=True)
class Serving:
    """A mentor of the corps: where, from when to when, the recorded weeks, and the days away (last None: goes on)."""

    group: str
    first: date
    last: date | None
    recorded: tuple[Recorded, ...]
    away: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True)
class Given:
    """Minutes for citizens in one week: a normal week, less leave, less the days on which all are closed."""

    normal: int = 0
    leave: int = 0
    closed: int = 0

    @property
    def after_leave(self) -> int:
        """What is left when nothing is closed."""
        return self.normal - self.leave

    @property
    def left(self) -> int:
        """What can be given in the week."""
        return self.normal - self.leave - self.closed

    def __add__(self, other: "Given") -> "Given":
        return Given(self.normal + other.normal, self.leave + other.leave, self.closed + other.closed)


def working(recorded: Sequence[Recorded], shares: Sequence[Share], on: date) -> Working | None:
    """A mentor's week as it is on a day; None where nothing is recorded for it."""
    found = next((each for each in recorded if _holds(each.first, each.last, on)), None)
    if found is None:
        return None
    if isinstance(found.week, int):
        return Working(None, None, found.week)
    share = max((each for each in shares if each.first <= on), key=lambda each: each.first, default=None)
    percent = share.percent if share else None
    whole = _after_meetings(found.week)
    return Working(found.week, percent, whole - (whole * (percent or 0) + 50) // 100)


def given(serving: Serving, monday: date, shares: Sequence[Share], closed: Collection[date]) -> Given:
    """What a mentor gives in the week of a Monday. Each weekday is a fifth; a day away that is closed is leave.

    A day without recorded hours gives nothing that can be counted on.
    """
    normal = leave = shut = 0
    for day in (monday + timedelta(days=number) for number in range(WEEKDAYS)):
        week = working(serving.recorded, shares, day) if _holds(serving.first, serving.last, day) else None
        if week is None:
            continue
        normal += week.direct
        if any(_holds(first, last, day) for first, last in serving.away):
            leave += week.direct
        elif day in closed:
            shut += week.direct
    left = (normal - leave - shut) // WEEKDAYS
    after_leave = (normal - leave) // WEEKDAYS
    return Given(normal // WEEKDAYS, normal // WEEKDAYS - after_leave, after_leave - left)


def _after_meetings(contract: Contract) -> int:
    return contract.minutes - contract.meetings - contract.training


def _holds(first: date, last: date | None, on: date) -> bool:
    return first <= on and (last is None or on <= last)
