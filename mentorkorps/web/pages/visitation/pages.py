"""The pages of a visitation: begun, read, and saved as it is typed."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.cases.actions import visitation as verbs
from mentorkorps.cases.models import Referral, Visitation
from mentorkorps.cases.queries.capacity import free_minutes
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.visitation.form import VisitationForm
from mentorkorps.web.pages.visitation.reading import read
from mentorkorps.web.pages.visitation.words import told

ROWS = Visitation.objects.select_related("citizen", "citizen__unit", "referral", "extends", "caseworker")


@door(May.VISITATE)
@require_POST
def begin_visitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Begins the visitation of a referral, or opens the one begun."""
    referral = access.of_citizen(request, Referral.objects.all(), key, verb="henvisning")
    try:
        visitation = verbs.open_visitation(referral, on=today(), by=request.user)
    except ValidationError as closed:
        messages.error(request, closed.message)
        return redirect("referral", referral.id)
    return redirect("visitation", visitation.id)


@door(May.VISITATE)
@require_POST
def begin_reassessment(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Begins the assessment that a new period of a course demands, or opens the one begun."""
    course = access.course(request, key)
    try:
        visitation = verbs.reassess(course, on=today(), by=request.user)
    except ValidationError as ended:
        messages.error(request, ended.message)
        return redirect("course", course.id)
    return redirect("visitation", visitation.id)


@door(May.VISITATE)
@require_safe
def visitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The facts, what the law says about them, and the assessment. After a decision it is there to be read."""
    row = access.of_citizen(request, ROWS, key, verb="visitation")
    if row.locked:
        decision = row.decisions.filter(state="decided").first()
        shown = {"decision": decision, "told": told(row.facts, row.sources, row.law_on)}
        return render(request, "visitation/locked.html", _around(row) | shown)
    return _page(request, row, VisitationForm(visitation=row))


@door(May.VISITATE)
@require_POST
def save_visitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Saves what was typed: quietly while typing, or by the button, which also goes where it says."""
    row = access.of_citizen(request, ROWS, key, verb="visitation")
    form, then = VisitationForm(request.POST, visitation=row), request.POST.get("then", "")
    touched = _save(request, row, form, then)
    row = ROWS.get(pk=row.pk)
    if request.htmx:
        return _update(request, row, form, touched)
    if touched is None or form.errors:
        return _page(request, row, form)
    return redirect("new_decision" if then == "decide" else "visitation", row.id)


def _save(request: HttpRequest, row: Visitation, form: VisitationForm, then: str) -> list[str] | None:
    """Saves what can be read; None where nothing could be saved."""
    form.is_valid()
    everything = form.everything()
    if then == "today":
        everything["law_on"] = today()
    seen = None if then == "mine" else form.seen_at()
    return form.attempt(verbs.save_visitation, row, by=request.user, on=today(), seen=seen, **everything)


def _page(request: HttpRequest, row: Visitation, form: VisitationForm) -> HttpResponse:
    context = _around(row) | {"form": form, "free": free_minutes(today())}
    context["facts"] = list(form.rows(context["reading"].listed))
    context["more"] = [each for each in form.rows() if each not in context["facts"]]
    return render(request, "visitation/page.html", context)


def _update(
    request: HttpRequest, row: Visitation, form: VisitationForm, touched: list[str] | None
) -> HttpResponse:
    """The findings anew, and beside them the small parts of the page that what was typed has changed."""
    saved = VisitationForm(visitation=row)
    retold = [each for each in saved.rows() if touched and each.question.name in touched]
    shown = {"form": form, "saved": saved, "touched": touched, "retold": retold, "rows": list(form.rows())}
    return render(request, "visitation/update.html", _around(row) | shown)


def _around(row: Visitation) -> dict[str, Any]:
    return {
        "visitation": row,
        "citizen": row.citizen,
        "reading": read(row),
        "now": timezone.localtime(),
        "section": "citizens",
    }


urls = [
    path("henvisning/<uuid:key>/visiter/", begin_visitation, name="begin_visitation"),
    path("forloeb/<uuid:key>/ny-vurdering/", begin_reassessment, name="begin_reassessment"),
    path("visitation/<uuid:key>/", visitation, name="visitation"),
    path("visitation/<uuid:key>/gem/", save_visitation, name="save_visitation"),
]
