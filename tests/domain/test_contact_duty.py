"""The contact duty: short weeks, shifts of rhythm, absences, and properties that hold for any course."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain.contact_duty import (
    Absence,
    Contact,
    Rhythm,
    Span,
    WeekStatus,
    assess,
    compliance,
    strip,
)
from mentorkorps.domain.dates import week_number

WEEKLY = Rhythm("week", 1, date(2014, 1, 1), date(2015, 12, 31), "LAB § 93")
FORTNIGHTLY = Rhythm("fortnight", 1, date(2016, 1, 1), date(2019, 12, 31), "LAB § 93")
LAW = (WEEKLY, FORTNIGHTLY)
MONDAY = date(2015, 3, 2)
LATER = date(2020, 1, 1)
COURSE = Span(MONDAY, date(2015, 8, 30))


def met(*days: date) -> list[Contact]:
    return [Contact(day, "met", in_person=True) for day in days]


def week_of(day, contacts=(), *, span=COURSE, absences=(), today=LATER, rhythms=LAW) -> WeekStatus:
    return assess(rhythms, span, contacts, absences, week_number(day), today)


def test_a_week_with_a_meeting_is_kept_and_one_without_is_missed():
    assert week_of(MONDAY, met(MONDAY + timedelta(days=6)))[1:] == ("kept", "Kontakten i ugen er holdt.", 1)
    status = week_of(MONDAY, met(MONDAY + timedelta(days=7)))
    assert (status.state, status.contacts) == ("missed", 0)
    assert "Mindst én kontakt om ugen blev ikke holdt" in status.reason


@pytest.mark.parametrize("kind", ["no_show", "attempt", "cancelled"])
def test_what_is_no_meeting_does_not_count_and_the_reason_says_so(kind):
    status = week_of(MONDAY, [Contact(MONDAY, kind, in_person=True)])
    assert (status.state, status.contacts) == ("missed", 0)
    assert "forsøg, udeblivelser og aflysninger tæller ikke" in status.reason


def test_a_telephone_call_counts_only_with_a_reason():
    call = Contact(MONDAY, "met", in_person=False)
    assert week_of(MONDAY, [call]).state == "missed"
    assert "kun med en begrundelse" in week_of(MONDAY, [call]).reason
    assert week_of(MONDAY, [replace(call, reason="  ")]).state == "missed"
    assert week_of(MONDAY, [replace(call, reason="Borgeren er indlagt i Aarhus")]).state == "kept"


@pytest.mark.parametrize(
    ("start", "state"),
    [
        (date(2015, 3, 4), "missed"),  # Wednesday: three of five weekdays are in the course
        (date(2015, 3, 5), "outside"),
        (date(2015, 3, 6), "outside"),
        (date(2015, 3, 8), "outside"),
    ],
)
def test_a_short_first_week_is_due_while_three_weekdays_remain(start, state):
    assert week_of(MONDAY, span=Span(start, COURSE.end)).state == state


@pytest.mark.parametrize(
    ("end", "state"),
    [(date(2015, 3, 3), "outside"), (date(2015, 3, 4), "missed"), (date(2015, 3, 6), "missed")],
)
def test_a_short_last_week_is_due_while_three_weekdays_remain(end, state):
    assert week_of(MONDAY, span=Span(date(2015, 2, 2), end)).state == state


def test_a_contact_in_a_short_week_is_counted_but_decides_nothing():
    friday = date(2015, 3, 6)
    status = week_of(MONDAY, met(friday), span=Span(friday, COURSE.end))
    assert (status.state, status.contacts) == ("outside", 1)


def test_contacts_outside_the_course_do_not_keep_it():
    wednesday = date(2015, 3, 4)
    status = week_of(MONDAY, met(MONDAY), span=Span(wednesday, COURSE.end))
    assert (status.state, status.contacts) == ("missed", 0)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2015, 3, 1), "future"),
        (date(2015, 3, 2), "open"),
        (date(2015, 3, 8), "open"),
        (date(2015, 3, 9), "missed"),
    ],
)
def test_a_week_is_open_until_its_sunday_is_over(today, state):
    status = week_of(MONDAY, today=today)
    assert status.state == state
    if state == "open":
        assert "fristen er 8.\u00a0mar.\u00a02015" in status.reason


def test_a_contact_dated_after_today_is_not_counted():
    assert week_of(MONDAY, met(date(2015, 3, 6)), today=date(2015, 3, 5))[1::2] == ("open", 0)


def test_a_week_outside_the_course_stays_outside_whatever_the_date():
    assert week_of(date(2016, 2, 1), today=date(2015, 3, 2)).state == "outside"
    assert "uden for forløbet" in week_of(date(2014, 2, 1)).reason


def test_weeks_without_any_duty_are_outside_and_say_so():
    status = week_of(MONDAY, met(MONDAY), rhythms=())
    assert (status.state, status.reason) == ("outside", "Der gælder ingen kontaktpligt i ugen.")


# Fortnights: any 14 days that lie inside the course, judged in the week in which they end.
AUTUMN = Span(date(2016, 2, 1), date(2016, 7, 31))
FIRST = AUTUMN.start


def fortnight_states(contacts, weeks=6, **kwargs):
    first = week_number(FIRST)
    found = strip(LAW, AUTUMN, contacts, kwargs.get("absences", ()), range(first, first + weeks), LATER)
    return [status.state for status in found]


def test_no_fortnight_ends_before_the_second_sunday_of_a_course():
    assert fortnight_states([], 3) == ["outside", "missed", "missed"]
    assert fortnight_states(met(FIRST), 2) == ["outside", "kept"]


def test_a_meeting_every_fourteenth_day_keeps_every_week_and_one_day_later_does_not():
    exact = [FIRST + timedelta(days=13 + 14 * i) for i in range(3)]
    assert fortnight_states(met(*exact)) == ["outside", "kept", "kept", "kept", "kept", "kept"]
    late = [FIRST, FIRST + timedelta(days=15)]  # days 2 to 15 of the course are empty
    status = strip(LAW, AUTUMN, met(*late), (), range(week_number(FIRST) + 2, week_number(FIRST) + 3), LATER)[
        0
    ]
    assert status.state == "missed"
    assert "fra 2.\u00a0feb.\u00a02016 til 15.\u00a0feb.\u00a02016" in status.reason


def test_an_open_fortnight_names_the_day_on_which_it_runs_out():
    today = FIRST + timedelta(days=15)
    week = week_number(FIRST) + 2
    (status,) = strip(LAW, AUTUMN, met(FIRST + timedelta(days=5)), (), range(week, week + 1), today)
    assert (status.state, "fristen er 20.\u00a0feb.\u00a02016" in status.reason) == ("open", True)


def test_the_duty_shifts_on_the_day_the_law_does():
    """1 January 2016 is a Friday: the weekly duty has four days of its last week, then fortnights begin."""
    span = Span(date(2015, 12, 7), date(2016, 3, 6))
    last_weekly, next_week, first_fortnight = date(2015, 12, 28), date(2016, 1, 4), date(2016, 1, 11)
    assert week_of(last_weekly, met(date(2015, 12, 31)), span=span).state == "kept"
    assert week_of(last_weekly, met(date(2016, 1, 1)), span=span)[1::2] == ("missed", 1)
    assert week_of(next_week, span=span).state == "outside"
    assert "for få dage" in week_of(next_week, span=span).reason
    early = week_of(first_fortnight, met(date(2015, 12, 31)), span=span)
    assert (early.state, "14.\u00a0jan.\u00a02016" in early.reason) == ("missed", True)
    assert week_of(first_fortnight, met(date(2016, 1, 1), date(2016, 1, 14)), span=span).state == "kept"


def test_an_agreement_may_demand_more_than_the_law():
    agreed = (*LAW, Rhythm("week", 2, MONDAY, COURSE.end, "aftale af 2. marts 2015"))
    once = week_of(MONDAY, met(MONDAY), rhythms=agreed)
    assert (once.state, "Mindst 2 kontakter om ugen" in once.reason) == ("missed", True)
    assert week_of(MONDAY, met(MONDAY, MONDAY), rhythms=agreed).state == "kept"


def away(first: int, last: int | None, whose="citizen", reason="indlagt") -> Absence:
    return Absence(
        MONDAY + timedelta(days=first), None if last is None else MONDAY + timedelta(days=last), reason, whose
    )


@pytest.mark.parametrize(
    ("absence", "state"),
    [
        (away(0, 6), "excused"),
        (away(-30, None), "excused"),
        (away(2, 6), "excused"),  # Monday and Tuesday are fewer than half of the weekdays
        (away(0, 2), "excused"),
        (away(3, 6), "missed"),  # Monday to Wednesday were free
        (away(0, 1), "missed"),
        (away(5, 6), "missed"),  # a weekend
        (away(-30, -1), "missed"),
        (away(7, None), "missed"),
    ],
)
def test_an_absence_excuses_when_fewer_than_half_of_the_weekdays_are_left(absence, state):
    status = week_of(MONDAY, absences=[absence])
    assert status.state == state
    if state == "excused":
        assert status.reason == "Borgeren er fraværende: indlagt."


def test_a_meeting_in_spite_of_the_absence_keeps_the_week():
    assert week_of(MONDAY, met(MONDAY), absences=[away(0, 6)]).state == "kept"


def test_absence_that_leaves_one_free_fortnight_behind_a_return():
    """Back on a Monday, the citizen is to be met by Friday: then five weekdays of the 14 days were free."""
    four_weeks = Absence(FIRST, FIRST + timedelta(days=27), "ferie", "citizen")
    back = FIRST + timedelta(days=28)
    states = fortnight_states([], absences=[four_weeks])
    assert states == ["outside", "excused", "excused", "excused", "missed", "missed"]
    by_friday = fortnight_states(met(back + timedelta(days=4)), absences=[four_weeks])
    assert by_friday[4] == "kept"
    alone = week_of(back, met(back + timedelta(days=4)), span=AUTUMN, absences=[four_weeks])
    assert alone.state == "kept"
    assert fortnight_states(met(back + timedelta(days=5)), absences=[four_weeks])[4] == "missed"


def test_the_mentors_absence_excuses_nothing_but_is_named():
    status = week_of(MONDAY, absences=[away(0, 6, "mentor", "syg")])
    assert status.state == "missed"
    assert "mentoren er fraværende (syg), men pligten er kommunens" in status.reason
    both = week_of(MONDAY, absences=[away(0, 6, "mentor", "syg"), away(0, 6)])
    assert (both.state, both.reason) == ("excused", "Borgeren er fraværende: indlagt.")
    assert "årsag ikke oplyst" in week_of(MONDAY, absences=[away(0, 6, "mentor", "")]).reason


def test_the_two_parties_absences_are_never_added_together():
    mixed = [away(0, 1), away(2, 4, "mentor", "syg")]
    assert week_of(MONDAY, absences=mixed).state == "missed"


@pytest.mark.parametrize(
    ("states", "percent"),
    [
        ([], None),
        (["excused", "open", "future", "outside"], None),
        (["kept"], Decimal("100.0")),
        (["kept", "kept", "missed", "excused", "open"], Decimal("66.7")),
        (["missed"], Decimal("0.0")),
    ],
)
def test_compliance_is_kept_of_what_was_due(states, percent):
    found = compliance(WeekStatus(0, state, "", 0) for state in states)
    assert found.percent == percent
    assert found[:4] == tuple(states.count(state) for state in ("kept", "missed", "excused", "open"))


def test_impossible_duties_and_courses_are_refused():
    with pytest.raises(ValueError, match="at least one contact"):
        Rhythm("week", 0, MONDAY, None, "")
    with pytest.raises(ValueError, match="does not end"):
        Span(MONDAY, MONDAY - timedelta(days=1))


# Any course around the shift of 2015 to 2016.
days = st.integers(0, 120).map(lambda n: date(2015, 11, 2) + timedelta(days=n))
rhythms = st.lists(
    st.builds(
        Rhythm,
        st.sampled_from(["week", "fortnight"]),
        st.integers(1, 2),
        days,
        st.none() | days,
        st.just("aftale"),
    ),
    max_size=2,
).map(tuple) | st.just(LAW)
spans = st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair)))
contacts = st.lists(
    st.builds(
        Contact, days, st.sampled_from(["met", "met", "no_show"]), st.booleans(), st.sampled_from(["", "x"])
    ),
    max_size=12,
)
absences = st.lists(
    st.builds(Absence, days, st.none() | days, st.just("x"), st.sampled_from(["citizen", "mentor"])),
    max_size=3,
)
courses = st.tuples(rhythms, spans, contacts, absences)
WEEKS = range(week_number(date(2015, 10, 19)), week_number(date(2016, 3, 14)))
ORDER = ["missed", "open", "excused", "kept"]


def slow_state(rhythms, span, contacts, absences, week, today) -> str | None:
    """The rules once more, day by day; None when nothing is due."""
    monday = date(1970, 1, 5) + timedelta(weeks=week)
    week_days = [monday + timedelta(days=n) for n in range(7)]
    found = []
    for rhythm in rhythms:
        inside = [
            day
            for n in range(-14, 7)
            if span.start <= (day := monday + timedelta(days=n)) <= span.end
            and rhythm.valid_from <= day <= (rhythm.valid_to or date.max)
        ]
        if rhythm.every == "week":
            periods, whole = [[day for day in inside if day in week_days]], 5
        else:
            periods = [[end - timedelta(days=n) for n in range(14)] for end in week_days]
            periods, whole = [period for period in periods if set(period) <= set(inside)], 10
        for period in periods:
            working = [day for day in period if day.weekday() < 5]
            if 2 * len(working) < whole:
                continue
            there = [
                day
                for day in working
                if not any(a.whose == "citizen" and a.first <= day <= (a.last or date.max) for a in absences)
            ]
            meetings = sum(c.counts and c.day in period and c.day <= today for c in contacts)
            if meetings >= rhythm.at_least:
                found.append("kept")
            elif 2 * len(there) < whole:
                found.append("excused")
            else:
                found.append("open" if max(period) >= today else "missed")
    return min(found, key=["missed", "open", "kept", "excused"].index) if found else None


@settings(max_examples=150, deadline=None)
@given(courses, days)
def test_the_running_totals_agree_with_counting_day_by_day(course, today):
    for status in strip(*course, WEEKS, today):
        monday = date(1970, 1, 5) + timedelta(weeks=status.week)
        expected = slow_state(*course, status.week, today)
        if expected is not None and monday > today:
            expected = "future"
        assert status.state == (expected or "outside")
        assert status.reason.endswith(".")


@settings(max_examples=80, deadline=None)
@given(courses, days)
def test_a_strip_is_its_weeks_assessed_one_by_one(course, today):
    assert strip(*course, WEEKS, today) == tuple(assess(*course, week, today) for week in WEEKS)


@settings(max_examples=150, deadline=None)
@given(courses, days, days)
def test_one_meeting_more_never_makes_a_week_worse(course, day, today):
    rhythms, span, contacts, absences = course
    before = strip(*course, WEEKS, today)
    after = strip(rhythms, span, [*contacts, *met(day)], absences, WEEKS, today)
    for old, new in zip(before, after, strict=True):
        if old.state in ORDER:
            assert ORDER.index(new.state) >= ORDER.index(old.state)
        else:
            assert new.state == old.state
        assert new.contacts >= old.contacts


@settings(max_examples=80, deadline=None)
@given(courses)
def test_when_a_course_is_over_nothing_is_open_or_future(course):
    assert {status.state for status in strip(*course, WEEKS, LATER)} <= {
        "kept",
        "missed",
        "excused",
        "outside",
    }
