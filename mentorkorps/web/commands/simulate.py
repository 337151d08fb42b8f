"""`mentorkorps simulate`: hours and kroner of a service level, and of a proposal beside it, as JSON."""

import argparse
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mentorkorps.domain.economy import Account, Economy, parse_economy
from mentorkorps.domain.given import BadInput, csv_rows
from mentorkorps.domain.service_level import Level, parse_level
from mentorkorps.domain.simulation import Change, Comparison, Load, RowLoad, Simulation, compare, simulate
from mentorkorps.web.commands.console import Parser, naming, only_one_from_standard_input, read, run

COLUMNS = ("row", "citizens")
CALENDAR_WEEKS = Decimal(52)
HOUR_DECIMALS = 4


def main(argv: Sequence[str]) -> int:
    """Runs the command. Returns 0, or 2 after one line on standard error and nothing on standard output."""
    return run(_answer, _parser(), argv)


def parse_population(text: str) -> dict[str, int]:
    """Citizens by row from CSV with the columns `row` and `citizens`; the header is row 1. Raises BadInput."""
    population: dict[str, int] = {}
    for number, cells in csv_rows(text, COLUMNS):
        key = cells["row"]
        if not key:
            raise BadInput("mangler", row=str(number), field="row")
        if key in population:
            raise BadInput("findes allerede", row=f"{number} ({key})", field="row")
        population[key] = _number_of_citizens(cells["citizens"], f"{number} ({key})")
    return population


def _number_of_citizens(cell: str, row: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        reason = f"“{cell[:40]}” er ikke et helt antal borgere" if cell else "mangler"
        raise BadInput(reason, row=row, field="citizens")
    return int(cell)


def _parser() -> Parser:
    parser = Parser("simulate", "Timer og kroner for et serviceniveau. FIL kan være - for standardinput.")
    parser.add_argument("--population", required=True, metavar="FIL", help="CSV: row,citizens")
    parser.add_argument("--level", required=True, metavar="FIL", help="TOML: serviceniveauet")
    parser.add_argument("--proposal", metavar="FIL", help="TOML: et forslag til nyt serviceniveau")
    parser.add_argument("--economy", metavar="FIL", help="TOML: budget, pris og refusion")
    return parser


def _answer(arguments: argparse.Namespace) -> dict[str, Any]:
    only_one_from_standard_input(
        [arguments.population, arguments.level, arguments.proposal, arguments.economy]
    )
    population = read(arguments.population, parse_population)
    level = read(arguments.level, parse_level)
    economy = read(arguments.economy, parse_economy) if arguments.economy is not None else None
    with naming(arguments.population):
        _match(population, level)
    now = _simulate(arguments.level, level, population, economy)
    answer = {**_simulation(now), **_year(economy)}
    if arguments.proposal is not None:
        proposal = read(arguments.proposal, parse_level)
        with naming(arguments.proposal):
            _match_proposal(proposal, level)
        comparison = compare(now, _simulate(arguments.proposal, proposal, population, economy))
        answer |= {"proposal": _simulation(comparison.proposed), "difference": _difference(comparison)}
    return answer


def _match(population: Mapping[str, int], level: Level) -> None:
    """Every row has its citizens and every citizen a row: what is missing is not zero."""
    keys = [row.key for row in level.rows]
    for key in population:
        if key not in keys:
            raise BadInput("rækken findes ikke i serviceniveauet", row=key, field="row")
    for key in keys:
        if key not in population:
            raise BadInput("mangler; skriv 0, hvis rækken ingen borgere har", row=key, field="citizens")


def _match_proposal(proposal: Level, level: Level) -> None:
    """A proposal has the rows of the level, so that each citizen is found in both."""
    proposed, known = [row.key for row in proposal.rows], [row.key for row in level.rows]
    for key in proposed:
        if key not in known:
            raise BadInput("rækken findes ikke i det nuværende serviceniveau", row=key, field="key")
    for key in known:
        if key not in proposed:
            raise BadInput("rækken mangler i forslaget", row=key, field="key")


def _simulate(file: str, level: Level, population: Mapping[str, int], economy: Economy | None) -> Simulation:
    weeks = CALENDAR_WEEKS if economy is None else economy.weeks_per_year
    with naming(file):
        return simulate(level, population, weeks, economy)


def _simulation(result: Simulation) -> dict[str, Any]:
    return {
        "name": result.name,
        "rows": [_row(row) for row in result.rows],
        "total": _total(result.total, result.by_obligation),
        "economy": None if result.account is None else _account(result.account),
    }


def _year(economy: Economy | None) -> dict[str, Any]:
    """How many weeks the year has, and whether somebody said so."""
    if economy is None:
        return {"weeks_per_year": int(CALENDAR_WEEKS), "weeks_per_year_from": "calendar"}
    return {"weeks_per_year": _number(Fraction(economy.weeks_per_year)), "weeks_per_year_from": "economy"}


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
    known = account.ceiling is not None
    price = account.cost_per_hour_at_budget
    return {
        "cost": _kroner(account.cost),
        "reimbursement": _kroner(account.reimbursement),
        "reimbursement_is": "exact" if known else "at_most",
        "net": _kroner(account.net),
        "within_budget": account.within_budget,
        "headroom": _kroner(account.headroom),
        "cost_per_hour_at_budget": None if price is None else _kroner(price),
        "net_price_of_next_hour": _kroner(account.next_hour),
        "ceiling": {
            "amount": _kroner(account.ceiling.ore) if account.ceiling else "missing",
            "on": account.ceiling.on if account.ceiling else None,
            "reached": account.ceiling_reached,
            "week": account.ceiling_week,
        },
    }


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
        name: _kroner(getattr(proposed, name) - getattr(now, name))
        for name in ("cost", "reimbursement", "net", "headroom")
    }


def _hours(minutes: int | Fraction) -> int | float:
    return _number(Fraction(minutes) / 60)


def _kroner(ore: int) -> int | float:
    return _number(Fraction(ore, 100))


def _number(value: Fraction) -> int | float:
    """A plain JSON number: whole where it is whole, else with at most four decimals."""
    return value.numerator if value.denominator == 1 else float(round(value, HOUR_DECIMALS))
