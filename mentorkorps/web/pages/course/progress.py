"""What happens on the way: days on which the citizen is away, and the mentor's status before the grant runs out."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mentorkorps.domain.letter import Incomplete
from mentorkorps.followup.actions import end_absence, record_absence, write_status
from mentorkorps.followup.papers import status_paper
from mentorkorps.followup.queries.caseload import STATUS_DUE
from mentorkorps.followup.queries.overview import course_overview
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door
from mentorkorps.web.drafts import course_in_address, keeps_draft
from mentorkorps.web.pages.course.forms import AbsenceForm, EndAbsenceForm, StatusForm
from mentorkorps.web.pages.course.frame import show
from mentorkorps.web.paper import print_paper


@door(May.WORK_ON_COURSE)
def absence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Records when the citizen cannot be met, or ends such a time."""
    course = access.course(request, key)
    form, end_form = AbsenceForm(initial={"first": today()}), EndAbsenceForm(initial={"last": today()})
    ending = request.POST.get("absence")
    if ending:
        end_form = EndAbsenceForm(request.POST)
        row = access.of_course(request, course.absences.all(), _uuid(ending), verb="fravær")
        if end_form.is_valid():
            end_form.attempt(end_absence, row, **end_form.cleaned_data, by=request.user)
        if not end_form.errors:
            messages.success(request, "Fraværet er afsluttet.")
            return redirect("course", key=course.id)
    elif request.method == "POST":
        form = AbsenceForm(request.POST)
        made = form.is_valid() and form.attempt(record_absence, course, **form.cleaned_data, by=request.user)
        if made:
            messages.success(request, "Fraværet er registreret. De uger, det fylder, er undskyldt.")
            return redirect("course", key=course.id)
    rows = list(course.absences.all())
    return show(request, "absence", course, form=form, end_form=end_form, absences=rows, ending=ending)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@door(May.SEE_COURSE)
@keeps_draft(course_in_address)
def status(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The mentor's status: written by whoever works on the course, read by the rest."""
    course = access.course(request, key)
    if request.method == "POST" and not allowed(request.user, May.WORK_ON_COURSE):
        raise access.refuse(request, "status", asked_for=str(key))
    reports = list(course.status_reports.select_related("written_by"))
    written = next((row for row in reports if row.grant_end == course.end), None)
    form = StatusForm(request.POST or None, initial=_said(written))
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(write_status, course, on=today(), by=request.user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "Status er gemt, og sagsbehandleren kan læse den nu.")
            return redirect("course", key=course.id)
    return show(
        request,
        "status",
        course,
        form=form,
        written=written,
        reports=reports,
        due=course.end - STATUS_DUE,
        view=course_overview(course, today()),
    )


def _said(report: object | None) -> dict[str, str]:
    names = ("goals", "progress", "citizens_view", "recommendation", "reason")
    return {name: getattr(report, name) for name in names} if report else {}


@door(May.SEE_CITIZENS)
def status_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The newest status as a paper for the case system; it bears the citizen's whole name."""
    course = access.course(request, key, verb="status")
    report = course.status_reports.select_related("written_by", "course__citizen__caseworker").first()
    if report is None:
        messages.info(request, "Der er ikke skrevet en status endnu.")
        return redirect("status", key=course.id)
    try:
        paper = status_paper(report)
    except Incomplete as incomplete:
        messages.error(request, incomplete.message)
        return redirect("status", key=course.id)
    return print_paper(request, course.citizen, paper, name="status")
