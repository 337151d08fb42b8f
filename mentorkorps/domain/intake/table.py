"""A file as a table of texts: CSV in UTF-8 or Windows' own letters, or the first sheet of a workbook (XLSX).

Formulas are never worked out, macros are refused, and no file can unpack to more than `LARGEST_UNPACKED`.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.read_only import EMPTY_CELL  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.given import BadInput

LARGEST_FILE = 10_000_000  # bytes
LARGEST_UNPACKED = 80_000_000  # bytes: a small workbook can unpack to fill a machine
MOST_COLUMNS = 60
MOST_ROWS = 25_000
LAST_ROW = 200_000  # a row further down than this stands there by mistake
# What stands for a cell whose value is not in the file's own words; handed back in a file to mend, it is still bad.
FORMULA, ERROR = "=FORMEL?", "=FEJL?"
_UNREADABLE = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError)
_NOT_OURS = "Filen kan ikke læses som regneark. Gem den som XLSX eller CSV."
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """Headings, and rows of (number in the file, a text for each cell)."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        """Plain lists, for `from_json`."""
        return {"headers": self.headers, "rows": self.rows}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Table":
        """The inverse of `as_json`."""
        return cls(tuple(data["headers"]), tuple((number, tuple(cells)) for number, cells in data["rows"]))


def read_table(data: bytes, *, most_rows: int = MOST_ROWS) -> Table:
    """The rows of a file that hold something. Raises BadInput, with the way on, for a file that cannot be used."""
    if not data.strip():
        raise BadInput("Filen er tom.")
    if len(data) > LARGEST_FILE:
        raise BadInput("Filen er større end 10 MB. Del den i flere filer.")
    lines = _workbook(data) if data.startswith(b"PK") else _csv(data)
    headers = _headers(next(lines, (1, ()))[1])
    rows = tuple(_limited(lines, most_rows))
    if not rows:
        raise BadInput("Filen har kun overskrifter. Skriv mindst én række.")
    return Table(headers, tuple((number, _trimmed(cells, len(headers))) for number, cells in rows))


def _headers(cells: Sequence[str]) -> tuple[str, ...]:
    headers = list(cells)
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise BadInput(f"Filen har mere end {MOST_COLUMNS} kolonner. Gem kun dem, der skal bruges.")
    if any(header in (FORMULA, ERROR) for header in headers):
        raise BadInput("En overskrift er en formel eller en fejl. Skriv overskriften som tekst.")
    if any(re.fullmatch(r"\d{6}-?\d{4}", header) for header in headers):
        raise BadInput("Første række ligner en borger og ikke overskrifter. Skriv overskrifter øverst.")
    return tuple(headers)


def _limited(lines: Iterable[tuple[int, Sequence[str]]], most: int) -> Iterator[tuple[int, Sequence[str]]]:
    for place, line in enumerate(lines, start=1):
        if place > most:
            raise BadInput(f"Filen har mere end {thousands(most)} rækker. Del den i flere filer.")
        yield line


def _trimmed(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Without empty cells beyond the headings; other cells there are kept, so that the row is told apart."""
    return tuple(cells) if any(cells[width:]) else tuple(cells[:width])


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    head = text.partition("\n")[0]
    reader = csv.reader(
        StringIO(text, newline=""), strict=True, delimiter=max(";,\t", key=lambda each: head.count(each))
    )
    number = 1  # of the line on which a row begins
    try:
        for cells in reader:
            texts = [_plain(cell) for cell in cells]
            if any(texts):
                yield number, texts
            number = reader.line_num + 1
    except csv.Error:
        raise BadInput(
            "Et anførselstegn er ikke lukket, eller en celle er for lang.", row=str(number)
        ) from None


def _decoded(data: bytes) -> str:
    if data.startswith(_OLD_WORKBOOK):
        raise BadInput(
            "Filen er et gammelt regneark eller har en adgangskode. Gem den som XLSX uden adgangskode."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput("Filen er gemt som Unicode-tekst. Gem den som “CSV UTF-8” eller XLSX.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput("Filens bogstaver kan ikke læses. Gem den som “CSV UTF-8” eller XLSX.")


def _plain(cell: str) -> str:
    """A cell of CSV; the apostrophe that keeps a spreadsheet from counting goes, and a formula is marked."""
    text = cell.strip()
    if text.startswith("="):
        return FORMULA
    return text[1:].strip() if text[:1] == "'" and text[1:2] in tuple("=+-@\t\r") else text


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet: the headings, then the rows as wide as they are."""
    try:
        _check_package(data)
        sheet = load_workbook(BytesIO(data), read_only=True).worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not believed
        first, headers = next(_lines(sheet, MOST_COLUMNS + 1), (0, [""]))
        yield first, headers
        width = max(place for place, header in enumerate(headers, start=1) if header or place == 1)
        yield from (line for line in _lines(sheet, width) if line[0] > first)
    except BadInput:
        raise
    except _UNREADABLE:
        raise BadInput(_NOT_OURS) from None


def _lines(sheet: Any, width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something in the first so many columns."""
    for number, cells in enumerate(sheet.iter_rows(max_col=width), start=1):
        if number > LAST_ROW:
            raise BadInput("Der er for langt mellem rækkerne. Kopiér dem over i et nyt regneark.")
        texts = [] if all(cell is EMPTY_CELL for cell in cells) else [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _check_package(data: bytes) -> None:
    """Refuses macros, what unpacks to too much, and parts that declare entities (no workbook does)."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
            raise BadInput(
                "Regnearket fylder for meget, når det pakkes ud. Gem kun de kolonner, der skal bruges."
            )
        names = [each.filename.lower() for each in packed.infolist()]
        if any("vbaproject" in name or "macrosheets" in name for name in names):
            raise BadInput("Regnearket har makroer. Gem det som almindelig XLSX eller CSV.")
        for each in packed.infolist():
            if each.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(each):
                raise BadInput(_NOT_OURS)


def _text(cell: Any) -> str:
    """What a cell says as text, as somebody would have typed it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "f":
            return FORMULA
        return ERROR if cell.data_type == "e" else unescape(value).strip()
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime | date):
        return field_date(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    return FORMULA if cell.data_type == "f" else str(value).strip()
