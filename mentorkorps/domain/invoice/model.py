"""An invoice as a supplier sent it, before anybody has judged it."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mentorkorps.domain.economy import round_ore

# A case number (FJ-0412) or the first eight characters of a course's id.
_REFERENCE = re.compile(r"\b([A-ZÆØÅ]{2,4}-\d{3,9}|[0-9a-f]{8})\b")


class BadInvoice(ValueError):
    """An invoice that cannot be taken in; the message is Danish and says why and what would help."""


@dataclass(frozen=True)
class ReadLine:
    """A line: amounts in øre without VAT, `month` the first day of a month, `hours` None for a whole course."""

    reference: str
    month: date
    hours: Decimal | None
    price: int
    amount: int
    vat_percent: int
    text: str = ""

    @property
    def minutes(self) -> int | None:
        """The hours as whole minutes, half a minute upwards: suppliers write 20 minutes as 0,33."""
        return None if self.hours is None else round_ore(Fraction(self.hours) * 60)


@dataclass(frozen=True)
class ReadInvoice:
    """A whole invoice with its totals as the supplier wrote them, in øre.

    `gln` is set where no CVR number names the supplier. A credit note (`is_credit`) has amounts above zero too, and
    `credits` is the number of the invoice it takes from.
    """

    number: str
    cvr: str
    issued_on: date
    due_on: date | None
    currency: str
    lines: tuple[ReadLine, ...]
    net: int
    vat: int
    payable: int
    form: str
    is_credit: bool = False
    credits: str = ""
    gln: str = ""

    @property
    def content(self) -> str:
        """SHA-256 of supplier, lines and totals: the same work under another number has the same."""
        said = [
            self.cvr or self.gln,
            self.net,
            self.vat,
            self.payable,
            [_line_as_json(line) for line in self.lines],
        ]
        if self.is_credit:
            said.append(self.credits)
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Everything, as text and whole numbers; `from_json` is the inverse."""
        return asdict(self) | {
            "issued_on": self.issued_on.isoformat(),
            "due_on": self.due_on and self.due_on.isoformat(),
            "lines": [_line_as_json(line) for line in self.lines],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ReadInvoice":
        """The inverse of `as_json`."""
        lines = tuple(
            ReadLine(
                **{
                    **line,
                    "month": date.fromisoformat(line["month"]),
                    "hours": None if line["hours"] is None else Decimal(line["hours"]),
                }
            )
            for line in data["lines"]
        )
        due = data["due_on"]
        days = {"issued_on": date.fromisoformat(data["issued_on"]), "due_on": due and date.fromisoformat(due)}
        return cls(**{**data, **days, "lines": lines})


def _line_as_json(line: ReadLine) -> dict[str, Any]:
    hours = None if line.hours is None else format(line.hours.normalize(), "f")
    return asdict(line) | {"month": line.month.isoformat(), "hours": hours}


def reference_in(texts: Iterable[str]) -> str:
    """The first case number or course number in the texts, else the first text that says something."""
    said = [text.strip() for text in texts if text and text.strip()]
    for text in said:
        found = _REFERENCE.search(text)
        if found:
            return found[0]
    return said[0][:200] if said else ""


def one_month(first: date | None, last: date | None, where: str) -> date:
    """The first day of the month that a period lies in. Raises BadInvoice when there is none, or more than one."""
    if first is None:
        raise BadInvoice(f"{where}: perioden mangler. Skriv, hvilken måned timerne er fra.")
    if last is not None and (last.year, last.month) != (first.year, first.month):
        raise BadInvoice(f"{where}: perioden går over flere måneder. Del linjen, så hver måned har sin egen.")
    return first.replace(day=1)
