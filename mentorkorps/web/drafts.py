"""Forms that keep what is typed: saved while one types, put back when the page opens again, gone when it is sent.

The text goes to the form's own address with the header `X-Draft`, so whoever may not open the page may keep nothing
there, and a text can only come back where it was typed. The header `X-Draft-For` names the person who opened the
page: when somebody else has signed in since, nothing is kept.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from mentorkorps.cases.actions.drafts import discard_draft, forget_draft, keep_draft
from mentorkorps.cases.models import Citizen, Visitation
from mentorkorps.cases.queries.drafts import draft_of
from mentorkorps.web import access
from mentorkorps.web.access import Page, SignedIn
from mentorkorps.web.forms import keepable

# From a request and the key in its address to the citizen; raises 404 for whoever may not see the row.
Whose = Callable[[SignedIn, uuid.UUID], Citizen]
NEVER_KEPT = {"csrfmiddlewaretoken", "key"}


def citizen_in_address(request: SignedIn, key: uuid.UUID) -> Citizen:
    """Whose case it is when the address has a citizen's key."""
    return access.citizen(request, key, verb="kladde")


def course_in_address(request: SignedIn, key: uuid.UUID) -> Citizen:
    """Whose case it is when the address has a course's key."""
    return access.course(request, key, verb="kladde").citizen


def visitation_in_address(request: SignedIn, key: uuid.UUID) -> Citizen:
    """Whose case it is when the address has a visitation's key."""
    rows = Visitation.objects.select_related("citizen")
    return access.of_citizen(request, rows, key, verb="kladde").citizen


def keeps_draft(whose: Whose) -> Callable[[Page], Page]:
    """Marks a page whose form keeps what is typed; the template includes `parts/draft.html` inside its form.

    A POST that the page answers with a redirect has been accepted, and its draft is removed.
    """

    def keeping(page: Page) -> Page:
        @wraps(page)
        def inner(request: SignedIn, key: uuid.UUID, **more: Any) -> HttpResponse:
            place = {"page": _page_name(request), "object_id": key}
            if request.method == "POST" and "X-Draft" in request.headers:
                return _typed(request, whose(request, key), place)
            if request.method == "GET":
                request.draft = SimpleLazyObject(lambda: draft_of(request.user, **place))  # type: ignore[attr-defined]
            response = page(request, key, **more)
            if request.method == "POST" and response.status_code == 302:
                forget_draft(**place, by=request.user)
            return response

        return inner

    return keeping


def _page_name(request: HttpRequest) -> str:
    """The name of the address, with whatever stands in it beside the key."""
    match = request.resolver_match
    beside = [str(value) for name, value in match.kwargs.items() if name != "key"]
    return ":".join([match.url_name, *beside])[:40]


def _typed(request: SignedIn, citizen: Citizen, place: dict[str, Any]) -> JsonResponse:
    """Keeps or throws away what was typed, and says which."""
    if request.headers.get("X-Draft-For") != str(request.user.pk):
        said = "Ikke gemt: en anden er logget ind i denne browser. Log ind igen som dig selv i et nyt vindue."
        return JsonResponse({"said": said}, status=409)
    if request.headers["X-Draft"] == "discard":
        discard_draft(**place, citizen=citizen, by=request.user)
        return JsonResponse({"said": "Kladden er smidt væk."})
    try:
        draft = keep_draft(**place, citizen=citizen, fields=_fields(request.POST), by=request.user)
    except ValidationError as too_long:
        return JsonResponse({"said": f"Ikke gemt: {too_long.message}"}, status=400)
    return JsonResponse({"said": f"Gemt som kladde kl. {timezone.localtime(draft.saved_at):%H.%M}"})


def _fields(typed: QueryDict) -> dict[str, list[str]]:
    return {
        keepable(name): [keepable(value) for value in values]
        for name, values in typed.lists()
        if name not in NEVER_KEPT
    }
