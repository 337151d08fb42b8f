"""The committee's slides: begun from two runs, chosen, written, and frozen when they are shown."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.paper import Shown, TooMuch, UnknownFigure, columns_of, slide_kinds, start_texts
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import law_book
from mentorkorps.steering.actions.papers import CHANGED_MEANWHILE, fingerprint
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Deck, DeckSlide, DeckVersion, Run
from mentorkorps.steering.queries.decks import composed_deck, figures_of, run_facts
from mentorkorps.steering.queries.questions import organisation_inputs

MOST_LETTERS = 900  # of a slide: more cannot be read from the back of a room


@transaction.atomic
def create_deck(
    *, title: str, authority: str, committee: str, meeting_on: date, run: Run, on: date, by: User
) -> Deck:
    """New slides with the law of the meeting's day; the corps of `on` is kept as a run of its own.

    Raises ValidationError at `run` for a run that has no service level.
    """
    if run.kind != "simulation":
        raise ValidationError(
            {"run": "Vælg en beregning fra Hvad nu hvis. Den har borgere, timer og kroner."}
        )
    corps = make_run(kind="answer", title=f"Korpset {field_date(on)}", inputs=organisation_inputs(on), by=by)
    deck = Deck.objects.create(
        title=title.strip(), authority=authority, committee=committee.strip(), meeting_on=meeting_on, run=run,
        corps=corps, created_by=by, created_on=on,
    )  # fmt: skip
    texts = start_texts(law_book().rules_on(meeting_on), run_facts(run), meeting_on)
    DeckSlide.objects.bulk_create(
        DeckSlide(
            deck=deck,
            key=kind.key,
            title=kind.title,
            text=texts.get(kind.key, ""),
            shown=kind.bound or kind.key in texts,
        )
        for kind in slide_kinds()
    )
    changed("oprettet oplæg", by=by, about=deck)
    return deck


@transaction.atomic
def save_slide(
    deck: Deck, key: str, *, title: str, text: str, shown: bool, revision: int, by: User
) -> DeckSlide:
    """Saves one slide; `revision` is what the writer began from. Saving the same twice changes nothing.

    Raises ValidationError at `text` when it names an unknown figure, is too long for a slide, or was changed by another
    meanwhile; at `title` when it is blank.
    """
    stored = DeckSlide.objects.select_for_update().filter(deck=deck, key=key).first()
    if stored is None:
        raise ValidationError("Det lysbillede findes ikke.")
    title, text = title.strip(), text.replace("\r\n", "\n").strip()
    _check(deck, title, text)
    if (stored.title, stored.text, stored.shown) == (title, text, shown):
        return stored
    if stored.revision != revision:
        raise ValidationError({"text": f"{CHANGED_MEANWHILE} Åbn siden i et nyt vindue, og saml dem."})
    stored.title, stored.text, stored.shown, stored.revision = title, text, shown, revision + 1
    stored.save()
    changed("skrevet lysbillede", by=by, about=deck, slide=key)
    return stored


def _check(deck: Deck, title: str, text: str) -> None:
    if not title:
        raise ValidationError({"title": "Giv lysbilledet en overskrift. En skærmlæser finder vej med den."})
    if len(title) > DeckSlide._meta.get_field("title").max_length:
        raise ValidationError({"title": "Overskriften er for lang. Højst 90 tegn."})
    if len(text) > MOST_LETTERS:
        raise ValidationError(
            {
                "text": f"Teksten er for lang til et lysbillede: {len(text)} tegn. Der er plads til {MOST_LETTERS}."
            }
        )
    try:
        columns_of(text, {name: Shown(each.shown) for name, each in figures_of(deck).items()})
    except (UnknownFigure, TooMuch) as wrong:
        raise ValidationError({"text": str(wrong)}) from None


@transaction.atomic
def freeze_deck(deck: Deck, *, on: date, by: User) -> DeckVersion:
    """Keeps the slides as they are now as a version that never changes.

    The same slides again give the version that is there. Raises ValidationError when no slide is shown.
    """
    deck = Deck.objects.select_for_update().get(pk=deck.pk)
    document = composed_deck(deck).as_json()
    if not document["slides"]:
        raise ValidationError("Ingen lysbilleder er med. Vælg mindst ét.")
    sha256, last = fingerprint(document), deck.versions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    version = DeckVersion.objects.create(
        deck=deck, number=(last.number if last else 0) + 1, document=document, sha256=sha256, made_on=on,
        made_by=by,
    )  # fmt: skip
    changed("låst oplæg", by=by, about=deck, version=version.number)
    return version
