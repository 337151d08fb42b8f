"""Times a file of 20,000 citizens with 300 bad rows of 15 kinds: read, previewed, taken in, and again with changes.

Everything is made up. The database is a SQLite file that is removed at the end; with a DATABASE_URL of PostgreSQL (an
empty database) it is measured there. What comes in is counted afterwards: each citizen once, with a journal line.
"""

import csv
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)
ROWS, BAD = 20_000, 300
HEADINGS = (
    "CPR-nummer", "Sagsnummer", "Nummer i fagsystem", "Fornavn", "Efternavn", "Køn", "Adresse", "Telefon",
    "Fritaget for Digital Post", "Sprog", "Område", "Sagsbehandler", "Enhed",
)  # fmt: skip
# The kinds of bad row: what is wrong, the heading where it is told, and the cells that make it so.
WRONG: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("no CPR number", "CPR-nummer", {"CPR-nummer": "", "Nummer i fagsystem": ""}),
    ("nine digits", "CPR-nummer", {"CPR-nummer": "101901234"}),
    ("eleven digits", "CPR-nummer", {"CPR-nummer": "01019012345"}),
    ("letters in the number", "CPR-nummer", {"CPR-nummer": "010190-12AB"}),
    ("a day that does not exist", "CPR-nummer", {"CPR-nummer": "310290-1234"}),
    ("no first name", "Fornavn", {"Fornavn": ""}),
    ("a name too long", "Efternavn", {"Efternavn": "Prøve" * 13}),
    ("an unknown gender", "Køn", {"Køn": "ukendt"}),
    ("a telephone in words", "Telefon", {"Telefon": "ring til mor"}),
    ("neither yes nor no", "Fritaget for Digital Post", {"Fritaget for Digital Post": "måske"}),
    ("an unknown language", "Sprog", {"Sprog": "volapyk"}),
    ("an unknown caseworker", "Sagsbehandler", {"Sagsbehandler": "ingen@example.invalid"}),
    ("no unit", "Enhed", {"Enhed": ""}),
    ("a formula", "Adresse", {"Adresse": "=A1&B1"}),
    ("a case number that nobody has", "Sagsnummer", {"Sagsnummer": "FJ-999999"}),
)


def rows(count: int, bad: int, unit: str, caseworker: str) -> Iterator[dict[str, str]]:
    """`count` citizens, of whom `bad`, spread evenly, have each their own of the 15 faults in turn."""
    every = count // bad if bad else count + 1
    for n in range(count):
        born = date(1950, 1, 1) + timedelta(days=n % 18_000)
        row = {
            "CPR-nummer": f"{born:%d%m%y}-{n // 18_000}{n % 1_000:03}",
            "Sagsnummer": "", "Nummer i fagsystem": f"P-{n:06}", "Fornavn": f"Prøve {n}", "Efternavn": "Eksempel",
            "Køn": ("kvinde", "mand", "")[n % 3], "Adresse": f"Prøvegade {n % 400}, 9999 Fjordby",
            "Telefon": f"{n % 10 ** 8:08}", "Fritaget for Digital Post": ("nej", "ja")[n % 9 == 0],
            "Sprog": ("dansk", "arabisk", "polsk")[n % 3], "Område": ("Nord", "Syd")[n % 2],
            "Sagsbehandler": caseworker, "Enhed": unit,
        }  # fmt: skip
        place, rest = divmod(n, every)
        yield row | (WRONG[place % len(WRONG)][2] if rest == every - 1 and place < bad else {})


def as_csv(found: Iterator[dict[str, str]]) -> bytes:
    """The rows as a Danish spreadsheet saves them."""
    text = StringIO()
    writer = csv.DictWriter(text, HEADINGS, delimiter=";")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue().encode("cp1252")


def as_workbook(found: Iterator[dict[str, str]]) -> bytes:
    """The rows as a workbook of texts."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for place, row in enumerate(found, start=1):
            for column, heading in enumerate(HEADINGS):
                text = row[heading]
                write = page.write_formula if text.startswith("=") else page.write_string
                write(place, column, text)
    return made.getvalue()


def main() -> None:
    """Measures both forms of file; the CSV is the one that is taken in."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        by = people()
        for form in (as_workbook, as_csv):
            data = form(rows(ROWS, BAD, "Jobindsats Nord", "helle@example.invalid"))
            print(
                f"\n{form.__name__}: {ROWS:,} rows, {BAD} of them bad in {len(WRONG)} ways, {len(data):,} bytes"
            )
            intake = preview(data, by)
        take(intake, by)
        for what, district in (
            ("the same file again", "Nord"),
            ("the same with a new district for half", "Midt"),
        ):
            print(f"\n{what}")
            take(preview(data.replace(b";Nord;", f";{district};".encode()), by), by)
        check()


def start_django(folder: str) -> None:
    """The tests' settings on an empty database."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/intake.sqlite3")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def people() -> Any:
    """A municipality with a caseworker, and the coordinator who takes files in."""
    from mentorkorps.municipality.models import Municipality, Role, Unit, User

    Municipality.objects.create(
        name="Fjordby Kommune", code="999", case_prefix="FJ", synthetic=True, world_date=TODAY
    )
    unit = Unit.objects.create(name="Jobindsats Nord")
    User.objects.create_user("helle@example.invalid", name="Helle Prøve", role=Role.CASEWORKER, unit=unit)
    return User.objects.create_user("bodil@example.invalid", name="Bodil Eksempel", role=Role.COORDINATOR)


def preview(data: bytes, by: Any) -> Any:
    """Reads a file and judges it as the pages do."""
    from mentorkorps.cases.actions.intake import choose_columns, columns_for, receive, table_of

    intake = timed("read and kept encrypted", lambda: receive(data, kind="borgere", key=uuid.uuid4(), by=by))
    places = columns_for(intake, table_of(intake))
    timed("judged for the preview", lambda: choose_columns(intake, places=places, today=TODAY, by=by))
    print(f"  {intake.counts}, faults under {sorted({fault[1] for fault in intake.bad})}")
    return intake


def take(intake: Any, by: Any) -> None:
    """Takes a file in as the worker does."""
    from mentorkorps.cases.actions.intake import put_in_queue, take_next

    put_in_queue(intake, by=by)
    done = timed("taken in by the worker", lambda: take_next(today=TODAY))
    print(f"  {done.state}: {done.counts}")


def check() -> None:
    """Each good row is one citizen with one line in the journal."""
    from mentorkorps.cases.models import Citizen
    from mentorkorps.journal.models import Entry

    lines = Entry.objects.filter(verb="oprettet borger").values("citizen_id").distinct().count()
    print(f"\n{Citizen.objects.count():,} citizens, {lines:,} of them with a line in the journal")
    assert Citizen.objects.count() == lines == ROWS - BAD


def timed(what: str, act: Callable[[], Any]) -> Any:
    """Prints how long an act takes, and how much of it our own process worked; returns what it does."""
    began, worked = perf_counter(), process_time()
    result = act()
    print(
        f"  {what:<28} {perf_counter() - began:6.2f} s, {process_time() - worked:6.2f} s of it our own work"
    )
    return result


if __name__ == "__main__":
    main()
