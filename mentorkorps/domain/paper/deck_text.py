"""What somebody types for a slide -> its columns. As in a paper, with “## ” for a column and “ | ” for a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mentorkorps.domain.letter.document import Block, Table
from mentorkorps.domain.paper.text import Shown, blocks, filled

COLUMN = re.compile(r"^##[ \t]+(.+)$", re.MULTILINE)
CELLS = re.compile(r"\s+\|\s+")
MOST_COLUMNS = 2


class TooMuch(ValueError):
    """The text does not fit a slide; the message is Danish."""


@dataclass(frozen=True)
class Column:
    """Blocks beside others; `heading` is empty where the slide has one column without any."""

    heading: str
    blocks: tuple[Block, ...]


def columns_of(text: str, figures: Mapping[str, Shown]) -> tuple[Column, ...]:
    """A text as columns; none for an empty one. Raises UnknownFigure, and TooMuch for a third column."""
    first, *rest = COLUMN.split(text.replace("\r\n", "\n"))
    headed = list(zip(rest[::2], rest[1::2], strict=True))
    if len(headed) > MOST_COLUMNS:
        raise TooMuch("Et lysbillede har plads til to spalter. Fjern en af linjerne med ##.")
    parts = ([("", first)] if first.strip() else []) + headed
    if len(parts) > MOST_COLUMNS:
        raise TooMuch("Sæt teksten over den første ## ind i en af spalterne.")
    return tuple(Column(heading.strip(), tuple(_blocks(body, figures))) for heading, body in parts)


def _blocks(text: str, figures: Mapping[str, Shown]) -> Iterator[Block]:
    lines = text.strip().split("\n")
    cells = [tuple(CELLS.split(filled(line.strip(), figures))) for line in lines if " | " in line]
    yield from blocks("\n".join(line for line in lines if " | " not in line), figures)
    if cells:
        header, *rows = cells
        width = len(header)
        padded = tuple((row + ("",) * width)[:width] for row in rows)
        yield Table(header, padded, " og ".join(header))
