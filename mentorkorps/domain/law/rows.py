"""The dated rows that come along: regimes, rules and the least contact they demand."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from mentorkorps.domain import codes
from mentorkorps.domain.law.errors import MissingRule
from mentorkorps.domain.law.findings import Certainty, ContactRule, DurationRule, Obligation, OtherReading
from mentorkorps.domain.law.reading import in_force, read

OBLIGATIONS: tuple[Obligation, ...] = (*codes.OBLIGATIONS, "none")
DEMANDS = {
    "written_agreement": "skriftlig mentoraftale",
    "individual_assessment": "individuel faglig vurdering",
    "assess_need_specifically": "særlig vurdering af behovet ved løsladelse",
    "ask_citizen": "borgeren er spurgt, om borgeren ønsker en mentor",
    "new_assessment_before_renewal": "konkret vurdering før en ny periode",
    "in_the_plan": "mentor indgår i planen",
}
_FILES = (
    "rules_r0",
    "rules_r1",
    "rules_r1_more",
    "rules_r2",
    "rules_r3",
    "rules_r3_more",
    "rules_r4",
    "rules_r5",
)


@dataclass(frozen=True, eq=False)
class Regime:
    """A period of the law. An `overlay` changes one thing inside another; an `expected` one never decides."""

    code: str
    title: str
    valid_from: date
    valid_to: date | None
    certainty: Certainty
    expected: bool = False
    overlay: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Rule:
    """A dated row of law. `kind` "gives" grants a function to a citizen when all `conditions` hold;
    "term" says how support is given, paid or read, in `text`, and gives nobody anything by itself.

    `replaced_by` names the rules that took its citizens over the day after it ended; a later wording of the same
    rule needs no naming. In a row that a correction made, `corrects` is the first day of the row that came along.
    `verified_by` and `verified_on` are None until somebody has compared the row with the
    law's own text.
    """

    id: str
    kind: str
    title: str
    citation: str
    valid_from: date
    valid_to: date | None
    certainty: Certainty
    source: str
    function: str = ""
    obligation: Obligation = "none"
    other_citations: tuple[str, ...] = ()
    purpose: str = ""
    rule_says: str = ""
    text: str = ""
    conditions: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    duration: DurationRule = DurationRule()
    other_readings: tuple[OtherReading, ...] = ()
    refusal_needs_second: bool = False
    expected: bool = False
    notes: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    corrects: date | None = None
    verified_by: str | None = None
    verified_on: date | None = None

    @property
    def row_from(self) -> date:
        """The first day of the row as it came along, which corrections of it name."""
        return self.corrects or self.valid_from


@dataclass(frozen=True, eq=False)
class Contact:
    """A least contact by its row in the law, and the rules it belongs to."""

    row: str
    rules: tuple[str, ...]
    rule: ContactRule
    valid_from: date
    valid_to: date | None


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime in order of time, overlays and expected ones too."""
    rows = read("regimes")["regime"]
    return tuple(
        Regime(**({"valid_to": None} | row | {"notes": tuple(row.get("notes", ()))})) for row in rows
    )


def regime_on(on: date) -> Regime:
    """The regime that decides on a day. Raises MissingRule before the first."""
    deciding = (regime for regime in regimes() if not regime.expected and not regime.overlay)
    for regime in in_force(deciding, on):
        return regime
    raise MissingRule("mentorstøtte", on, "lovens perioder begynder 1. januar 2003")


@cache
def rules() -> tuple[Rule, ...]:
    """Every row of the law, expected ones too; within a strength the more specific stands first."""
    return tuple(_rule(row) for name in _FILES for row in read(name)["rule"])


@cache
def contacts() -> tuple[Contact, ...]:
    """Every dated least contact."""
    return tuple(
        Contact(
            row["row"],
            tuple(row["rules"]),
            ContactRule(row["every"], row["at_least"]),
            row["valid_from"],
            row.get("valid_to"),
        )
        for row in read("contacts")["contact"]
    )


def _rule(row: dict[str, Any]) -> Rule:
    lists = ("conditions", "demands", "notes", "other_citations", "replaced_by")
    read_in: dict[str, Any] = {name: tuple(row[name]) for name in lists if name in row}
    read_in["valid_to"] = row.get("valid_to")
    read_in["duration"] = DurationRule.from_json(row.get("duration", {}))
    read_in["other_readings"] = tuple(
        OtherReading.from_json(reading) for reading in row.get("other_readings", ())
    )
    binding = row.get("obligation") in ("must", "right")
    read_in["refusal_needs_second"] = binding or row.get("refusal_needs_second", False)
    return Rule(**(row | read_in))
