"""What hours cost and what the state refunds, in whole øre.

Nothing is rounded on the way: fractions are carried to the end, and each amount that leaves is rounded once,
half an øre upwards (away from zero).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from mentorkorps.domain.given import Given, parse_toml

CEILINGS = ("spending", "reimbursement")
LONGEST_YEAR = 53  # weeks
HOURS_IN_A_YEAR = 366 * 24
FULL_TIME = "direct_hours_per_full_time"


@dataclass(frozen=True)
class Ceiling:
    """The most of a year that counts, in øre: of the spending to be reimbursed, or of the reimbursement."""

    ore: int
    on: Literal["spending", "reimbursement"]


@dataclass(frozen=True)
class Economy:
    """A year's means. Amounts in øre; `weeks_per_year` is the number of weeks in which support is given.

    None means that it is not known, which is neither 0 nor, for the ceiling, no ceiling. `full_time_minutes` is what
    a full-time mentor gives citizens in a year, directly.
    """

    budget: int | None
    price_per_hour: int | None
    weeks_per_year: Decimal
    reimbursement_percent: Decimal | None
    ceiling: Ceiling | None
    full_time_minutes: int | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not known, in the order in which it is written."""
        known = {
            "budget": self.budget,
            "price_per_hour": self.price_per_hour,
            "reimbursement_percent": self.reimbursement_percent,
        }
        return tuple(name for name, value in known.items() if value is None)


@dataclass(frozen=True)
class Account:
    """A year's money for a number of hours, in øre. What hangs on something unknown is None; `missing` names it.

    `headroom` is the budget less the gross cost, negative when the budget does not reach. Without a known
    ceiling `reimbursement` is the most it can be, and `ceiling_reached` is None. `ceiling_week` is the
    first week of support, counted from 1, in which the ceiling is reached, None when it is not.
    `next_hour` is what one hour more costs after reimbursement. `cost_per_hour_at_budget` is the price at
    which the hours would use the budget exactly, None when there are no hours.
    """

    cost: int | None
    reimbursement: int | None
    net: int | None
    within_budget: bool | None
    headroom: int | None
    cost_per_hour_at_budget: int | None
    next_hour: int | None
    ceiling: Ceiling | None
    ceiling_reached: bool | None
    ceiling_week: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class HourPrices:
    """What one hour more costs after reimbursement, in øre: below the ceiling, and above it."""

    below: int
    above: int


def round_ore(amount: Fraction) -> int:
    """Whole øre, half an øre away from zero."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))


def cost_of(minutes: Fraction, price_per_hour: int) -> Fraction:
    """The exact cost in øre of a number of minutes."""
    return minutes * price_per_hour / 60


def reimbursement_of(spent: Fraction, percent: Decimal, ceiling: Ceiling | None) -> Fraction:
    """What comes back of `spent` øre, exactly; with no known ceiling it is the most that can come back."""
    if ceiling is not None and ceiling.on == "spending":
        spent = min(spent, Fraction(ceiling.ore))
    refund = spent * Fraction(percent) / 100
    if ceiling is not None and ceiling.on == "reimbursement":
        refund = min(refund, Fraction(ceiling.ore))
    return refund


def ceiling_week(weekly_cost: Fraction, economy: Economy) -> int | None:
    """The first week of support in which the ceiling is reached, spending the same each week.

    None when the year ends before that, and when the ceiling or the percent it needs is not known.
    """
    counted = _counted(weekly_cost, economy)
    if economy.ceiling is None or counted is None:
        return None
    if counted * Fraction(economy.weeks_per_year) < economy.ceiling.ore:
        return None
    return max(ceil(economy.ceiling.ore / counted), 1) if counted else 1


def hour_prices(economy: Economy) -> HourPrices | None:
    """One hour more below the ceiling and above it; None without a price or a percent."""
    if economy.price_per_hour is None or economy.reimbursement_percent is None:
        return None
    price = Fraction(economy.price_per_hour)
    refund = reimbursement_of(price, economy.reimbursement_percent, None)
    return HourPrices(below=round_ore(price - refund), above=round_ore(price))


def account(minutes_per_week: int, economy: Economy) -> Account:
    """A year's money when `minutes_per_week` are given in each week of support."""
    minutes = minutes_per_week * Fraction(economy.weeks_per_year)
    spent = None if economy.price_per_hour is None else cost_of(minutes, economy.price_per_hour)
    cost = None if spent is None else round_ore(spent)
    refund = _refund(spent, economy)
    week = None if spent is None else ceiling_week(spent / Fraction(economy.weeks_per_year), economy)
    budget = economy.budget
    return Account(
        cost=cost,
        reimbursement=refund,
        net=None if cost is None or refund is None else cost - refund,
        within_budget=None if cost is None or budget is None else cost <= budget,
        headroom=None if cost is None or budget is None else budget - cost,
        cost_per_hour_at_budget=round_ore(Fraction(budget) * 60 / minutes)
        if budget is not None and minutes
        else None,
        next_hour=_next_hour(spent, economy),
        ceiling=economy.ceiling,
        ceiling_reached=None if spent is None or _counted(spent, economy) is None else week is not None,
        ceiling_week=week,
        missing=economy.missing,
    )


