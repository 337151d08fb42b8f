"""København in August 2014, the table of the theme discussion a tenth of the size, and worlds built twice."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Sum

from mentorkorps.cases.models import Agreement, Course, Decision
from mentorkorps.domain.letter import Document
from mentorkorps.followup.models import Contact, CourseTally
from mentorkorps.ledger.queries import granted_hours
from mentorkorps.municipality.models import Mentor, Unit
from mentorkorps.municipality.queries import forget_municipality, today
from mentorkorps.web.demo import koebenhavn
from tests.web.worlds import a_world, digest

WORLD_DATE = date(2014, 8, 27)
# Citizens, minutes a week: the source's table, and the company mentors' 5 hours.
TABLE = {
    "ret-og-pligt": (3_600, 45),
    "aktivitetsparate-under-30": (150, 90),
    "aktivitetsparate-over-30": (300, 150),
    "uddannelses-og-jobparate": (100, 90),
    "sygedagpenge": (100, 120),
    "revalidender": (200, 120),
    "faglig-mentor": (140, 300),
}
PART = 10


@pytest.fixture(scope="class")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with a_world(django_db_blocker, lambda: koebenhavn.build(Random(1), date(2026, 11, 20), PART)):
        yield


def test_the_rows_add_up_to_the_source() -> None:
    social = {key: row for key, row in TABLE.items() if key != "faglig-mentor"}
    assert sum(row.citizens for row in koebenhavn.ROWS) == 4_590
    for key, (citizens, _) in TABLE.items():
        assert sum(row.citizens for row in koebenhavn.ROWS if row.key == key) == citizens
    assert sum(citizens for citizens, _ in social.values()) == 4_450
    assert sum(citizens * minutes for citizens, minutes in social.values()) == 4_425 * 60


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
class TestTheCity:
    def test_each_row_has_its_citizens_and_minutes(self) -> None:
        rows = Course.objects.values_list("level_row__key").annotate(Count("id"), Sum("minutes_per_week"))
        assert {key: (n, minutes) for key, n, minutes in rows} == {
            key: (n // PART, n // PART * minutes) for key, (n, minutes) in TABLE.items()
        }

    def test_social_and_company_hours_a_week(self) -> None:
        company = Course.objects.filter(function="company_mentor")
        social = Course.objects.exclude(function="company_mentor")
        assert social.count() == 4_450 // PART
        assert social.aggregate(s=Sum("minutes_per_week"))["s"] * PART == 4_425 * 60
        assert company.aggregate(s=Sum("minutes_per_week"))["s"] * PART == 700 * 60

    def test_all_run_on_the_day(self) -> None:
        assert today() == WORLD_DATE
        assert Course.objects.filter(start__lte=WORLD_DATE, end__gte=WORLD_DATE).count() == 4_590 // PART
        assert Course.objects.values("start").distinct().count() > 20

    def test_rules_of_the_time(self) -> None:
        rules = set(Course.objects.values_list("level_row__key", "rule", "citation", "obligation"))
        assert rules == {
            ("ret-og-pligt", "R1-05", "LAB § 93", "must"),
            ("ret-og-pligt", "R1-06", "LAB § 96 c", "must"),
            ("faglig-mentor", "R1-09", "LAB § 31 d", "may"),
            *((key, "R1-01", "LAB § 31 b, stk. 1", "may") for key in list(TABLE)[1:6]),
        }

    def test_periods_of_26_weeks_and_three_months(self) -> None:
        for course in Course.objects.all():
            weeks = 13 if course.function == "company_mentor" else 26
            assert (course.end - course.start).days == weeks * 7 - 1

    def test_company_mentors_meet_both_conditions_of_section_31_d(self) -> None:
        agreements = Agreement.objects.filter(course__function="company_mentor")
        assert agreements.count() == 14
        assert not agreements.filter(firm__isnull=True).exists()
        assert not agreements.filter(beyond_ordinary="").exists()
        assert not agreements.filter(decisive="").exists()

    def test_mentors_can_carry_their_hours(self) -> None:
        mentors = Mentor.objects.exclude(kind__in=("company", "education"))
        for mentor in mentors.annotate(taken=Sum("courses__minutes_per_week")):
            assert mentor.taken <= mentor.hours.get().minutes_per_week
        assert mentors.filter(unit=Unit.objects.get(name__contains="JKI"), kind="internal").exists()

    def test_the_letters_are_the_jobcentres(self) -> None:
        letter = Document.from_json(Decision.objects.filter(rule="R1-05")[0].letter).as_text()
        assert "Jobcenteret har besluttet" in letter
        assert "mindst én gang om ugen" in letter
        assert "§ 93" in letter

    def test_weekly_contacts_since_the_start(self) -> None:
        assert Contact.objects.filter(held=True).count() > 8 * Course.objects.count()
        tallies = CourseTally.objects.aggregate(minutes=Sum("delivered_minutes"), held=Sum("held"))
        counted = Contact.objects.filter(held=True).aggregate(minutes=Sum("minutes"), held=Count("id"))
        assert tallies == counted

    def test_granted_hours_read_the_table(self) -> None:
        hours = granted_hours(WORLD_DATE)
        assert (hours.social_total.courses * PART, hours.social_total.granted * PART) == (4_450, 4_425 * 60)
        assert (hours.company_total.courses * PART, hours.company_total.granted * PART) == (140, 700 * 60)
        assert hours.social_total.granted == hours.social_total.at_level


@pytest.mark.django_db
@pytest.mark.once
def test_only_the_same_seed_gives_the_same_world() -> None:
    found = []
    for seed in (1, 1, 2):
        with transaction.atomic(), connection.cursor() as cursor:
            forget_municipality()
            koebenhavn.build(Random(seed), WORLD_DATE, 50)
            found.append(digest(cursor))
            transaction.set_rollback(True)
    forget_municipality()
    assert found[0] == found[1]
    assert found[0]["cases.Citizen"] != found[2]["cases.Citizen"]
