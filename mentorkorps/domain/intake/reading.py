"""The rows of a table as values, each with all that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mentorkorps.domain.intake import values
from mentorkorps.domain.intake.kinds import Kind
from mentorkorps.domain.intake.table import ERROR, FORMULA, Table
from mentorkorps.domain.intake.values import Around, Unusable

_MARKED = {
    FORMULA: "her står en formel. Skriv selve værdien.",
    ERROR: "her står en fejl fra regnearket. Skriv selve værdien.",
}
NOT_MODULUS_11 = (
    "passer ikke med kontrolcifret (modulus 11). Det gør mange rigtige numre ikke siden 2007. "
    "Rækken tages med; se efter, om nummeret er tastet rigtigt."
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a column, by its heading (empty when the whole row is meant)."""

    column: str
    says: str


@dataclass(frozen=True)
class ReadRow:
    """A row by its number in the file. `given` holds the cells that were not empty; `notes` are no hindrance."""

    number: int
    given: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def read_rows(kind: Kind, table: Table, places: Mapping[str, int], around: Around) -> Iterator[ReadRow]:
    """Every row of a table, read by the places of our columns in it (key → place from 0)."""
    for number, cells in table.rows:
        if len(cells) == len(table.headers):
            yield _row(kind, number, cells, places, around)
        else:
            says = (
                f"rækken har {len(cells)} celler og overskrifterne {len(table.headers)}. "
                "Sæt en tekst med skilletegn i anførselstegn."
            )
            yield ReadRow(number, {}, (Fault("", says),))


def _row(
    kind: Kind, number: int, cells: tuple[str, ...], places: Mapping[str, int], around: Around
) -> ReadRow:
    given: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in kind.columns:
        cell = cells[places[column.key]] if column.key in places else ""
        if not cell:
            continue
        try:
            if cell in _MARKED:
                raise Unusable(_MARKED[cell])
            given[column.key] = column.read(cell, around)
        except Unusable as unusable:
            faults.append(Fault(column.heading, str(unusable)))
    return ReadRow(number, given, tuple(faults), tuple(_notes(kind, given)))


def _notes(kind: Kind, given: Mapping[str, Any]) -> Iterator[Fault]:
    if "cpr" in given and values.fails_modulus_11(given["cpr"]):
        yield Fault(kind.column("cpr").heading, NOT_MODULUS_11)
