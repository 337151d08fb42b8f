"""A finished deck -> PPTX: a front page, and each slide with title, columns, footer and speaker notes."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from mentorkorps.domain.letter import Block, Box, Picture, Table
from mentorkorps.domain.paper import Column, DeckDocument, Slide
from mentorkorps.web.deck.fit import parted, text_height, text_size
from mentorkorps.web.deck.master import (
    BODY,
    BOTTOM,
    COLUMNS,
    FONT,
    HALF,
    HEADINGS,
    LEFT,
    QUIET,
    SECOND,
    TOP,
    WIDE,
    layout,
    new_presentation,
    place,
)
from mentorkorps.web.deck.parts import BOX_HEIGHT, add_box, add_chart, add_table, write_texts

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
AIR = Inches(0.3)


def render_pptx(document: DeckDocument) -> bytes:
    """The deck as PPTX in 16:9. The same document gives the same slides."""
    made = new_presentation()
    _about(made, document)
    _front(made, document)
    for slide in document.slides:
        for part in _parts(slide):
            _slide(made, part, document.running)
    _speak(made, document.language)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _about(made: Any, document: DeckDocument) -> None:
    about = made.core_properties
    about.title, about.author, about.language = document.title, document.author, document.language
    about.subject, about.comments, about.last_modified_by = document.subtitle, "", document.author
    about.created = about.modified = datetime.combine(document.dated, time(12), UTC)


def _front(made: Any, document: DeckDocument) -> None:
    slide = made.slides.add_slide(layout(made, "Forside"))
    slide.shapes.title.text = document.title
    slide.placeholders[1].text = f"{document.author}\n{document.subtitle}"
    slide.notes_slide.notes_text_frame.text = (
        "Tallene er bundet til beregninger; hvert lysbillede har sin kilde her."
    )


def _parts(slide: Slide) -> list[Slide]:
    """The slide, or several where its table does not fit one."""
    blocks = slide.columns[0].blocks
    if len(slide.columns) > 1 or not blocks or not isinstance(blocks[0], Table):
        return [slide]
    room = Emu(BOTTOM - TOP).inches - text_height(blocks[1:], Emu(WIDE).inches, 16)
    tables = parted(blocks[0], Emu(WIDE).inches, room)
    return [
        Slide(
            slide.key,
            slide.title if number == 0 else f"{slide.title} (fortsat)",
            (Column("", (table, *(blocks[1:] if table is tables[-1] else ()))),),
            slide.notes,
        )
        for number, table in enumerate(tables)
    ]


def _slide(made: Any, given: Slide, running: str) -> None:
    two = len(given.columns) == 2
    if two and not any(
        isinstance(block, Picture | Table | Box) for each in given.columns for block in each.blocks
    ):
        slide = made.slides.add_slide(layout(made, "To spalter"))
        _two_columns(slide, given.columns)
    elif two:
        slide = made.slides.add_slide(layout(made, "Tekst"))
        _beside(slide, given.columns)
    else:
        texts = any(not isinstance(block, Picture | Table | Box) for block in given.columns[0].blocks)
        slide = made.slides.add_slide(layout(made, "Tekst" if texts else "Overskrift"))
        _stacked(slide, given.columns[0].blocks)
    slide.shapes.title.text = given.title
    _footer(slide, running)
    slide.notes_slide.notes_text_frame.text = given.notes


def _two_columns(slide: Any, columns: Sequence[Column]) -> None:
    """Two texts under their headings, in letters of one size."""
    high = Emu(BOTTOM - Inches(2.35)).inches
    size = min(text_size(column.blocks, Emu(HALF).inches, high) for column in columns)
    for number, column in enumerate(columns):
        heading = slide.placeholders[HEADINGS[number]]
        if column.heading:
            heading.text = column.heading
        else:
            heading._element.getparent().remove(heading._element)
        write_texts(slide.placeholders[COLUMNS[number]].text_frame, column.blocks, size)


def _beside(slide: Any, columns: Sequence[Column]) -> None:
    """A chart or a table on the left, and what is to be said of it on the right."""
    high = Emu(BOTTOM - TOP)
    body = slide.placeholders[BODY]
    place(body, SECOND, TOP, HALF, high)
    blocks = columns[1].blocks
    write_texts(body.text_frame, blocks, text_size(blocks, Emu(HALF).inches, high.inches))
    for block in columns[0].blocks:
        _native(slide, block, LEFT, TOP, HALF, high)
    _read_first(slide, body)


def _stacked(slide: Any, blocks: Sequence[Block]) -> None:
    """What is drawn first, and the texts below it."""
    drawn = [block for block in blocks if isinstance(block, Picture | Table | Box)]
    texts = [block for block in blocks if not isinstance(block, Picture | Table | Box)]
    wide = Emu(WIDE).inches
    size = text_size(texts, wide, Emu(BOTTOM - TOP).inches - (BOX_HEIGHT if drawn else 0))
    kept = Inches(
        text_height(
            texts, wide, min(size, 18 if any(isinstance(each, Table | Picture) for each in drawn) else 24)
        )
    )
    top = TOP
    for block in drawn:
        top += _native(slide, block, LEFT, top, WIDE, Emu(BOTTOM - top - (kept + AIR if texts else 0))) + AIR
    if not texts:
        return
    body = slide.placeholders[BODY]
    room = Emu(BOTTOM - top)
    place(body, LEFT, top, WIDE, room)
    write_texts(body.text_frame, texts, text_size(texts, wide, room.inches))
    if drawn:
        _read_first(slide, body)


def _native(slide: Any, block: Block, left: int, top: int, width: int, height: int) -> int:
    """Draws a block; how much height it took."""
    match block:
        case Box():
            add_box(slide, block, left, top, width)
            return Inches(BOX_HEIGHT)
        case Table():
            return add_table(slide, block, left, top, width, height)
        case Picture():
            add_chart(slide, block, left, top, width, height)
            return height
    return 0


def _read_first(slide: Any, body: Any) -> None:
    """A screen reader goes by the order of the shapes: the title, what is drawn, and then the text."""
    tree = body._element.getparent()
    tree.remove(body._element)
    tree.append(body._element)


def _footer(slide: Any, running: str) -> None:
    """The layout's footer and number, which a new slide does not take over by itself."""
    for shape in slide.slide_layout.placeholders:
        kind = shape.placeholder_format.type.name
        if kind not in ("FOOTER", "SLIDE_NUMBER"):
            continue
        copied = deepcopy(shape._element)
        copied.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in slide.shapes) + 1))
        slide.shapes._spTree.append(copied)
        if kind == "FOOTER":
            _running(slide.shapes[-1].text_frame.paragraphs[0], running)


def _running(paragraph: Any, text: str) -> None:
    run = paragraph.add_run()
    run.text, run.font.size, run.font.color.rgb, run.font.name = text, Pt(12), QUIET, FONT
    paragraph.alignment = PP_ALIGN.LEFT


def _speak(made: Any, language: str) -> None:
    """Every letter is read in the deck's language."""
    masters = [made.slide_master, *made.slide_layouts]
    for owner in (*masters, *made.slides, *(slide.notes_slide for slide in made.slides)):
        for run in owner._element.iter(qn("a:r"), qn("a:fld")):
            run.get_or_add_rPr()
        for spoken in owner._element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            spoken.set("lang", language)
