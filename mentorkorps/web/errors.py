"""The pages for what went wrong: not there, not allowed, a stale form, and failures with a code that the log has."""

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger("mentorkorps.failure")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: absent and not allowed look the same."""
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that no page of ours sends."""
    return render(request, "errors/400.html", status=400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened before the latest sign-in; nothing was changed."""
    return render(request, "errors/stale_form.html", status=403)


def failure(request: HttpRequest) -> HttpResponse:
    """500: a bug. The page shows a short code, and the log has the same code beside the traceback."""
    code = uuid.uuid4().hex[:8]
    log.error(
        "failure %s on %s", code, request.resolver_match.view_name if request.resolver_match else "unknown"
    )
    # Without the request: what the frame asks the database for may be the very thing that failed.
    return HttpResponse(render_to_string("errors/500.html", {"code": code}), status=500)
