"""Times a what-if on the page: 50,000 citizens in the address, one figure moved, the answer as the browser gets it.

Printed is the server's time for the answer to a moved figure, for the two pictures that the browser fetches after it
(drawn for the first time, and kept), and for the whole page. Everything is made up, in a SQLite file that is removed.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

ROUNDS = 40
CITIZENS = 50_000
FIRST = date(2026, 1, 1)
MONEY = {
    "budget": "1.200.000.000",
    "pris": "413",
    "procent": "50",
    "loft": "1.210.000.000",
    "loft_over": "spending",
}


def main() -> None:
    """Prints median and 95th percentile in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        client, keys = build()
        share = CITIZENS // len(keys)
        state = {**MONEY, **{f"n-{key}": str(share) for key in keys}}
        print(f"{share * len(keys):,} citizens in {len(keys)} rows; milliseconds: median, 95th percentile")
        measure(client, state, keys[0])


def start_django(folder: str) -> None:
    """An empty database with its tables."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/what_if.sqlite3"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def build() -> tuple[Any, list[str]]:
    """A secretary's browser where København's level of 2014 is in force, and the keys of its rows."""
    from mentorkorps.municipality.actions import adopt_level, load_level
    from mentorkorps.municipality.models import Role
    from tests.cast import set_the_stage, signed_in

    level = load_level("koebenhavn-2014", by=None)
    adopt_level(level, committee="-", case_number="-", adopted_on=FIRST, in_force_from=FIRST, by=None)
    return signed_in(set_the_stage().people[Role.SECRETARY]), [row.key for row in level.rows.all()]


def measure(client: Any, state: dict[str, str], moved: str) -> None:
    """Asks for the answer, the pictures and the page."""
    from django.urls import reverse

    def get(name: str, minutes: int, **headers: str) -> None:
        response = client.get(reverse(name), {**state, f"a-{moved}": str(minutes)}, headers=headers)
        assert response.status_code == 200

    timed("answer to a moved figure", lambda n: get("what_if", 40 + n, **{"HX-Request": "true"}))
    timed("its two pictures, drawn new", lambda n: get("what_if_charts", 90 + n))
    timed("its two pictures, kept", lambda n: get("what_if_charts", 90))
    timed("the whole page, pictures kept", lambda n: get("what_if", 90))


def timed(words: str, once: Callable[[int], None]) -> None:
    """Prints what a round takes, after one that warms up."""
    once(0)
    taken = []
    for number in range(1, ROUNDS + 1):
        start = perf_counter()
        once(number)
        taken.append(1000 * (perf_counter() - start))
    parts = quantiles(taken, n=20)
    print(f"{words}: {parts[9]:.0f}, {parts[18]:.0f}")


if __name__ == "__main__":
    main()
