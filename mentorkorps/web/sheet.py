"""Lists as files: spreadsheets (XLSX) and plain rows (CSV)."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(filename: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A workbook of one sheet as a download. `columns` are (heading, width in characters); dates stay dates.

    Text is always written as text, so that a name that begins with = + - or @ is never read as a formula.
    """
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        for place, (heading, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(0, place, heading, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write(page, last, place, value, day)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(columns) - 1)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_file(filename: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Rows as a CSV download that a Danish spreadsheet opens: semicolons, commas in decimals, dd-mm-yyyy.

    Text that a spreadsheet would read as a formula gets an apostrophe before it; numbers stay numbers.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.write("\ufeff")
    file = csv.writer(response, delimiter=";")
    file.writerow(columns)
    file.writerows([_plain(value) for value in row] for row in rows)
    return response


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case date():
            return f"{value:%d-%m-%Y}"
        case int() | Decimal():
            return str(value).replace(".", ",")
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(FORMULA) else text


def _write(page: Any, row: int, place: int, value: Any, day: Any) -> None:
    match value:
        case None:
            page.write_blank(row, place, None)
        case date():
            page.write_datetime(row, place, value, day)
        case int() | Decimal():
            page.write_number(row, place, value)
        case _:
            page.write_string(row, place, str(value))
