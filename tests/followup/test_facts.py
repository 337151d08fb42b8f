"""From rows to the contact duty: the law's rhythm with its shift, the agreement's, and the municipality's own."""

from datetime import date, timedelta

import pytest

from mentorkorps.cases.models import Course
from mentorkorps.domain import law
from mentorkorps.domain.contact_duty import Absence, Rhythm, Span
from mentorkorps.followup.facts import (
    AgreedRhythm,
    absence_facts,
    agreed_from,
    contact_rhythms,
    rhythms_of,
    span_of,
)
from mentorkorps.followup.models import CitizenAbsence
from mentorkorps.municipality.actions import approve_correction, propose_correction
from mentorkorps.municipality.models import MentorAbsence, Role
from tests.cast import Cast

SECTION_93 = "LAB § 93"


def course(**fields) -> Course:
    given = {"start": date(2015, 10, 5), "end": date(2016, 4, 3), "rule": "R1-05", "citation": SECTION_93}
    return Course(**(given | fields))


@pytest.mark.parametrize("rule", ["R1-05", "R1-06"])
def test_the_law_shifts_from_weekly_to_every_second_week_on_new_years_day_2016(rule: str) -> None:
    """Law 2015-16 L 66: weekly contact to 31 December 2015, every second week from 1 January 2016."""
    assert contact_rhythms(rule, SECTION_93, date(2015, 10, 5), date(2016, 4, 3)) == (
        Rhythm("week", 1, date(2015, 10, 5), date(2015, 12, 31), SECTION_93),
        Rhythm("fortnight", 1, date(2016, 1, 1), date(2016, 4, 3), SECTION_93),
    )


@pytest.mark.parametrize(
    ("start", "end", "every"),
    [
        (date(2014, 9, 1), date(2015, 2, 28), ["week"]),
        (date(2015, 7, 1), date(2015, 12, 31), ["week"]),
        (date(2016, 1, 1), date(2016, 6, 30), ["fortnight"]),
        (date(2015, 12, 31), date(2016, 1, 1), ["week", "fortnight"]),
    ],
)
def test_a_course_on_one_side_of_the_shift_has_one_rhythm(start, end, every) -> None:
    assert [rhythm.every for rhythm in contact_rhythms("R1-05", SECTION_93, start, end)] == every


def test_a_rule_without_a_rhythm_leaves_it_to_the_agreement_or_the_municipality() -> None:
    may = course(start=date(2026, 6, 22), end=date(2026, 12, 20), rule="R3-01", citation="LAB § 167, stk. 1")
    own = (Rhythm("week", 1, may.start, may.end, "kommunens egen rytme"),)
    assert rhythms_of(may) == own
    assert rhythms_of(may, (AgreedRhythm(may.start, "fortnight", 2),)) == (
        Rhythm("fortnight", 2, may.start, None, "aftalen"),
    )


def test_an_agreement_stands_beside_the_law_and_never_in_its_place() -> None:
    sources = [rhythm.source for rhythm in rhythms_of(course(), (AgreedRhythm(course().start, "week", 2),))]
    assert sources == [SECTION_93, SECTION_93, "aftalen"]


def test_days_that_the_law_leaves_free_follow_the_municipality() -> None:
    """LAB § 93 fell away with the new act on 1 January 2020; the course runs on."""
    late = course(start=date(2019, 12, 2), end=date(2020, 1, 31))
    assert rhythms_of(late) == (
        Rhythm("fortnight", 1, late.start, date(2019, 12, 31), SECTION_93),
        Rhythm("week", 1, date(2020, 1, 1), late.end, "kommunens egen rytme"),
    )


def test_the_weeks_run_to_the_end_or_to_the_day_it_was_ended() -> None:
    assert span_of(course()) == Span(date(2015, 10, 5), date(2016, 4, 3))
    assert span_of(course(ended_on=date(2015, 11, 2))).end == date(2015, 11, 2)
    assert span_of(course(ended_on=date(2016, 5, 1))).end == date(2016, 4, 3)


def test_absences_say_whose_they_are() -> None:
    day = date(2015, 11, 2)
    assert absence_facts(
        [CitizenAbsence(first=day, last=None, reason="admitted")],
        [MentorAbsence(first=day, last=day, reason="sick")],
    ) == [Absence(day, None, "indlagt", "citizen"), Absence(day, day, "syg", "mentor")]


def test_a_corrected_minimum_holds_for_running_courses_from_its_day(cast: Cast) -> None:
    twice = {"contact": law.ContactRule("week", 2)}
    made = propose_correction(
        rule="R1-05", row_from=date(2014, 1, 1), changes=twice, in_force_from=date(2015, 11, 2), reason="Læst",
        source="L 66 (2015-16)", by=cast.people[Role.ADMINISTRATOR],
    )  # fmt: skip
    approve_correction(made, by=cast.people[Role.LEADER])
    asked = [(rhythm.at_least, rhythm.every, rhythm.valid_from) for rhythm in rhythms_of(course())]
    assert asked == [
        (1, "week", date(2015, 10, 5)), (2, "week", date(2015, 11, 2)), (1, "fortnight", date(2016, 1, 1)),
    ]  # fmt: skip


def test_a_new_agreement_says_nothing_of_the_weeks_before_it() -> None:
    may = course(rule="R3-01", citation="LAB § 167, stk. 1")
    later = may.start + timedelta(weeks=10)
    agreed = (AgreedRhythm(may.start, "week", 1), AgreedRhythm(later, "fortnight", 1))
    assert rhythms_of(may, agreed) == (
        Rhythm("week", 1, may.start, later - timedelta(days=1), "aftalen"),
        Rhythm("fortnight", 1, later, None, "aftalen"),
    )


def test_what_was_agreed_before_a_day_begins_on_it() -> None:
    first, second = AgreedRhythm(date(2026, 1, 5), "week", 1), AgreedRhythm(date(2026, 6, 1), "week", 2)
    assert agreed_from((first, second), date(2026, 3, 2)) == (first._replace(start=date(2026, 3, 2)), second)
    assert agreed_from((second,), date(2026, 3, 2)) == (second._replace(start=date(2026, 3, 2)),)
    assert agreed_from((first, second), date(2026, 9, 7)) == (second._replace(start=date(2026, 9, 7)),)
    assert agreed_from((), date(2026, 9, 7)) == ()
