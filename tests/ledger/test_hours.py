"""Granted hours beside the level: København's table of August 2014, and nothing dropped."""

from datetime import date
from typing import Any

import pytest

from mentorkorps.cases.models import Citizen, Course, Decision, Grant
from mentorkorps.ledger.queries import courses_of_row, granted_hours
from mentorkorps.ledger.queries.hours import NO_GRANT, NO_LEVEL, NO_ROW
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Unit, User
from tests.cast import Cast

KOEBENHAVN = {
    "ret-og-pligt": (3_600, 45), "aktivitetsparate-under-30": (150, 90), "aktivitetsparate-over-30": (300, 150),
    "uddannelses-og-jobparate": (100, 90), "sygedagpenge": (100, 120), "revalidender": (200, 120),
    "faglig-mentor": (140, 300),
}  # fmt: skip
AUGUST = date(2014, 8, 27)


def grant(course: Course, by: User, **fields: Any) -> Grant:
    """A grant for the whole of a course, under the level that `fields` name."""
    decision = Decision.objects.create(
        citizen=course.citizen, course=course, kind="grant", law_on=course.start, code_version="0", rule=course.rule,
        obligation=course.obligation, drafted_by=by, drafted_on=course.start,
        deviation_reason=fields.pop("deviation_reason", ""),
    )  # fmt: skip
    known = {"start": course.start, "end": course.end, "minutes_per_week": course.minutes_per_week}
    return Grant.objects.create(
        course=course, decision=decision, rule=course.rule, obligation=course.obligation,
        target_group=course.target_group, **known | fields,
    )  # fmt: skip


def build_koebenhavn(by: User) -> None:
    """The table of the source as courses with grants, all running on the day."""
    level = load_level("koebenhavn-2014", by=by)
    adopt_level(
        level,
        committee="BIU",
        case_number="",
        adopted_on=date(2013, 11, 1),
        in_force_from=date(2014, 1, 1),
        by=by,
    )
    unit = Unit.objects.create(name="JKI")
    number = 10_000
    for row in level.rows.all():
        citizens, minutes = KOEBENHAVN[row.key]
        assert row.minutes_per_week == minutes
        people = [
            Citizen(
                first_name="Prøve",
                last_name="Eksempel",
                birth_date=date(1980, 1, 1),
                unit=unit,
                case_number=f"K-{n}",
            )
            for n in range(number, number + citizens)
        ]
        number += citizens
        period = {"start": date(2014, 6, 1), "end": date(2014, 11, 29)}
        shared = {
            "obligation": row.obligation,
            "minutes_per_week": minutes,
            "level_row": row,
            "rule": "R1-01",
            **period,
        }
        courses = [
            Course(
                citizen=c,
                unit=unit,
                function=row.functions[0],
                target_group="",
                citation="LAB § 31 b",
                **shared,
            )
            for c in people
        ]
        decisions = [
            Decision(citizen=c.citizen, course=c, kind="grant", law_on=AUGUST, code_version="0", rule="R1-01",
                     obligation=row.obligation, drafted_by=by, drafted_on=AUGUST)
            for c in courses
        ]  # fmt: skip
        grants = [
            Grant(course=c, decision=d, level_minutes=minutes, target_group="", **shared)
            for c, d in zip(courses, decisions, strict=True)
        ]
        for rows in (people, courses, decisions, grants):
            type(rows[0]).objects.bulk_create(rows, batch_size=2_000)


def test_koebenhavns_table(cast: Cast, django_assert_max_num_queries: Any) -> None:
    build_koebenhavn(cast.helle)
    with django_assert_max_num_queries(3):
        found = granted_hours(AUGUST)
    assert (found.social_total.courses, found.social_total.granted) == (4_450, 4_425 * 60)
    assert (found.company_total.courses, found.company_total.granted) == (140, 700 * 60)
    assert {
        row.key: (row.hours.courses, row.hours.mean) for row in (*found.social, *found.company)
    } == KOEBENHAVN
    assert found.social_total.deviation == 0
    assert found.social_total.by_obligation == (("must", 3_600, 2_700 * 60), ("may", 850, 1_725 * 60))


