"""Slides for the committee in both worlds; København's are its theme discussion of 29 September 2014 made again."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from mentorkorps.municipality.models import Role, User
from mentorkorps.municipality.queries import people_by_role, the_municipality
from mentorkorps.steering.actions.decks import create_deck, freeze_deck, save_slide
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Deck, Run
from mentorkorps.steering.queries.decks import slides

KOEBENHAVN_MEETING = date(2014, 9, 29)


def tell_koebenhavn(today: date) -> Deck:
    """The theme discussion, on the citizens of the day without any proposal, and as it was shown."""
    words, by = _words("koebenhavn")
    asked = Run.objects.filter(kind="simulation").latest("made_at")
    inputs = {name: value for name, value in asked.inputs.items() if name != "proposal"}
    run = make_run(kind="simulation", title=words["run"], inputs=inputs, by=by)
    deck = _deck(words, run, KOEBENHAVN_MEETING, today, by)
    freeze_deck(deck, on=today, by=by)
    return deck


def tell_fjordby(today: date) -> Deck:
    """Slides that somebody is writing, on a what-if with a proposal."""
    words, by = _words("fjordby")
    meeting = today + timedelta(weeks=3)
    tuesday = meeting - timedelta(days=meeting.weekday() - 1)
    return _deck(words, Run.objects.get(title=words["run"]), tuesday, today, by)


def _words(world: str) -> tuple[dict[str, Any], User]:
    text = (files("mentorkorps.web.demo") / "decks.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)[world], people_by_role()[Role.SECRETARY]


def _deck(words: dict[str, Any], run: Run, meeting_on: date, on: date, by: User) -> Deck:
    deck = create_deck(
        title=words["title"], authority=str(the_municipality()), committee=words["committee"], meeting_on=meeting_on,
        run=run, on=on, by=by,
    )  # fmt: skip
    for each in slides(deck):
        if each.kind.key in words["texts"]:
            text, row = words["texts"][each.kind.key], each.row
            save_slide(
                deck, each.kind.key, title=row.title, text=text, shown=True, revision=row.revision, by=by
            )
    return deck
