"""What somebody hands in for a simulation: a population as CSV, or the whole of it as plain data."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mentorkorps.domain.economy import Economy, read_economy
from mentorkorps.domain.given import BadInput, Given, csv_rows
from mentorkorps.domain.service_level import Level, read_level
from mentorkorps.domain.simulation.answer import CALENDAR_WEEKS, as_json, comparison_json
from mentorkorps.domain.simulation.model import Simulation, compare, simulate

COLUMNS = ("row", "citizens")
MOST_CITIZENS = 999_999_999


def simulation(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What `mentorkorps simulate` answers, from plain data.

    `inputs` has `population` (citizens by row key), `level` (a table as `read_level` takes it) and, where they are
    there, `proposal` (another level with the same rows) and `economy` (a table as `read_economy` takes it; what it
    lacks is missing in the answer). Raises BadInput.
    """
    population = _population(inputs.get("population"))
    level = read_level(_table(inputs, "level"))
    economy = (
        read_economy(_table(inputs, "economy"), whole=False) if inputs.get("economy") is not None else None
    )
    match_population(population, level)
    now = on_population(level, population, economy)
    if inputs.get("proposal") is None:
        return as_json(now, economy)
    proposal = read_level(_table(inputs, "proposal"))
    match_proposal(proposal, level)
    return comparison_json(compare(now, on_population(proposal, population, economy)), economy)


def on_population(level: Level, population: Mapping[str, int], economy: Economy | None) -> Simulation:
    """The level on the population, in the economy's year or else in the calendar's. Raises BadInput."""
    weeks = CALENDAR_WEEKS if economy is None else economy.weeks_per_year
    return simulate(level, population, weeks, economy)


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


def match_population(population: Iterable[str], level: Level) -> None:
    """Every row has its citizens and every citizen a row: what is missing is not zero. Raises BadInput."""
    keys, given = [row.key for row in level.rows], list(population)
    for key in given:
        if key not in keys:
            raise BadInput("rækken findes ikke i serviceniveauet", row=key, field="row")
    for key in keys:
        if key not in given:
            raise BadInput("mangler; skriv 0, hvis rækken ingen borgere har", row=key, field="citizens")


def match_proposal(proposal: Level, level: Level) -> None:
    """A proposal has the rows of the level, so that each citizen is found in both. Raises BadInput."""
    proposed, known = [row.key for row in proposal.rows], [row.key for row in level.rows]
    for key in proposed:
        if key not in known:
            raise BadInput("rækken findes ikke i det nuværende serviceniveau", row=key, field="key")
    for key in known:
        if key not in proposed:
            raise BadInput("rækken mangler i forslaget", row=key, field="key")


def _number_of_citizens(cell: str, row: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        reason = f"“{cell[:40]}” er ikke et helt antal borgere" if cell else "mangler"
        raise BadInput(reason, row=row, field="citizens")
    return int(cell)


def _population(given: object) -> dict[str, int]:
    if not isinstance(given, Mapping):
        raise BadInput("mangler", field="population")
    return {
        str(key): Given({"citizens": count}, str(key)).whole("citizens", least=0, most=MOST_CITIZENS)
        for key, count in given.items()
    }


def _table(inputs: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = inputs.get(name)
    if not isinstance(table, Mapping):
        raise BadInput("mangler", field=name)
    return table
