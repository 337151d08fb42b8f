"""The law's own data files, and how a dated row is found in a table."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Protocol, TypeVar


class Dated(Protocol):
    """A row with a first and a last day, both in force; `valid_to` None is until further."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


Row = TypeVar("Row", bound=Dated)


@cache
def read(name: str) -> dict[str, Any]:
    """A data file of the law, by its name without .toml."""
    text = resources.files("mentorkorps.domain.law").joinpath("data", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def in_force(rows: Iterable[Row], on: date) -> list[Row]:
    """The rows in force on a day, in their own order."""
    return [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
