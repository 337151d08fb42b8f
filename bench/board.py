"""Times the coordinator's pages on København's scale: week board, added-up weeks, alerts, and the worker's round.

4,450 running courses, 26 weeks, first with half a year of contacts and then with ten years of them: the second must
cost what the first did. Built and measured by the parts of bench/lists.py, in a SQLite file that is removed at the
end; with a DATABASE_URL of PostgreSQL (an empty database) it is measured there.
"""

import tempfile
from collections.abc import Callable
from time import perf_counter

import lists

lists.YEARS_OF_HISTORY, lists.ROUNDS = 10, 10
BOARD_IN_DATABASE, PAGE = 50, 300  # milliseconds: what the board promises


def main() -> None:
    """Builds, measures, adds ten years, and measures again."""
    with tempfile.TemporaryDirectory() as folder:
        lists.start_django(folder)
        lists.build()
        measure("half a year of contacts")
        began = perf_counter()
        count = lists.add_history()
        print(f"\nadded history, {count:,} contacts in all, in {perf_counter() - began:.0f} s")
        measure("ten years of contacts")


def measure(with_what: str) -> None:
    """Each read with its queries and its time in the database, and each page."""
    from mentorkorps.cases.models import Course
    from mentorkorps.followup.models import Alert
    from mentorkorps.followup.queries import corps_week

    print(
        f"\nWith {with_what} (the board promises {BOARD_IN_DATABASE} ms in the database, {PAGE} ms the page):"
    )
    this = lists.newest_week()
    weeks, running = range(this - lists.WEEKS + 2, this + 2), Course.objects.filter(ended_on__isnull=True)
    read("week board, all courses", lambda: corps_week(running, this, lists.TODAY, weeks))
    for length in (12, 26):
        read(f"weeks added up, {length} weeks", added_up(range(this - length + 1, this + 1)))
    print(f"  {'worker, the first round':<32} {rounds():8.1f} ms, {Alert.objects.count():,} alerts raised")
    print(f"  {'worker, a round without change':<32} {rounds():8.1f} ms")
    reader = lists.coordinator()
    for name, address in (
        ("week board", "week_board"), ("alerts", "alerts"), ("weeks added up, 12 weeks", "week_strips"),
    ):  # fmt: skip
        lists.page(f"{name}, the page", address, reader)
    Alert.objects.all().delete()


def added_up(weeks: range) -> Callable[[], object]:
    """The read behind the page of added-up weeks, by mentor."""
    from mentorkorps.cases.models import Course
    from mentorkorps.followup.queries.week_groups import grouped_weeks

    return lambda: grouped_weeks(Course.objects.all(), weeks, lists.TODAY, "mentor")


def read(what: str, run: Callable[[], object]) -> None:
    ours, queries, inside = lists.timed(run)
    print(f"  {what:<32} {ours:8.1f} ms, {queries} queries ({inside:.1f} ms of it in the database)")


def rounds() -> float:
    """Milliseconds of one judging of every course by the worker."""
    from django.utils import timezone

    from mentorkorps.followup.actions.alerts import judge_alerts

    began = perf_counter()
    judge_alerts(today=lists.TODAY, now=timezone.now())
    return 1000 * (perf_counter() - began)


if __name__ == "__main__":
    main()
