"""The law's dated tables around a decision. A day that a table does not cover raises MissingRule, never a default."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from mentorkorps.domain.dates import Duration
from mentorkorps.domain.law.errors import MissingRule
from mentorkorps.domain.law.findings import Certainty, Reimbursement
from mentorkorps.domain.law.groups import target_groups
from mentorkorps.domain.law.reading import in_force, read

__all__ = [
    "account",
    "agreement_rule",
    "authority_word",
    "complaint_rule",
    "reimbursement",
    "retention_classes",
    "target_groups",
    "transitions",
]


@dataclass(frozen=True)
class Account:
    """Where mentor cost is booked; `grouping` None has not been found."""

    number: str
    grouping: str | None
    meaning: str
    certainty: Certainty


@dataclass(frozen=True)
class AgreementRule:
    """What the written mentor agreement must hold, and how long one agreement may run."""

    rule: str
    citation: str
    demands: tuple[str, ...]
    at_most: Duration
    certainty: Certainty
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class ComplaintRule:
    """Weeks to complain, weeks for the municipality to look again, and who decides then (RSL §§ 66 and 67)."""

    weeks: int
    reassess_weeks: int
    appeal_body: str
    citation: str
    certainty: Certainty
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Transition:
    """What happens to agreements that run when the law shifts; no source settles it, so it is a parameter."""

    shift: date
    running_agreements: str
    minimum_contact: str
    citation: str
    certainty: Certainty


@dataclass(frozen=True)
class RetentionClass:
    """A KLE deletion class in whole years from the closing of the case; the archive act goes before it."""

    code: str
    title: str
    years: int
    counted_from: str
    certainty: Certainty
    source: str
    valid_from: date
    valid_to: date | None


class _Word(NamedTuple):
    word: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, eq=False)
class _MoneyRow:
    """A row that a group and a function meet; an empty set meets all of them."""

    values: dict[str, Any]
    groups: frozenset[str]
    functions: frozenset[str]
    agreed_before: date | None
    valid_from: date
    valid_to: date | None

    def meets(self, target_group: str | None, function: str | None) -> bool:
        return (not self.groups or target_group in self.groups) and (
            not self.functions or function in self.functions
        )


def reimbursement(
    target_group: str | None, function: str | None, agreement_on: date, cost_on: date
) -> Reimbursement:
    """The state's share of a cost of `cost_on` for a citizen who was in `target_group` when the agreement was made.

    Raises MissingRule when no row covers the day, or when the share hangs on a group that is unknown.
    """
    rows = in_force(_money("reimbursement"), cost_on)
    rows = [row for row in rows if row.agreed_before is None or agreement_on < row.agreed_before]
    row = _meeting(rows, target_group, function)
    if row is None:
        raise MissingRule("refusion", cost_on, f"refusionsskemaet, målgruppe {target_group or 'ukendt'}")
    amount = row.values.get("amount")
    return Reimbursement(
        row.values.get("percent"),
        row.values.get("ceiling"),
        amount * 100 if amount is not None else None,
        row.values.get("citation", ""),
        row.values["certainty"],
        row.values["source"],
    )


def account(target_group: str | None, on: date, function: str | None = None) -> Account:
    """The account for a cost of a day. Raises MissingRule as `reimbursement` does."""
    row = _meeting(in_force(_money("accounts"), on), target_group, function)
    if row is None:
        raise MissingRule("konto", on, f"kontoplanen, målgruppe {target_group or 'ukendt'}")
    values = row.values
    return Account(values["number"], values.get("grouping"), values["meaning"], values["certainty"])


def _meeting(rows: list[_MoneyRow], target_group: str | None, function: str | None) -> _MoneyRow | None:
    """The first row that fits; with an unknown group none that a row of some group could come before."""
    for row in rows:
        if row.meets(target_group, function):
            return row
        if target_group is None and row.groups and (not row.functions or function in row.functions):
            return None
    return None


@cache
def _money(table: str) -> tuple[_MoneyRow, ...]:
    return tuple(
        _MoneyRow(
            row,
            frozenset(row.get("groups", ())),
            frozenset(row.get("functions", ())),
            row.get("agreed_before"),
            row["valid_from"],
            row.get("valid_to"),
        )
        for row in read(table)["row"]
    )


def agreement_rule(on: date) -> AgreementRule:
    """What a written agreement must hold on a day. Raises MissingRule before 2014."""
    for rule in in_force(_agreements(), on):
        return rule
    raise MissingRule("mentoraftalen", on, "aftalereglerne")


@cache
def _agreements() -> tuple[AgreementRule, ...]:
    return tuple(
        AgreementRule(
            row["rule"],
            row["citation"],
            tuple(row["demands"]),
            Duration.from_json(row["at_most"]),
            row["certainty"],
            row["valid_from"],
            row.get("valid_to"),
        )
        for row in read("procedure")["agreement"]
    )


def complaint_rule(on: date) -> ComplaintRule:
    """The terms of complaint on a day. Raises MissingRule before 2003."""
    for rule in in_force(_complaints(), on):
        return rule
    raise MissingRule("klage", on, "klagereglerne")


@cache
def _complaints() -> tuple[ComplaintRule, ...]:
    return tuple(ComplaintRule(**({"valid_to": None} | row)) for row in read("procedure")["complaint"])


def authority_word(on: date) -> str:
    """What the act calls the authority: "jobcenteret" to 31 January 2026, then "kommunen" (lov 1750/2025)."""
    words = (_Word(**({"valid_to": None} | row)) for row in read("procedure")["authority"])
    for row in in_force(words, on):
        return row.word
    raise MissingRule("myndighedens navn", on, "myndighedens navne")


@cache
def transitions() -> tuple[Transition, ...]:
    """How running agreements are treated at each shift, in order of time."""
    return tuple(Transition(**row) for row in read("procedure")["transition"])


def retention_classes(on: date) -> tuple[RetentionClass, ...]:
    """The deletion classes in force on a day. Raises MissingRule when there is none."""
    classes = (RetentionClass(**({"valid_to": None} | row)) for row in read("procedure")["retention"])
    found = tuple(in_force(classes, on))
    if not found:
        raise MissingRule("sletning", on, "slettefristerne")
    return found
