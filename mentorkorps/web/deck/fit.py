"""How large letters can be so that everything on a slide has room. Widths are estimated: a slide is no book."""

from collections.abc import Sequence
from math import ceil

from mentorkorps.domain.letter import Block, Box, Bullets, Numbered, Paragraph, Table

SIZES = (28, 26, 24, 22, 20, 18, 16, 14)  # points
TABLE_SIZES = SIZES[4:]
LETTER = 0.485  # of the size: the mean width of a letter of Arial, with room to spare
CELL_LETTER = 0.47  # the same in a table, where a row can grow
LINE, GAP = 1.2, 0.5  # of the size: a line, and the air after a paragraph
INDENT, PADDING = 0.35, 0.18  # inches: before a bullet, and inside a cell
POINTS = 72  # an inch


def text_size(blocks: Sequence[Block], width: float, height: float) -> int:
    """The largest size (points) at which the texts fit into inches."""
    return next((size for size in SIZES if text_height(blocks, width, size) <= height), SIZES[-1])


def text_height(blocks: Sequence[Block], width: float, size: int) -> float:
    """How high the texts become, in inches."""
    return sum(_height(text, width - indent, size) for text, indent in _texts(blocks))


def _texts(blocks: Sequence[Block]) -> list[tuple[str, float]]:
    """Each paragraph with its indent."""
    found: list[tuple[str, float]] = []
    for block in blocks:
        match block:
            case Paragraph(text=text):
                found.append((text, 0))
            case Bullets(items=items) | Numbered(items=items):
                found += [(item, INDENT) for item in items]
            case Box(rows=rows):
                found += [(f"{label}: {value}", 0) for label, value in rows]
    return found


def _height(text: str, width: float, size: int) -> float:
    return (_lines(text, width, size) * LINE + GAP) * size / POINTS


def _lines(text: str, width: float, size: int, letter: float = LETTER) -> int:
    return max(1, ceil(len(text) * letter * size / POINTS / width))


def column_widths(table: Table, width: float, size: int) -> list[float]:
    """Inches of each column: what the narrow ones need, and the rest shared by what the others hold."""
    columns = list(zip(table.header, *table.rows, strict=True))
    needs = [
        max(len(cell) for cell in cells) * CELL_LETTER * size / POINTS + 2 * PADDING for cells in columns
    ]
    if sum(needs) <= width:
        return [need + (width - sum(needs) if place == 0 else 0) for place, need in enumerate(needs)]
    share = width / len(needs)
    narrow = sum(need for need in needs if need <= share)
    wide = sum(need for need in needs if need > share)
    return [need if need <= share else (width - narrow) * need / wide for need in needs]


def row_heights(table: Table, widths: Sequence[float], size: int) -> list[float]:
    """Inches of the header and each row."""
    return [
        max(_lines(cell, width - PADDING, size, CELL_LETTER) for cell, width in zip(row, widths, strict=True))
        * LINE
        * size
        / POINTS
        + PADDING
        for row in (table.header, *table.rows)
    ]


def table_size(table: Table, width: float, height: float) -> int:
    """The largest size at which the whole table fits, or the smallest."""
    for size in TABLE_SIZES:
        if sum(row_heights(table, column_widths(table, width, size), size)) <= height:
            return size
    return SIZES[-1]


def parted(table: Table, width: float, height: float) -> list[Table]:
    """The table as it is, or as several of the smallest letters that fit one slide each."""
    size = table_size(table, width, height)
    head, *rows = row_heights(table, column_widths(table, width, size), size)
    parts: list[list[tuple[str, ...]]] = [[]]
    filled = head
    for row, tall in zip(table.rows, rows, strict=True):
        if parts[-1] and filled + tall > height:
            parts.append([])
            filled = head
        parts[-1].append(row)
        filled += tall
    return [Table(table.header, tuple(part), table.caption) for part in parts]
