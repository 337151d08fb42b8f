"""A paper as it is read: on the page, as Word and as PDF, as it is now or as it was sent; and its history."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mentorkorps.domain.paper import AgendaItem
from mentorkorps.journal.models import Kind
from mentorkorps.steering.actions.papers import fingerprint
from mentorkorps.steering.models import Paper, PaperVersion
from mentorkorps.steering.queries.papers import composed, current_reading, state_of
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.agenda import render_html, render_pdf
from mentorkorps.web.docx import DOCX, render_docx
from mentorkorps.web.pages.papers.writing import found_paper

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@door(May.SEE_STEERING)
@require_safe
def preview(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The paper as a page."""
    found = found_paper(request, key)
    version = _version(request, found)
    context = {
        "paper": found,
        "version": version,
        "text": mark_safe(render_html(_item(found, version))),
        "section": "papers",
    }
    return render(request, "papers/preview.html", context)


@door(May.SEE_STEERING)
@require_safe
def history(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Its meetings and every version that was sent, with fingerprints that are counted again here and now."""
    found = found_paper(request, key)
    versions = list(found.versions.select_related("reading", "made_by"))
    last = current_reading(found)
    context = {
        "paper": found,
        "readings": [(each, state_of(each)) for each in found.readings.prefetch_related("questions")],
        "versions": [(each, fingerprint(each.document) == each.sha256) for each in versions],
        "reading": last,
        "may_edit": allowed(request.user, May.EDIT_STEERING),
        "section": "papers",
    }
    return render(request, "papers/history.html", context)


@door(May.SEE_STEERING)
@require_safe
def as_pdf(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The paper as tagged PDF."""
    return _file(request, key, "pdf")


@door(May.SEE_STEERING)
@require_safe
def as_word(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The paper as a Word document."""
    return _file(request, key, "docx")


def _file(request: SignedIn, key: uuid.UUID, kind: str) -> HttpResponse:
    found = found_paper(request, key)
    version = _version(request, found)
    item = _item(found, version)
    access.listed(request, "udvalgssag", [], kind=Kind.EXPORT, paper=str(found.pk), file=kind)
    made, media = (render_pdf(item), "application/pdf") if kind == "pdf" else (render_docx(item), DOCX)
    response = HttpResponse(made, content_type=media)
    name = slugify(found.title.lower().translate(LETTERS)) or "sag"
    numbered = f"-version-{version.number}" if version else "-kladde"
    way = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}{numbered}.{kind}"'
    return response


def _version(request: SignedIn, found: Paper) -> PaperVersion | None:
    """The version that the address names, or None for the paper as it is now."""
    asked = request.GET.get("version", "")
    if not asked:
        return None
    version = (
        found.versions.filter(number=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    )
    if version is None:
        raise Http404("Den version findes ikke.")
    return version


def _item(found: Paper, version: PaperVersion | None) -> AgendaItem:
    return composed(found) if version is None else AgendaItem.from_json(version.document)


urls = [
    path("sager/<uuid:key>/vis/", preview, name="paper_preview"),
    path("sager/<uuid:key>/historie/", history, name="paper_history"),
    path("sager/<uuid:key>/pdf/", as_pdf, name="paper_pdf"),
    path("sager/<uuid:key>/word/", as_word, name="paper_word"),
]
