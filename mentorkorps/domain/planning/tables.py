"""Mentors, citizens and who has whom, read from CSV text; every error says row and field."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mentorkorps.domain.codes import OBLIGATIONS, Obligation
from mentorkorps.domain.given import BadInput, csv_rows
from mentorkorps.domain.planning.model import Citizen, Mentor

MENTOR_COLUMNS = ("mentor", "hours_per_week", "max_citizens", "languages", "district", "skills", "gender")
CITIZEN_COLUMNS = (
    "citizen",
    "minutes_per_week",
    "obligation",
    "languages",
    "district",
    "needs",
    "wishes_gender",
    "avoid",
)
CURRENT_COLUMNS = ("citizen", "mentor")

WHOLE = re.compile(r"[0-9]{1,6}")
HOURS = re.compile(r"[0-9]{1,6}([.,][0-9]{1,6})?")


def read_mentors(text: str) -> list[Mentor]:
    """One row a mentor. Hours may be written 22.5 or 22,5; what is less than a minute is left out."""
    rows = _rows(text, MENTOR_COLUMNS)
    _once(rows, "mentor")
    return [
        Mentor(
            id=row.required("mentor"),
            minutes=row.hours("hours_per_week"),
            max_citizens=row.whole("max_citizens"),
            languages=row.words("languages"),
            districts=row.words("district"),
            skills=row.words("skills"),
            gender=row.optional("gender"),
        )
        for row in rows
    ]


def read_citizens(text: str, mentors: Collection[str]) -> list[Citizen]:
    """One row a citizen; `avoid` names some of the `mentors`."""
    rows = _rows(text, CITIZEN_COLUMNS)
    _once(rows, "citizen")
    return [
        Citizen(
            id=row.required("citizen"),
            minutes=row.whole("minutes_per_week"),
            obligation=row.obligation("obligation"),
            languages=row.words("languages"),
            district=row.optional("district"),
            needs=row.words("needs"),
            wishes_gender=row.optional("wishes_gender"),
            avoid=frozenset(row.known("avoid", name, mentors) for name in sorted(row.words("avoid"))),
        )
        for row in rows
    ]


def read_current(text: str, citizens: Collection[str], mentors: Collection[str]) -> dict[str, str]:
    """The present mentor's id by citizen id; both are known from the other tables."""
    rows = _rows(text, CURRENT_COLUMNS)
    _once(rows, "citizen")
    return {
        row.known("citizen", row.required("citizen"), citizens): row.known(
            "mentor", row.required("mentor"), mentors
        )
        for row in rows
    }


@dataclass(frozen=True)
class _Row:
    """One line of a table with its number in the file; the header is row 1."""

    number: int
    cells: dict[str, str]

    def bad(self, field: str, reason: str) -> BadInput:
        return BadInput(reason, row=str(self.number), field=field)

    def optional(self, field: str) -> str | None:
        return self.cells[field] or None

    def required(self, field: str) -> str:
        if not self.cells[field]:
            raise self.bad(field, "mangler")
        return self.cells[field]

    def words(self, field: str) -> frozenset[str]:
        return frozenset(word.strip() for word in self.cells[field].split(";") if word.strip())

    def whole(self, field: str) -> int:
        text = self.required(field)
        if not WHOLE.fullmatch(text):
            raise self.bad(field, f"“{text[:40]}” er ikke et helt tal fra 0 til 999999")
        return int(text)

    def hours(self, field: str) -> int:
        """Whole minutes: a mentor is never planned for a minute that is not there."""
        text = self.required(field)
        if not HOURS.fullmatch(text):
            raise self.bad(field, f"“{text[:40]}” er ikke et timetal; skriv fx 22,5 eller 22.5")
        return int(Decimal(text.replace(",", ".")) * 60)

    def obligation(self, field: str) -> Obligation:
        text = self.required(field)
        for known in OBLIGATIONS:
            if text == known:
                return known
        raise self.bad(field, f"“{text[:40]}” kendes ikke; skriv must, right eller may")

    def known(self, field: str, name: str, names: Collection[str]) -> str:
        if name not in names:
            raise self.bad(field, f"“{name[:40]}” findes ikke i den anden fil")
        return name


def _rows(text: str, columns: Sequence[str]) -> list[_Row]:
    return [_Row(number, cells) for number, cells in csv_rows(text, columns)]


def _once(rows: Sequence[_Row], field: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        name = row.required(field)
        if name in seen:
            raise row.bad(field, f"“{name[:40]}” står også i række {seen[name]}")
        seen[name] = row.number
