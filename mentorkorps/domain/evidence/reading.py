"""Reads a file of courses, with a gentle word about the first cell that is wrong."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.evidence.courses import (
    Cell,
    Course,
    Courses,
    number_in,
    tabulate,
)
from mentorkorps.domain.given import BadInput, is_text

COLUMNS = ("course", "citizen", "group", "provider", "weeks_observed", "event")
NO_UTF_8 = "er ikke skrevet som UTF-8."
UNKNOWN = {"", "na", "nan", "null", "none"}
MOST_WEEKS = 5200
MOST_CODES = 20
MOST = 1e100  # whatever is larger was not meant, and could not be squared


def read_courses(lines: Iterable[str]) -> Courses:
    """Courses from the lines of a comma-separated file with the columns of `COLUMNS` and any covariates.

    An empty covariate cell (or NA, NaN, null, none) is unknown. Raises BadInput, which names
    the row (the header is row 1) and the field.
    """
    rows = _rows(lines)
    header = _header(next(rows, []))
    courses: list[Course] = []
    seen: dict[str, int] = {}
    blank = None
    for number, row in enumerate(rows, start=2):
        if not row:
            blank = blank or number  # harmless at the end of a file
            continue
        if blank:
            raise BadInput("rækken er tom.", row=str(blank), field="course")
        cells = _cells(header, row, number)
        courses.append(_course(cells, number))
        earlier = seen.setdefault(cells["course"], number)
        if earlier != number:
            raise BadInput(
                f"“{cells['course']}” står også i række {earlier}.", row=str(number), field="course"
            )
    if not courses:
        raise BadInput("filen har ingen forløb.", row="2", field="course")
    for name in courses[0].covariates:
        _refuse_stray_text(name, [c.covariates[name] for c in courses])
    return tabulate(courses)


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    reader = csv.reader(lines, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(
                f"rækken kan ikke læses som CSV ({error}).", row=str(number), field=COLUMNS[0]
            ) from None
        yield row


def _header(cells: Sequence[str]) -> list[str]:
    names = [cell.removeprefix("\ufeff").strip() for cell in cells]
    for name in COLUMNS:
        if name not in names:
            raise BadInput("kolonnen mangler. Kolonner adskilles af komma.", row="1", field=name)
    for place, name in enumerate(names, start=1):
        if not name:
            raise BadInput("kolonnen har intet navn.", row="1", field=f"kolonne {place}")
        if not is_text(name):
            raise BadInput(NO_UTF_8, row="1", field=f"kolonne {place}")
        if names.count(name) > 1:
            raise BadInput("kolonnen står der to gange.", row="1", field=name)
    return names


def _cells(header: Sequence[str], row: Sequence[str], number: int) -> dict[str, str]:
    if len(row) < len(header):
        raise BadInput("cellen mangler, rækken er for kort.", row=str(number), field=header[len(row)])
    if len(row) > len(header):
        raise BadInput("rækken har flere celler end overskrifter.", row=str(number), field=header[-1])
    for name, cell in zip(header, row, strict=True):
        if not is_text(cell):
            raise BadInput(NO_UTF_8, row=str(number), field=name)
    return {name: cell.strip() for name, cell in zip(header, row, strict=True)}


def _course(cells: dict[str, str], number: int) -> Course:
    for field in ("course", "citizen", "provider"):
        if not cells[field]:
            raise BadInput("feltet er tomt.", row=str(number), field=field)
    _refuse_unless(cells["group"] in OBLIGATIONS, number, "group", cells["group"], "must, right eller may")
    _refuse_unless(cells["event"] in {"0", "1", "2"}, number, "event", cells["event"], "0, 1 eller 2")
    covariates = {name: _covariate(name, cells[name], number) for name in cells if name not in COLUMNS}
    return Course(
        course=cells["course"],
        citizen=cells["citizen"],
        group=cells["group"],
        provider=cells["provider"],
        weeks_observed=_weeks(cells["weeks_observed"], number),
        event=int(cells["event"]),
        covariates=covariates,
    )


def _weeks(cell: str, row: int) -> float:
    weeks = number_in(cell)
    if weeks is None or not 0 <= weeks <= MOST_WEEKS:
        raise _unusable(row, "weeks_observed", cell, f"et antal uger fra 0 til {MOST_WEEKS}")
    return weeks


def _refuse_unless(good: bool, row: int, field: str, cell: str, wanted: str) -> None:
    if not good:
        raise _unusable(row, field, cell, wanted)


def _unusable(row: int, field: str, cell: str, wanted: str) -> BadInput:
    what = f"“{cell}” kan ikke bruges" if cell else "feltet er tomt"
    return BadInput(f"{what}. Skriv {wanted}.", row=str(row), field=field)


def _covariate(name: str, cell: str, row: int) -> Cell:
    if cell.lower() in UNKNOWN:
        return None
    number = number_in(cell)
    usable = number is None or abs(number) <= MOST
    _refuse_unless(usable, row, name, cell, "et mindre tal, eller lad feltet være tomt")
    return cell


def _refuse_stray_text(name: str, cells: Sequence[Cell]) -> None:
    """A column of many numbers with a word in it is a slip of the hand; a few mixed codes are a category."""
    if len(set(cells)) <= MOST_CODES:
        return
    words = [
        (row, cell)
        for row, cell in enumerate(cells, start=2)
        if isinstance(cell, str) and number_in(cell) is None
    ]
    known = sum(cell is not None for cell in cells)
    if words and len(words) < known / 2:
        row, word = words[0]
        raise BadInput(
            f"“{word}” er ikke et tal som de øvrige. Lad feltet være tomt, hvis det er ukendt.",
            row=str(row),
            field=name,
        )
