"""Times what the hours, budget and month pages read for a city, and again with years of contacts behind it.

The city is `bench/lists.py`'s: 20,000 citizens, 4,450 running courses with half a year of contacts, here with a grant,
a signed agreement and a wage each. Half of the time is SQLite's or PostgreSQL's (by DATABASE_URL), half is ours.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lists import BATCH, TODAY, YEARS_OF_HISTORY, add_history, build, start_django

ROUNDS = 5
FIRST, LAST = TODAY - timedelta(weeks=14, days=-3), TODAY - timedelta(days=5)
OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


def main() -> None:
    """Builds, measures, adds history, and measures again."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        by = build()
        grant_all(by)
        measure("half a year of contacts")
        count = add_history()
        print(f"\nadded history, {count:,} contacts in all")
        measure(f"{YEARS_OF_HISTORY} years more of contacts")


def grant_all(by: Any) -> None:
    """A decision, a grant and a signed agreement for every course, and a wage for every mentor."""
    from mentorkorps.cases.models import Agreement, Course, Decision, Grant
    from mentorkorps.ledger.models import Wage
    from mentorkorps.municipality.models import Mentor

    courses = list(Course.objects.all())
    shared = {"rule": "R3-01", "obligation": "may"}
    decisions = [
        Decision(
            citizen_id=c.citizen_id, course=c, kind="grant", law_on=c.start, code_version="0", drafted_by=by,
            drafted_on=c.start, decided_on=c.start - timedelta(days=6), **shared,
        )
        for c in courses
    ]  # fmt: skip
    grants = [
        Grant(
            course=c, decision=d, start=c.start, end=c.end, minutes_per_week=90, level_minutes=75,
            target_group=c.target_group, **shared,
        )
        for c, d in zip(courses, decisions, strict=True)
    ]  # fmt: skip
    agreements = [
        Agreement(
            course=c, goal="", start=c.start, end=c.end, minutes_per_week=90, mentor_id=c.mentor_id, drafted_by=by,
            drafted_on=c.start, signed_on=c.start,
        )
        for c in courses
    ]  # fmt: skip
    wages = [
        Wage(mentor=mentor, ore=30_000, first=date(2020, 1, 1), source="", entered_by=by)
        for mentor in Mentor.objects.all()
    ]
    for rows in (decisions, grants, agreements, wages):
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)  # type: ignore[attr-defined]


def measure(label: str) -> None:
    """Each read a few times; the median in milliseconds."""
    from mentorkorps.ledger.queries.accounts import lines_between
    from mentorkorps.ledger.queries.budget import year_outlook
    from mentorkorps.ledger.queries.hours_given import by_group, hours_given
    from mentorkorps.ledger.queries.hours_time import hours_over_time

    given = hours_given(FIRST, LAST)
    reads: dict[str, Callable[[], object]] = {
        "hours of 13 weeks, by mentor": lambda: by_group(hours_given(FIRST, LAST), "mentor"),
        "the same week by week": lambda: hours_over_time(given, FIRST, LAST, "week"),
        "one month's postings": lambda: lines_between(*OCTOBER),
        "the year's budget and forecast, no month closed": lambda: year_outlook(TODAY.year, TODAY),
    }
    print(f"\n{label}: {len(given):,} grants in the period")
    for name, read in reads.items():
        print(f"  {name:<50} {1_000 * median(timed(read) for _ in range(ROUNDS)):6.0f} ms")


def timed(read: Callable[[], object]) -> float:
    """Seconds that a read takes."""
    began = perf_counter()
    read()
    return perf_counter() - began


if __name__ == "__main__":
    main()
