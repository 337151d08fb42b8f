"""The weeks of one course for an inspection: as a page, a spreadsheet and a PDF, each journalled."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentorkorps.cases.facts.letter_parts import sender
from mentorkorps.cases.models import Course
from mentorkorps.domain.contact_duty import Rhythm
from mentorkorps.domain.dates import field_date, iso_week, week_start, write_minutes
from mentorkorps.domain.letter.audit import AuditInput, Rows, compose_audit
from mentorkorps.domain.letter.document import Document
from mentorkorps.followup.queries.audit import CourseAudit, Logged, course_audit
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.course.frame import show
from mentorkorps.web.pdf import render_pdf
from mentorkorps.web.sheet import sheet
from mentorkorps.web.templatetags.words import WEEK_STATES

VERB = "ugerne til tilsyn"


@door(May.SEE_COURSE)
@require_safe
def audit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Each week with why, and what it was judged from."""
    course = access.course(request, key, verb=VERB)
    found = course_audit(course, today())
    return show(request, "audit", course, found=found, rhythms=_rhythms(found), absences=_absences(found))


COLUMNS = (
    ("Slags", 10), ("Dag", 12), ("Uge", 10), ("Status", 24), ("Hvorfor", 60), ("Hvordan", 12), ("Minutter", 10),
    ("Mentor", 24), ("Registreret", 18), ("Registreret af", 24), ("I stedet for", 40),
)  # fmt: skip


@door(May.SEE_COURSE)
@require_safe
def audit_sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The same as rows in order of time: rhythms, weeks, contacts and absences."""
    course, found = _exported(request, key)
    rows = sorted(_cells(found), key=lambda row: row[1])
    return sheet(f"uger-{course.citizen.case_number}.xlsx", COLUMNS, rows)


@door(May.SEE_COURSE)
@require_safe
def audit_pdf(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The same on paper."""
    course, found = _exported(request, key)
    response = HttpResponse(render_pdf(_paper(found, request.user)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="uger-{course.citizen.case_number}.pdf"'
    return response


def _exported(request: HttpRequest, key: uuid.UUID) -> tuple[Course, CourseAudit]:
    course = access.course(request, key, verb=VERB)
    access.listed(request, VERB, [course], kind=Kind.EXPORT)
    return course, course_audit(course, today())


def _cells(found: CourseAudit) -> Iterator[tuple[Any, ...]]:
    for rhythm in found.rhythms:
        yield ("Rytme", rhythm.valid_from, "", often(rhythm), rhythm.source, *_BLANK)
    for week in found.weeks:
        yield (
            "Uge",
            week_start(week.week),
            written(week.week),
            WEEK_STATES[week.state][2],
            week.reason,
            *_BLANK,
        )
    for line in found.contacts:
        yield _contact_cells(line)
    for who, absences in (("Borger", found.absences), ("Mentor", found.mentor_absences)):
        for away in absences:
            until = f"til og med {field_date(away.last)}" if away.last else "indtil videre"
            yield ("Fravær", away.first, "", f"{who} væk {until}", away.get_reason_display(), *_BLANK)


_BLANK = ("", None, "", "", "", "")


def _contact_cells(line: Logged) -> tuple[Any, ...]:
    contact = line.contact
    return (
        "Kontakt", contact.day, written(contact.week), contact.get_outcome_display(), line.standing,
        contact.get_how_display(), contact.minutes, contact.mentor.name, _moment(contact.logged_at),
        contact.logged_by.name, line.instead_of,
    )  # fmt: skip


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d-%m-%Y %H.%M}"


def written(week: int) -> str:
    """2026 uge 47."""
    return "{} uge {}".format(*iso_week(week))


def often(rhythm: Rhythm) -> str:
    """Mindst 1 gang om ugen."""
    times = "1 gang" if rhythm.at_least == 1 else f"{rhythm.at_least} gange"
    return f"Mindst {times} {'om ugen' if rhythm.every == 'week' else 'hver 14. dag'}"


def _rhythms(found: CourseAudit) -> Rows:
    return tuple(
        (
            field_date(rhythm.valid_from),
            field_date(rhythm.valid_to or found.course.end),
            often(rhythm),
            rhythm.source[:1].upper() + rhythm.source[1:],
        )
        for rhythm in found.rhythms
    )


def _absences(found: CourseAudit) -> Rows:
    whose = [(a, "Borger") for a in found.absences] + [(a, a.mentor.name) for a in found.mentor_absences]
    return tuple(
        (
            field_date(away.first),
            field_date(away.last) if away.last else "Indtil videre",
            who,
            away.get_reason_display().capitalize(),
        )
        for away, who in sorted(whose, key=lambda pair: pair[0].first)
    )


def _paper(found: CourseAudit, reader: User) -> Document:
    """Whoever may not see the case gets first name and initial, as on the pages."""
    course, citizen = found.course, found.course.citizen
    name = (
        str(citizen)
        if allowed(reader, May.SEE_CITIZENS)
        else f"{citizen.first_name} {citizen.last_name[:1]}."
    )
    kept = found.kept
    percent = f"{kept.percent} %".replace(".", ",") if kept.percent is not None else "Intet er forfaldet"
    return compose_audit(
        AuditInput(
            sender=sender(reader, citizen),
            citizen=name,
            dated=found.today,
            case_number=citizen.case_number,
            figures=(
                ("Hjemmel", course.citation),
                ("Periode", f"{field_date(course.start)} til {field_date(course.end)}"),
                (
                    "Uger",
                    f"{kept.kept} holdt, {kept.missed} mangler, {kept.excused} undskyldt, {kept.open} åben",
                ),
                ("Overholdelse", percent),
            ),
            rhythms=_rhythms(found),
            weeks=tuple(
                (written(w.week), WEEK_STATES[w.state][2].capitalize(), str(w.contacts), w.reason)
                for w in found.weeks
            ),
            contacts=tuple(map(_paper_contact, found.contacts)),
            absences=_absences(found),
        )
    )


def _paper_contact(line: Logged) -> tuple[str, ...]:
    contact = line.contact
    return (
        field_date(contact.day),
        f"{contact.get_outcome_display().capitalize()}, {contact.get_how_display()}",
        write_minutes(contact.minutes) if contact.minutes else "–",
        contact.mentor.name,
        f"{_moment(contact.logged_at)} af {contact.logged_by.name}",
        f"{line.standing}. {line.instead_of}" if line.instead_of else line.standing,
    )
