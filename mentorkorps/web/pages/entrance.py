"""The way in: the first page, the page where a demo's visitor picks a role, one's own account, and the health check."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.journal.queries import seconds_since_seal
from mentorkorps.municipality.models import Role
from mentorkorps.municipality.queries import people_by_role, the_municipality
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.context import menu_of

# What each role comes to do, in the order in which a case passes through their hands.
ERRANDS = {
    Role.CASEWORKER: "Visitér, afgør, følg op",
    Role.MENTOR: "Mød borgere, registrér fra telefonen",
    Role.COMPANY_MENTOR: "Én side om måneden, ingen diagnoser",
    Role.PROVIDER: "Følg egne mentorers uger",
    Role.COORDINATOR: "Vælg mentor, og fang de uger, der glipper",
    Role.CONTROLLER: "Se bevilgede timer ved siden af serviceniveauet",
    Role.LEADER: "Godkend, og hold øje med timer og serviceniveau",
    Role.SECRETARY: "Tal til udvalget, som kan efterses",
    Role.DPO: "Stikprøver i journalen, og efterprøv den",
    Role.ADMINISTRATOR: "Opret brugere, og giv dem adgang",
}


def front_door(request: HttpRequest) -> HttpResponse:
    """What the product is, and the way in."""
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "entrance/front_door.html", {"roles": roles_to_try() if is_demo() else []})


def is_demo() -> bool:
    """Whether anyone may come in as anyone: the demo's settings and made-up people, never one alone."""
    municipality = the_municipality()
    return settings.DEMO and municipality is not None and municipality.synthetic


def roles_to_try() -> list[dict[str, Any]]:
    """Each role with what it comes to do and the person one becomes."""
    people = people_by_role()
    return [{"person": people[role], "errand": errand} for role, errand in ERRANDS.items() if role in people]


def home(request: HttpRequest) -> HttpResponse:
    """The reader's own first page: what waits for them."""
    if not request.user.is_authenticated:
        return redirect("front_door")
    menu = menu_of(request.user)
    return redirect(menu[0][0] if menu else "own_account")


@require_POST
def pick_role(request: HttpRequest, role: str) -> HttpResponse:
    """Lets a visitor of the demo in as the first person of a role; outside the demo the address does not exist."""
    person = people_by_role().get(role) if is_demo() else None
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["second_factor"] = True
    write(Kind.SIGN, "valgt rolle i demo", by=person)
    return redirect("home")


@door(May.OWN_PAGES)
def own_account(request: SignedIn) -> HttpResponse:
    """Who one is here, and the ways to change how one signs in."""
    return render(request, "entrance/own_account.html", {"second_factor": is_mfa_enabled(request.user)})


def health(request: HttpRequest) -> JsonResponse:
    """Whether the database and the cache answer, and seconds since the journal's last seal; else 503."""
    state: dict[str, Any] = {"database": "ok", "cache": "ok", "journal": None}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state["journal"] = seconds_since_seal(timezone.now())
    except DatabaseError:
        state["database"] = "fails"
    try:
        cache.set("health", "ok", 5)
        state["cache"] = cache.get("health", "fails")
    except DatabaseError:
        state["cache"] = "fails"
    well = state["database"] == state["cache"] == "ok"
    return JsonResponse(state, status=200 if well else 503)


urls = [
    path("", front_door, name="front_door"),
    path("hjem/", home, name="home"),
    path("min-konto/", own_account, name="own_account"),
    path("proev/<str:role>/", pick_role, name="pick_role"),
    path("health/", health, name="health"),
]
