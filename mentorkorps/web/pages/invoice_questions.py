"""What a supplier is asked about its own invoices, and its answers."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from mentorkorps.ledger.actions.invoices import answer_dispute
from mentorkorps.ledger.queries.invoices import disputes_of
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import HouseForm, LongText

PAGE = 50


class AnswerForm(HouseForm):
    """The supplier's answer."""

    text = LongText(
        label="Dit svar", help_text="Skriv ikke navne eller CPR-numre. Sagsnummeret står på linjen."
    )


@door(May.ANSWER_INVOICES)
def invoice_questions(request: SignedIn) -> HttpResponse:
    """The questions to the reader's own firm, those without an answer first."""
    page = Paginator(disputes_of(request.user.provider), PAGE).get_page(request.GET.get("side"))
    shown = [each.line.course.citizen_id for each in page if each.line.course]
    access.listed(request, "spørgsmål til fakturaer", shown)
    return render(request, "invoices/questions.html", {"page": page})


@door(May.ANSWER_INVOICES)
def answer_question(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Answers one question; the answer cannot be changed afterwards."""
    asked = access.record(request, disputes_of(request.user.provider), key, verb="spørgsmål til faktura")
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        form.attempt(answer_dispute, asked, text=form.cleaned_data["text"], by=request.user)
        if form.is_valid():
            messages.success(request, "Dit svar er sendt til kommunen.")
            return redirect("invoice_questions")
    context = {"form": form, "asked": asked, "section": "invoice_questions"}
    return render(request, "invoices/answer.html", context)


urls = [
    path("fakturaspoergsmaal/", invoice_questions, name="invoice_questions"),
    path("fakturaspoergsmaal/<uuid:key>/", answer_question, name="answer_question"),
]
