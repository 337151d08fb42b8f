"""A paper on its way through the committee: looked at and sent, decided, taken up again."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from mentorkorps.domain.paper import RULES
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.papers import begin_next_reading, record_decision, send_paper
from mentorkorps.steering.queries.papers import current_reading, judged
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.pages.papers.forms import DecisionForm, TakeUpForm
from mentorkorps.web.pages.papers.writing import found_paper


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def send(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What a person should judge first; then the paper is frozen and sent."""
    found = found_paper(request, key)
    concerns = judged(found)
    if request.method == "POST" and (request.POST.get("judged") or not concerns):
        try:
            version = send_paper(found, on=today(), by=request.user)
        except ValidationError as wrong:
            messages.error(request, " ".join(wrong.messages))
            return redirect("paper", key)
        messages.success(request, f"Sagen er låst som version {version.number}. Hent den som Word eller PDF.")
        return redirect("paper_history", key)
    context = {
        "paper": found,
        "reading": current_reading(found),
        "concerns": [(each, RULES[each.kind]) for each in concerns],
        "unanswered": request.method == "POST",
        "section": "papers",
    }
    return render(request, "papers/send.html", context)


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def decision(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What the meeting did with the paper."""
    found = found_paper(request, key)
    form = DecisionForm(request.POST or None, paper=found)
    if request.method == "POST" and form.is_valid():
        form.attempt(record_decision, found, on=today(), by=request.user, **form.given())
        if form.is_valid():
            return redirect("paper_history", key)
    context = {
        "form": form,
        "title": "Udvalgets beslutning",
        "button": "Skriv beslutningen på",
        "paper": found,
    }
    return render(request, "papers/form.html", context | {"section": "papers"})


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def take_up(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A postponed paper at another meeting."""
    found = found_paper(request, key)
    form = TakeUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(begin_next_reading, found, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "Sagen er åben igen. Svar på spørgsmålene, og ret indstillingen.")
            return redirect("paper", key)
    context = {"form": form, "title": "Tag sagen op igen", "button": "Åbn sagen igen", "paper": found}
    return render(request, "papers/form.html", context | {"section": "papers"})


urls = [
    path("sager/<uuid:key>/send/", send, name="send_paper"),
    path("sager/<uuid:key>/beslutning/", decision, name="paper_decision"),
    path("sager/<uuid:key>/igen/", take_up, name="take_up_paper"),
]
