"""A saved simulation as it was saved: every figure is read from the stored result, and none is worked out again."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mentorkorps.domain.danish import write_number
from mentorkorps.domain.run_result import figure
from mentorkorps.steering.models import Run
from mentorkorps.web.pages.what_if.form import MONEY, WhatIfForm
from mentorkorps.web.pages.what_if.words import MISSING, NO_REFUND, kroner_figure, one_decimal

ADOPTED, PROPOSED = "Vedtaget", "Forslag"
LINES = (
    ("Borgere", "total.citizens"),
    ("Timer om ugen", "total.hours_per_week"),
    ("Timer om året", "total.hours_per_year"),
    ("Fuldtidsmentorer", "full_time_mentors"),
    ("Udgift, kr.", "economy.cost"),
    ("Refusion, kr.", "economy.reimbursement"),
    ("Kommunen betaler, kr.", "economy.net"),
    ("Tilbage af budgettet, kr.", "economy.headroom"),
    ("En time mere, kr.", "economy.net_price_of_next_hour"),
)
CEILING_WORDS = {"spending": "udgiften, der refunderes af", "reimbursement": "selve refusionen"}


@dataclass(frozen=True)
class Simulated:
    """The main figures of each level, its rows, and the money it was counted with, written in Danish."""

    names: tuple[str, ...]
    full_names: tuple[str, ...]
    lines: list[tuple[str, list[str]]]
    rows: list[tuple[dict[str, Any], list[tuple[str, str, str]]]]
    economy: list[tuple[str, str]]


def simulated(run: Run) -> Simulated:
    """The stored result of a run of the kind "simulation"."""
    levels = [each for each in (run.result, run.result.get("proposal")) if each]
    names = (ADOPTED, PROPOSED)[: len(levels)]
    lines = [(label, [_written(each, path) for each in levels]) for label, path in LINES]
    return Simulated(
        names=names,
        full_names=tuple(each["name"] for each in levels),
        lines=[*lines, ("Loftet nås", [_ceiling(each) for each in levels])],
        rows=[(row, _cells(row["key"], names, levels)) for row in run.result["rows"]],
        economy=_economy(run.inputs.get("economy") or {}),
    )


def _written(level: dict[str, Any], path: str) -> str:
    try:
        value = figure(level, path)
    except KeyError:
        return MISSING
    if value is None:
        return MISSING
    if path.startswith("economy."):
        return kroner_figure(int(value * 100))
    return one_decimal(Fraction(value))


def _ceiling(level: dict[str, Any]) -> str:
    economy = level.get("economy") or {}
    if economy.get("cost") and economy.get("reimbursement") == 0:
        return NO_REFUND
    found = economy.get("ceiling") or {}
    if found.get("reached") is None:
        return MISSING
    return f"uge {found['week']}" if found["reached"] else "nås ikke"


def _cells(key: str, names: tuple[str, ...], levels: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (name, _written(level, f"rows.{key}.minutes_per_week"), _written(level, f"rows.{key}.hours_per_week"))
        for name, level in zip(names, levels, strict=True)
    ]


def _economy(economy: dict[str, Any]) -> list[tuple[str, str]]:
    fields = WhatIfForm.base_fields
    return [(str(fields[name].label), _money(economy.get(key), fields[name])) for name, key in MONEY.items()]


def _money(value: Decimal | int | str | None, field: Any) -> str:
    if value is None:
        return MISSING
    return CEILING_WORDS[value] if isinstance(value, str) else f"{write_number(value)} {field.unit}"
