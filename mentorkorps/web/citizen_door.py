"""The citizen's own door: a visit that a one-time link has opened, held by a cookie of its own on its own path.

It is no sign-in. Whoever is signed in as a user is nobody here, and whoever holds a visit is nobody elsewhere.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mentorkorps.followup.actions.citizen_page import note_seen
from mentorkorps.followup.models import CitizenLink
from mentorkorps.followup.queries.citizen_page import LONGEST_VISIT, visit_of
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import the_municipality
from mentorkorps.web.citizen_words import Words, languages, words_in

COOKIE = "mk_borger"
PATH = "/min-side/"


class Visited(HttpRequest):
    """A request from a citizen whose visit is open."""

    visit: CitizenLink
    words: Words


def citizen_door(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a page of the citizen's own. Without an open visit it says so, journalled as refused, and does nothing."""

    @wraps(page)
    def inner(request: Visited, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        visit = visit_of(request.COOKIES.get(COOKIE, ""), now=now)
        if visit is None:
            write(Kind.LOOK, "borgerens side", by=None, refused=True, detail={"page": page.__name__})
            return say(request, words_asked_for(request), "closed", status=403)
        note_seen(visit, now=now)
        request.visit, request.words = visit, words_in(visit.language)
        return page(request, *args, **kwargs)

    inner.for_citizens = True  # type: ignore[attr-defined]
    return inner


def let_in(response: HttpResponse, secret: str) -> HttpResponse:
    """Gives the browser the visit: unreadable to scripts, sent to the citizen's own addresses only."""
    response.set_cookie(
        COOKIE, secret, max_age=LONGEST_VISIT, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def let_out(response: HttpResponse) -> HttpResponse:
    """Takes the visit from the browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def words_asked_for(request: HttpRequest) -> Words:
    """The language that the address asks for, or Danish."""
    return words_in(request.GET.get("sprog", ""))


def say(request: HttpRequest, words: Words, what: str, *, status: int = 200) -> HttpResponse:
    """A page with a few words and no more: “closed”, “slow” or “left”."""
    municipality = the_municipality()
    context = {
        "t": words,
        "heading": words[f"{what}_title"],
        "text": words[f"{what}_text"],
        "help": words.say("closed_help", phone=municipality.phone)
        if what == "closed" and municipality
        else "",
        "languages": languages().values(),
    }
    return render(request, "own_page/few_words.html", context, status=status)
