"""Finding citizens and referring them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.cases import queries
from mentorkorps.cases.actions import referral as verbs
from mentorkorps.cases.models import BARRIERS, Referral
from mentorkorps.domain.dates import field_date
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.models import Unit
from mentorkorps.web import access
from mentorkorps.web.access import May, door
from mentorkorps.web.citizen_forms import BENEFITS, SOURCES, NewReferralForm, ReferralForm
from mentorkorps.web.drafts import citizen_in_address, keeps_draft
from mentorkorps.web.pages.referral_correction import corrections_of, group_name
from mentorkorps.web.paging import Place, page_asked_for, to_first_page

FOUND_AT_MOST = 50
LONGEST_SEARCH = 120
SUGGESTIONS = {"sources": SOURCES, "benefits": BENEFITS}


@door(May.SEE_CITIZENS)
def citizens(request: HttpRequest) -> HttpResponse:
    """The list with its filters, or (posted, so that no name stands in an address) the answer to a search."""
    return _search(request) if request.method == "POST" else _list(request)


def _search(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
    found = queries.find(access.citizens_of(request.user), text, at_most=FOUND_AT_MOST)
    ids = [citizen.id for citizen in found.citizens]
    access.listed(request, "søgning", ids, kind=Kind.SEARCH, by=found.by, found=len(ids), more=found.more)
    return render(request, "citizens/found.html", {"searched": text, "found": found, "section": "citizens"})


def _list(request: HttpRequest) -> HttpResponse:
    asked, chosen = page_asked_for(request), _chosen(request)
    rows = queries.filtered(access.citizens_of(request.user), **chosen)
    place = Place(asked, rows.count())
    if place.beyond:
        return to_first_page(request)
    page = list(queries.with_courses(rows)[asked.first : asked.first + asked.size])
    access.listed(request, "borgere", [row.id for row in page], page=asked.number, **chosen)
    units, people = Unit.objects.order_by("name"), queries.caseworkers()
    shown = {"citizens": page, "place": place, "chosen": chosen, "units": units, "caseworkers": people}
    return render(request, "citizens/citizens.html", shown)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The filters of the address; what they cannot mean is no filter."""
    course = request.GET.get("forloeb", "")
    caseworker = request.GET.get("sagsbehandler", "")
    return {
        "unit": _key(request.GET.get("enhed", "")),
        "caseworker": caseworker if caseworker == "ingen" else _key(caseworker),
        "course": course if course in ("med", "uden") else "",
    }


def _key(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


@door(May.REFER)
def new_referral(request: HttpRequest) -> HttpResponse:
    """A new citizen and the first referral in one form."""
    form = NewReferralForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "section": "my_day"}
    if request.method == "POST" and form.is_valid():
        key, sent = form.cleaned_data["key"], (form.citizen(), form.referral())
        made = form.attempt(verbs.refer_new, key=key, citizen=sent[0], referral=sent[1], by=request.user)
        if made is not None:
            return _received(request, made)
        shown |= _way_on(request, form)
    return render(request, "citizens/new_referral.html", shown | SUGGESTIONS)


def _way_on(request: HttpRequest, form: NewReferralForm) -> dict[str, Any]:
    """Where to go when the citizen has a case: to it when the reader may see it, which is a look as any other."""
    wrong = form.errors.as_data().get("cpr", [])
    if all(error.code != verbs.KNOWN for error in wrong):
        return {}
    known = queries.by_cpr(access.citizens_of(request.user), request.POST["cpr"])
    if known is None:
        return {"elsewhere": True}
    access.listed(request, "søgning", [known.id], kind=Kind.SEARCH, by="cpr", found=1)
    return {"known": known}


@door(May.REFER)
@keeps_draft(citizen_in_address)
def refer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A referral of a citizen whom we know."""
    citizen = access.citizen(request, key, verb="henvisning")
    form = ReferralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            verbs.refer, citizen, key=form.cleaned_data["key"], by=request.user, **form.referral()
        )
        if made is not None:
            return _received(request, made)
    return render(
        request,
        "citizens/refer.html",
        {"form": form, "citizen": citizen, "section": "citizens"} | SUGGESTIONS,
    )


def _received(request: HttpRequest, made: Referral) -> HttpResponse:
    messages.success(request, f"Henvisningen er gemt. Visitér den senest {field_date(made.visitate_by)}.")
    return redirect("referral", key=made.id)


@door(May.SEE_CITIZENS)
def referral(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A referral to be read, and its way on."""
    return render(request, "citizens/referral.html", _shown(_referral(request, key)))


def _referral(request: HttpRequest, key: uuid.UUID) -> Referral:
    rows = Referral.objects.select_related("citizen__caseworker", "citizen__unit", "created_by")
    return access.of_citizen(request, rows, key, verb="henvisning")


def _shown(found: Referral) -> dict[str, Any]:
    return {
        "referral": found,
        "citizen": found.citizen,
        "target_group": group_name(found),
        "corrections": corrections_of(found),
        "barriers": [BARRIERS.get(code, code) for code in found.barriers],
        "begun": found.visitations.filter(locked=False).first(),
        "decided": found.visitations.filter(locked=True).first(),
        "section": "citizens",
    }


@door(May.REFER)
@require_POST
def withdraw_referral(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Takes a referral back."""
    found = _referral(request, key)
    try:
        verbs.withdraw_referral(found, by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
        return redirect("referral", key=key)
    messages.success(request, "Henvisningen er trukket tilbage. Den kan stadig læses i sagen.")
    return redirect("citizen", key=found.citizen_id)


urls = [
    path("borgere/", citizens, name="citizens"),
    path("henvisning/ny/", new_referral, name="new_referral"),
    path("borger/<uuid:key>/henvis/", refer, name="refer"),
    path("henvisning/<uuid:key>/", referral, name="referral"),
    path("henvisning/<uuid:key>/traek/", withdraw_referral, name="withdraw_referral"),
]
