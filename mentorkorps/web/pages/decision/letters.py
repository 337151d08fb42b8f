"""The stored letters: read, printed, and noted as sent."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from mentorkorps.cases.actions import decision as verbs
from mentorkorps.cases.models import Hearing
from mentorkorps.domain.letter import Document
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door
from mentorkorps.web.pages.decision.page import ROWS
from mentorkorps.web.paper import print_paper
from mentorkorps.web.pdf import render_html


@door(May.SEE_CITIZENS)
@require_safe
def letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The letter as it was stored; before the decision there is none."""
    row = access.of_citizen(request, ROWS, key, verb="brev")
    if row.letter is None:
        return redirect("decision", row.id)
    html = mark_safe(render_html(Document.from_json(row.letter)))
    shown = {
        "decision": row,
        "citizen": row.citizen,
        "letter": html,
        "mine": allowed(request.user, May.VISITATE),
    }
    return render(request, "decision/letter.html", shown | {"section": "citizens"})


@door(May.SEE_CITIZENS)
@require_safe
def letter_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The stored letter to print or to send in Digital Post."""
    row = access.of_citizen(request, ROWS, key, verb="brev")
    if row.letter is None:
        return redirect("decision", row.id)
    return print_paper(request, row.citizen, Document.from_json(row.letter), name="brev")


@door(May.SEE_CITIZENS)
@require_safe
def hearing_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The stored hearing letter to print or to send in Digital Post."""
    row = access.of_citizen(request, ROWS, key, verb="partshøring")
    hearing = Hearing.objects.filter(decision=row, letter__isnull=False).first()
    if hearing is None:
        return redirect("decision", row.id)
    return print_paper(request, row.citizen, Document.from_json(hearing.letter), name="partshøring")


@door(May.VISITATE)
@require_POST
def send_letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Notes that the letter has gone; the complaint term runs from now."""
    row = access.of_citizen(request, ROWS, key, verb="brev")
    try:
        verbs.send_letter(row, on=today(), by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.message)
    return redirect("decision", row.id)
