"""Named reads of decks: the slides as somebody writes them, and as they read now."""

from dataclasses import dataclass

from django.db.models import QuerySet

from mentorkorps.domain.paper import (
    DeckDocument,
    DeckInput,
    Named,
    RunFacts,
    SlideKind,
    Written,
    compose_deck,
    concerns,
    named,
    slide_kinds,
)
from mentorkorps.domain.paper.checks import Concern
from mentorkorps.municipality.queries import law_book
from mentorkorps.steering.models import Deck, DeckSlide, Run


def decks() -> QuerySet[Deck]:
    """Every deck, newest first."""
    return Deck.objects.select_related("run", "corps", "created_by")


def level_runs() -> QuerySet[Run]:
    """Runs that slides can take their figures from, newest first."""
    return Run.objects.filter(kind="simulation").order_by("-made_at", "-id")


def run_facts(run: Run) -> RunFacts:
    """A run as the domain knows it."""
    return RunFacts(run.title, run.input_hash, run.made_on, run.inputs, run.result)


@dataclass(frozen=True)
class Editable:
    """A slide with its kind, in the order in which it is shown."""

    kind: SlideKind
    row: DeckSlide


def slides(deck: Deck) -> list[Editable]:
    """Every slide of a deck, those that are left out too. One query."""
    rows = {row.key: row for row in deck.slides.all()}
    return [Editable(kind, rows[kind.key]) for kind in slide_kinds() if kind.key in rows]


def figures_of(deck: Deck) -> dict[str, Named]:
    """The figures that a text can name."""
    return named(run_facts(deck.run), run_facts(deck.corps))


def composed_deck(deck: Deck, *, every: bool = False) -> DeckDocument:
    """The slides as they read now: those that are shown, or `every` one for the editor."""
    chosen = [each for each in slides(deck) if each.row.shown or every]
    return compose_deck(
        DeckInput(
            title=deck.title,
            municipality=deck.authority,
            committee=deck.committee,
            meeting_on=deck.meeting_on,
            rules=law_book().rules_on(deck.meeting_on),
            level=run_facts(deck.run),
            corps=run_facts(deck.corps),
            slides=tuple(Written(each.kind.key, each.row.title, each.row.text) for each in chosen),
        )
    )


def judged_deck(deck: Deck) -> tuple[Concern, ...]:
    """The places on the slides that a person should look at before they are shown."""
    return concerns(slide.part for slide in composed_deck(deck).slides)
