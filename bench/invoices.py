"""How long a pile of 500 invoices takes: read and judged, taken in, and held against the hours. Prints seconds.

Run: python bench/invoices.py (SQLite in memory, or the database that DATABASE_URL names)
"""

import os
import sys
from pathlib import Path
from random import Random
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
GOOD, BAD = 400, 100
CITIZENS = 40


def main() -> None:
    """Builds the pile in a throw-away database and prints what each step took."""
    import django

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(verbosity=0, interactive=False)
    try:
        measure()
    finally:
        teardown_databases(made, verbosity=0)


def measure() -> None:
    """The figures."""
    from mentorkorps.domain.invoice import BadInvoice, read_ubl
    from mentorkorps.ledger.actions.intake import read_files, take_in
    from mentorkorps.ledger.models import InvoiceLine
    from mentorkorps.ledger.queries.three_way import controlled
    from tests.cast import TODAY, set_the_stage
    from tests.ledger.invoice_scene import a_course, invoice_scene
    from tests.ledger.paper_invoices import BOMB, Paper, PaperLine, pile

    scene = invoice_scene(set_the_stage())
    courses = [a_course(scene.cast, f"Nr{n}", f"0101{60 + n % 40:02}99{n % 100:02}") for n in range(CITIZENS)]
    good = [
        Paper(
            number=str(1000 + n),
            lines=(
                PaperLine(reference=courses[n % CITIZENS].citizen.case_number, hours=f"0.{5 + n // CITIZENS:02}"),
            ),
        )
        for n in range(GOOD)
    ]  # fmt: skip
    files = [(name, data) for name, data, _ in pile(good, BAD, Random(1))]
    began = perf_counter()
    upload = read_files(files, by=scene.controller)
    read = perf_counter()
    taken = take_in(upload, by=scene.controller, today=TODAY)
    took = perf_counter()
    lines = controlled(InvoiceLine.objects.select_related("invoice", "course"))
    held = perf_counter()
    print(
        f"{len(files)} files: read and judged {read - began:.2f} s, {len(taken)} taken in {took - read:.2f} s"
    )
    print(f"{len(lines)} lines held against the hours {held - took:.2f} s")
    print(f"{sum(each.waiting > 0 for each in lines)} lines have something to settle")
    began = perf_counter()
    try:
        read_ubl(BOMB)
    except BadInvoice:
        print(f"an XML bomb refused in {(perf_counter() - began) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
