"""Decisions that wait for a second person."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.cases.actions import decision as verbs
from mentorkorps.cases.models import Decision
from mentorkorps.municipality.queries import corrections_waiting
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.decision.page import ROWS, show
from mentorkorps.web.pages.decision.step_forms import SendBackForm

PAGE = 50


@door(May.APPROVE)
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for approval, the oldest first."""
    rows = ROWS.filter(state=Decision.State.SECOND, citizen__in=access.citizens_of(request.user))
    page = Paginator(rows.order_by("drafted_on", "id"), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "til godkendelse", list(page))
    corrections = corrections_waiting() if access.allowed(request.user, May.APPROVE_LAW) else ()
    return render(request, "approvals/approvals.html", {"page": page, "corrections": corrections})


@door(May.APPROVE)
@require_POST
def approve(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Approves what was read, or sends it back with a reason."""
    row = access.of_citizen(request, ROWS, key, verb="godkendelse")
    form = SendBackForm(request.POST)
    if form.is_valid() and request.POST.get("do") == "back":
        form.attempt(verbs.send_back, row, reason=form.cleaned_data["reason"], by=request.user)
        said = "Sendt tilbage til sagsbehandleren. Grunden står som notat i sagen."
    elif form.is_valid():
        form.attempt(verbs.approve, row, by=request.user)
        said = "Godkendt. Sagsbehandleren kan nu træffe afgørelsen."
    if form.errors or form.refusal:
        return show(request, row, {"back": form})
    messages.success(request, said)
    return redirect("approvals")


urls = [
    path("til-godkendelse/", approvals, name="approvals"),
    path("afgoerelse/<uuid:key>/godkend/", approve, name="approve"),
]
