"""The law's periods as slots of equal width, with the chosen day in its place."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentorkorps.domain import law
from mentorkorps.domain.dates import MONTHS_SHORT

SLOT, BAR = 100, 96


@dataclass(frozen=True)
class Slot:
    """A regime on the line: `x` in units of the picture."""

    x: int
    regime: law.Regime
    state: Literal["past", "current", "expected"]

    @property
    def began(self) -> str:
        """2014, or mar. 2023 where it began inside a year."""
        first = self.regime.valid_from
        return (
            str(first.year)
            if (first.month, first.day) == (1, 1)
            else f"{MONTHS_SHORT[first.month - 1]} {first.year}"
        )


@dataclass(frozen=True)
class Timeline:
    """All periods and where the day stands among them."""

    slots: list[Slot]
    regime: law.Regime
    marker: float

    @property
    def width(self) -> int:
        return len(self.slots) * SLOT


def timeline_on(day: date) -> Timeline:
    """The line with the period of `day` filled; expected law is drawn apart and is never the current one."""
    shown = [regime for regime in law.regimes() if not regime.overlay]
    current = law.regime_on(day)
    slots = [Slot(n * SLOT, regime, _state(regime, current)) for n, regime in enumerate(shown)]
    place = next(slot for slot in slots if slot.regime == current)
    return Timeline(slots, current, round(place.x + _share(current, day, shown) * BAR, 1))


def _state(regime: law.Regime, current: law.Regime) -> Literal["past", "current", "expected"]:
    if regime.expected:
        return "expected"
    return "current" if regime == current else "past"


def _share(regime: law.Regime, day: date, shown: list[law.Regime]) -> float:
    """How far into its period a day is, from 0 to 1; the period in force is drawn to where the expected one begins."""
    later = [other.valid_from for other in shown if other.valid_from > regime.valid_from]
    last = min(later, default=day)
    return min((day - regime.valid_from).days / max((last - regime.valid_from).days, 1), 1.0)
