"""The handbook by role, written as Markdown beside this package, and the accessibility statement."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mentorkorps.municipality.models import Role

HANDBOOK = files("mentorkorps.web") / "handbook"
# The order of the table of contents: slug, title, what it is for.
CHAPTERS = (
    ("kom-i-gang", "Kom i gang", "Ti minutters rundtur i prøvekommunen."),
    ("sagsbehandler", "Sagsbehandler", "Fra henvisning til afgørelse, aftale og opfølgning."),
    ("mentor", "Mentor", "Din uge, kontakter på telefonen, opgaver og status."),
    ("telefon", "Telefonen uden net", "Registrér uden net, og hvad der sker, hvis telefonen bliver væk."),
    (
        "faglig-mentor",
        "Faglig mentor",
        "For dig, der er mentor ved siden af dit job på en virksomhed eller skole.",
    ),
    ("fagkoordinator", "Fagkoordinator", "Ugetavlen, korpset, vikarer og valg af mentor."),
    ("leverandoer", "Leverandør", "Følg jeres mentorers uger og registrér for dem."),
    ("oekonom", "Økonom", "Bevilgede timer ved siden af serviceniveauet."),
    (
        "leder-og-sekretaer",
        "Leder og udvalgssekretær",
        "Godkendelser, serviceniveau og tal, der kan efterses.",
    ),
    ("hvad-nu-hvis", "Hvad nu hvis", "Hvad et andet serviceniveau betyder i timer, mentorer og kroner."),
    (
        "forslag-og-sager",
        "Forslag og sager",
        "Et nyt serviceniveau og sagen til udvalget, med tal, der kan efterses.",
    ),
    (
        "spoergsmaal-og-oplaeg",
        "De fem spørgsmål og oplæg",
        "Svar til udvalget, der kan læses højt, og lysbilleder med bundne tal.",
    ),
    (
        "databeskyttelse-og-administrator",
        "Databeskyttelse og administrator",
        "Journal, stikprøver, brugere og adgang.",
    ),
    ("lov-og-regler", "Lov og regler", "Spørg loven, læs en regel til kilden, og ret den."),
    ("ordforklaring", "Ordforklaring", "Hvad ordene betyder her."),
)
# The chapter that a reader is shown first.
FOR_ROLE = {
    Role.CASEWORKER: "sagsbehandler",
    Role.MENTOR: "mentor",
    Role.COMPANY_MENTOR: "faglig-mentor",
    Role.COORDINATOR: "fagkoordinator",
    Role.PROVIDER: "leverandoer",
    Role.CONTROLLER: "oekonom",
    Role.LEADER: "leder-og-sekretaer",
    Role.SECRETARY: "leder-og-sekretaer",
    Role.DPO: "databeskyttelse-og-administrator",
    Role.ADMINISTRATOR: "databeskyttelse-og-administrator",
}


def help(request: HttpRequest) -> HttpResponse:
    """The table of contents, with the reader's own chapter first."""
    mine = FOR_ROLE.get(getattr(request.user, "role", None))
    chapters = sorted(CHAPTERS, key=lambda chapter: chapter[0] != mine)
    return render(request, "help/contents.html", {"chapters": chapters, "mine": mine})


def help_page(request: HttpRequest, page: str) -> HttpResponse:
    """One chapter of the handbook."""
    chapter = next((each for each in CHAPTERS if each[0] == page), None)
    if chapter is None:
        raise Http404
    context = {"title": chapter[1], "text": chapter_html(page), "chapters": CHAPTERS, "page": page}
    return render(request, "help/chapter.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what was tested, what was not, and whom to tell."""
    return render(request, "help/accessibility.html")


@cache
def chapter_html(slug: str) -> SafeString:
    """A chapter as HTML. The Markdown is our own; raw HTML in it is shown as text all the same."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("image", _picture)
    markdown.add_render_rule("heading_open", _heading)
    return mark_safe(markdown.render((HANDBOOK / f"{slug}.md").read_text(encoding="utf-8")))


def _picture(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """A picture from static/handbook/, or nothing where it has not been taken."""
    name, alt = f"handbook/{tokens[index].attrs['src']}", tokens[index].content
    if finders.find(name) is None:
        return ""
    try:
        return f'<img src="{static(name)}" alt="{alt}" loading="lazy">'
    except ValueError:  # taken after the static files were collected
        return ""


def _heading(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """A heading that can be pointed at."""
    words = tokens[index + 1].content.lower().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))
    return f'<{tokens[index].tag} id="{re.sub(r"[^a-z0-9]+", "-", words).strip("-")}">'


urls = [
    path("hjaelp/", help, name="help"),
    path("hjaelp/<slug:page>/", help_page, name="help_page"),
    path("tilgaengelighed/", accessibility, name="accessibility"),
]
