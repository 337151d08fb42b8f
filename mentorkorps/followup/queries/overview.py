"""Everything that the page of one course shows, in a fixed number of queries whatever history lies behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from mentorkorps.cases.models import (
    Agreement,
    Course,
    Decision,
    Grant,
    MentorAssignment,
    Referral,
    Task,
    Visitation,
)
from mentorkorps.domain.contact_duty import Compliance, Rhythm, WeekStatus, compliance, strip
from mentorkorps.domain.contact_duty import Contact as ContactFact
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.facts import OtherRule, absence_facts, rhythms_of, span_of
from mentorkorps.followup.models import Appointment, CitizenAbsence, Contact, FollowUp, StatusReport
from mentorkorps.followup.queries.weeks import agreed_of, next_appointments
from mentorkorps.municipality.models import MentorAbsence

NEWEST = 5  # contacts on the page; the rest have a page of their own
Outcome = Contact.Outcome


class Line(NamedTuple):
    """The columns of a contact that weeks and hours are counted from."""

    day: date
    outcome: str
    how: str
    reason: str
    minutes: int
    transport: int
    preparation: int


@dataclass(frozen=True)
class Hours:
    """Minutes of the course until and with this week, and the weeks begun. `level` None: no level for some of it."""

    weeks: int
    delivered: int
    granted: int
    level: int | None
    transport: int
    preparation: int

    def weekly(self, minutes: int | None) -> int | None:
        """Minutes a week, rounded; None before the first week, or of what is unknown."""
        return None if minutes is None or not self.weeks else round(minutes / self.weeks)


@dataclass(frozen=True)
class Contacts:
    """The newest contacts that count or were tried, and how many there are in all."""

    newest: list[Contact]
    total: int


@dataclass(frozen=True)
class Papers:
    """What the course rests on: grants, agreements (newest first), the referral, and an assessment under way."""

    grants: list[Grant]
    agreements: list[Agreement]
    referral: Referral | None
    reassessment: Visitation | None

    @property
    def signed(self) -> Agreement | None:
        """The agreement that was signed last."""
        return next((each for each in self.agreements if each.signed_on), None)

    @property
    def draft(self) -> Agreement | None:
        """The agreement that waits for a signature."""
        return next((each for each in self.agreements if not each.signed_on), None)


@dataclass(frozen=True)
class Overview:
    """A course as it stands on a day."""

    course: Course
    today: date
    papers: Papers
    assignments: list[MentorAssignment]
    tasks: list[Task]
    rhythms: tuple[Rhythm, ...]
    weeks: tuple[WeekStatus, ...]
    hours: Hours
    contacts: Contacts
    absences: list[CitizenAbsence]
    mentor_absence: MentorAbsence | None
    appointment: Appointment | None
    statuses: list[StatusReport]
    follow_ups: list[FollowUp]

    @property
    def grant(self) -> Grant | None:
        """The grant in force, or the one that comes or went nearest."""
        grants = self.papers.grants
        now = [g for g in grants if g.start <= self.today <= g.end]
        return (now or [g for g in grants if g.start > self.today] or grants[-1:] or [None])[0]

    @property
    def substitute(self) -> MentorAssignment | None:
        """Who stands in today or later."""
        return next((each for each in self.assignments if _stands_in(each, self.today)), None)

    @property
    def status(self) -> StatusReport | None:
        """The status for the grant that runs out next."""
        return next((each for each in self.statuses if each.grant_end == self.course.end), None)

    @property
    def kept(self) -> Compliance:
        """The weeks by state."""
        return compliance(self.weeks)


def course_overview(course: Course, today: date) -> Overview:
    """The course with all that hangs on it. Fourteen queries, and one more when it has ended."""
    lines = contact_lines(course)
    agreements = list(
        course.agreements.select_related("mentor").defer("document").order_by("-drafted_on", "-signed_on")
    )
    papers = Papers(grants_of(course), agreements, _referral(course), _reassessment(course))
    absences = list(course.absences.all())
    mentor_absences = list(MentorAbsence.objects.filter(mentor=course.mentor_id)) if course.mentor_id else []
    signed = (
        (course.id, a.start, a.contact_every, a.contact_at_least, a.signed_on)
        for a in agreements
        if a.signed_on
    )
    others = tuple(OtherRule(g.start, g.end, g.rule) for g in papers.grants if g.rule != course.rule)
    rhythms = rhythms_of(course, agreed_of(signed).get(course.id, ()), others)
    return Overview(
        course=course,
        today=today,
        papers=papers,
        assignments=list(course.assignments.select_related("mentor", "assigned_by")),
        tasks=list(course.tasks.all()),
        rhythms=rhythms,
        weeks=_weeks(course, rhythms, lines, absence_facts(absences, mentor_absences), today),
        hours=hours_of(course, papers.grants, lines, today),
        contacts=Contacts(_newest(course), len(lines)),
        absences=absences,
        mentor_absence=next((away for away in mentor_absences if _covers(away, today)), None),
        appointment=next_appointments([course.id], today).get(course.id),
        statuses=list(course.status_reports.select_related("written_by")),
        follow_ups=list(course.follow_ups.all()) if course.ended_on else [],
    )


def grants_of(course: Course) -> list[Grant]:
    """The grants in order of time with the decisions behind them, without the letters' own words."""
    heavy = ("decision__letter", "decision__facts", "decision__answer")
    return list(course.grants.select_related("decision", "level_row").defer(*heavy))


