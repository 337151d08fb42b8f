"""True, false and unknown, with operators that mean the same for one citizen and for columns of them.

A truth is a pair: known to be so, known not to be so. Both are a bool for one citizen and a boolean array for many.
Neither means unknown. `&`, `|` and `~` are Kleene's: unknown stays unknown unless the other side settles it.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np

from mentorkorps.domain.codes import TARGET_GROUPS
from mentorkorps.domain.dates import add_months
from mentorkorps.domain.law.facts import PLACES, Facts

CODES = {"target_group": TARGET_GROUPS, "mentor_placed_in": PLACES}


class Truth(NamedTuple):
    """Known to be so, and known not to be so."""

    yes: Any
    no: Any

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(self.yes & other.yes, self.no | other.no)

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(self.yes | other.yes, self.no & other.no)

    def __invert__(self) -> "Truth":
        return Truth(self.no, self.yes)


class Day(Protocol):
    """A day, or a column of days, some of them unknown."""

    def before(self, other: Any) -> Truth: ...
    def plus_months(self, months: int) -> "Day": ...
    def is_known(self) -> Truth: ...


class View(Protocol):
    """The facts that conditions look at, and the day they are asked about."""

    date: date
    on: Day

    def flag(self, name: str) -> Truth: ...
    def among(self, name: str, codes: Collection[str]) -> Truth: ...
    def day(self, name: str) -> Day: ...


UNKNOWN = Truth(False, False)


class OneDay:
    """One day or None."""

    __slots__ = ("value",)

    def __init__(self, value: date | None) -> None:
        self.value = value

    def before(self, other: "OneDay") -> Truth:
        if self.value is None or other.value is None:
            return UNKNOWN
        return Truth(self.value < other.value, self.value >= other.value)

    def plus_months(self, months: int) -> "OneDay":
        return OneDay(None if self.value is None else add_months(self.value, months))

    def is_known(self) -> Truth:
        return Truth(self.value is not None, self.value is None)


class One:
    """One citizen's facts."""

    __slots__ = ("facts", "date", "on")

    def __init__(self, facts: Facts, on: date) -> None:
        self.facts, self.date, self.on = facts, on, OneDay(on)

    def flag(self, name: str) -> Truth:
        value = getattr(self.facts, name)
        return Truth(value is True, value is False)

    def among(self, name: str, codes: Collection[str]) -> Truth:
        value = getattr(self.facts, name)
        return UNKNOWN if value is None else Truth(value in codes, value not in codes)

    def day(self, name: str) -> OneDay:
        return OneDay(getattr(self.facts, name))


class ManyDays:
    """Days as datetime64[D]; NaT is unknown, and no comparison with it is true."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def before(self, other: "ManyDays") -> Truth:
        return Truth(self.value < other.value, self.value >= other.value)

    def plus_months(self, months: int) -> "ManyDays":
        month, into = self._split
        first = (month + months).astype("datetime64[D]")
        last = (month + months + 1).astype("datetime64[D]") - first - np.timedelta64(1, "D")
        return ManyDays(first + np.minimum(into, last))

    @cached_property
    def _split(self) -> tuple[Any, Any]:
        """The month, and the days into it."""
        month = self.value.astype("datetime64[M]")
        return month, self.value - month.astype("datetime64[D]")

    def is_known(self) -> Truth:
        unknown = np.isnat(self.value)
        return Truth(~unknown, unknown)


class Many:
    """Columns of facts, one entry a citizen; a column that is absent is unknown throughout."""

    def __init__(self, columns: Mapping[str, Any], on: date, citizens: int) -> None:
        self.columns, self.date, self.on = columns, on, ManyDays(np.datetime64(on, "D"))
        self._nobody = np.zeros(citizens, dtype=bool)
        self._no_day = np.full(citizens, "NaT", dtype="datetime64[D]")
        self._days: dict[str, ManyDays] = {}

    def flag(self, name: str) -> Truth:
        column = self.columns.get(name)
        return Truth(self._nobody, self._nobody) if column is None else Truth(column == 1, column == 0)

    def among(self, name: str, codes: Collection[str]) -> Truth:
        column = self.columns.get(name)
        if column is None:
            return Truth(self._nobody, self._nobody)
        chosen = np.array([code in codes for code in CODES[name]] + [False])
        others = np.array([code not in codes for code in CODES[name]] + [False])
        return Truth(chosen[column], others[column])

    def day(self, name: str) -> ManyDays:
        if name not in self._days:
            self._days[name] = ManyDays(self.columns.get(name, self._no_day))
        return self._days[name]
