"""The answer of a what-if: the level and its proposals beside each other, figure by figure, and who is touched."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.economy import Economy, hour_prices, read_economy
from mentorkorps.domain.simulation import Comparison, RowLoad, Simulation, compare, on_population
from mentorkorps.steering.queries.what_if import Corps
from mentorkorps.web.pages.what_if import words
from mentorkorps.web.pages.what_if.form import WhatIfForm

ADOPTED = "Vedtaget"
BINDING = ("must", "right")
Figured = int | Fraction | None


@dataclass(frozen=True)
class Figure:
    """One line of the table: for each level its figure, and how far it is from the first level's."""

    label: str
    cells: tuple[tuple[str, str], ...]
    strong: bool = False


@dataclass(frozen=True)
class Touched:
    """A row that a proposal changes. `lowered` marks less time for what the law demands or gives a right to."""

    label: str
    obligation: str
    citizens: int
    before: RowLoad
    after: RowLoad

    @property
    def lowered(self) -> bool:
        """Whether a duty or a right would get less time."""
        less = (
            self.after.minutes_per_week < self.before.minutes_per_week or self.after.weeks < self.before.weeks
        )
        return self.obligation in BINDING and less


@dataclass(frozen=True)
class Answer:
    """The level in force and one or two proposals, on the same citizens and the same money.

    The first of `levels` is what the others are compared with: the level in force, or the first proposal where the
    hours of some rows (`open_rows`) have not been fixed, so that there is nothing adopted to compare with.
    """

    levels: tuple[Simulation, ...]
    economy: Economy
    corps: Corps
    open_rows: tuple[str, ...]

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The first level beside each of the others."""
        return tuple(compare(self.levels[0], each) for each in self.levels[1:])

    @property
    def names(self) -> tuple[str, ...]:
        """What the levels are called beside each other."""
        first = self.levels[0].name if self.open_rows else ADOPTED
        return (first, *(each.name for each in self.levels[1:]))

    @property
    def said_of_now(self) -> str:
        """What the first level means."""
        return words.now_said(self.levels[0])

    @property
    def said_of_proposals(self) -> list[str]:
        """What each proposal changes."""
        return [words.change_said(each) for each in self.comparisons]

    @property
    def said_in_bar(self) -> list[str]:
        """The shortest answer of each proposal."""
        return [words.bar_said(each) for each in self.comparisons]

    @property
    def said_of_corps(self) -> str:
        """What the levels ask of the corps."""
        return words.corps_said(self.levels, self.names, self.corps, self.economy)

    @property
    def said_to_be_missing(self) -> str:
        """What is not known about money, or nothing."""
        return words.missing_said(self.economy)

    @property
    def said_of_next_hour(self) -> str:
        """What an hour more costs, below the ceiling and above it, or nothing."""
        return words.hour_said(hour_prices(self.economy), self.economy)

    @property
    def figures(self) -> list[Figure]:
        """The table, one line for each figure."""
        return [
            self._hours("Timer om ugen", lambda each: each.total.minutes_per_week),
            self._hours("– sociale mentorer", lambda each: each.corps.minutes_per_week),
            self._hours("Timer om året", lambda each: each.total.minutes_per_year),
            self._line("Fuldtidsmentorer", lambda each: each.full_time_mentors, words.one_decimal),
            self._kroner("Udgift, kr.", "cost"),
            self._kroner(self._refund_label, "reimbursement"),
            self._kroner("Kommunen betaler, kr.", "net", strong=True),
            self._kroner("Tilbage af budgettet, kr.", "headroom"),
            Figure("Loftet nås", tuple((words.ceiling(each.account), "") for each in self.levels)),
            self._kroner("En time mere, kr.", "next_hour"),
        ]

    @property
    def by_obligation(self) -> list[tuple[str, Figure]]:
        """Hours a week by must, right and may."""

        def of(code: str) -> Callable[[Simulation], Figured]:
            return lambda each: each.by_obligation[code].minutes_per_week

        return [(code, self._hours(code, of(code))) for code in OBLIGATIONS]

    @property
    def touched(self) -> list[tuple[Comparison, list[Touched]]]:
        """For each proposal that changes something the rows that it changes."""
        found = [(each, _touched(each)) for each in self.comparisons]
        return [(each, rows) for each, rows in found if rows]

    @property
    def lowers_a_right(self) -> bool:
        """Whether a proposal gives less time to what the law demands or gives a right to."""
        return any(row.lowered for _, rows in self.touched for row in rows)

    @property
    def _refund_label(self) -> str:
        known = self.economy.ceiling is not None or self.economy.reimbursement_percent == 0
        return "Refusion, kr." if known else "Refusion, højst kr."

    def _hours(self, label: str, of: Callable[[Simulation], Figured]) -> Figure:
        return self._line(label, of, words.hours)

    def _kroner(self, label: str, name: str, *, strong: bool = False) -> Figure:
        return self._line(label, lambda each: getattr(each.account, name), words.kroner_figure, strong=strong)

    def _line(
        self,
        label: str,
        of: Callable[[Simulation], Figured],
        write: Callable[[Any], str],
        *,
        strong: bool = False,
    ) -> Figure:
        first = of(self.levels[0])
        cells = []
        for value in map(of, self.levels):
            change = (
                "" if value is None or first is None or value == first else words.signed(write(value - first))
            )
            cells.append((words.MISSING if value is None else write(value), change))
        return Figure(label, tuple(cells), strong)


def answer(form: WhatIfForm, corps: Corps) -> Answer:
    """Computes what the fields say."""
    economy = read_economy(form.economy(), whole=False)
    population = form.population()
    open_rows = tuple(row.label for row in form.ground.rows if None in (row.minutes_per_week, row.weeks))
    adopted = () if open_rows else (form.adopted(),)
    levels = (*adopted, *(form.proposal(letter) for letter in form.letters))
    found = tuple(on_population(level, population, economy) for level in levels)
    return Answer(found, economy, corps, open_rows)


def _touched(found: Comparison) -> list[Touched]:
    after = {row.key: row for row in found.proposed.rows}
    return [
        Touched(row.label, row.obligation, found.rows[row.key].touched, row, after[row.key])
        for row in found.now.rows
        if (row.minutes_per_week, row.weeks) != (after[row.key].minutes_per_week, after[row.key].weeks)
    ]