def parse_economy(text: str) -> Economy:
    """A year's means from TOML, as `read_economy` takes them. Raises BadInput."""
    return read_economy(parse_toml(text))


def read_economy(table: Mapping[str, object], *, whole: bool = True) -> Economy:
    """A year's means from a table; amounts are kroner.

    `budget`, `price_per_hour`, `weeks_per_year`, `reimbursement_percent`, and, where known,
    `reimbursement_ceiling` with `ceiling_on` and `direct_hours_per_full_time` (in a year). Other keys are let
    through. Unless it has to be `whole`, all but the weeks may be missing. Raises BadInput.
    """
    given = Given(table)
    wanted = given.values if not whole else ("budget", "price_per_hour", "reimbursement_percent")
    economy = Economy(
        budget=given.kroner("budget") if "budget" in wanted else None,
        price_per_hour=given.kroner("price_per_hour") if "price_per_hour" in wanted else None,
        weeks_per_year=given.number("weeks_per_year", least=0, most=LONGEST_YEAR),
        reimbursement_percent=given.number("reimbursement_percent", least=0, most=100)
        if "reimbursement_percent" in wanted
        else None,
        ceiling=_ceiling(given),
        full_time_minutes=_full_time(given),
    )
    if not economy.weeks_per_year:
        raise given.bad("weeks_per_year", "skal være mere end 0")
    return economy


def _ceiling(given: Given) -> Ceiling | None:
    on = given.code("ceiling_on", CEILINGS) if "ceiling_on" in given.values else None
    if "reimbursement_ceiling" not in given.values:
        return None
    ore = given.kroner("reimbursement_ceiling")
    if on is None:
        raise given.bad("ceiling_on", "mangler; skriv spending eller reimbursement")
    return Ceiling(ore, "spending" if on == "spending" else "reimbursement")


def _full_time(given: Given) -> int | None:
    if FULL_TIME not in given.values:
        return None
    minutes = given.number(FULL_TIME, least=0, most=HOURS_IN_A_YEAR) * 60
    if not minutes or minutes != int(minutes):
        raise given.bad(FULL_TIME, "skal være mere end 0 og gå op i hele minutter")
    return int(minutes)


def _counted(spent: Fraction, economy: Economy) -> Fraction | None:
    """What of `spent` the ceiling counts: the spending itself, or the refund of it; None when it is not known."""
    if economy.ceiling is None:
        return None
    if economy.ceiling.on == "spending":
        return spent
    percent = economy.reimbursement_percent
    return None if percent is None else reimbursement_of(spent, percent, None)


def _refund(spent: Fraction | None, economy: Economy) -> int | None:
    if spent is None or economy.reimbursement_percent is None:
        return None
    return round_ore(reimbursement_of(spent, economy.reimbursement_percent, economy.ceiling))


def _next_hour(spent: Fraction | None, economy: Economy) -> int | None:
    price, percent = economy.price_per_hour, economy.reimbursement_percent
    if spent is None or price is None or percent is None:
        return None
    before = reimbursement_of(spent, percent, economy.ceiling)
    after = reimbursement_of(spent + price, percent, economy.ceiling)
    return round_ore(price - (after - before))
