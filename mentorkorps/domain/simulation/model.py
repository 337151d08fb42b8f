"""What a service level means in hours and kroner for a number of citizens, and what a proposal would change.

The numbers of citizens are those who have support at one time, as in a table of a month; whoever ends is
replaced by another. Only counts are needed, never persons, so an answer takes no longer for a large town.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.economy import Account, Economy, account
from mentorkorps.domain.given import BadInput
from mentorkorps.domain.service_level import Level, LevelRow

COMPANY = "company_mentor"


@dataclass(frozen=True)
class Load:
    """A number of citizens and the minutes they take together in a week and in a year."""

    citizens: int
    minutes_per_week: int
    minutes_per_year: Fraction


@dataclass(frozen=True)
class RowLoad:
    """A row of the level with its load; `minutes_per_week` and `weeks` are one citizen's.

    `company` rows are for mentors in companies, who do it beside their job and are not of the corps.
    """

    key: str
    label: str
    obligation: str
    minutes_per_week: int
    weeks: int
    load: Load
    company: bool


@dataclass(frozen=True)
class Simulation:
    """One level on one population, with the `corps` (all but company mentors) for itself.

    `account` is None when no means were given. `full_time_mentors` is how many full-time mentors the hours of the
    corps take, None where nobody has said what one gives in a year.
    """

    name: str
    rows: tuple[RowLoad, ...]
    total: Load
    corps: Load
    by_obligation: Mapping[str, Load]
    account: Account | None
    full_time_mentors: Fraction | None


@dataclass(frozen=True)
class Change:
    """What a proposal changes for some citizens: proposed less now. `touched` of `citizens` get other minutes
    or another obligation; a proposal moves nobody, so that `citizens` differs only between obligations."""

    citizens: int
    minutes_per_week: int
    minutes_per_year: Fraction
    touched: int


@dataclass(frozen=True)
class Comparison:
    """A level, a proposal, and what differs: by row, in all, and by obligation.

    In `by_obligation` each citizen touched is counted under the obligation of today.
    """

    now: Simulation
    proposed: Simulation
    rows: Mapping[str, Change]
    total: Change
    by_obligation: Mapping[str, Change]


def simulate(
    level: Level, population: Mapping[str, int], weeks_per_year: Decimal, economy: Economy | None
) -> Simulation:
    """Hours and money of a level; `population` has a number of citizens for each row's key.

    Raises BadInput when a row has no citizens given, or its hours or weeks have not been fixed.
    """
    rows = tuple(_row_load(row, population, Fraction(weeks_per_year)) for row in level.rows)
    total = _sum(row.load for row in rows)
    corps = _sum(row.load for row in rows if not row.company)
    return Simulation(
        name=level.name,
        rows=rows,
        total=total,
        corps=corps,
        by_obligation={
            obligation: _sum(row.load for row in rows if row.obligation == obligation)
            for obligation in OBLIGATIONS
        },
        account=None if economy is None else account(total.minutes_per_week, economy),
        full_time_mentors=_full_time(corps, economy),
    )


def compare(now: Simulation, proposed: Simulation) -> Comparison:
    """What the proposal changes. Both must have the same rows and the same citizens in them."""
    after = {row.key: row for row in proposed.rows}
    touched = {row.key: row.load.citizens if _differs(row, after[row.key]) else 0 for row in now.rows}
    touched_by = {
        obligation: sum(touched[row.key] for row in now.rows if row.obligation == obligation)
        for obligation in OBLIGATIONS
    }
    return Comparison(
        now=now,
        proposed=proposed,
        rows={row.key: _change(row.load, after[row.key].load, touched[row.key]) for row in now.rows},
        total=_change(now.total, proposed.total, sum(touched.values())),
        by_obligation={
            obligation: _change(
                now.by_obligation[obligation], proposed.by_obligation[obligation], touched_by[obligation]
            )
            for obligation in OBLIGATIONS
        },
    )


def _row_load(row: LevelRow, population: Mapping[str, int], weeks_per_year: Fraction) -> RowLoad:
    if row.key not in population:
        raise BadInput("mangler", row=row.key, field="citizens")
    minutes = _fixed(row, "minutes_per_week", row.minutes_per_week)
    weeks = _fixed(row, "weeks", row.weeks)
    citizens = population[row.key]
    load = Load(citizens, citizens * minutes, citizens * minutes * weeks_per_year)
    return RowLoad(row.key, row.label, row.obligation, minutes, weeks, load, COMPANY in row.functions)


def _full_time(corps: Load, economy: Economy | None) -> Fraction | None:
    if economy is None or economy.full_time_minutes is None:
        return None
    return corps.minutes_per_year / economy.full_time_minutes


def _fixed(row: LevelRow, field: str, value: int | None) -> int:
    if value is None:
        raise BadInput("mangler; det er ikke fastsat i serviceniveauet", row=row.key, field=field)
    return value


def _sum(loads: Iterable[Load]) -> Load:
    loads = tuple(loads)
    return Load(
        sum(load.citizens for load in loads),
        sum(load.minutes_per_week for load in loads),
        sum((load.minutes_per_year for load in loads), Fraction()),
    )


def _differs(now: RowLoad, proposed: RowLoad) -> bool:
    return (now.minutes_per_week, now.weeks, now.obligation) != (
        proposed.minutes_per_week,
        proposed.weeks,
        proposed.obligation,
    )


def _change(now: Load, proposed: Load, touched: int) -> Change:
    return Change(
        proposed.citizens - now.citizens,
        proposed.minutes_per_week - now.minutes_per_week,
        proposed.minutes_per_year - now.minutes_per_year,
        touched,
    )
