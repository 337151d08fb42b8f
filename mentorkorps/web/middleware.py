"""What every request passes: no page is cached, idle sessions end, and a password alone opens nothing."""

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

Answer = Callable[[HttpRequest], HttpResponse]
# How often the moment of last use is written; a write on every request would cost more than it tells.
NOTE_EVERY_SECONDS = 60


def never_cache_pages(answer: Answer) -> Answer:
    """No shared or local cache may keep a page: the next person at the desk must not see it."""

    def inner(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return inner


def end_idle_sessions(answer: Answer) -> Answer:
    """Signs out whoever has not been seen for MENTORKORPS_IDLE_MINUTES."""

    def inner(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get("seen", now)
            if now - seen > settings.SESSION_IDLE_MINUTES * 60:
                logout(request)
                messages.info(
                    request,
                    "Du er logget af, fordi der ikke er sket noget længe. Log ind igen; kladder er gemt.",
                )
            elif "seen" not in request.session or now - seen > NOTE_EVERY_SECONDS:
                request.session["seen"] = now
        return answer(request)

    return inner


def demand_second_factor(answer: Answer) -> Answer:
    """Sends a person without a second factor to set one up before anything else opens."""

    def inner(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.session.get("second_factor"):
            if not is_mfa_enabled(request.user) and not request.path.startswith(_open_paths()):
                return redirect("mfa_activate_totp")
            if is_mfa_enabled(request.user):
                request.session["second_factor"] = True
        return answer(request)

    return inner


def _open_paths() -> tuple[str, ...]:
    return (
        reverse("mfa_index"),
        reverse("account_logout"),
        reverse("account_reauthenticate"),
        settings.STATIC_URL,
    )
