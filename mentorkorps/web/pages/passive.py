"""The citizens whom nobody meets: neither mentor nor another offer, with how long and what to do next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mentorkorps.followup.queries.passive import (
    USUAL_WEEKS,
    WEEKS,
    Passive,
    counts_by_weeks,
    for_weeks,
    passive,
    with_next_step,
)
from mentorkorps.municipality.models import Role
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.paging import Place, page_asked_for, to_first_page

# Of each next step: its words, the page it is done on, and what that page takes.
STEPS = {
    "referral": ("Visitér henvisningen", "referral", May.SEE_CITIZENS),
    "mentor": ("Vælg mentor", "course", May.SEE_COURSE),
    "period": ("Tag stilling til en ny periode", "course", May.SEE_COURSE),
    "offer": ("Notér, om der er et andet tilbud", "other_offers", May.ASSIGN),
    "talk": ("Aftal, hvad der nu skal ske", "citizen", May.SEE_CITIZENS),
}
MINE = "mine"


@door(May.SEE_CITIZENS)
@require_safe
def passive_list(request: SignedIn) -> HttpResponse:
    """Those without anything for so many weeks, the longest first."""
    asked, weeks = page_asked_for(request), _weeks(request)
    mine = request.user.role == Role.CASEWORKER and request.GET.get("vis") == MINE
    citizens = access.citizens_of(request.user)
    rows = passive(citizens.filter(caseworker=request.user) if mine else citizens, today())
    counts = counts_by_weeks(rows, today())
    place = Place(asked, counts[weeks])
    if place.beyond:
        return to_first_page(request)
    page = with_next_step(for_weeks(rows, weeks, today())[asked.first : asked.first + asked.size], today())
    access.listed(request, "uden tilbud", [row.citizen.id for row in page], page=asked.number, weeks=weeks)
    shown: dict[str, Any] = {
        "rows": [(row, row.days(today()), *_step(request, row)) for row in page],
        "place": place,
        "counts": counts,
        "weeks": weeks,
        "mine": mine,
        "may_choose_mine": request.user.role == Role.CASEWORKER,
    }
    return render(request, "passive/list.html", shown)


def _weeks(request: SignedIn) -> int:
    """The weeks of the address; what it cannot mean is the usual."""
    text = request.GET.get("uger", "")
    return int(text) if text in {str(each) for each in WEEKS} else USUAL_WEEKS


def _step(request: SignedIn, row: Passive) -> tuple[str, str]:
    """What to do next and where, or no address for one who may not do it."""
    words, page, may = STEPS[row.step]
    return words, reverse(page, args=[row.key]) if allowed(request.user, may) else ""


urls = [path("borgere/uden-tilbud/", passive_list, name="passive_list")]
