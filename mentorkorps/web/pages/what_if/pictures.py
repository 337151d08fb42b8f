"""The pictures of a what-if: hours by obligation, and the way to the ceiling through the year."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from mentorkorps.domain.codes import OBLIGATION_WORDS, OBLIGATIONS
from mentorkorps.domain.danish import capitalised, write_number
from mentorkorps.domain.economy import Ceiling
from mentorkorps.domain.simulation import Simulation
from mentorkorps.web.charts import Chart, Limit, Point
from mentorkorps.web.pages.what_if.answer import Answer

MILLION = 100 * 1_000_000  # øre


def pictures(found: Answer) -> list[Chart]:
    """The charts that there are figures for."""
    named = list(zip(found.names, found.levels, strict=True))
    drawn = [_hours(named)]
    weekly = [(name, _weekly(level, found)) for name, level in named]
    if found.economy.ceiling and all(each is not None for _, each in weekly):
        known = [(name, each) for name, each in weekly if each is not None]
        drawn.append(_ceiling(known, found.economy.ceiling, found))
    return drawn


def _hours(named: list[tuple[str, Simulation]]) -> Chart:
    points = tuple(
        Point(name, capitalised(OBLIGATION_WORDS[code]), _rounded(level.by_obligation[code].minutes_per_week))
        for name, level in named
        for code in OBLIGATIONS
    )
    totals = ", ".join(
        f"{name.lower()} {write_number(_rounded(level.total.minutes_per_week))}" for name, level in named
    )
    description = f"Søjler, delt i skal, ret og kan. Timer om ugen i alt: {totals}."
    return Chart(
        "Timer om ugen, fordelt på skal, ret og kan",
        description,
        "stacked",
        "Niveau",
        "Timer om ugen",
        "timer",
        points,
    )


def _rounded(minutes: int) -> Decimal:
    return Decimal(round(Fraction(minutes, 6))) / 10


def _weekly(level: Simulation, found: Answer) -> Fraction | None:
    """What of a week's money the ceiling counts, in øre."""
    account, limit = level.account, found.economy.ceiling
    if account is None or account.cost is None or limit is None:
        return None
    spent = Fraction(account.cost) / Fraction(found.economy.weeks_per_year)
    percent = found.economy.reimbursement_percent
    if limit.on == "spending":
        return spent
    return None if percent is None else spent * Fraction(percent) / 100


def _ceiling(weekly: list[tuple[str, Fraction]], limit: Ceiling, found: Answer) -> Chart:
    last = ceil(found.economy.weeks_per_year)
    reached = {
        each.account.ceiling_week for each in found.levels if each.account and each.account.ceiling_week
    }
    weeks = sorted({0, 13, 26, 39, last, *reached} & set(range(last + 1)))
    points = tuple(
        Point(week, name, Decimal(round(each * week / MILLION * 100)) / 100)
        for name, each in weekly
        for week in weeks
    )
    what = "Udgift" if limit.on == "spending" else "Refusion"
    return Chart(
        "Vejen til loftet over refusion",
        f"Linjer, der stiger uge for uge. {_says(found)}",
        "line",
        "Uge",
        f"{what} i alt, mio. kr.",
        "mio. kr.",
        points,
        Limit(f"Loft {write_number(Decimal(limit.ore) / MILLION)} mio. kr.", Decimal(limit.ore) / MILLION),
    )


def _says(found: Answer) -> str:
    named = [(name, level.account) for name, level in zip(found.names, found.levels, strict=True)]
    said = [
        f"{name} når loftet i uge {account.ceiling_week}"
        if account.ceiling_reached
        else f"{name} når ikke loftet"
        for name, account in named
        if account
    ]
    return f"{'. '.join(said)}."
