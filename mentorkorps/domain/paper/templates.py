"""How a committee's paper is laid out: which sections in which order, by municipality and date."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

# Sections that the paper itself fills, rather than a writer.
FILLED = ("annexes", "decision")


@dataclass(frozen=True)
class Template:
    """One layout. `municipality` is the first word of its name, or empty for the general one; `sections` are
    (key, heading, hint) in order, and `valid_to` is None while it is in use."""

    code: str
    name: str
    municipality: str
    valid_from: date
    valid_to: date | None
    source: str
    sections: tuple[tuple[str, str, str], ...]

    def heading(self, key: str) -> str:
        """What a section is called. Raises KeyError for one that the template has not."""
        return {name: heading for name, heading, _ in self.sections}[key]

    @property
    def written(self) -> tuple[str, ...]:
        """The sections that somebody writes, in order."""
        return tuple(key for key, _, _ in self.sections if key not in FILLED)

    def fits(self, municipality: str, on: date) -> bool:
        """Whether this is the layout of a municipality on a day."""
        theirs = not self.municipality or municipality.startswith(self.municipality)
        return theirs and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def templates() -> tuple[Template, ...]:
    """Every layout, a municipality's own before the general one."""
    text = (files("mentorkorps.domain.paper") / "data" / "templates.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return tuple(_template(row, table["headings"], table["hints"]) for row in table["template"])


def template(code: str) -> Template:
    """A layout by its code. Raises KeyError."""
    return {each.code: each for each in templates()}[code]


def template_for(municipality: str, on: date) -> Template | None:
    """The layout of a municipality on a day: its own where it is known, else the general one; None before any."""
    return next((each for each in templates() if each.fits(municipality, on)), None)


def _template(row: dict[str, Any], headings: dict[str, str], hints: dict[str, str]) -> Template:
    named = headings | row.get("headings", {})
    return Template(
        code=row["code"],
        name=row["name"],
        municipality=row["municipality"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=row["source"],
        sections=tuple((key, named[key], hints.get(key, "")) for key in row["sections"]),
    )
