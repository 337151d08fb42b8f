"""Complaints: received, and looked at anew by the municipality before Ankestyrelsen."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mentorkorps.cases.actions import complaint as verbs
from mentorkorps.cases.models import Complaint
from mentorkorps.domain.dates import long_date
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.pages.decision.page import ROWS
from mentorkorps.web.pages.decision.step_forms import ComplaintForm, ReassessForm


@door(May.VISITATE)
def complaint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Registers a complaint, by whatever way it came."""
    row = access.of_citizen(request, ROWS, key, verb="klage")
    form = ComplaintForm(request.POST or None, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(verbs.receive_complaint, row, today=today(), by=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(
                request, f"Klagen er registreret. Genvurdér senest {long_date(made.reassess_by)}."
            )
            return redirect("decision", row.id)
    shown = {"form": form, "decision": row, "citizen": row.citizen, "section": "citizens"}
    return render(request, "decision/complaint.html", shown)


@door(May.VISITATE)
def reassess_complaint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The municipality's own new look: changed, kept and sent on, or withdrawn."""
    row = access.of_decision(request, Complaint.objects.all(), key, verb="klage")
    if row.outcome:
        messages.info(request, f"Klagen er genvurderet: {row.get_outcome_display()}.")
        return redirect("decision", row.decision_id)
    form = ReassessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["outcome_reason"]
        form.attempt(
            verbs.reassess_complaint, row, outcome=outcome, reason=reason, on=today(), by=request.user
        )
        if not form.errors:
            messages.success(request, "Genvurderingen er gemt.")
            return redirect("decision", row.decision_id)
    shown = {"form": form, "complaint": row, "decision": row.decision, "citizen": row.decision.citizen}
    return render(request, "decision/reassess.html", shown | {"section": "citizens"})
