"""Weeks against a slow, obvious reference that walks day by day, and what must not matter: order, and a detour.

The reference reads the law's rows and the contacts themselves; it shares no code with what it checks.
"""

import uuid
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Absence, Contact, strip
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.actions import correct_contact, log_contact, record_absence, retract_contact
from mentorkorps.followup.facts import AgreedRhythm, OtherRule, rhythms_of, span_of
from mentorkorps.followup.queries import strips
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, course_for, set_the_stage
from tests.web.stage import decision_for

START, END = date(2015, 10, 5), date(2016, 3, 6)
LENGTH = (END - START).days
GRAVEST = ("missed", "open", "kept", "excused")
# Rule -> (from, to, every how many days, contacts): LAB § 93 before and after 1 January 2016; R3-01 asks nothing.
ASKED = {
    "R1-05": [
        (date(2014, 1, 1), date(2015, 12, 31), 7, 1),
        (date(2016, 1, 1), date(2019, 12, 31), 14, 1),
    ],
    "R3-01": [],
}
OWN = (7, 1)

in_course = st.integers(0, LENGTH).map(lambda n: START + timedelta(days=n))
kinds = st.sampled_from(["met", "met", "met", "no_show", "attempt"])
aways = st.tuples(in_course, st.integers(0, 40))
agreements = st.lists(
    st.tuples(in_course, st.sampled_from(["week", "fortnight"]), st.integers(1, 2)),
    max_size=2,
    unique_by=lambda agreement: agreement[0],
)
prolonged = st.none() | st.tuples(in_course, st.sampled_from(["R1-05", "R3-01"]))


def rule_on(day: date, rule: str, later: tuple[date, str] | None) -> str:
    """The rule that a day rests on: that of the first grant, or of the one that followed it."""
    return later[1] if later is not None and day >= later[0] else rule


def stretches(days: list[date], asked: Any) -> list[tuple[Any, list[date]]]:
    """Runs of days on which the same thing is asked, as (what, days); days on which nothing is asked are left out."""
    found: list[tuple[Any, list[date]]] = []
    for day in days:
        what = asked(day)
        if found and found[-1][0] == what:
            found[-1][1].append(day)
        else:
            found.append((what, [day]))
    return [(what, run) for what, run in found if what is not None]


def duties(rule: str, later: Any, agreed: list[Any]) -> list[tuple[int, int, list[date]]]:
    """Everything that is owed, as (7 or 14 days, contacts, the run of days on which it is)."""
    days = [START + timedelta(days=n) for n in range(LENGTH + 1)]

    def legal(day: date) -> Any:
        on = rule_on(day, rule, later)
        rows = [row for row in ASKED[on] if row[0] <= day <= row[1]]
        return (on, *rows[0][2:]) if rows else None

    def promised(day: date) -> Any:
        begun = [a for a in sorted(agreed) if a[0] <= day] or sorted(agreed)[:1]
        return (begun[-1][0], 7 if begun[-1][1] == "week" else 14, begun[-1][2])

    def own(day: date) -> Any:
        return ("own", *OWN) if legal(day) is None else None

    return [
        (every, least, run)
        for (_, every, least), run in stretches(days, legal) + stretches(days, promised if agreed else own)
    ]


def slow_week(monday: date, owed: Any, met: list[date], away: Any, today: date) -> str:
    """One week, by walking through every period that ends in it."""
    week = [monday + timedelta(days=n) for n in range(7)]
    if not any(START <= day <= END for day in week):
        return "outside"
    found = []
    for every, least, run in owed:
        if every == 7:
            periods = [[day for day in week if day in run]]
        else:
            periods = [[end - timedelta(days=n) for n in range(14)] for end in week]
            periods = [period for period in periods if all(day in run for day in period)]
        for period in periods:
            weekdays = [day for day in period if day.weekday() < 5]
            enough = 3 if every == 7 else 5
            if len(weekdays) < enough:
                continue
            there = [d for d in weekdays if not any(first <= d <= last for first, last in away)]
            if sum(day in period and day <= today for day in met) >= least:
                found.append("kept")
            elif len(there) < enough:
                found.append("excused")
            else:
                found.append("missed" if max(period) < today else "open")
    if not found:
        return "outside"
    return "future" if monday > today else min(found, key=GRAVEST.index)


