"""No float touches minutes or money: neither in what the domain answers nor in how it is written."""

import ast
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain import exact_json
from mentorkorps.domain.economy import account, hour_prices, read_economy
from mentorkorps.domain.service_level import level_table, read_level, shipped_level, shipped_levels
from mentorkorps.domain.simulation import compare, on_population, simulation

MODULES = (
    "economy.py",
    "money.py",
    "service_level.py",
    "simulation/model.py",
    "simulation/tables.py",
    "simulation/answer.py",
)
LEVEL = shipped_level("koebenhavn-2014")
PRICE, KRONER = st.decimals(0, 10**4, places=2), st.decimals(0, 10**12, places=2)
ECONOMIES = st.fixed_dictionaries(
    {"weeks_per_year": st.decimals(1, 53, places=1)},
    optional={
        "budget": KRONER,
        "price_per_hour": PRICE,
        "reimbursement_percent": st.decimals(0, 100, places=2),
        "direct_hours_per_full_time": st.integers(1, 2000),
    },
)


@pytest.mark.parametrize("name", MODULES)
def test_the_code_names_no_float(name):
    tree = ast.parse(Path(str(files("mentorkorps.domain") / name)).read_text(encoding="utf-8"))
    said = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]
    written = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is float
    ]
    divided = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        and all(isinstance(side, ast.Constant) for side in (node.left, node.right))
    ]  # fmt: skip
    assert (said, written, divided) == ([], [], [])


def parts(value):
    """Every number that an answer holds."""
    if is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from parts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from parts(each)
    else:
        yield value


@settings(max_examples=50, deadline=None)
@given(economy=ECONOMIES, minutes=st.integers(0, 10_080), citizens=st.integers(0, 9_999))
def test_answers_hold_whole_numbers_fractions_and_decimals(economy, minutes, citizens):
    means = read_economy(economy, whole=False)
    population = {row.key: citizens for row in LEVEL.rows}
    table = level_table(LEVEL)
    table["row"][0] = {**table["row"][0], "minutes_per_week": minutes}
    found = compare(
        on_population(LEVEL, population, means), on_population(read_level(table), population, means)
    )
    answer = simulation(
        {"population": population, "level": level_table(LEVEL), "proposal": table, "economy": economy}
    )
    kinds = {type(each) for each in [*parts(found), *parts(answer), *parts(hour_prices(means))]}
    assert kinds <= {int, str, bool, Fraction, Decimal, type(None)}
    assert exact_json.canonical(exact_json.read(exact_json.write(answer))) == exact_json.canonical(answer)


@given(economy=ECONOMIES, minutes=st.integers(0, 10**7))
def test_what_hangs_on_something_unknown_is_none_and_the_rest_is_as_when_all_is_known(economy, minutes):
    found = account(minutes, read_economy(economy, whole=False))
    filled = {"budget": 0, "price_per_hour": 0, "reimbursement_percent": 0} | economy
    whole = account(minutes, read_economy(filled))
    hangs_on = {
        "cost": {"price_per_hour"},
        "reimbursement": {"price_per_hour", "reimbursement_percent"},
        "net": {"price_per_hour", "reimbursement_percent"},
        "headroom": {"price_per_hour", "budget"},
        "within_budget": {"price_per_hour", "budget"},
        "cost_per_hour_at_budget": {"budget"},
        "next_hour": {"price_per_hour", "reimbursement_percent"},
    }
    for name, needed in hangs_on.items():
        expected = getattr(whole, name) if needed <= economy.keys() else None
        assert getattr(found, name) == expected, name
    assert set(found.missing) == filled.keys() - economy.keys()


@pytest.mark.parametrize("name", shipped_levels())
def test_a_level_and_its_table_are_the_same(name):
    level = shipped_level(name)
    assert read_level(level_table(level)) == level
