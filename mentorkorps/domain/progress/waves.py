"""The fixed days on which progress is asked. Answers at any other time cannot be compared, so there are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mentorkorps.domain.dates import Duration

WaveCode = Literal["start", "weeks_13", "weeks_26", "end"]
WAVES: dict[WaveCode, str] = {
    "start": "ved start", "weeks_13": "efter 13 uger", "weeks_26": "efter 26 uger", "end": "ved afslutning",
}  # fmt: skip
"""When it is asked. The Danish trial could not tie answers to jobs, since they followed no fixed cadence."""

MARGIN = timedelta(weeks=3)
"""How far from its day an answer still belongs to a wave."""

_BEFORE_START, _AFTER_START = timedelta(weeks=2), timedelta(weeks=4)
_FIXED: tuple[tuple[WaveCode, int], ...] = (("weeks_13", 13), ("weeks_26", 26))


@dataclass(frozen=True)
class Wave:
    """One wave of a course: its day, and the first and last day on which an answer belongs to it."""

    code: WaveCode
    due: date
    opens: date
    closes: date

    @property
    def words(self) -> str:
        """“efter 13 uger”."""
        return WAVES[self.code]

    def is_open(self, on: date) -> bool:
        """Whether an answer of that day belongs here."""
        return self.opens <= on <= self.closes

    def holds(self, due: date) -> bool:
        """Whether an answer that was given for `due` is of this wave: the end of a course may have moved since."""
        return abs(self.due - due) <= MARGIN


def waves(start: date, last: date) -> tuple[Wave, ...]:
    """The waves of a course from its first to its last day, in order.

    A fixed wave is the last day of its week and falls away where the course is over before. The end is a wave of its
    own when it lies more than three weeks after the wave before it; else that one is the end's too.
    """
    found = [Wave("start", start, start - _BEFORE_START, start + _AFTER_START - timedelta(days=1))]
    found += _around(start, last)
    if last - found[-1].due > MARGIN:
        found.append(_wave("end", last))
    return tuple(found)


def _around(start: date, last: date) -> Iterator[Wave]:
    for code, weeks in _FIXED:
        due = Duration(weeks=weeks).last_day(start)
        if due <= last:
            yield _wave(code, due)


def _wave(code: WaveCode, due: date) -> Wave:
    return Wave(code, due, due - MARGIN, due + MARGIN)
