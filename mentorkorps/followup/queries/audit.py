"""One course as an inspection asks for it: each week with its reason, and everything that was written about it."""

from dataclasses import dataclass
from datetime import date

from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Compliance, Rhythm, WeekStatus
from mentorkorps.domain.dates import field_date, write_minutes
from mentorkorps.followup.models import CitizenAbsence, Contact
from mentorkorps.followup.queries.overview import course_overview
from mentorkorps.municipality.models import MentorAbsence

RETRACTED = Contact.Outcome.RETRACTED


@dataclass(frozen=True)
class Logged:
    """A line as it was logged. `standing` says in Danish whether it counts, `instead_of` what it was before."""

    contact: Contact
    standing: str
    instead_of: str


@dataclass(frozen=True)
class CourseAudit:
    """The weeks of a course until today and all that they were judged from, in order of time."""

    course: Course
    today: date
    rhythms: tuple[Rhythm, ...]
    weeks: tuple[WeekStatus, ...]
    kept: Compliance
    contacts: list[Logged]
    absences: list[CitizenAbsence]
    mentor_absences: list[MentorAbsence]


def course_audit(course: Course, today: date) -> CourseAudit:
    """The same weeks and compliance as the page of the course. Two queries more than that page."""
    view = course_overview(course, today)
    lines = course.contacts.select_related("mentor", "logged_by", "corrects").order_by("day", "logged_at")
    away = MentorAbsence.objects.filter(mentor__assignments__course=course, first__lte=course.end)
    away = away.exclude(last__lt=course.start).select_related("mentor").distinct()
    return CourseAudit(
        course=course,
        today=today,
        rhythms=view.rhythms,
        weeks=tuple(week for week in view.weeks if week.state != "future"),
        kept=view.kept,
        contacts=[Logged(line, _standing(line), _instead_of(line)) for line in lines],
        absences=sorted(view.absences, key=lambda absence: absence.first),
        mentor_absences=list(away.order_by("first")),
    )


def _standing(line: Contact) -> str:
    if line.outcome == RETRACTED:
        return "Trækker en registrering tilbage"
    if line.superseded:
        return "Rettet senere, tæller ikke"
    return "Tæller som kontakt" if line.held else "Tæller ikke som kontakt"


def _instead_of(line: Contact) -> str:
    """What a correction replaced: the fields that were others before."""
    before = line.corrects
    if before is None:
        return ""
    differs = [
        words
        for field, words in (
            ("day", f"dato {field_date(before.day)}"),
            ("outcome", before.get_outcome_display()),
            ("how", before.get_how_display()),
            ("minutes", write_minutes(before.minutes)),
        )
        if getattr(before, field) != getattr(line, field)
    ]
    return f"Før: {', '.join(differs)}" if differs else "Før: det samme, andre ord"
