"""What every page of a course shares: whose it is, what the reader may do, and papers as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentorkorps.cases.models import Course
from mentorkorps.domain import law
from mentorkorps.domain.letter import Document
from mentorkorps.journal.models import Kind
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed
from mentorkorps.web.pdf import render_pdf


def show(request: HttpRequest, template: str, course: Course, **context: Any) -> HttpResponse:
    """A page of a course. Whoever may not see the citizen's case gets first name and initial."""
    user = request.user
    shared = {
        "course": course,
        "citizen": course.citizen,
        "function": law.FUNCTIONS[course.function],
        "sees_citizen": allowed(user, May.SEE_CITIZENS),
        "may_assign": allowed(user, May.ASSIGN),
        "may_log": allowed(user, May.LOG_CONTACT),
        "may_work": allowed(user, May.WORK_ON_COURSE),
        "may_decide": allowed(user, May.VISITATE),
        "section": "citizens" if allowed(user, May.SEE_CITIZENS) else "my_week",
    }
    return render(request, f"course/{template}.html", shared | context)


def print_paper(
    request: HttpRequest, course: Course, document: Document, *, verb: str, name: str
) -> HttpResponse:
    """A paper as PDF in the browser, journalled as a print."""
    access.listed(request, verb, [course.citizen_id], kind=Kind.PRINT)
    response = HttpResponse(render_pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{course.citizen.case_number}.pdf"'
    return response
