"""The twelve points of one course as a page and on paper, each with where one can see it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from mentorkorps.cases.facts.letter_parts import sender
from mentorkorps.domain.audit import SheetInput, Source, compose_sheet, counted
from mentorkorps.domain.dates import field_date
from mentorkorps.ledger.queries.case_sheet import case_points
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.course.frame import about
from mentorkorps.web.paper import print_paper

VERB = "de 12 punkter"
# The page of each kind of source.
PAGES = {
    "course": "course",
    "weeks": "course_audit",
    "decision": "decision",
    "agreement": "agreement_pdf",
    "agreements": "agreement",
    "mentor": "mentor",
    "invoice": "invoice",
    "control": "control_case",
    "status": "status",
}


@door(May.ASK_CONTROL)
@require_safe
def case_sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Each point with its state, what it was judged from, and the way to it."""
    course = access.course(request, key, verb=VERB)
    points = case_points([course], today())[course.id]
    rows = [
        (point, [(check, place_of(check.source, request.user)) for check in point.checks]) for point in points
    ]
    context = about(request, course) | {"rows": rows, "counted": counted(points)}
    return render(request, "control/sheet.html", context)


def place_of(source: Source | None, reader: User) -> str:
    """The address of what a check rests on, or nothing where the reader's role does not open it."""
    if source is None:
        return ""
    address = reverse(PAGES[source.kind], kwargs={"key": source.key})
    return address if allowed(reader, resolve(address).func.may) else ""


@door(May.ASK_CONTROL)
@require_safe
def case_sheet_pdf(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The same on paper."""
    course = access.course(request, key, verb=VERB)
    period = f"{field_date(course.start)} til {field_date(course.end)}"
    document = compose_sheet(
        SheetInput(
            sender=sender(request.user, course.citizen),
            citizen=str(course.citizen),
            case_number=course.citizen.case_number,
            dated=today(),
            figures=(
                ("Hjemmel", course.citation),
                ("Periode", period),
                ("Mentor", str(course.mentor or "Ikke valgt")),
            ),
            points=case_points([course], today())[course.id],
        )
    )
    return print_paper(request, course.citizen, document, name="kontrolark")
