"""One case of a control: ask the citizen, hold the words beside what is registered, and follow what is off."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.ledger.actions.control import raise_discrepancy, record_answer, take_step
from mentorkorps.ledger.models import ControlCase, Discrepancy
from mentorkorps.ledger.queries.control import cases_now, to_ask
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.control.forms import AnswerForm, DiscrepancyForm, StepForm

PAGE = 50


@door(May.ASK_CONTROL)
@require_safe
def control_calls(request: SignedIn) -> HttpResponse:
    """The drawn citizens whom nobody has talked with yet."""
    page = Paginator(to_ask(access.courses_of(request.user)), PAGE).get_page(request.GET.get("side"))
    rows = cases_now(
        ControlCase.objects.filter(pk__in=[case.pk for case in page]).order_by("draw__month", "place")
    )
    access.listed(request, "spørg borgerne", [row.case.course for row in rows])
    return render(request, "control/calls.html", {"page": page, "rows": rows})


@door(May.ASK_CONTROL)
def control_case(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The talk guide, the answer, and what it is held against."""
    case = _case(request, key)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        form.attempt(record_answer, case, **form.cleaned_data, today=today(), by=request.user)
        if form.is_valid():
            messages.success(request, "Svaret er gemt.")
            return redirect("control_case", key)
    return _page(request, case, answer_form=form)


def _case(request: SignedIn, key: uuid.UUID) -> ControlCase:
    return access.of_course(request, ControlCase.objects.select_related("draw"), key, verb="sag i kontrol")


def _page(request: SignedIn, case: ControlCase, **forms: Any) -> HttpResponse:
    row = cases_now(ControlCase.objects.filter(pk=case.pk))[0]
    may_see = allowed(request.user, May.SEE_CONTROL)
    context = {
        "row": row,
        "case": row.case,
        "citizen": row.case.course.citizen,
        "answer_form": AnswerForm(),
        "discrepancy_form": DiscrepancyForm(initial={"what": " ".join(row.differs)}),
        "step_form": StepForm(),
        "finished": row.case.draw.finished_on is not None,
        "may_follow": may_see,
        "section": "controls" if may_see else "control_calls",
    }
    return render(request, "control/case.html", context | forms)


@door(May.ASK_CONTROL)
@require_POST
def new_discrepancy(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Opens what does not agree, for the coordinator or leader to follow."""
    case = _case(request, key)
    form = DiscrepancyForm(request.POST)
    if form.is_valid():
        form.attempt(raise_discrepancy, case, **form.cleaned_data, today=today(), by=request.user)
    if not form.is_valid():
        return _page(request, case, discrepancy_form=form)
    messages.success(request, "Afvigelsen er oprettet. Den er åben, til den har et udfald.")
    return redirect("control_case", key)


@door(May.SEE_CONTROL)
@require_POST
def discrepancy_step(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes the next step, the last of which closes it."""
    found = access.of_course(
        request, Discrepancy.objects.select_related("case"), key, verb="afvigelse ved kontrol"
    )
    form = StepForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        form.attempt(take_step, found, claim_ore=given.pop("claim"), **given, today=today(), by=request.user)
    if not form.is_valid():
        return _page(request, found.case, step_form=form)
    messages.success(request, "Skridtet er gemt.")
    return redirect("control_case", found.case_id)
