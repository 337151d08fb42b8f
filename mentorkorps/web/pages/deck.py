"""Slides for a committee: the list, new ones, the editor with each slide as it reads, and the file."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorkorps.domain.paper import RULES, DeckDocument, Slide
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.queries import the_municipality, today
from mentorkorps.steering.actions.decks import create_deck, freeze_deck, save_slide
from mentorkorps.steering.actions.papers import fingerprint
from mentorkorps.steering.models import Deck, DeckSlide, DeckVersion, Run
from mentorkorps.steering.queries.decks import (
    composed_deck,
    decks,
    figures_of,
    judged_deck,
    level_runs,
    slides,
)
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.agenda import block_on_page
from mentorkorps.web.deck import PPTX, render_pptx
from mentorkorps.web.forms import DateField, HouseForm, LongText, typed_line
from mentorkorps.web.pages.papers.reading import LETTERS

PAGE, RUNS_TO_CHOOSE = 50, 50


class RunChoice(forms.ModelChoiceField):
    """Saved what-ifs by their title and day."""

    def label_from_instance(self, obj: Run) -> str:
        return f"{obj.title} ({obj.made_on:%d-%m-%Y})"


class DeckForm(HouseForm):
    """New slides."""

    title = forms.CharField(label="Titel", max_length=120)
    committee = forms.CharField(label="Udvalg", max_length=120)
    meeting_on = DateField(label="Mødets dag", help_text="Loven på lysbillederne er den, der gælder den dag.")
    run = RunChoice(
        Run.objects.none(), label="Beregning", empty_label="Vælg en beregning",
        help_text="Borgere, timer og kroner kommer herfra og ændrer sig ikke bagefter.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["run"].queryset = level_runs()  # type: ignore[attr-defined]


class SlideForm(HouseForm):
    """One slide's words, and whether it is shown."""

    shown = forms.BooleanField(label="Vis lysbilledet", required=False)
    title = forms.CharField(label="Overskrift", max_length=90)
    text = LongText(label="Tekst", rows=9, required=False, max_length=4_000)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: DeckSlide) -> "SlideForm":
        """The slide as it is."""
        names = ("shown", "title", "text", "revision")
        return cls(initial={name: getattr(row, name) for name in names})


@door(May.SEE_STEERING)
@require_safe
def deck_list(request: SignedIn) -> HttpResponse:
    """Every deck, newest first."""
    page = Paginator(decks(), PAGE).get_page(request.GET.get("side"))
    access.listed(request, "oplæg", [])
    may_edit = allowed(request.user, May.EDIT_STEERING)
    return render(request, "deck/list.html", {"page": page, "may_edit": may_edit})


@door(May.EDIT_STEERING)
@require_http_methods(["GET", "POST"])
def new_deck(request: SignedIn) -> HttpResponse:
    """New slides from a saved what-if."""
    form = DeckForm(request.POST or None, initial={"run": request.GET.get("beregning") or None})
    if request.method == "POST" and form.is_valid():
        house = the_municipality()
        given = form.cleaned_data | {"authority": str(house) if house else ""}
        made = form.attempt(create_deck, on=today(), by=request.user, **given)
        if made is not None:
            return redirect("deck", made.pk)
    has_runs = level_runs().exists()
    return render(request, "deck/new.html", {"form": form, "has_runs": has_runs, "section": "decks"})


@door(May.SEE_STEERING)
@require_safe
def deck(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Every slide as it reads, one of them open for writing: the one that the address names."""
    found = _found(request, key)
    return _editor(request, found, request.GET.get("lysbillede", ""), None)


def _editor(request: SignedIn, found: Deck, opened: str, form: SlideForm | None) -> HttpResponse:
    may_edit = allowed(request.user, May.EDIT_STEERING)
    read = {slide.key: slide for slide in composed_deck(found, every=True).slides}
    rows = [(each, read[each.kind.key], _on_page(read[each.kind.key])) for each in slides(found)]
    concerns = judged_deck(found)
    context = {
        "deck": found,
        "rows": rows,
        "shown": sum(each.row.shown for each, _, _ in rows),
        "opened": opened if may_edit else "",
        "form": form
        or next((SlideForm.of(each.row) for each, _, _ in rows if each.kind.key == opened), None),
        "figures": figures_of(found).items(),
        "concerns": [(each, RULES[each.kind]) for each in concerns],
        "versions": [
            (each, fingerprint(each.document) == each.sha256)
            for each in found.versions.select_related("made_by")
        ],
        "may_edit": may_edit,
        "section": "decks",
    }
    return render(request, "deck/deck.html", context)


def _on_page(slide: Slide) -> list[tuple[str, SafeString]]:
    """The columns of a slide: heading, and blocks as HTML with every word escaped."""
    return [
        (column.heading, mark_safe("\n".join(block_on_page(block) for block in column.blocks)))
        for column in slide.columns
    ]


@door(May.EDIT_STEERING)
@require_POST
def save_deck_slide(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Saves one slide; what cannot be saved is still there to be put right."""
    found, name = _found(request, key), typed_line(request, "slide")
    if not found.slides.filter(key=name).exists():
        raise access.refuse(request, "lysbillede", asked_for=name[:60])
    form = SlideForm(request.POST)
    if form.is_valid():
        form.attempt(save_slide, found, name, by=request.user, **form.cleaned_data)
    if form.errors:
        return _editor(request, found, name, form)
    return redirect(f"{reverse('deck', args=[key])}#{name}")


@door(May.EDIT_STEERING)
@require_POST
def lock_deck(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Freezes the slides, once a person has judged what could give a citizen away."""
    found = _found(request, key)
    if judged_deck(found) and not request.POST.get("judged"):
        messages.error(request, "Sæt kryds, når du har set på stederne, hvor en borger måske kan kendes.")
        return redirect(f"{reverse('deck', args=[key])}#laas")
    try:
        version = freeze_deck(found, on=today(), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, f"Oplægget er låst som version {version.number}. Hent den nederst.")
    return redirect(f"{reverse('deck', args=[key])}#laas")


@door(May.SEE_STEERING)
@require_safe
def deck_file(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The slides as PowerPoint: as they are, or the version that the address names."""
    found = _found(request, key)
    version = _version(found, request.GET.get("version", ""))
    access.listed(request, "oplæg", [], kind=Kind.EXPORT, deck=str(found.pk))
    document = DeckDocument.from_json(version.document) if version else composed_deck(found)
    response = HttpResponse(render_pptx(document), content_type=PPTX)
    name = slugify(found.title.lower().translate(LETTERS)) or "oplaeg"
    numbered = f"version-{version.number}" if version else "kladde"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{numbered}.pptx"'
    return response


def _version(found: Deck, asked: str) -> DeckVersion | None:
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    version = found.versions.filter(number=number).first()
    if version is None:
        raise Http404("Den version findes ikke.")
    return version


def _found(request: SignedIn, key: uuid.UUID) -> Deck:
    """A deck, with the look journalled."""
    return access.record(request, decks(), key, verb="oplæg")


urls = [
    path("oplaeg/", deck_list, name="decks"),
    path("oplaeg/nyt/", new_deck, name="new_deck"),
    path("oplaeg/<uuid:key>/", deck, name="deck"),
    path("oplaeg/<uuid:key>/lysbillede/", save_deck_slide, name="save_deck_slide"),
    path("oplaeg/<uuid:key>/laas/", lock_deck, name="lock_deck"),
    path("oplaeg/<uuid:key>/pptx/", deck_file, name="deck_file"),
]
