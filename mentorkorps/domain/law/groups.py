"""The target groups by the law of their time: which codes the act numbers, and what they are called."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from mentorkorps.domain.law.errors import MissingRule
from mentorkorps.domain.law.findings import Certainty
from mentorkorps.domain.law.reading import in_force, read


@dataclass(frozen=True)
class Group:
    """A target group in an act. `number` None stands outside the act's numbered list (LAB § 2 and § 6)."""

    code: str
    act: str
    number: int | None
    label: str
    valid_from: date
    valid_to: date | None
    certainty: Certainty

    def __str__(self) -> str:
        """The Danish name with its number: revalidend (LAB § 2, nr. 4)."""
        if self.number is not None:
            return f"{self.label} ({self.act}, nr. {self.number})"
        return f"{self.label} (uden for {self.act})" if self.act else self.label


@cache
def groups() -> tuple[Group, ...]:
    """Every group of every list, in the order of the acts."""
    return tuple(
        Group(
            row["code"],
            listed["act"],
            row.get("number"),
            row["label"],
            row.get("from", listed["valid_from"]),
            listed.get("valid_to"),
            listed["certainty"],
        )
        for listed in read("target_groups")["list"]
        for row in listed["groups"]
    )


def target_groups(on: date) -> dict[str, str]:
    """The Danish name of each target group that exists on a day, by code. Raises MissingRule before the first list."""
    named = {group.code: str(group) for group in in_force(groups(), on)}
    if not named:
        raise MissingRule("målgrupper", on, "målgruppernes lister")
    return named


@cache
def numbered_groups(act: str, on: date) -> frozenset[str]:
    """The codes that an act numbers on a day."""
    return frozenset(row.code for row in in_force(groups(), on) if row.act == act and row.number is not None)
