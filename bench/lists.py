"""Times the two reads that grow: a caseworker's 100 citizens of 20,000, and a week board of 4,450 courses x 26 weeks.

Each is set beside the bare SQL that fetches the rows it is made of from the same database, without judging a week,
first with half a year of contacts and then with years of them: the second must cost what the first did. The pages are
asked for by address, one at a time, with all that a page does (sign-in, journal, template). Everything is made up, in
a SQLite file that is removed at the end; with a DATABASE_URL of PostgreSQL (an empty database) it is measured there.
"""

import gc
import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

TODAY = date(2026, 11, 20)
CITIZENS, RUNNING, OF_ONE, WEEKS = 20_000, 4_450, 100, 26
YEARS_OF_HISTORY = 5
ROUNDS = 20
BATCH = 2_000


def main() -> None:
    """Builds, measures, adds history, and measures again."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        began = perf_counter()
        helle = build()
        print(f"built {CITIZENS:,} citizens, {RUNNING:,} running courses in {perf_counter() - began:.0f} s")
        measure(helle, "half a year of contacts")
        began = perf_counter()
        count = add_history()
        print(f"\nadded history, {count:,} contacts in all, in {perf_counter() - began:.0f} s")
        measure(helle, f"{YEARS_OF_HISTORY} years more of contacts")


def start_django(folder: str) -> None:
    """The demo's settings on an empty database."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/lists.sqlite3")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def build() -> Any:
    """Citizens and courses of 200 caseworkers, the first of whom, returned, has 100 that run; a contact each week."""
    from mentorkorps.cases.models import Citizen, Course
    from mentorkorps.followup.models import Contact, CourseTally
    from mentorkorps.municipality.models import Mentor, Municipality, Role, Unit, User

    Municipality.objects.create(
        name="Fjordby Kommune", code="999", case_prefix="FJ", synthetic=True, world_date=TODAY
    )
    unit = Unit.objects.create(name="Jobindsats")
    workers = [
        User.objects.create_user(
            f"{n}@example.invalid", name=f"Helle {n} Prøve", role=Role.CASEWORKER, unit=unit
        )
        for n in range(CITIZENS // OF_ONE)
    ]
    mentors = Mentor.objects.bulk_create(
        Mentor(name=f"Mentor {n} Eksempel", kind="internal", unit=unit, active_from=date(2020, 1, 1))
        for n in range(RUNNING // 20)
    )
    citizens = [
        Citizen(
            first_name=f"Prøve {n:05}", last_name="Eksempel", birth_date=date(1980, 1, 1), unit=unit,
            case_number=f"FJ-{n:05}", caseworker=workers[n // OF_ONE],
        )
        for n in range(CITIZENS)
    ]  # fmt: skip
    Citizen.objects.bulk_create(citizens, batch_size=BATCH)
    start = TODAY - timedelta(weeks=WEEKS - 2, days=TODAY.weekday())
    courses = [
        Course(
            citizen=citizen, unit=unit, function="social_mentor", target_group="kontanthjaelp_aktivitetsparat",
            start=start if n < RUNNING else start - timedelta(weeks=52), rule="R3-01", citation="LAB § 167, stk. 1",
            end=(start if n < RUNNING else start - timedelta(weeks=52)) + timedelta(weeks=WEEKS, days=-1),
            ended_on=None if n < RUNNING else start - timedelta(weeks=WEEKS, days=1), obligation="may",
            end_reason="" if n < RUNNING else "expired", minutes_per_week=90, mentor=mentors[n % len(mentors)],
            signed_on=start,
        )
        for n, citizen in enumerate(citizens)
    ]  # fmt: skip
    Course.objects.bulk_create(courses, batch_size=BATCH)
    Contact.objects.bulk_create(contacts_of(courses[:RUNNING], start, workers[0]), batch_size=BATCH)
    CourseTally.objects.bulk_create(
        (
            CourseTally(course=course, delivered_minutes=2_000, held=24, last_met_on=TODAY - timedelta(days=3))
            for course in courses
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return workers[0]


def contacts_of(courses: list[Any], start: date, by: Any) -> Any:
    """Nine of ten weeks were met."""
    from mentorkorps.domain.dates import week_number
    from mentorkorps.followup.models import Contact

    for n, course in enumerate(courses):
        for week in range(WEEKS - 1):
            day = start + timedelta(weeks=week, days=n % 4)
            if (n + week) % 10 and day <= TODAY:
                yield Contact(
                    key=uuid.uuid4(), course=course, mentor_id=course.mentor_id, day=day, week=week_number(day),
                    outcome="met", minutes=80, held=True, logged_by=by,
                )  # fmt: skip


def add_history() -> int:
    """The same contacts again and again, ever further back, by SQL alone. Returns how many there are then."""
    from django.db import connection

    from mentorkorps.followup.models import Contact

    postgres = connection.vendor == "postgresql"
    new_id = "gen_random_uuid()" if postgres else "lower(hex(randomblob(16)))"
    with connection.cursor() as cursor:
        for weeks in range(WEEKS, (2 * YEARS_OF_HISTORY + 1) * WEEKS, WEEKS):
            day = f"day - {7 * weeks}" if postgres else f"date(day, '-{7 * weeks} days')"
            instead = {"id": new_id, "key": new_id, "week": f"week - {weeks}", "day": day}
            columns = [field.column for field in Contact._meta.concrete_fields]
            values = [instead.get(column, f'"{column}"') for column in columns]
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"INSERT INTO followup_contact ({names}) SELECT {', '.join(values)} FROM followup_contact "
                f"WHERE week > {newest_week() - WEEKS}"
            )
        cursor.execute("ANALYZE")
    return Contact.objects.count()


def newest_week() -> int:
    from mentorkorps.domain.dates import week_number

    return week_number(TODAY)


def measure(helle: Any, with_what: str) -> None:
    """Each read beside its bare SQL, and each page."""
    from mentorkorps.cases.models import Course
    from mentorkorps.followup.queries import corps_week, strips
    from mentorkorps.followup.queries.caseload import caseload

    print(f"\nWith {with_what}:")
    mine = Course.objects.filter(citizen__caseworker=helle)
    running = Course.objects.filter(ended_on__isnull=True)
    this = newest_week()
    weeks = range(this - WEEKS + 1, this + 1)
    compare("my citizens, the read", lambda: caseload(mine, today=TODAY, size=OF_ONE), BARE_MINE, [helle.pk])
    compare(
        f"week board, {RUNNING:,} x {WEEKS} strips", lambda: strips(list(running), weeks, TODAY), BARE_BOARD,
        [this - WEEKS - 1, this],
    )  # fmt: skip
    compare("week board, one week of the corps", lambda: corps_week(running, this, TODAY), BARE_WEEK, [this])
    page("my citizens, the page", "my_citizens", helle)
    page("my day, the page", "my_day", helle)
    page("week board, the page", "week_board", coordinator())


BARE_MINE = """
    SELECT course.id, citizen.first_name, citizen.last_name, citizen.case_number, course.start, course."end",
           course.obligation, course.citation, course.minutes_per_week, mentor.name, tally.delivered_minutes,
           tally.last_met_on
    FROM cases_course course JOIN cases_citizen citizen ON citizen.id = course.citizen_id
    LEFT JOIN municipality_mentor mentor ON mentor.id = course.mentor_id
    LEFT JOIN followup_coursetally tally ON tally.course_id = course.id
    WHERE citizen.caseworker_id = %s AND course.ended_on IS NULL ORDER BY citizen.first_name, citizen.last_name
"""
BARE_BOARD = """
    SELECT contact.course_id, contact.week, count(*), sum(contact.minutes)
    FROM followup_contact contact JOIN cases_course course ON course.id = contact.course_id
    WHERE course.ended_on IS NULL AND contact.held AND contact.week BETWEEN %s AND %s
    GROUP BY contact.course_id, contact.week
"""
BARE_WEEK = """
    SELECT course.id, min(contact.day) FROM cases_course course
    LEFT JOIN followup_contact contact ON contact.course_id = course.id AND contact.held AND contact.week = %s
    WHERE course.ended_on IS NULL GROUP BY course.id
"""


def compare(what: str, read: Callable[[], Any], sql: str, values: list[Any]) -> None:
    """Prints the read with its queries, the bare SQL, and how many times as long the read takes."""
    ours, queries, in_database = timed(read)
    bare, _, _ = timed(lambda: fetch(sql, values))
    print(
        f"  {what:<36} {ours:7.1f} ms, {queries} queries ({in_database:.1f} ms of it in the database)   "
        f"bare SQL {bare:6.1f} ms   ratio {ours / bare:.1f}"
    )


def fetch(sql: str, values: list[Any]) -> list[Any]:
    from django.db import connection

    if connection.vendor == "sqlite":
        values = [value.hex if isinstance(value, uuid.UUID) else value for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def timed(read: Callable[[], Any]) -> tuple[float, int, float]:
    """Median milliseconds, number of queries, and median milliseconds spent in them."""
    from django.db import connection

    whole, inside, queries = [], [], 0
    for _ in range(ROUNDS):
        clock = Clock()
        with connection.execute_wrapper(clock):
            began = perf_counter()
            read()
            whole.append(1000 * (perf_counter() - began))
        inside.append(1000 * clock.seconds)
        queries = clock.queries
    return median(whole), queries, median(inside)


class Clock:
    """Counts queries and the time until each is answered; rows that are fetched later count as reading."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += perf_counter() - began
            self.queries += 1


def page(what: str, name: str, user: Any) -> None:
    """Prints the median and the 95th percentile of a page, asked for one at a time."""
    from django.urls import reverse

    from tests.cast import signed_in

    client, address, seconds = signed_in(user), reverse(name), []
    gc.collect()
    gc.freeze()  # as mentorkorps/wsgi.py does, or the rows of the build are walked at every other page
    for _ in range(ROUNDS + 1):
        began = perf_counter()
        answer = client.get(address)
        seconds.append(1000 * (perf_counter() - began))
        assert answer.status_code == 200, answer.status_code
    p95 = quantiles(seconds[1:], n=20)[-1]
    print(f"  {what:<36} {median(seconds[1:]):7.1f} ms, p95 {p95:.1f} ms, {len(answer.content):,} bytes")


def coordinator() -> Any:
    from mentorkorps.municipality.models import Role, User

    found = User.objects.filter(role=Role.COORDINATOR).first()
    return found or User.objects.create_user(
        "bodil@example.invalid", name="Bodil Eksempel", role=Role.COORDINATOR
    )


if __name__ == "__main__":
    main()
