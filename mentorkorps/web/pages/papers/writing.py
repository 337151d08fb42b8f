"""The list of papers, a new one, and the editor, where each text is saved as one writes."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorkorps.domain.paper import template
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.papers import change_head, create_paper, save_text
from mentorkorps.steering.models import Paper
from mentorkorps.steering.queries.papers import Section, current_reading, papers, sections, state_of
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.forms import keepable, typed_line
from mentorkorps.web.pages.papers.chips import text_html
from mentorkorps.web.pages.papers.forms import HeadForm, NewPaperForm

PAGE = 50


@door(May.SEE_STEERING)
@require_safe
def paper_list(request: SignedIn) -> HttpResponse:
    """Every paper with its newest meeting, newest first."""
    page = Paginator(papers(), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "udvalgssager", [])
    rows = [(each, current_reading(each), state_of(current_reading(each))) for each in page]
    may_edit = allowed(request.user, May.EDIT_STEERING)
    return render(
        request, "papers/list.html", {"page": page, "rows": rows, "may_edit": may_edit, "section": "papers"}
    )


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def new_paper(request: SignedIn) -> HttpResponse:
    """A new paper, for a proposal where the address names one."""
    initial = {"proposal": request.GET.get("forslag") or None, "kind": Paper.Kind.DECISION}
    form = NewPaperForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(create_paper, on=today(), by=request.user, **form.given())
        if made is not None:
            return redirect("paper", made.pk)
    context = {"form": form, "title": "Ny sag", "button": "Begynd sagen", "section": "papers"}
    return render(request, "papers/form.html", context)


@door(May.SEE_STEERING)
@require_safe
def paper(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The paper with one text open for writing: the one that the address names."""
    return _editor(request, found_paper(request, key), request.GET.get("afsnit", ""))


def _editor(
    request: SignedIn, found: Paper, opened: str, *, typed: str | None = None, error: str = ""
) -> HttpResponse:
    """The editor; `typed` is what somebody wrote that could not be saved, and why stands in `error`."""
    may_edit = allowed(request.user, May.EDIT_STEERING)
    figures = list(found.figures.select_related("run"))
    parts = sections(found)
    last = current_reading(found)
    context = {
        "paper": found,
        "reading": last,
        "state": state_of(last),
        "layout": template(found.template),
        "parts": [(each, text_html(each.text, figures)) for each in parts],
        "opened": opened if may_edit and _is_open(parts, opened) else "",
        "typed": typed,
        "error": error,
        "figures": figures,
        "annexes": list(found.annexes.select_related("corrected_by")),
        "may_edit": may_edit,
        "may_write": may_edit and last.sent_on is None,
        "section": "papers",
    }
    return render(request, "papers/editor.html", context)


def _is_open(parts: list[Section], key: str) -> bool:
    return any(each.key == key and each.writable for each in parts)


@door(May.EDIT_STEERING)
@require_POST
def save_paper_text(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Saves one text. From htmx it answers with the state alone; from a plain form with the next page."""
    found = found_paper(request, key)
    name, text = typed_line(request, "section"), keepable(request.POST.get("text", ""))
    revision = request.POST.get("revision", "")
    began = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else -1
    error, saved = "", None
    try:
        saved = save_text(found, name, text, revision=began, by=request.user)
    except ValidationError as wrong:
        error = " ".join(wrong.messages)
    if request.headers.get("HX-Request"):
        now = timezone.localtime()
        context = {"saved": saved, "error": error, "revision": saved.revision if saved else began, "now": now}
        return render(request, "papers/saved.html", context)
    if error:
        return _editor(request, found, name, typed=text, error=error)
    return redirect(_next(found, name, request.POST.get("then", "")))


def _next(found: Paper, name: str, then: str) -> str:
    """The editor again, at the next text when that is asked for."""
    place = reverse("paper", args=[found.pk])
    keys = [each.key for each in sections(found) if each.writable]
    if then == "next" and name in keys[:-1]:
        following = keys[keys.index(name) + 1]
        return f"{place}?afsnit={following}#afsnit-{following}"
    return f"{place}#afsnit-{name}"


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def paper_head(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """What stands in the paper's head."""
    found = found_paper(request, key)
    form = HeadForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(change_head, found, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "Hovedet er rettet.")
            return redirect("paper", key)
    context: dict[str, Any] = {"form": form, "title": "Sagens hoved", "button": "Gem hovedet", "paper": found}
    return render(request, "papers/form.html", context | {"section": "papers"})


def found_paper(request: SignedIn, key: uuid.UUID) -> Paper:
    """A paper, with the look journalled."""
    return access.record(request, papers(), key, verb="udvalgssag")


urls = [
    path("sager/", paper_list, name="papers"),
    path("sager/ny/", new_paper, name="new_paper"),
    path("sager/<uuid:key>/", paper, name="paper"),
    path("sager/<uuid:key>/afsnit/", save_paper_text, name="save_paper_text"),
    path("sager/<uuid:key>/hoved/", paper_head, name="paper_head"),
]
