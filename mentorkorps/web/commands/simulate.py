"""`mentorkorps simulate`: hours and kroner of a service level, and of a proposal beside it, as JSON."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from mentorkorps.domain.economy import Economy, parse_economy
from mentorkorps.domain.service_level import Level, parse_level
from mentorkorps.domain.simulation import (
    Simulation,
    as_json,
    compare,
    comparison_json,
    match_population,
    match_proposal,
    on_population,
    parse_population,
)
from mentorkorps.web.commands.console import (
    BYTE_BY_BYTE,
    Parser,
    naming,
    only_one_from_standard_input,
    read,
    run,
)


def main(argv: Sequence[str]) -> int:
    """Runs the command. Returns 0, or 2 after one line on standard error and nothing on standard output."""
    return run(_answer, _parser(), argv)


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
    population = read(arguments.population, parse_population, errors=BYTE_BY_BYTE)
    level = read(arguments.level, parse_level)
    economy = read(arguments.economy, parse_economy) if arguments.economy is not None else None
    with naming(arguments.population):
        match_population(population, level)
    now = _simulate(arguments.level, level, population, economy)
    if arguments.proposal is None:
        return as_json(now, economy)
    proposal = read(arguments.proposal, parse_level)
    with naming(arguments.proposal):
        match_proposal(proposal, level)
    proposed = _simulate(arguments.proposal, proposal, population, economy)
    return comparison_json(compare(now, proposed), economy)


def _simulate(file: str, level: Level, population: Mapping[str, int], economy: Economy | None) -> Simulation:
    with naming(file):
        return on_population(level, population, economy)