def contact_lines(course: Course) -> list[Line]:
    """The contacts of a course that stand, in order of time."""
    rows = course.contacts.filter(superseded=False).exclude(outcome=Outcome.RETRACTED).order_by("day")
    columns = (
        "day",
        "outcome",
        "how",
        "not_in_person_reason",
        "minutes",
        "transport_minutes",
        "preparation_minutes",
    )
    return [Line._make(row) for row in rows.values_list(*columns)]


def course_weeks(course: Course) -> range:
    """The weeks from the first day of a course to its last, or to the day it was ended."""
    span = span_of(course)
    return range(week_number(span.start), week_number(span.end) + 1)


def hours_of(course: Course, grants: Sequence[Grant], lines: Iterable[Line], today: date) -> Hours:
    """What was delivered beside what was granted and what the level gives, week by week until this one."""
    lines = [line for line in lines if line.outcome == Outcome.MET and line.day <= today]
    begun = [week for week in course_weeks(course) if week <= week_number(today)]
    given = [grant for week in begun if (grant := _grant_of(grants, week))]
    levels = [grant.level_minutes for grant in given]
    return Hours(
        weeks=len(begun),
        delivered=sum(line.minutes for line in lines),
        granted=sum(grant.minutes_per_week for grant in given),
        level=sum(levels) if levels and None not in levels else None,
        transport=sum(line.transport for line in lines),
        preparation=sum(line.preparation for line in lines),
    )


def _grant_of(grants: Sequence[Grant], week: int) -> Grant | None:
    """The grant that a week counts under: where two meet in a week, the later one."""
    touching = [g for g in grants if week_number(g.start) <= week <= week_number(g.end)]
    return touching[-1] if touching else None


def _weeks(
    course: Course, rhythms: tuple[Rhythm, ...], lines: Iterable[Line], absences: list[Any], today: date
) -> tuple[WeekStatus, ...]:
    facts = (
        ContactFact(
            line.day,
            "cancelled" if line.outcome.startswith("cancelled") else line.outcome,
            line.how == Contact.How.IN_PERSON,
            line.reason,
        )
        for line in lines
    )
    return strip(rhythms, span_of(course), facts, absences, course_weeks(course), today)


def _newest(course: Course) -> list[Contact]:
    rows = course.contacts.filter(superseded=False).exclude(outcome=Outcome.RETRACTED)
    return list(rows.select_related("mentor", "corrects")[:NEWEST])


def _referral(course: Course) -> Referral | None:
    standing = Referral.objects.filter(citizen=course.citizen_id).exclude(state=Referral.State.WITHDRAWN)
    return standing.order_by("-received_on", "-created_at").first()


def _reassessment(course: Course) -> Visitation | None:
    return course.reassessments.filter(locked=False).only("id", "extends").first()


def _stands_in(assignment: MentorAssignment, today: date) -> bool:
    return assignment.substitute and (assignment.last is None or assignment.last >= today)


def _covers(absence: MentorAbsence, day: date) -> bool:
    return absence.first <= day and (absence.last is None or absence.last >= day)


def decisions_on(course: Course) -> list[Decision]:
    """The decisions of a course but those given up, the latest first, without the letters' own words."""
    rows = course.decisions.exclude(state=Decision.State.WITHDRAWN)
    return list(rows.defer("letter", "facts", "answer").order_by("-drafted_on", "-id"))
