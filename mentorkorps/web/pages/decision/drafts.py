"""Writing a draft: on a visitation, or on a running course."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mentorkorps.cases.actions.decision import draft_decision, draft_on_course
from mentorkorps.cases.models import Course, Grant, Visitation
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door, refuse
from mentorkorps.web.drafts import course_in_address, keeps_draft, visitation_in_address
from mentorkorps.web.pages.decision.forms import CourseDecisionForm, DecisionForm
from mentorkorps.web.pages.visitation.reading import read

ROWS = Visitation.objects.select_related("citizen", "citizen__unit", "referral", "extends")
TITLES = {
    "change": "Ændr mentorstøtten",
    "early_stop": "Stop mentorstøtten før tid",
    "non_extension": "Ingen ny periode",
}


@door(May.VISITATE)
@keeps_draft(visitation_in_address)
def new_decision(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What is decided, by which rule, for how long, and why; then the letter."""
    row = access.of_citizen(request, ROWS, key, verb="afgørelse")
    if row.locked:
        messages.info(request, "Der er truffet en afgørelse på visitationen.")
        return redirect("visitation", row.id)
    draft = row.decisions.filter(state="draft").first()
    form = DecisionForm(request.POST or None, reading=read(row), draft=draft, today=today())
    if request.method == "POST" and form.is_valid():
        made = form.attempt(draft_decision, row, on=today(), by=request.user, **form.given())
        if made is not None:
            return redirect("decision", made.id)
    shown = {"form": form, "visitation": row, "citizen": row.citizen, "reading": form.reading}
    return render(request, "decision/new.html", shown | {"section": "citizens"})


@door(May.VISITATE)
@keeps_draft(course_in_address)
def course_decision(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """A change, a stop before time or a non-extension of a running course."""
    if kind not in TITLES:
        raise refuse(request, "afgørelse", kind=kind[:40])
    course = access.course(request, key, verb="afgørelse")
    basis = _basis(course)
    if basis is None or course.ended_on is not None:
        messages.info(request, "Forløbet har ingen løbende bevilling, så der er intet at afgøre.")
        return redirect("course", course.id)
    form = CourseDecisionForm(request.POST or None, kind=kind, basis=basis.decision, today=today())
    if request.method == "POST" and form.is_valid():
        made = form.attempt(draft_on_course, course, kind=kind, on=today(), by=request.user, **form.given())
        if made is not None:
            return redirect("decision", made.id)
    shown = {"form": form, "course": course, "citizen": course.citizen, "basis": basis, "title": TITLES[kind]}
    return render(request, "decision/on_course.html", shown | {"section": "citizens"})


def _basis(course: Course) -> Grant | None:
    """The last grant of a course; its decision is what another one changes."""
    return course.grants.select_related("decision").order_by("-start").first()
