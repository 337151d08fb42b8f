"""Slides for a theme discussion as a finished document: what was written, the law of the day, figures of two runs."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.law import Rule
from mentorkorps.domain.letter.document import Block, Table, block_as_json, block_from_json
from mentorkorps.domain.paper import deck_figures as found
from mentorkorps.domain.paper.compose import Part
from mentorkorps.domain.paper.deck_figures import RunFacts
from mentorkorps.domain.paper.deck_text import Column, columns_of
from mentorkorps.domain.paper.text import Shown, names_in

SAYS = "Reglen siger, at "


@dataclass(frozen=True)
class SlideKind:
    """A slide that can be shown: its key, first title and hint; `bound` ones have figures or law that nobody types."""

    key: str
    title: str
    hint: str
    bound: bool = False


@cache
def slide_kinds() -> tuple[SlideKind, ...]:
    """Every slide, in the order in which they are shown."""
    text = (files("mentorkorps.domain.paper") / "data" / "deck.toml").read_text(encoding="utf-8")
    return tuple(SlideKind(**row) for row in tomllib.loads(text)["slide"])


@dataclass(frozen=True)
class Slide:
    """One finished slide with one or two columns. `notes` are for the speaker: where each figure comes from."""

    key: str
    title: str
    columns: tuple[Column, ...]
    notes: str

    @property
    def part(self) -> Part:
        """The slide as a part of a paper, for the checks that papers have."""
        return Part(self.title, 2, tuple(block for column in self.columns for block in column.blocks))


@dataclass(frozen=True)
class DeckDocument:
    """The finished slides, the same for ever. `running` stands on every slide."""

    title: str
    subtitle: str
    running: str
    author: str
    dated: date
    slides: tuple[Slide, ...]
    language: str = "da-DK"

    def as_json(self) -> dict[str, Any]:
        """Plain JSON data; each block carries its kind under `block`."""
        data = asdict(self) | {"dated": self.dated.isoformat()}
        data["slides"] = [
            asdict(slide) | {"columns": [_column_as_json(column) for column in slide.columns]}
            for slide in self.slides
        ]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "DeckDocument":
        """The inverse of `as_json`. Raises KeyError or TypeError on data that is no deck."""
        slides = tuple(
            Slide(**{**slide, "columns": tuple(_column_from_json(each) for each in slide["columns"])})
            for slide in data["slides"]
        )
        return cls(**{**data, "slides": slides, "dated": date.fromisoformat(data["dated"])})


def _column_as_json(column: Column) -> dict[str, Any]:
    return {"heading": column.heading, "blocks": [block_as_json(block) for block in column.blocks]}


def _column_from_json(data: Mapping[str, Any]) -> Column:
    return Column(data["heading"], tuple(block_from_json(block) for block in data["blocks"]))


@dataclass(frozen=True)
class Written:
    """A slide as somebody chose and wrote it."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class DeckInput:
    """Everything the slides say. `rules` are those in force on the meeting's day."""

    title: str
    municipality: str
    committee: str
    meeting_on: date
    rules: Sequence[Rule]
    level: RunFacts
    corps: RunFacts
    slides: Sequence[Written]


def compose_deck(given: DeckInput) -> DeckDocument:
    """The slides as they read now. Raises UnknownFigure for a figure in a text that there is none of."""
    shown = found.named(given.level, given.corps)
    return DeckDocument(
        title=given.title,
        subtitle=f"{given.committee}, {long_date(given.meeting_on)}",
        running=f"{given.municipality} · {given.committee} · {long_date(given.meeting_on)}",
        author=given.municipality,
        dated=given.meeting_on,
        slides=tuple(_slide(given, each, shown) for each in given.slides),
    )


def _slide(given: DeckInput, written: Written, shown: Mapping[str, found.Named]) -> Slide:
    texts = columns_of(written.text, {name: Shown(each.shown) for name, each in shown.items()})
    made = _made(given, written.key)
    if made and written.key == "organisation" and texts:
        columns: tuple[Column, ...] = (Column("", made), texts[0])
    elif made:
        columns = (Column("", (*made, *(block for column in texts for block in column.blocks))),)
    else:
        columns = texts or (Column("", ()),)
    return Slide(written.key, written.title, columns, "\n".join(_notes(given, written, shown)))


def _made(given: DeckInput, key: str) -> tuple[Block, ...]:
    """What the program puts on a slide."""
    match key:
        case "law":
            return (law_table(given.rules, given.level, given.meeting_on),)
        case "figures":
            return (found.social_table(given.level),)
        case "hours":
            return (found.hours_chart(given.level),)
        case "company_figures":
            return found.company_box(given.level)
        case "economy":
            return (found.economy_box(given.level),)
        case "organisation":
            return (found.corps_chart(given.corps),)
        case "sources":
            return (_sources(given),)
        case _:
            return ()


def of_level(rules: Sequence[Rule], level: RunFacts) -> list[Rule]:
    """The rules that give what the level has rows for."""
    functions = {function for row in level.inputs["level"]["row"] for function in row.get("functions", ())}
    return [rule for rule in rules if rule.kind == "gives" and rule.function in functions]


def law_table(rules: Sequence[Rule], level: RunFacts, on: date) -> Table:
    """What the law gives on a day, for what the level has rows for."""
    rows = tuple(
        (
            rule.citation,
            capitalised(rule.rule_says.removeprefix(SAYS)),
            capitalised(OBLIGATION_WORDS[rule.obligation]),
        )
        for rule in of_level(rules, level)
    )
    return Table(("Regel", "Hvad den siger", "Pligt"), rows, f"Loven, som den gælder {long_date(on)}")


def _sources(given: DeckInput) -> Table:
    rows = tuple(
        (run.title, long_date(run.made_on), run.fingerprint[:12]) for run in (given.level, given.corps)
    )
    header = ("Beregning", "Lavet", "Fingeraftryk")
    return Table(header, rows, "Beregningerne bag tallene")


def _notes(given: DeckInput, written: Written, shown: Mapping[str, found.Named]) -> Iterator[str]:
    """Where everything on a slide comes from."""
    on = long_date(given.meeting_on)
    match written.key:
        case "law":
            yield f"Kilde: loven, som den gælder {on}."
            yield from (f"{rule.citation}: {rule.source}" for rule in of_level(given.rules, given.level))
        case "figures" | "hours" | "company_figures" | "economy":
            yield _source(given.level)
        case "organisation":
            yield _source(given.corps)
        case "sources":
            yield "Beregningerne kan gentages i Mentorkorps og giver de samme tal."
        case "case_1" | "case_2":
            yield "Casen er anonymiseret af forvaltningen. Nævn ikke mere om borgeren, end der står."
        case _:
            yield "Teksten er skrevet af forvaltningen."
    for name in names_in(written.text):
        yield f"{shown[name].label}: {shown[name].shown}. {_source(shown[name].run)}"


def _source(run: RunFacts) -> str:
    return f"Kilde: beregningen “{run.title}”, lavet {long_date(run.made_on)}, fingeraftryk {run.fingerprint[:12]}."
