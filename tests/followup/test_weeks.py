"""Weeks of many courses: the same states by every road, a fixed number of queries, and the index they go through."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.contact_duty import Contact as ContactFact
from mentorkorps.domain.contact_duty import compliance, strip
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.actions import (
    book_appointment,
    cancel_appointment,
    log_contact,
    record_absence,
    retract_contact,
)
from mentorkorps.followup.facts import AgreedRhythm, absence_facts, rhythms_of, span_of
from mentorkorps.followup.queries import (
    corps_week,
    first_meeting_rows,
    forgotten_appointments,
    held_rows,
    next_appointments,
    strips,
)
from mentorkorps.followup.queries.overview import course_overview
from mentorkorps.followup.queries.week_groups import grouped_weeks
from mentorkorps.municipality.models import MentorAbsence, Role
from tests.cast import TODAY, Cast, citizen, course_for, new_key, set_the_stage
from tests.web.stage import decision_for

WEEK = week_number(TODAY)
MONDAY = TODAY - timedelta(days=TODAY.weekday())


def meet(course: Course, day: date, by, outcome: str = "met"):
    return log_contact(course, key=new_key(), day=day, outcome=outcome, minutes=60, today=TODAY, by=by)


def crowd(cast: Cast, size: int) -> list[Course]:
    """Many courses of one mentor."""
    who = [citizen("Bo", "Prøve", f"05057{n:05}", cast.unit) for n in range(size)]
    return [course_for(citizen, cast.fatima, cast.helle) for citizen in who]


def agree(course: Course, every: str, at_least: int, signed_on: date | None = date(2026, 6, 19)) -> None:
    Agreement.objects.create(
        course=course, goal="", start=course.start, end=course.end, minutes_per_week=60, contact_every=every,
        contact_at_least=at_least, mentor=course.mentor, drafted_by=course.assignments.get().assigned_by,
        drafted_on=date(2026, 6, 19), signed_on=signed_on,
    )  # fmt: skip


def states(course: Course, *days: date) -> list[str]:
    weeks = range(week_number(days[0]), week_number(days[-1]) + 1)
    return [status.state for status in strips([course], weeks, TODAY)[course.id]]


def test_a_strip_shows_kept_missed_excused_and_open(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    meet(cast.course, MONDAY - timedelta(weeks=3), bodil)
    meet(cast.course, MONDAY - timedelta(weeks=2), bodil, "no_show")
    last_week = MONDAY - timedelta(weeks=1)
    record_absence(
        cast.course, first=last_week, last=last_week + timedelta(days=6), reason="sick", note="", by=bodil
    )
    assert states(cast.course, MONDAY - timedelta(weeks=3), TODAY) == ["kept", "missed", "excused", "open"]


def test_a_signed_agreement_sets_the_rhythm_and_an_unsigned_one_does_not(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    meet(cast.course, MONDAY - timedelta(weeks=2) + timedelta(days=2), bodil)
    meet(cast.course, MONDAY + timedelta(days=1), bodil)
    agree(cast.course, "fortnight", 1, signed_on=None)
    assert states(cast.course, MONDAY - timedelta(weeks=1), TODAY) == ["missed", "kept"]
    cast.course.agreements.update(signed_on=date(2026, 6, 19))
    assert states(cast.course, MONDAY - timedelta(weeks=1), TODAY) == ["kept", "kept"]


def test_the_mentors_absence_excuses_nothing_and_is_named(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=MONDAY - timedelta(weeks=1), reason="sick")
    status = strips([cast.course], range(WEEK - 1, WEEK), TODAY)[cast.course.id][0]
    assert status.state == "missed"
    assert "mentoren er fraværende (syg)" in status.reason


def test_each_week_is_judged_by_the_rule_of_its_own_grant(cast: Cast) -> None:
    """Granted under LAB § 93 (contact every week in 2015), prolonged under a rule that leaves it to the agreement."""
    course = course_for(
        cast.karla, cast.fatima, cast.helle, start=date(2015, 6, 1), end=date(2016, 5, 29), rule="R3-01"
    )
    for start, end, rule in (
        (date(2015, 6, 1), date(2015, 11, 29), "R1-05"),
        (date(2015, 11, 30), course.end, "R3-01"),
    ):
        course.grants.create(
            decision=decision_for(cast.karla, cast.helle, course=course, state="decided"), start=start, end=end,
            minutes_per_week=60, rule=rule, obligation="must", target_group=course.target_group,
        )  # fmt: skip
    agree(course, "fortnight", 1)
    for day in (date(2015, 11, 16), date(2015, 11, 30), date(2015, 12, 14)):
        log_contact(
            course, key=new_key(), day=day, outcome="met", minutes=60, today=TODAY,
            by=cast.people[Role.COORDINATOR],
        )  # fmt: skip
    found = states(course, date(2015, 11, 16), date(2015, 12, 14))
    assert found == ["kept", "missed", "kept", "kept", "kept"]
    overview = course_overview(course, TODAY)
    first = week_number(date(2015, 11, 16)) - overview.weeks[0].week
    assert [week.state for week in overview.weeks[first : first + 5]] == found
    for week, state in enumerate(found, start=week_number(date(2015, 11, 16))):
        line = corps_week(Course.objects.filter(pk=course.pk), week, TODAY).lines[0]
        assert line.status.state == state
    assert {rhythm.source for rhythm in overview.rhythms} == {"LAB § 93", "aftalen"}


def test_no_courses_or_no_weeks_need_no_query(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert strips([], range(WEEK, WEEK + 1), TODAY) == {}
        assert strips([cast.course], range(0), TODAY) == {}


def test_strips_take_five_queries_for_any_number_of_courses(cast: Cast, django_assert_num_queries) -> None:
    crowd(cast, 12)
    for courses in (list(Course.objects.all()[:1]), list(Course.objects.all())):
        with django_assert_num_queries(5):
            strips(courses, range(WEEK - 25, WEEK + 1), TODAY)


def test_a_corps_week_takes_seven_queries_for_any_number_of_courses_and_one_for_rare_rhythms(
    cast: Cast, django_assert_num_queries
) -> None:
    crowd(cast, 12)
    for courses in (Course.objects.filter(pk=cast.course.pk), Course.objects.all()):
        with django_assert_num_queries(7):
            corps_week(courses, WEEK, TODAY)
    agree(cast.course, "fortnight", 1)
    with django_assert_num_queries(8):
        corps_week(Course.objects.all(), WEEK, TODAY)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plan")
@pytest.mark.parametrize("keys", ["list", "query"])
def test_held_contacts_are_read_through_their_index_and_not_from_history(cast: Cast, keys: str) -> None:
    asked = [cast.course.id] if keys == "list" else Course.objects.filter(ended_on__isnull=True).values("id")
    plan = held_rows(asked, range(WEEK - 25, WEEK + 1)).values_list("course_id", "day", "minutes").explain()
    contact = next(line for line in plan.splitlines() if "followup_contact" in line)
    assert "SEARCH followup_contact USING INDEX held_weeks (course_id=? AND week>? AND week<?)" in contact


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plan")
def test_the_corps_finds_first_meetings_through_the_same_index(cast: Cast) -> None:
    plan = first_meeting_rows(Course.objects.values("id"), range(WEEK - 2, WEEK + 1)).explain()
    contact = next(line for line in plan.splitlines() if "followup_contact" in line)
    assert "SEARCH followup_contact USING INDEX held_weeks (course_id=? AND week>? AND week<?)" in contact
    assert "TEMP B-TREE" not in plan


def test_the_next_appointment_is_the_first_that_is_still_to_come(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]

    def coming() -> date | None:
        found = next_appointments([cast.course.id], TODAY).get(cast.course.id)
        return found and found.day

    assert coming() is None
    today = book_appointment(cast.course, day=TODAY, start=time(13), place="", today=TODAY, by=bodil)
    assert coming() == TODAY
    meet(cast.course, TODAY, bodil, "attempt")
    assert coming() == TODAY, "an attempt to agree on a time is not the meeting"
    no_show = meet(cast.course, TODAY, bodil, "no_show")
    assert coming() is None, "a meeting that failed is not to come"
    retract_contact(no_show, key=new_key(), by=bodil)
    assert coming() == TODAY
    cancel_appointment(today, by=bodil)
    assert coming() is None
    book_appointment(cast.course, day=TODAY + timedelta(days=9), today=TODAY, by=bodil)
    assert coming() == TODAY + timedelta(days=9)
    assert next_appointments([cast.course.id], TODAY, TODAY + timedelta(days=8)) == {}


def test_an_appointment_that_nobody_told_of_is_forgotten_until_it_is_logged(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    yesterday, first = TODAY - timedelta(days=1), TODAY - timedelta(days=7)
    appointment = book_appointment(cast.course, day=yesterday, today=yesterday, by=bodil)
    assert forgotten_appointments([cast.course.id], first, TODAY) == [appointment]
    assert forgotten_appointments([cast.course.id], TODAY, TODAY) == []
    assert forgotten_appointments([cast.course.id], first, yesterday) == []
    meet(cast.course, yesterday, bodil)
    assert forgotten_appointments([cast.course.id], first, TODAY) == []


def test_a_new_appointment_takes_the_place_of_the_one_not_held(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    book_appointment(cast.course, day=TODAY + timedelta(days=2), today=TODAY, by=bodil)
    book_appointment(cast.course, day=TODAY + timedelta(days=5), today=TODAY, by=bodil)
    assert [a.day for a in cast.course.appointments.filter(cancelled=False)] == [TODAY + timedelta(days=5)]


def test_the_figures_add_up_and_the_longest_unseen_comes_first(cast: Cast) -> None:
    bodil = cast.people[Role.COORDINATOR]
    met, away, agreed, old, new = crowd(cast, 5)
    meet(met, TODAY, bodil)
    record_absence(away, first=MONDAY, last=None, reason="admitted", note="", by=bodil)
    book_appointment(agreed, day=TODAY + timedelta(days=1), today=TODAY, by=bodil)
    meet(old, MONDAY - timedelta(weeks=2), bodil)
    meet(new, MONDAY - timedelta(days=1), bodil)
    soon = course_for(
        citizen("Ida", "Prøve", "0606779990", cast.unit), cast.fatima, cast.helle, start=TODAY, end=TODAY
    )
    keys = [course.id for course in (met, away, agreed, old, new, soon)]
    week = corps_week(Course.objects.filter(id__in=keys), WEEK, TODAY)
    figures = week.figures()
    assert figures.running == 6
    assert (figures.week.kept, figures.week.excused, figures.week.missed) == (1, 1, 0)
    assert (figures.open_with_appointment, figures.open_without_appointment, figures.nothing_due) == (1, 2, 1)
    assert str(figures.percent) == "25.0", "1 of 4 that are due, excused ones aside"
    assert [line.id for line in week.unmet()] == [old.id, new.id]
    assert [line.id for line in week.lines if week.expires_soon(line)] == [soon.id]
    assert week.chosen(lambda line: line.id == met.id).figures().running == 1


def test_the_week_before_is_seen_as_it_stood_on_the_same_weekday(cast: Cast) -> None:
    early, late = crowd(cast, 2)
    bodil = cast.people[Role.COORDINATOR]
    meet(early, TODAY - timedelta(weeks=1), bodil)
    meet(late, TODAY - timedelta(days=6), bodil)
    both = Course.objects.filter(id__in=[early.id, late.id])
    assert str(corps_week(both, WEEK, TODAY).figures().percent_before) == "50.0"
    assert str(corps_week(both, WEEK, TODAY + timedelta(days=1)).figures().percent_before) == "100.0"


def test_two_missed_weeks_in_a_row_are_found_until_they_meet_again(cast: Cast) -> None:
    twice, once, again = crowd(cast, 3)
    bodil = cast.people[Role.COORDINATOR]
    meet(twice, MONDAY - timedelta(weeks=3), bodil)
    meet(once, MONDAY - timedelta(weeks=2), bodil)
    meet(again, MONDAY, bodil)
    week = corps_week(Course.objects.filter(id__in=[twice.id, once.id, again.id]), WEEK, TODAY)
    assert [line.id for line in week.lines if line.missed_twice] == [twice.id]


def test_a_closed_week_shows_the_courses_that_ran_in_it(cast: Cast) -> None:
    cast.course.ended_on, cast.course.end_reason = MONDAY - timedelta(days=3), "moved"
    cast.course.save()
    only = Course.objects.filter(pk=cast.course.pk)
    assert corps_week(only, WEEK, TODAY).lines == []
    assert [line.status.state for line in corps_week(only, WEEK - 1, TODAY).lines] == ["missed"]


DAYS = st.integers(0, 45)
LIVES = st.lists(
    st.fixed_dictionaries(
        {
            "started": st.integers(0, 60),
            "left": st.integers(-3, 30),
            "ended": st.none() | st.integers(0, 20),
            "rhythm": st.sampled_from([None, None, ("week", 1), ("week", 2), ("fortnight", 1)]),
            "contacts": st.lists(st.tuples(DAYS, st.sampled_from(["met", "met", "no_show"])), max_size=8),
            "away": st.none() | st.tuples(DAYS, st.none() | st.integers(0, 20)),
            "appointment": st.none() | st.integers(0, 9),
        }
    ),
    min_size=1,
    max_size=5,
)


def live(cast: Cast, number: int, life) -> Course:
    """One course with a random past, written by the verbs."""
    bodil = cast.people[Role.COORDINATOR]
    start, end = (
        TODAY - timedelta(days=life["started"]),
        TODAY + timedelta(days=max(life["left"], -life["started"])),
    )
    course = course_for(
        citizen("Bo", "Prøve", f"05057{number:05}", cast.unit), cast.fatima, cast.helle, start=start, end=end
    )
    if life["rhythm"]:
        agree(course, *life["rhythm"])
    for days, outcome in life["contacts"]:
        if start <= TODAY - timedelta(days=days) <= end:
            meet(course, TODAY - timedelta(days=days), bodil, outcome)
    if life["away"] and start <= (first := TODAY - timedelta(days=life["away"][0])) <= end:
        last = None if life["away"][1] is None else first + timedelta(days=life["away"][1])
        record_absence(course, first=first, last=last, reason="sick", note="", by=bodil)
    if life["appointment"] is not None and TODAY + timedelta(days=life["appointment"]) <= end:
        book_appointment(course, day=TODAY + timedelta(days=life["appointment"]), today=TODAY, by=bodil)
    if life["ended"] is not None and life["ended"] <= life["started"]:
        course.ended_on, course.end_reason = TODAY - timedelta(days=life["ended"]), "moved"
        course.save()
    return course


def every_fact_of(course: Course) -> tuple:
    """What the duty should be told of a course, read row by row: each contact that stands, each absence."""
    contacts = [ContactFact(row.day, row.outcome, True) for row in course.contacts.filter(superseded=False)]
    agreement = course.agreements.first()
    agreed = (
        (AgreedRhythm(agreement.start, agreement.contact_every, agreement.contact_at_least),)
        if agreement
        else ()
    )
    absences = absence_facts(course.absences.all(), course.mentor.absences.all())
    return rhythms_of(course, agreed), span_of(course), contacts, absences


class ManyWeeks(TestCase):
    """The one pass over the corps says what each course's own strip says, and what its whole history says."""

    @settings(max_examples=25, deadline=None)
    @given(LIVES, st.integers(-3, 1))
    def test_agrees_with_each_strip_and_with_history(self, lives, shift) -> None:
        cast = set_the_stage()
        courses = [live(cast, number, life) for number, life in enumerate(lives)]
        week = WEEK + shift
        corps = corps_week(Course.objects.filter(id__in=[c.id for c in courses]), week, TODAY)
        lines = {line.id: line for line in corps.lines}
        shown = [course for course in courses if course.id in lines]
        own = strips(shown, range(week - 2, week + 1), TODAY)
        for course in shown:
            alone = strip(*every_fact_of(course), range(week - 2, week + 1), TODAY)
            assert [s.state for s in own[course.id]] == [s.state for s in alone]
            assert lines[course.id].status[:3] == own[course.id][-1][:3]
            twice = alone[-1].state != "kept" and [s.state for s in alone[:2]] == ["missed", "missed"]
            assert lines[course.id].missed_twice == twice
        figures = corps.figures()
        assert figures.week == compliance(own[course.id][-1] for course in shown)
        assert figures.running == sum(figures.week[:4]) + figures.nothing_due
        assert figures.week.open == figures.open_with_appointment + figures.open_without_appointment
        for course in set(courses) - set(shown):
            alone = strip(*every_fact_of(course), range(week, week + 1), TODAY)
            ended_in_open_week = course.ended_on is not None and shift >= 0
            assert alone[0].state == "outside" or ended_in_open_week, "what is left out owes nothing"

    @settings(max_examples=20, deadline=None)
    @given(LIVES, st.integers(-6, 2), st.integers(1, 8))
    def test_added_up_are_those_of_every_course_alone(self, lives, shift, length) -> None:
        cast = set_the_stage()
        courses = [live(cast, number, life) for number, life in enumerate(lives)]
        weeks = range(WEEK + shift - length + 1, WEEK + shift + 1)
        found = grouped_weeks(Course.objects.filter(id__in=[c.id for c in courses]), weeks, TODAY, "mentor")
        alone = [strip(*every_fact_of(course), weeks, TODAY) for course in courses]
        assert found.whole.weeks == tuple(compliance(column) for column in zip(*alone, strict=True))
        assert found.whole.total == compliance(status for each in alone for status in each)
