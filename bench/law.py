"""How long the law takes to answer: one citizen with the whole trail, and a million citizens in columns.

Run `python bench/law.py`. It prints the best of several runs, and the ratio to OpenFisca where that is installed.
"""

import sys
import timeit
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from mentorkorps.domain import law
from mentorkorps.domain.law.facts import KINDS
from mentorkorps.domain.law.truth import CODES

CITIZENS = 1_000_000
DECISIONS = 2_000
REPEATS = 5
DAYS = (date(2013, 6, 3), date(2015, 3, 2), date(2017, 3, 2), date(2021, 3, 2), date(2026, 11, 22))


def caseload(citizens: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Random facts, a third of them unknown."""
    random = np.random.default_rng(seed)
    columns = {}
    for name, kind in KINDS.items():
        if kind is date:
            days = np.datetime64("1985-01-01") + random.integers(0, 15_000, citizens)
            columns[name] = np.where(random.random(citizens) < 1 / 3, np.datetime64("NaT"), days)
        else:
            most = len(CODES[name]) if name in CODES else 2
            columns[name] = random.integers(-1, most, citizens).astype(np.int8)
    return columns


def citizen(columns: dict[str, np.ndarray], row: int) -> law.Facts:
    """A row of the columns as facts."""
    values = {name: _value(name, column[row]) for name, column in columns.items()}
    return law.Facts(**values)


def _value(name: str, cell: np.generic) -> object:
    if KINDS[name] is date:
        return cell.item()
    if cell < 0:
        return None
    return CODES[name][cell] if name in CODES else bool(cell)


def best(work, number: int) -> float:
    """Seconds a call, the best of the repeats."""
    return min(timeit.repeat(work, number=number, repeat=REPEATS)) / number


def main() -> None:
    columns = caseload(CITIZENS)
    people = [citizen(columns, row) for row in range(DECISIONS)]
    slowest = 0.0
    for on in DAYS:
        one = best(lambda on=on: [law.visitate(facts, on=on) for facts in people], 1) / DECISIONS
        many = best(lambda on=on: law.decide_columns(columns, on), 1)
        slowest = max(slowest, one)
        print(
            f"{on}: {one * 1e6:5.1f} µs a decision with its trail, {many:.3f} s for {CITIZENS:,} in columns"
        )
    if find_spec("openfisca_core") is None:
        print("openfisca-core is not installed, so there is no ratio to it.")
        return
    theirs = openfisca()
    print(f"openfisca-core: {theirs * 1e6:.0f} µs for one rule of ten conditions without a trail,")
    print(f"{theirs / slowest:.1f} times the slowest of the above, which asks every rule in force.")


def openfisca() -> float:
    """Seconds for OpenFisca to build one person and answer a single rule of ten conditions."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="person", is_person=True)
    names = [f"fact_{number}" for number in range(10)]
    kinds = {"value_type": bool, "entity": person, "definition_period": DateUnit.DAY}
    system = TaxBenefitSystem([person])
    for name in names:
        system.add_variable(type(name, (Variable,), dict(kinds)))

    def formula(citizens, period):
        met = citizens(names[0], period)
        for name in names[1:]:
            met = met & citizens(name, period)
        return met

    system.add_variable(type("right", (Variable,), kinds | {"formula": formula}))
    given = {"persons": {"a": {name: {"2026-11-22": True} for name in names}}}
    builder = SimulationBuilder
    return best(lambda: builder().build_from_entities(system, given).calculate("right", "2026-11-22"), 50)


if __name__ == "__main__":
    main()
