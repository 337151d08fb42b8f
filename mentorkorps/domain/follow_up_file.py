"""Answers to follow-ups in a file: CSV or a workbook (XLSX) with one row for each citizen and time.

A row that cannot be used says why in Danish; nothing is guessed, and a formula is never worked out.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from mentorkorps.domain.dates import UnreadableDate, field_date, parse_date
from mentorkorps.domain.given import BadInput, csv_rows

COLUMNS = {
    "sagsnummer": "vores eget sagsnummer, fx FJ-0412, eller nummeret i fagsystemet",
    "måneder": "6, 12 eller 18 efter forløbets slutning",
    "status": "job, uddannelse, tilbud, ydelse, pension eller kan ikke findes",
    "dato": "den dag, det var sådan, fx 22-11-2026",
    "kilde": "hvor svaret kommer fra, fx fagsystemet",
}
MONTHS = (6, 12, 18)
OUTCOMES = {
    "job": "job", "i job": "job", "uddannelse": "education", "i uddannelse": "education", "tilbud": "offer",
    "i tilbud": "offer", "ydelse": "benefit", "på ydelse": "benefit", "pension": "pension",
    "på pension": "pension", "kan ikke findes": "lost",
}  # fmt: skip
MOST_ROWS = 20_000
LARGEST_UNPACKED = 100_000_000  # bytes: a small workbook can unpack to fill a machine
LONGEST = {"sagsnummer": 40, "kilde": 80}  # characters
_UNREADABLE = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError)
FORMULA = "\0formel"


@dataclass(frozen=True)
class ReadAnswer:
    """A row as it was read, by its number in the file. `bad` says what is wrong with it; then the rest may be empty."""

    number: int
    reference: str
    months: int
    outcome: str
    on: date | None
    source: str
    bad: tuple[str, ...] = ()


def read_answers(data: bytes) -> list[ReadAnswer]:
    """Every row of a file that holds something. Raises BadInput when the file as a whole cannot be used."""
    if not data.strip():
        raise BadInput("Filen er tom.")
    rows = _workbook(data) if data.startswith(b"PK") else _csv(data)
    found = [_answer(number, cells) for number, cells in _limited(rows)]
    if not found:
        raise BadInput("Filen har kun overskrifter. Skriv mindst én række.")
    return found


def _limited(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for place, row in enumerate(rows, start=1):
        if place > MOST_ROWS:
            raise BadInput("Filen har mere end 20.000 rækker. Del den i flere filer.")
        yield row


def _csv(data: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    head, line_end, rest = data.decode("utf-8-sig", "surrogateescape").partition("\n")
    delimiter = ";" if ";" in head else ","
    return csv_rows(head.lower() + line_end + rest, tuple(COLUMNS), delimiter=delimiter)


def _workbook(data: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The first sheet. Raises BadInput for what is no workbook, or unpacks to more than can be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise BadInput("Regnearket fylder for meget. Gem kun de kolonner, der skal bruges.")
        book = load_workbook(BytesIO(data), read_only=True)
        lines = enumerate(book.worksheets[0].iter_rows(), start=1)
        header = [_text(cell).lower() for cell in next(lines, (1, ()))[1]]
        _check_header(header)
        for number, cells in lines:
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield number, dict(zip(header, texts, strict=False))
    except BadInput:
        raise
    except _UNREADABLE:
        raise BadInput("Filen kan ikke læses som regneark. Gem den som XLSX eller CSV.") from None


def _check_header(header: Sequence[str]) -> None:
    for column in COLUMNS:
        if header.count(column) != 1:
            raise BadInput(
                f"Kolonnen “{column}” skal stå én gang i første række. Kolonnerne er {', '.join(COLUMNS)}."
            )


def _text(cell: object) -> str:
    """What a cell says as text; a formula is marked, since its result is not in the file's own words."""
    if getattr(cell, "data_type", "") == "f":
        return FORMULA
    value = getattr(cell, "value", None)
    if isinstance(value, datetime | date):
        return field_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _answer(number: int, cells: Mapping[str, str]) -> ReadAnswer:
    said = {column: cells.get(column, "") for column in COLUMNS}
    formulas = [column for column, text in said.items() if text == FORMULA or text.startswith("=")]
    if formulas:
        wrong = f"{formulas[0]}: cellen er en formel. Skriv selve værdien."
        return ReadAnswer(number, "", 0, "", None, "", (wrong,))
    bad = [f"{column}: mangler." for column, text in said.items() if not text]
    bad += [f"{column}: højst {most} tegn." for column, most in LONGEST.items() if len(said[column]) > most]
    months = int(said["måneder"]) if said["måneder"] in {str(each) for each in MONTHS} else 0
    if said["måneder"] and not months:
        bad.append("måneder: skriv 6, 12 eller 18.")
    outcome = OUTCOMES.get(" ".join(said["status"].lower().split()), "")
    if said["status"] and not outcome:
        bad.append(f"status: skriv {COLUMNS['status']}.")
    on = None
    try:
        on = parse_date(said["dato"]) if said["dato"] else None
    except UnreadableDate as unreadable:
        bad.append(f"dato: {unreadable}")
    reference, source = (said[name][: LONGEST[name]] for name in ("sagsnummer", "kilde"))
    return ReadAnswer(number, reference, months, outcome, on, source, tuple(bad))
