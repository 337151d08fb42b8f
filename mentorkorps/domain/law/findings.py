"""What the law answers about one citizen: findings with every condition, as plain values that survive in JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from mentorkorps.domain import codes
from mentorkorps.domain.dates import Duration

Obligation = Literal[codes.Obligation, "none"]
Certainty = Literal["verified", "found", "known", "uncertain"]


class Condition(NamedTuple):
    """A condition in words that complete "borgeren …"; `met` None is unknown, `fact` names what it rests on."""

    text: str
    fact: str
    met: bool | None

    def as_json(self) -> dict[str, Any]:
        """The three fields under their own names."""
        return self._asdict()


class ContactRule(NamedTuple):
    """The least contact in every ISO week (`week`) or in any 14 days (`fortnight`)."""

    every: Literal["week", "fortnight"]
    at_least: int


@dataclass(frozen=True)
class DurationRule:
    """How long support is given; None where the law sets no bound of that kind."""

    at_least: Duration | None = None
    at_most: Duration | None = None
    renewable: bool = False

    def as_json(self) -> dict[str, Any]:
        """Both bounds, null where there is none."""
        return {
            "at_least": self.at_least.as_json() if self.at_least else None,
            "at_most": self.at_most.as_json() if self.at_most else None,
            "renewable": self.renewable,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "DurationRule":
        """The inverse of `as_json`; an absent bound is none."""
        least, most = data.get("at_least"), data.get("at_most")
        return cls(
            Duration.from_json(least) if least else None,
            Duration.from_json(most) if most else None,
            data.get("renewable", False),
        )


@dataclass(frozen=True)
class OtherReading:
    """How another source reads the rule: another longest or shortest period, or another obligation."""

    source: str
    at_least: Duration | None = None
    at_most: Duration | None = None
    obligation: Obligation | None = None

    def as_json(self) -> dict[str, Any]:
        """Only what the source reads otherwise, and the source."""
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        duration = {name: bound.as_json() for name, bound in bounds.items() if bound}
        read: dict[str, Any] = {"duration": duration} if duration else {}
        return read | ({"obligation": self.obligation} if self.obligation else {}) | {"source": self.source}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "OtherReading":
        """The inverse of `as_json`."""
        bounds = DurationRule.from_json(data.get("duration", {}))
        return cls(data["source"], bounds.at_least, bounds.at_most, data.get("obligation"))


class Finding(NamedTuple):
    """A rule in force and how it stands: met, not met, or held open by unknown facts alone (`met` None).

    `citation` alone names the rule's paragraph; `other_citations` are those it needs beside it. `title`
    completes "reglen om …"; `rule_says` is a sentence to the citizen on what the rule demands.
    """

    rule: str
    title: str
    function: str
    obligation: Obligation
    citation: str
    other_citations: tuple[str, ...]
    purpose: str
    rule_says: str
    valid_from: date
    valid_to: date | None
    certainty: Certainty
    met: bool | None
    conditions: tuple[Condition, ...]
    duration: DurationRule
    other_readings: tuple[OtherReading, ...]
    contact: ContactRule | None
    demands: tuple[str, ...]
    notes: tuple[str, ...]
    refusal_needs_second: bool

    @property
    def unknown(self) -> list[Condition]:
        """The conditions that unknown facts hold open."""
        return [condition for condition in self.conditions if condition.met is None]

    def as_json(self) -> dict[str, Any]:
        """All fields under their own names; dates as 2026-11-22."""
        return self._asdict() | {
            "other_citations": list(self.other_citations),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "conditions": [condition.as_json() for condition in self.conditions],
            "duration": self.duration.as_json(),
            "other_readings": [reading.as_json() for reading in self.other_readings],
            "contact": self.contact._asdict() if self.contact else None,
            "demands": list(self.demands),
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Finding":
        """The inverse of `as_json`."""
        read = {
            "other_citations": tuple(data["other_citations"]),
            "valid_from": date.fromisoformat(data["valid_from"]),
            "valid_to": date.fromisoformat(data["valid_to"]) if data["valid_to"] else None,
            "conditions": tuple(Condition(**condition) for condition in data["conditions"]),
            "duration": DurationRule.from_json(data["duration"]),
            "other_readings": tuple(OtherReading.from_json(reading) for reading in data["other_readings"]),
            "contact": ContactRule(**data["contact"]) if data["contact"] else None,
            "demands": tuple(data["demands"]),
            "notes": tuple(data["notes"]),
        }
        return cls(**(data | read))


@dataclass(frozen=True)
class Reimbursement:
    """The state's share of mentor cost in percent; None when the sources give none for the group.

    `ceiling` names the frame the cost lies within, None where there is none. `ceiling_amount` is whole øre a
    full-year person; with a ceiling but without an amount, the amount is missing, which is not zero.
    """

    percent: int | None
    ceiling: str | None
    ceiling_amount: int | None
    citation: str
    certainty: Certainty
    source: str

    @property
    def ceiling_missing(self) -> bool:
        """There is a ceiling and nobody has found its amount."""
        return self.ceiling is not None and self.ceiling_amount is None

    def as_json(self) -> dict[str, Any]:
        """As the interface writes it; `ceiling_amount` is kroner, "missing", or null where there is no ceiling."""
        kroner = self.ceiling_amount // 100 if self.ceiling_amount is not None else None
        return {
            "percent": self.percent,
            "ceiling": self.ceiling,
            "ceiling_amount": "missing" if self.ceiling_missing else kroner,
            "citation": self.citation,
            "certainty": self.certainty,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Reimbursement":
        """The inverse of `as_json`."""
        amount = data["ceiling_amount"]
        return cls(**(data | {"ceiling_amount": amount * 100 if isinstance(amount, int) else None}))
