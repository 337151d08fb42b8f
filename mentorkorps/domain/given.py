"""Reading what somebody hands in as a table: each value is checked where it stands, and an error says where.

Numbers are never guessed or rounded: a value that is missing, of another kind or out of range is `BadInput`.
"""

import csv
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any


class BadInput(ValueError):
    """A value cannot be used. `row` and `field` say where it stands (empty when the whole file is meant)."""

    def __init__(self, reason: str, *, row: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.row, self.field = reason, row, field

    def __str__(self) -> str:
        """The place and the reason on one line, whatever the value held."""
        place = [f"række {self.row}"] if self.row else []
        place += [f"felt {self.field}"] if self.field else []
        return " ".join(": ".join([", ".join(place), self.reason] if place else [self.reason]).split())


def parse_toml(text: str) -> dict[str, Any]:
    """A TOML document with decimals kept exact. Raises BadInput with the line of the error."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, InvalidOperation, ValueError, RecursionError) as error:
        raise BadInput(f"kan ikke læses som TOML ({error})") from None


def is_text(value: str) -> bool:
    """Whether it can be written again: JSON and bytes that are no UTF-8 leave half a character, a lone surrogate."""
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def csv_rows(
    text: str, columns: Sequence[str], *, delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a comma-separated text that hold something: the number in the file, and the cells by column.

    The header is row 1 and has each of the columns once; other columns come along. Bytes that are no UTF-8 are told
    by the lone surrogates they became. Raises BadInput.
    """
    lines = _csv_lines(text, columns[0], delimiter)
    header = [name.strip() for name in next(lines, (1, []))[1]]
    for column in columns:
        if header.count(column) != 1:
            reason = "kolonnen skal stå der én gang; skil kolonner med komma, og gem filen som UTF-8"
            raise BadInput(reason, row="1", field=column)
    for number, cells in lines:
        yield number, _by_column(header, cells, str(number))


def _by_column(header: Sequence[str], cells: Sequence[str], row: str) -> dict[str, str]:
    if len(cells) != len(header):
        field = header[min(len(cells), len(header) - 1)]
        raise BadInput(f"rækken skal have {len(header)} celler og har {len(cells)}", row=row, field=field)
    for name, cell in zip(header, cells, strict=True):
        if not is_text(cell):
            raise BadInput("er ikke skrevet som UTF-8", row=row, field=name)
    return {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _csv_lines(text: str, first: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, with the number each has in the file."""
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True, delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise BadInput(f"kan ikke læses som CSV ({error})", row=str(reader.line_num), field=first) from None


class Given:
    """One table of values, with the name that errors give its row."""

    def __init__(self, values: Mapping[str, object], row: str = "") -> None:
        self.values, self.row = values, row

    def bad(self, field: str, reason: str) -> BadInput:
        """The error to raise about a field of this row."""
        return BadInput(reason, row=self.row, field=field)

    def value(self, field: str) -> object:
        """The value of a field that must be there."""
        if self.values.get(field) is None:
            raise self.bad(field, "mangler")
        return self.values[field]

    def text(self, field: str) -> str:
        """A text that is not blank."""
        value = self.value(field)
        if not isinstance(value, str) or not value.strip():
            raise self.bad(field, f"{_show(value)} er ikke en tekst")
        return value.strip()

    def optional_text(self, field: str) -> str:
        """A text; empty when the field is absent."""
        return self.text(field) if field in self.values else ""

    def flag(self, field: str) -> bool:
        """True or false; false when the field is absent."""
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            raise self.bad(field, f"{_show(value)} er hverken true eller false")
        return value

    def code(self, field: str, codes: Collection[str]) -> str:
        """One of the codes."""
        return self._known(field, self.value(field), codes)

    def codes(self, field: str, codes: Collection[str]) -> tuple[str, ...]:
        """A list of codes; empty when the field is absent."""
        values = self.values.get(field, [])
        if not isinstance(values, list):
            raise self.bad(field, f"{_show(values)} er ikke en liste")
        return tuple(self._known(field, value, codes) for value in values)

    def whole(self, field: str, *, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.value(field)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(field, f"{_show(value)} er ikke et helt tal")
        return int(self._between(field, Decimal(value), Decimal(least), Decimal(most)))

    def optional_whole(self, field: str, *, least: int, most: int) -> int | None:
        """A whole number, or None when the field is absent."""
        return self.whole(field, least=least, most=most) if field in self.values else None

    def number(self, field: str, *, least: int, most: int) -> Decimal:
        """An exact decimal number from `least` to `most`."""
        value = self.value(field)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not Decimal(value).is_finite():
            raise self.bad(field, f"{_show(value)} er ikke et tal")
        return self._between(field, Decimal(value), Decimal(least), Decimal(most))

    def kroner(self, field: str) -> int:
        """An amount written in kroner with at most two decimals, as whole øre."""
        ore = self.number(field, least=0, most=10**12) * 100
        if ore != int(ore):
            raise self.bad(field, f"{_show(self.values[field])} har mere end to decimaler")
        return int(ore)

    def _known(self, field: str, value: object, codes: Collection[str]) -> str:
        if not isinstance(value, str) or value not in codes:
            raise self.bad(field, f"{_show(value)} kendes ikke; brug en af {', '.join(codes)}")
        return value

    def _between(self, field: str, value: Decimal, least: Decimal, most: Decimal) -> Decimal:
        if not least <= value <= most:
            raise self.bad(field, f"{_show(value)} ligger ikke mellem {least} og {most}")
        return value


def _show(value: object) -> str:
    """The value as it was given, cut so that a message stays one short line."""
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
