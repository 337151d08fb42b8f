"""The answer as plain data, in the shape that the `simulate` command promises. Numbers are int or Decimal."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mentorkorps.domain.economy import Account, Economy
from mentorkorps.domain.simulation.model import Change, Comparison, Load, RowLoad, Simulation

CALENDAR_WEEKS = Decimal(52)
HOUR_PARTS = 10_000  # four decimals
Number = int | Decimal


def as_json(now: Simulation, economy: Economy | None) -> dict[str, Any]:
    """One level on one population, with how many weeks the year has and whether somebody said so."""
    return {**_simulation(now), **_year(economy)}


def comparison_json(comparison: Comparison, economy: Economy | None) -> dict[str, Any]:
    """The level of today as in `as_json`, the same for the proposal, and the difference between them."""
    return {
        **as_json(comparison.now, economy),
        "proposal": _simulation(comparison.proposed),
        "difference": _difference(comparison),
    }


def number(value: Fraction) -> Number:
    """Whole where it is whole, else with at most four decimals."""
    if value.denominator == 1:
        return value.numerator
    return (Decimal(round(value * HOUR_PARTS)) / HOUR_PARTS).normalize()


def _simulation(result: Simulation) -> dict[str, Any]:
    said = {
        "name": result.name,
        "rows": [_row(row) for row in result.rows],
        "total": _total(result.total, result.by_obligation),
        "economy": None if result.account is None else _account(result.account),
    }
    mentors = result.full_time_mentors
    return said if mentors is None else {**said, "full_time_mentors": number(mentors)}


def _year(economy: Economy | None) -> dict[str, Any]:
    if economy is None:
        return {"weeks_per_year": int(CALENDAR_WEEKS), "weeks_per_year_from": "calendar"}
    return {"weeks_per_year": number(Fraction(economy.weeks_per_year)), "weeks_per_year_from": "economy"}


def _row(row: RowLoad) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": row.label,
        "obligation": row.obligation,
        "minutes_per_week": row.minutes_per_week,
        "weeks": row.weeks,
        "hours_per_course": _hours(row.minutes_per_week * row.weeks),
        **_load(row.load),
    }


def _load(load: Load | Change) -> dict[str, Any]:
    return {
        "citizens": load.citizens,
        "hours_per_week": _hours(load.minutes_per_week),
        "hours_per_year": _hours(load.minutes_per_year),
    }


def _total(total: Load, by_obligation: Mapping[str, Load]) -> dict[str, Any]:
    parts = {obligation: _load(load) for obligation, load in by_obligation.items()}
    return {**_load(total), "by_obligation": parts}


def _account(account: Account) -> dict[str, Any]:
    said = {
        "cost": _kroner(account.cost),
        "reimbursement": _kroner(account.reimbursement),
        "reimbursement_is": "exact" if account.ceiling else "at_most",
        "net": _kroner(account.net),
        "within_budget": account.within_budget,
        "headroom": _kroner(account.headroom),
        "cost_per_hour_at_budget": _kroner(account.cost_per_hour_at_budget),
        "net_price_of_next_hour": _kroner(account.next_hour),
        "ceiling": {
            "amount": _kroner(account.ceiling.ore) if account.ceiling else "missing",
            "on": account.ceiling.on if account.ceiling else None,
            "reached": account.ceiling_reached,
            "week": account.ceiling_week,
        },
    }
    return {**said, "missing": list(account.missing)} if account.missing else said


def _difference(comparison: Comparison) -> dict[str, Any]:
    """The proposal less the level of today."""
    proposed = {row.key: row.minutes_per_week for row in comparison.proposed.rows}
    return {
        "rows": [
            {
                "key": row.key,
                "minutes_per_week": proposed[row.key] - row.minutes_per_week,
                **_change(comparison.rows[row.key]),
            }
            for row in comparison.now.rows
        ],
        "total": {
            **_change(comparison.total),
            "by_obligation": {name: _change(change) for name, change in comparison.by_obligation.items()},
        },
        "economy": _account_difference(comparison.now.account, comparison.proposed.account),
    }


def _change(change: Change) -> dict[str, Any]:
    return {**_load(change), "citizens_touched": change.touched}


def _account_difference(now: Account | None, proposed: Account | None) -> dict[str, Any] | None:
    if now is None or proposed is None:
        return None
    return {
        name: _less(getattr(proposed, name), getattr(now, name))
        for name in ("cost", "reimbursement", "net", "headroom")
    }


def _less(proposed: int | None, now: int | None) -> Number | None:
    return None if proposed is None or now is None else _kroner(proposed - now)


def _hours(minutes: int | Fraction) -> Number:
    return number(Fraction(minutes) / 60)


def _kroner(ore: int | None) -> Number | None:
    return None if ore is None else number(Fraction(ore, 100))
