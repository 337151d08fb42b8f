"""Prose as somebody types it -> the blocks of a document, with figures put where their names stand.

A blank line parts paragraphs; lines that begin with “- ” or “1. ” are lists. `{{ name }}` is a figure: a number
inside a sentence, or a table or a chart when it stands on a line of its own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mentorkorps.domain.letter.document import Block, Bullets, Numbered, Paragraph

CHIP = re.compile(r"\{\{\s*([a-z0-9][a-z0-9-]*)\s*\}\}")
_IN_SENTENCE = re.compile(CHIP.pattern + r"(\.?)")
_NEARLY = re.compile(r"\{\{|\}\}")
_BULLET = re.compile(r"[-•]\s+(.*)")
_NUMBER = re.compile(r"\d+[.)]\s+(.*)")


class UnknownFigure(ValueError):
    """The text names a figure that the paper has not; the message is Danish."""


@dataclass(frozen=True)
class Shown:
    """A frozen figure: its words in a sentence, and the block it is when it stands alone (None for a number)."""

    text: str
    block: Block | None = None


def names_in(text: str) -> tuple[str, ...]:
    """The figures that a text names, in order, each once. Raises UnknownFigure for braces that name nothing."""
    if _NEARLY.search(CHIP.sub("", text)):
        raise UnknownFigure(
            "Der står {{ eller }}, som ikke er et tal fra listen. Skriv tallets navn mellem dem, eller slet dem."
        )
    return tuple(dict.fromkeys(CHIP.findall(text)))


def check_names(text: str, figures: Mapping[str, Shown]) -> None:
    """Raises UnknownFigure when a text names a figure that is not there."""
    missing = [name for name in names_in(text) if name not in figures]
    if missing:
        raise UnknownFigure(f"Tallet {missing[0]} findes ikke i sagen. Hent det først fra en beregning.")


def filled(text: str, figures: Mapping[str, Shown]) -> str:
    """The text with each number in its place. Raises UnknownFigure."""
    check_names(text, figures)
    return _IN_SENTENCE.sub(lambda found: _with_stop(figures[found.group(1)].text, found.group(2)), text)


def _with_stop(words: str, stop: str) -> str:
    """A figure and the full stop after it: “kr.” needs no other."""
    return words if words.endswith(".") else words + stop


def blocks(text: str, figures: Mapping[str, Shown]) -> tuple[Block, ...]:
    """A text as blocks; nothing for an empty one. Raises UnknownFigure."""
    check_names(text, figures)
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(block for each in paragraphs for block in _paragraph(each.strip(), figures))


def _paragraph(text: str, figures: Mapping[str, Shown]) -> Iterator[Block]:
    """The runs of like lines in one paragraph: prose, bullets, numbers or a figure alone."""
    waiting: list[str] = []
    kind = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        this = _kind(line, figures)
        if this != kind or this == "figure":
            yield from _block(kind, waiting, figures)
            waiting = []
        kind = this
        waiting.append(line)
    yield from _block(kind, waiting, figures)


def _kind(line: str, figures: Mapping[str, Shown]) -> str:
    alone = CHIP.fullmatch(line)
    if alone and figures[alone.group(1)].block is not None:
        return "figure"
    if _BULLET.fullmatch(line):
        return "bullets"
    return "numbered" if _NUMBER.fullmatch(line) else "prose"


def _block(kind: str, lines: list[str], figures: Mapping[str, Shown]) -> Iterator[Block]:
    if not lines:
        return
    if kind == "figure":
        block = figures[CHIP.findall(lines[0])[0]].block
        assert block is not None
        yield block
    elif kind == "bullets":
        yield Bullets(tuple(filled(_BULLET.sub(r"\1", line), figures) for line in lines))
    elif kind == "numbered":
        yield Numbered(tuple(filled(_NUMBER.sub(r"\1", line), figures) for line in lines))
    else:
        yield Paragraph(filled(" ".join(lines), figures))
