"""What hours cost and what the state refunds, in whole øre.

Nothing is rounded on the way: fractions are carried to the end, and each amount that leaves is rounded once,
half an øre upwards (away from zero).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from mentorkorps.domain.given import Given, parse_toml

CEILINGS = ("spending", "reimbursement")
LONGEST_YEAR = 53  # weeks


@dataclass(frozen=True)
class Ceiling:
    """The most of a year that counts, in øre: of the spending to be reimbursed, or of the reimbursement."""

    ore: int
    on: Literal["spending", "reimbursement"]


@dataclass(frozen=True)
class Economy:
    """A year's means. Amounts in øre; `weeks_per_year` is the number of weeks in which support is given.

    `ceiling` None means that no amount is known, which is not the same as no ceiling.
    """

    budget: int
    price_per_hour: int
    weeks_per_year: Decimal
    reimbursement_percent: Decimal
    ceiling: Ceiling | None


@dataclass(frozen=True)
class Account:
    """A year's money for a number of hours, in øre.

    `headroom` is the budget less the gross cost, negative when the budget does not reach. Without a known
    ceiling `reimbursement` is the most it can be, and `ceiling_reached` is None. `ceiling_week` is the
    first week of support, counted from 1, in which the ceiling is reached, None when it is not.
    `next_hour` is what one hour more costs after reimbursement. `cost_per_hour_at_budget` is the price at
    which the hours would use the budget exactly, None when there are no hours.
    """

    cost: int
    reimbursement: int
    net: int
    within_budget: bool
    headroom: int
    cost_per_hour_at_budget: int | None
    next_hour: int
    ceiling: Ceiling | None
    ceiling_reached: bool | None
    ceiling_week: int | None


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

    None when the year ends before that, and when the ceiling is not known.
    """
    if economy.ceiling is None:
        return None
    weekly = _counted(weekly_cost, economy, economy.ceiling)
    if weekly * Fraction(economy.weeks_per_year) < economy.ceiling.ore:
        return None
    return max(ceil(economy.ceiling.ore / weekly), 1) if weekly else 1


def account(minutes_per_week: int, economy: Economy) -> Account:
    """A year's money when `minutes_per_week` are given in each week of support."""
    minutes = minutes_per_week * Fraction(economy.weeks_per_year)
    weekly_cost = cost_of(Fraction(minutes_per_week), economy.price_per_hour)
    spent = cost_of(minutes, economy.price_per_hour)
    cost = round_ore(spent)
    refund = round_ore(reimbursement_of(spent, economy.reimbursement_percent, economy.ceiling))
    week = ceiling_week(weekly_cost, economy)
    return Account(
        cost=cost,
        reimbursement=refund,
        net=cost - refund,
        within_budget=cost <= economy.budget,
        headroom=economy.budget - cost,
        cost_per_hour_at_budget=round_ore(Fraction(economy.budget) * 60 / minutes) if minutes else None,
        next_hour=_next_hour(spent, economy),
        ceiling=economy.ceiling,
        ceiling_reached=None if economy.ceiling is None else week is not None,
        ceiling_week=week,
    )


def parse_economy(text: str) -> Economy:
    """A year's means from TOML; amounts are kroner.

    `budget`, `price_per_hour`, `weeks_per_year`, `reimbursement_percent`, and, where known,
    `reimbursement_ceiling` with `ceiling_on`. Other keys are let through. Raises BadInput.
    """
    given = Given(parse_toml(text))
    economy = Economy(
        budget=given.kroner("budget"),
        price_per_hour=given.kroner("price_per_hour"),
        weeks_per_year=given.number("weeks_per_year", least=0, most=LONGEST_YEAR),
        reimbursement_percent=given.number("reimbursement_percent", least=0, most=100),
        ceiling=_ceiling(given),
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


def _counted(spent: Fraction, economy: Economy, ceiling: Ceiling) -> Fraction:
    """What of `spent` the ceiling counts: the spending itself, or the refund of it."""
    return spent if ceiling.on == "spending" else spent * Fraction(economy.reimbursement_percent) / 100


def _next_hour(spent: Fraction, economy: Economy) -> int:
    more = spent + economy.price_per_hour
    before = reimbursement_of(spent, economy.reimbursement_percent, economy.ceiling)
    after = reimbursement_of(more, economy.reimbursement_percent, economy.ceiling)
    return round_ore(economy.price_per_hour - (after - before))