def level_from(cast: Cast, name: str, first: date) -> dict[str, Any]:
    level = load_level(name, by=None)
    adopt_level(level, committee="", case_number="", adopted_on=first, in_force_from=first, by=None)
    return {row.key: row for row in level.rows.all()}


def test_a_grant_keeps_the_level_it_was_made_under(cast: Cast) -> None:
    old = level_from(cast, "koebenhavn-2014", date(2026, 1, 1))["aktivitetsparate-over-30"]
    new = level_from(cast, "eksempel-2026", date(2026, 7, 1))
    grant(cast.course, cast.helle, level_row=old, level_minutes=150)
    found = granted_hours(date(2026, 11, 20))
    assert found.level == new["oevrige"].level
    mine = next(row for row in found.social if row.row == old)
    assert (mine.hours.courses, mine.hours.granted, mine.hours.deviation) == (1, 120, -30)
    assert found.social.index(mine) >= len(new) - 1, "rows of the level in force come first"


def test_nothing_is_dropped(cast: Cast) -> None:
    """Without a level, a row or a grant a course is still counted, under words that say so."""
    grant(cast.course, cast.helle)
    found = granted_hours(date(2026, 11, 20))
    social = {row.key: row for row in found.social}
    assert set(social) == {NO_ROW, NO_GRANT}
    assert (social[NO_ROW].hours.courses, social[NO_ROW].hours.deviation) == (1, None)
    assert (social[NO_GRANT].hours.courses, social[NO_GRANT].hours.granted) == (2, 0)
    assert [row.hours.courses for row in found.company] == [1]


def test_an_open_level_is_not_zero(cast: Cast) -> None:
    row = level_from(cast, "slagelse-2015", date(2026, 1, 1))["kan-tilbud"]
    grant(cast.course, cast.helle, level_row=row, level_minutes=None)
    mine = next(each for each in granted_hours(date(2026, 11, 20)).social if each.row == row)
    assert (mine.hours.courses, mine.hours.granted, mine.hours.deviation) == (1, 120, None)


@pytest.mark.parametrize(
    ("on", "courses"), [(date(2026, 6, 21), 0), (date(2026, 6, 22), 3), (date(2026, 12, 21), 0)]
)
def test_only_courses_that_run_on_the_date(cast: Cast, on: date, courses: int) -> None:
    assert granted_hours(on).social_total.courses == courses


def test_a_past_date_has_the_minutes_of_its_own_grant(cast: Cast) -> None:
    grant(cast.course, cast.helle, end=date(2026, 8, 31), minutes_per_week=60)
    grant(cast.course, cast.helle, start=date(2026, 9, 1), minutes_per_week=90)
    assert granted_hours(date(2026, 8, 31)).social_total.granted == 60
    assert granted_hours(date(2026, 9, 1)).social_total.granted == 90


def test_the_rows_behind_a_figure(cast: Cast) -> None:
    row = level_from(cast, "eksempel-2026", date(2026, 1, 1))["aktivitetsparate-fra-30"]
    grant(cast.course, cast.helle, level_row=row, level_minutes=150, deviation_reason="Kort vej til målet")
    behind = courses_of_row(date(2026, 11, 20), row.level_id, row.key, company=False).get()
    assert (behind, behind.minutes, behind.deviation) == (cast.course, 120, -30)
    assert behind.deviation_reason == "Kort vej til målet"
    assert courses_of_row(date(2026, 11, 20), NO_LEVEL, NO_GRANT, company=False).count() == 2
    assert courses_of_row(date(2026, 11, 20), NO_LEVEL, NO_ROW, company=False).count() == 0
    assert courses_of_row(date(2026, 11, 20), NO_LEVEL, NO_GRANT, company=True).count() == 1