def mondays() -> list[date]:
    first = START - timedelta(days=START.weekday())
    return [first + timedelta(weeks=n) for n in range((END - first).days // 7 + 1)]


WEEKS = range(week_number(START), week_number(END) + 1)


class Plain:
    """A course as the duty sees it, under the rule of its newest grant that has begun."""

    def __init__(self, rule: str) -> None:
        self.start, self.end, self.ended_on, self.rule, self.citation = START, END, None, rule, "LAB § 93"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(in_course, max_size=24),
    st.lists(aways, max_size=2),
    agreements,
    prolonged,
    st.integers(0, LENGTH + 30),
)
def test_weeks_are_those_of_walking_day_by_day(met, away, agreed, later, passed) -> None:
    """Rhythms shift with the law, with the grant and with the agreement; the citizen comes and goes."""
    today = START + timedelta(days=passed)
    rhythms = rhythms_of(
        Plain(later[1] if later else "R1-05"),
        tuple(AgreedRhythm(*one) for one in sorted(agreed)),
        (OtherRule(START, later[0] - timedelta(days=1), "R1-05"),)
        if later and later[0] > START and later[1] != "R1-05"
        else (),
    )
    absences = [(first, first + timedelta(days=long)) for first, long in away]
    facts = [Absence(first, last, "syg", "citizen") for first, last in absences]
    contacts = [Contact(day, "met", True) for day in met]
    found = strip(rhythms, span_of(Plain("R1-05")), contacts, facts, WEEKS, today)
    owed = duties("R1-05", later if later and later[1] != "R1-05" else None, agreed)
    expected = [slow_week(monday, owed, met, absences, today) for monday in mondays()]
    assert [status.state for status in found] == expected


def a_course(cast: Cast, later: tuple[date, str] | None) -> Course:
    """A course of 2015 and 2016, prolonged under another rule where `later` says so."""
    newest = later[1] if later else "R1-05"
    course = course_for(
        cast.karla, cast.fatima, cast.helle, start=START, end=END, rule=newest, citation="LAB § 93"
    )
    parts = [(START, END, "R1-05")]
    if later and later[0] > START:
        parts = [(START, later[0] - timedelta(days=1), "R1-05"), (later[0], END, later[1])]
    elif later:
        parts = [(START, END, later[1])]
    for start, end, rule in parts:
        course.grants.create(
            decision=decision_for(cast.karla, cast.helle, course=course, state="decided"), start=start, end=end,
            minutes_per_week=60, rule=rule, obligation="must", target_group=course.target_group,
        )  # fmt: skip
    return course


def states(course: Course) -> list[str]:
    return [status.state for status in strips([course], WEEKS, TODAY)[course.id]]


def tally(course: Course) -> tuple[Any, ...]:
    course.tally.refresh_from_db()
    return course.tally.delivered_minutes, course.tally.held, course.tally.last_met_on


entries = st.lists(st.tuples(in_course, kinds, st.integers(10, 90)), min_size=1, max_size=8)


class Written(TestCase):
    """The same with the rows of the database, through the verbs that write them."""

    def log(self, course: Course, entry: tuple[date, str, int], by: Any) -> Any:
        day, kind, minutes = entry
        return log_contact(
            course, key=uuid.uuid4(), day=day, outcome=kind, minutes=minutes, today=TODAY, by=by
        )

    @settings(max_examples=8, deadline=None)
    @given(entries, st.lists(aways, max_size=1), prolonged, st.data())
    def test_rows_are_judged_as_by_walking_in_any_order_of_arrival(self, made, away, later, data) -> None:
        cast = set_the_stage()
        by = cast.people[Role.COORDINATOR]
        found = []
        for arrived in (made, data.draw(st.permutations(made))):
            course = a_course(cast, later)
            for first, long in away:
                last = min(first + timedelta(days=long), END)
                record_absence(course, first=first, last=last, reason="sick", note="", by=by)
            for entry in arrived:
                self.log(course, entry, by)
            found.append((states(course), tally(course)))
        assert found[0] == found[1]
        owed = duties("R1-05", later, [])
        met = [day for day, kind, _ in made if kind == "met"]
        absences = [(first, min(first + timedelta(days=long), END)) for first, long in away]
        assert found[0][0] == [slow_week(monday, owed, met, absences, TODAY) for monday in mondays()]
        assert found[0][1][:2] == (sum(m for _, kind, m in made if kind == "met"), len(met))

    @settings(max_examples=8, deadline=None)
    @given(entries, in_course, kinds, st.data())
    def test_a_correction_and_back_again_leads_to_the_start(self, made, day, kind, data) -> None:
        cast = set_the_stage()
        by = cast.people[Role.COORDINATOR]
        course = a_course(cast, None)
        rows = [self.log(course, entry, by) for entry in made]
        before = states(course), tally(course)
        row = data.draw(st.sampled_from(rows))
        said = {"day": row.day, "outcome": row.outcome, "minutes": row.minutes, "note": ""}
        other = {"day": day, "outcome": kind, "minutes": 30, "note": "En anden dag"}
        wrong = correct_contact(row, key=uuid.uuid4(), today=TODAY, by=by, **other)
        correct_contact(wrong, key=uuid.uuid4(), today=TODAY, by=by, **said)
        assert (states(course), tally(course)) == before
        extra = self.log(course, (day, "met", 45), by)
        retract_contact(extra, key=uuid.uuid4(), by=by)
        assert (states(course), tally(course)) == before
