"""Proposals for a service level: written row by row, put forward and decided; and the story of the levels so far."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorkorps.domain.level_changes import BINDING
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions import proposals as verbs
from mentorkorps.steering.models import Proposal, Run
from mentorkorps.steering.queries.proposals import (
    base_rows,
    current_version,
    level_story,
    pairs_of,
    proposals,
    proposed_level,
)
from mentorkorps.steering.queries.runs import runs
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.proposal_forms import (
    FromRunForm,
    OutcomeForm,
    ProposalForm,
    ReasonForm,
    RowForm,
)

PAGE = 50
RUNS_TO_CHOOSE = 50
State = Proposal.State
# ASCII for keys, as `slugify` would drop these letters.
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@door(May.SEE_STEERING)
@require_safe
def proposal_list(request: SignedIn) -> HttpResponse:
    """Every proposal, newest first."""
    page = Paginator(proposals(), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "forslag", [])
    context = {"page": page, "may_edit": allowed(request.user, May.EDIT_STEERING), "section": "proposals"}
    return render(request, "proposals/list.html", context)


@door(May.SEE_STEERING)
@require_safe
def story(request: SignedIn) -> HttpResponse:
    """What the service level has been, what changed when, and by which decision."""
    access.listed(request, "serviceniveauets historie", [])
    return render(request, "proposals/story.html", {"chapters": level_story(), "section": "proposals"})


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def new_proposal(request: SignedIn) -> HttpResponse:
    """A new proposal from a level, or from nothing."""
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(verbs.propose, on=today(), by=request.user, **form.cleaned_data)
        if made is not None:
            return redirect("proposal", made.pk)
    return _form(request, form, "Nyt forslag", "Begynd forslaget", None)


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def proposal_from_run(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A new proposal with what a saved what-if changed, and the what-if beside it."""
    run = access.record(request, Run.objects.all(), key, verb="beregning")
    form = FromRunForm(request.POST or None, initial={"name": run.title})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(verbs.propose_from_run, run, on=today(), by=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(
                request, "Forslaget er begyndt med beregningens ændringer. Beregningen ligger ved."
            )
            return redirect("proposal", made.pk)
    return _form(request, form, f"Nyt forslag fra “{run.title}”", "Begynd forslaget", None)


@door(May.SEE_STEERING)
@require_safe
def proposal(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One proposal row by row beside the level it builds on, with what meetings have done with it."""
    found = _found(request, key)
    versions = list(found.versions.order_by("-number").prefetch_related("runs"))
    asked = next((each for each in versions if str(each.number) == request.GET.get("version")), versions[0])
    pairs = pairs_of(asked)
    may_edit = allowed(request.user, May.EDIT_STEERING)
    bound = {run.pk for run in asked.runs.all()}
    context = {
        "proposal": found,
        "version": asked,
        "newest": asked == versions[0],
        "versions": versions,
        "pairs": pairs,
        "changed": [pair for pair in pairs if pair.kind != "kept"],
        "lowered": [pair for pair in pairs if pair.lowers_a_duty],
        "papers": list(found.papers.all()),
        "may_write": may_edit and found.state in verbs.EDITABLE and asked == versions[0],
        "may_edit": may_edit,
        "runs": [run for run in runs()[:RUNS_TO_CHOOSE] if run.pk not in bound],
        "section": "proposals",
    }
    return render(request, "proposals/proposal.html", context)


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def proposal_row(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A row to be another, or a new one when the address names none."""
    found = _found(request, key)
    asked = request.GET.get("raekke", "")
    row = _row(found, asked)
    if asked and row is None:
        return _not_there(request, key)
    form = RowForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        given = form.row(row.key if row else _new_key(found, form.cleaned_data["label"]))
        form.attempt(verbs.change_row, found, given, reason=form.cleaned_data["reason"], by=request.user)
        if form.is_valid():
            return redirect("proposal", key)
    title = f"Ret {row.label}" if row else "Ny række"
    binding = row is not None and row.obligation in BINDING
    return _form(request, form, title, "Gem rækken", found, binding=binding)


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def remove_proposal_row(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A row out of the level, with the reason."""
    found = _found(request, key)
    row = _row(found, request.GET.get("raekke", ""))
    if row is None:
        return _not_there(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(verbs.remove_row, found, row.key, reason=form.cleaned_data["reason"], by=request.user)
        if form.is_valid():
            return redirect("proposal", key)
    binding = row.obligation in BINDING
    return _form(request, form, f"Tag {row.label} ud", "Tag rækken ud", found, binding=binding)


@door(May.EDIT_STEERING)
@require_POST
def undo_proposal_row(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The row as it is in the level that the proposal builds on."""
    return _do(
        request, key, lambda found: verbs.undo_row(found, request.POST.get("row", ""), by=request.user)
    )


@door(May.EDIT_STEERING)
@require_POST
def bind_proposal_run(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """A run laid beside the proposal."""
    try:
        run = Run.objects.filter(pk=uuid.UUID(request.POST.get("run", ""))).first()
    except ValueError:
        run = None
    found = _found(request, key)
    if run is None:
        messages.error(request, "Vælg en beregning fra listen.")
        return redirect("proposal", found.pk)
    return _do(request, key, lambda found: verbs.bind_run(found, run, by=request.user))


@door(May.EDIT_STEERING)
@require_POST
def put_forward(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Locks the version for the committee."""
    return _do(request, key, lambda found: verbs.put_forward(found, on=today(), by=request.user))


@door(May.EDIT_STEERING)
@require_POST
def second_reading(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Opens a new version of a postponed proposal."""
    return _do(request, key, lambda found: verbs.begin_second_reading(found, by=request.user))


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def proposal_outcome(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What a meeting did with a proposal that has no paper here."""
    found = _found(request, key)
    if found.papers.exists():
        messages.error(request, "Beslutningen skrives på sagen, så de to altid siger det samme.")
        return redirect("proposal", key)
    form = OutcomeForm(request.POST or None, proposal=found)
    if request.method == "POST" and form.is_valid():
        form.attempt(_decide, found, form.cleaned_data, request.user)
        if form.is_valid():
            return redirect("proposal", key)
    return _form(request, form, "Udvalgets beslutning", "Skriv beslutningen på", found)


def _decide(found: Proposal, given: dict[str, Any], by: Any) -> None:
    if given["outcome"] == State.ADOPTED:
        fields = {name: given[name] for name in ("on", "committee", "case_number", "in_force_from")}
        verbs.adopt_proposal(found, by=by, **fields)
        return
    questions = given["questions"].splitlines()
    verbs.record_outcome(found, outcome=given["outcome"], on=given["on"], questions=questions, by=by)


def _found(request: SignedIn, key: uuid.UUID) -> Proposal:
    return access.record(request, proposals(), key, verb="forslag")


def _row(found: Proposal, key: str) -> LevelRow | None:
    rows = proposed_level(current_version(found)).rows
    return next((each for each in rows if each.key == key), None)


def _not_there(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    messages.error(request, "Rækken er ikke i forslaget. Vælg en fra listen.")
    return redirect("proposal", key)


def _new_key(found: Proposal, label: str) -> str:
    """A key of the label's words that no row has."""
    words = slugify(label.lower().translate(LETTERS))[:50] or "raekke"
    taken = {row.key for row in (*base_rows(found), *proposed_level(current_version(found)).rows)}
    numbered = (f"{words}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (words, *numbered) if key not in taken)


def _do(request: SignedIn, key: uuid.UUID, act: Any) -> HttpResponse:
    """Runs a verb on a proposal and shows what was wrong with it, if anything."""
    found = _found(request, key)
    try:
        act(found)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect("proposal", key)


def _form(
    request: SignedIn, form: Any, title: str, button: str, found: Proposal | None, *, binding: bool = False
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "proposal": found, "binding": binding}
    return render(request, "proposals/form.html", context | {"section": "proposals"})


urls = [
    path("forslag/", proposal_list, name="proposals"),
    path("forslag/nyt/", new_proposal, name="new_proposal"),
    path("beregninger/<uuid:key>/forslag/", proposal_from_run, name="proposal_from_run"),
    path("forslag/historie/", story, name="level_story"),
    path("forslag/<uuid:key>/", proposal, name="proposal"),
    path("forslag/<uuid:key>/raekke/", proposal_row, name="proposal_row"),
    path("forslag/<uuid:key>/raekke/fjern/", remove_proposal_row, name="remove_proposal_row"),
    path("forslag/<uuid:key>/raekke/fortryd/", undo_proposal_row, name="undo_proposal_row"),
    path("forslag/<uuid:key>/beregning/", bind_proposal_run, name="bind_proposal_run"),
    path("forslag/<uuid:key>/fremlaeg/", put_forward, name="put_proposal_forward"),
    path("forslag/<uuid:key>/beslutning/", proposal_outcome, name="proposal_outcome"),
    path("forslag/<uuid:key>/anden-behandling/", second_reading, name="second_reading"),
]
