"""Those around a citizen: who they are, what they do next, and what the citizen lets us share with them."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mentorkorps.cases import queries
from mentorkorps.cases.actions import parties as verbs
from mentorkorps.cases.facts import coordination_sheet
from mentorkorps.cases.models import Citizen, Consent, Party, Task
from mentorkorps.domain.danish import listed
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, allowed, door
from mentorkorps.web.pages.course.frame import about
from mentorkorps.web.pages.network_picture import picture
from mentorkorps.web.pages.party_forms import (
    ConsentForm,
    PartyForm,
    SheetForm,
    StepForm,
    WithdrawForm,
    known_of,
)
from mentorkorps.web.paper import print_paper

WITH_CITIZEN = Party.objects.select_related("citizen")


@door(May.REFER)
def save_party(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Someone new around the citizen."""
    found = access.citizen(request, key, verb="part")
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.party()
        made = form.attempt(verbs.save_party, found, key=form.cleaned_data["key"], by=request.user, **said)
        if made is not None:
            messages.success(request, f"{made.name} er gemt. Skriv nu, hvad borgeren har givet samtykke til.")
            return redirect(reverse("edit_party", args=[made.pk]) + "#samtykker")
    return _page(request, found, None, form)


@door(May.REFER)
def edit_party(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Someone around the citizen: the next step, the help they give, their consents, or that it is over."""
    party = access.of_citizen(request, WITH_CITIZEN, key, verb="part")
    form = PartyForm(request.POST or None, initial=known_of(party))
    if request.method == "POST" and form.is_valid():
        form.attempt(verbs.save_party, party.citizen, party=party, by=request.user, **form.party())
        if not form.errors:
            messages.success(request, f"{party.name} er gemt.")
            return redirect(reverse("citizen", args=[party.citizen_id]) + "#parter")
    return _page(request, party.citizen, party, form)


def _page(
    request: HttpRequest,
    found: Citizen,
    party: Party | None,
    form: PartyForm,
    consent_form: ConsentForm | None = None,
) -> HttpResponse:
    consents = list(party.consents.select_related("recorded_by")) if party else []
    shown = {
        "citizen": found,
        "party": party,
        "form": form,
        "consent_form": consent_form or ConsentForm(initial={"given_on": today()}),
        "consents": [(row, queries.holds(row, today())) for row in consents],
        "withdraw_form": WithdrawForm(initial={"on": today()}),
        "finished": list(party.finished.select_related("noted_by")) if party else [],
        "section": "citizens",
    }
    return render(request, "parties/party.html", shown)


@door(May.WORK_ON_COURSE)
def party_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What a party does next; whoever works with the citizen can say that it is done."""
    party = access.of_citizen(request, WITH_CITIZEN, key, verb="parts næste skridt")
    begins = {name: getattr(party, name) for name in ("next_step", "owner", "due")}
    form = StepForm(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        done_on = today() if said.pop("done") else None
        form.attempt(verbs.plan_step, party, by=request.user, done_on=done_on, **said)
        if not form.errors:
            messages.success(request, f"Aftalen med {party.name} er gemt.")
            return redirect(_back(request, party))
    shown = {"party": party, "citizen": party.citizen, "form": form, "back": _back(request, party)}
    return render(request, "parties/step.html", shown | {"section": _section(request)})


def _section(request: HttpRequest) -> str:
    return "citizens" if allowed(request.user, May.SEE_CITIZENS) else "my_week"


def _back(request: HttpRequest, party: Party) -> str:
    """Where the reader came from: the picture of a course, else the case, else the mentor's week."""
    asked = request.GET.get("fra", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    if allowed(request.user, May.SEE_CITIZENS):
        return reverse("citizen", args=[party.citizen_id]) + "#parter"
    return reverse("my_week")


@door(May.REFER)
@require_POST
def give_consent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new consent, beside those there were."""
    party = access.of_citizen(request, WITH_CITIZEN, key, verb="samtykke")
    form = ConsentForm(request.POST)
    if form.is_valid():
        form.attempt(verbs.give_consent, party, today=today(), by=request.user, **form.consent())
    if form.errors:
        return _page(request, party.citizen, party, PartyForm(initial=known_of(party)), form)
    messages.success(request, f"Samtykket er noteret på {party.name}.")
    return _to_consents(party)


@door(May.REFER)
@require_POST
def withdraw_consent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The citizen takes a consent back."""
    row = access.of_citizen(request, Consent.objects.select_related("party"), key, verb="samtykke")
    form = WithdrawForm(request.POST)
    if form.is_valid():
        form.attempt(verbs.withdraw_consent, row, today=today(), by=request.user, **form.cleaned_data)
    if form.errors:
        messages.error(request, f"Trukket tilbage: {next(iter(form.errors.values()))[0]}")
    else:
        messages.success(request, "Samtykket er trukket tilbage. Del ikke mere, før der er et nyt.")
    return _to_consents(row.party)


def _to_consents(party: Party) -> HttpResponse:
    return redirect(reverse("edit_party", args=[party.pk]) + "#samtykker")


@door(May.SEE_COURSE)
def network(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everyone around the citizen of a course, as a list and as one picture."""
    course = access.course(request, key, verb="netværk")
    on, parties = today(), queries.parties_in(course.citizen)
    lines = [(party, *queries.consent(party, on), _late(party, on), _about(party, on)) for party in parties]
    states = [state for party, state, *_ in lines if party.closed_on is None]
    shown = {
        "parties": lines,
        "open": states,
        "held": states.count("given"),
        "without": len(states) - states.count("given"),
        "picture": picture(parties, on),
        "finished": queries.finished_steps(course.citizen),
    }
    return render(request, "parties/network.html", about(request, course) | shown)


def _late(party: Party, on: date) -> bool:
    return bool(party.closed_on is None and party.next_step and party.due and party.due < on)


def _about(party: Party, on: date) -> str:
    return listed([row.information for row in queries.held_consents(party, on)])


@door(May.WORK_ON_COURSE)
def coordination(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The sheet for a meeting: chosen on a form, handed over as PDF."""
    course = access.course(request, key, verb="koordineringsark")
    on = today()
    parties = [party for party in queries.parties_in(course.citizen) if party.closed_on is None]
    told = [(party, found) for party in parties if (found := queries.may_be_told(party, on))]
    tasks = list(course.tasks.filter(mine=True).exclude(stage=Task.Stage.DONE))
    form = SheetForm(request.POST or None, parties=[party for party, _ in told], tasks=tasks)
    if request.method == "POST" and form.is_valid():
        sheet = form.attempt(coordination_sheet, course, on=on, signer=request.user, **form.sheet())
        if sheet is not None:
            return print_paper(request, course.citizen, sheet, name="koordineringsark")
    names = {party for party, _ in told}
    shown = {
        "form": form,
        "can_meet": bool(told),
        "can_share": told,
        "left_out": [(party, _why_not(party, on)) for party in parties if party not in names],
    }
    return render(request, "parties/coordination.html", about(request, course) | shown)


def _why_not(party: Party, on: date) -> str:
    state, words = queries.consent(party, on)
    return "samtykket er kun til at spørge" if state == "given" else words


urls = [
    path("borger/<uuid:key>/part/", save_party, name="save_party"),
    path("part/<uuid:key>/", edit_party, name="edit_party"),
    path("part/<uuid:key>/skridt/", party_step, name="party_step"),
    path("part/<uuid:key>/samtykke/", give_consent, name="give_consent"),
    path("samtykke/<uuid:key>/traek-tilbage/", withdraw_consent, name="withdraw_consent"),
    path("forloeb/<uuid:key>/netvaerk/", network, name="network"),
    path("forloeb/<uuid:key>/koordinering/", coordination, name="coordination"),
]
