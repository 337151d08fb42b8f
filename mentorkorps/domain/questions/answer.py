"""An answer to a question of the committee: a sentence, its figures, its tables, and what it cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mentorkorps.domain.danish import thousands, write_number
from mentorkorps.domain.dates import NBSP

FEWEST = 5
FEW = "under 5"
HIDDEN = "skjult"
MISSING = "mangler"
MILLION = 100_000_000  # øre


@dataclass(frozen=True)
class Figure:
    """A number with its words. `opens` names what lies behind it, for a page to lead there; empty where nothing does.

    `value` is minutes, øre or a count as the label says; None is missing or hidden, and `shown` says which.
    """

    key: str
    label: str
    value: int | None
    shown: str
    opens: str = ""


@dataclass(frozen=True)
class AnswerTable:
    """Rows whose first cell names them. `opens` are what lies behind each row, in the same order."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    opens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What can be said on a day. `sentence` can be read aloud alone; `limits` are whole sentences."""

    question: str
    sentence: str
    figures: tuple[Figure, ...]
    table: AnswerTable
    limits: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON data, as a run keeps it."""
        return {
            "question": self.question,
            "sentence": self.sentence,
            "figures": [
                {"key": each.key, "label": each.label, "value": each.value, "shown": each.shown}
                for each in self.figures
            ],
            "table": {
                "caption": self.table.caption,
                "header": list(self.table.header),
                "rows": [list(row) for row in self.table.rows],
            },
            "limits": list(self.limits),
        }


Given = Mapping[str, Any]


def figure(key: str, label: str, value: int | None, shown: str, opens: str = "") -> Figure:
    """A figure whose missing value is said to be missing."""
    return Figure(key, label, value, MISSING if value is None else shown, opens)


def count(number: int, one: str, many: str) -> str:
    """1 borger, 1.200 borgere."""
    return f"{thousands(number)}{NBSP}{one if number == 1 else many}"


def fives(least: int) -> str:
    """A count that is told in whole fives, by the least it can be: 55–59."""
    return f"{thousands(least)}–{thousands(least + FEWEST - 1)}"


def hours(minutes: int) -> str:
    """Whole hours, as a politician reads them: 1.234 timer. Under ten hours with one decimal."""
    exact = Decimal(minutes) / 60
    shown = round(exact) if abs(exact) >= 10 else round(exact, 1)
    return f"{write_number(Decimal(shown))}{NBSP}{'time' if shown == 1 else 'timer'}"


def kroner(ore: int | None) -> str:
    """Whole kroner, and from ten million on in millions with one decimal: 110,0 mio. kr."""
    if ore is None:
        return MISSING
    sign, size = ("−" if ore < 0 else ""), abs(ore)
    if size >= 10 * MILLION:
        tenths = (size * 10 + MILLION // 2) // MILLION
        return f"{sign}{thousands(tenths // 10)},{tenths % 10}{NBSP}mio.{NBSP}kr."
    return f"{sign}{thousands((size + 50) // 100)}{NBSP}kr."


def percent(part: int, whole: int) -> str:
    """Whole percent; a dash where there is nothing to divide by."""
    return f"{round(Fraction(100 * part, whole))}{NBSP}%" if whole else "–"
