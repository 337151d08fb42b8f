"""Figures of runs put into a paper, and its annexes."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from mentorkorps.domain.paper import choices
from mentorkorps.domain.questions.earlier import tells_of_few
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.papers import add_annex, drop_figure, fetch_figure
from mentorkorps.steering.models import Run
from mentorkorps.steering.queries.runs import runs_for_papers
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import typed_line
from mentorkorps.web.pages.papers.forms import AnnexForm, FigureForm
from mentorkorps.web.pages.papers.writing import found_paper

RUNS_TO_CHOOSE = 50


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def paper_figures(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The figures of one run to choose from; each is fetched under a name and frozen."""
    found = found_paper(request, key)
    run = _run(request.GET.get("beregning", ""))
    form = FigureForm(request.POST or None)
    if request.method == "POST" and run is not None and form.is_valid():
        form.attempt(fetch_figure, found, run=run, on=today(), by=request.user, **form.cleaned_data)
        if form.is_valid():
            name = form.cleaned_data["name"]
            messages.success(
                request, f"Tallet er hentet. Skriv {{{{ {name} }}}} i teksten, hvor det skal stå."
            )
            return redirect("paper", key)
    context = {
        "paper": found,
        "form": form,
        "run": run,
        "runs": list(runs_for_papers()[:RUNS_TO_CHOOSE]),
        "choices": list(choices(run.result)) if run else [],
        "section": "papers",
    }
    return render(request, "papers/figures.html", context)


def _run(key: str) -> Run | None:
    """The run of an address; none whose counts of people were kept before they were hidden."""
    try:
        run = runs_for_papers().filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None
    return None if run is None or tells_of_few(run.inputs) else run


@door(May.EDIT_STEERING)
@require_POST
def drop_paper_figure(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes out a figure that no text uses."""
    found = found_paper(request, key)
    try:
        drop_figure(found, typed_line(request, "name"), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect("paper", key)


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def paper_annex(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """An annex, or a corrected one in place of the one that the address names."""
    found = found_paper(request, key)
    asked = request.GET.get("retter", "")
    corrects = found.annexes.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    if asked and corrects is None:
        raise Http404("Bilaget findes ikke i sagen.")
    initial = {"title": corrects.title, "made": corrects.made} if corrects else {}
    form = AnnexForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.attempt(add_annex, found, on=today(), by=request.user, corrects=corrects, **form.given())
        if form.is_valid():
            return redirect("paper", key)
    title = f"Ret bilag {corrects.number}" if corrects else "Nyt bilag"
    context = {"form": form, "title": title, "button": "Gem bilaget", "paper": found, "section": "papers"}
    return render(request, "papers/form.html", context)


urls = [
    path("sager/<uuid:key>/tal/", paper_figures, name="paper_figures"),
    path("sager/<uuid:key>/tal/fjern/", drop_paper_figure, name="drop_paper_figure"),
    path("sager/<uuid:key>/bilag/", paper_annex, name="paper_annex"),
]
