"""The parts of a slide: texts in placeholders, native tables and charts, and figures large enough for the back row."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.letter import Block, Box, Bullets, Numbered, Paragraph, Picture, Table
from mentorkorps.web.agenda import chart_of, number_columns
from mentorkorps.web.deck.fit import column_widths, row_heights, table_size
from mentorkorps.web.deck.master import INK, PALE, PETROL, QUIET

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
NUMBERS = "[$-406]#,##0.##;-#,##0.##"
BOX_HEIGHT = 1.35  # inches
PROVISION = re.compile(r"(?<=§) | (?=§)|(?<=stk\.) |(?<=\d) (?=[a-e]\b)")
BULLET, HANG = "•", Inches(0.32)
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without lines and fills


def write_texts(frame: Any, blocks: Sequence[Block], size: int) -> None:
    """Texts into a frame, one paragraph each; bullets and numbers are the program's own."""
    first = True
    for text, mark in _paragraphs(blocks):
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        first = False
        run = paragraph.add_run()
        run.text, run.font.size = whole(text), Pt(size)
        paragraph.space_after, paragraph.space_before = Pt(size * 0.5), Pt(0)
        _mark(paragraph, mark)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """(text, the element of its mark)."""
    for block in blocks:
        match block:
            case Paragraph(text=text):
                yield text, "buNone"
            case Bullets(items=items):
                yield from ((item, "buChar") for item in items)
            case Numbered(items=items):
                yield from ((item, "buAutoNum") for item in items)


def _mark(paragraph: Any, mark: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    hang = 0 if mark == "buNone" else HANG
    properties.set("marL", str(hang))
    properties.set("indent", str(-hang))
    attribute = {"buChar": f' char="{BULLET}"', "buAutoNum": ' type="arabicPeriod"'}.get(mark, "")
    properties.append(parse_xml(f'<a:{mark} xmlns:a="{MAIN}"{attribute}/>'))


def add_box(slide: Any, box: Box, left: int, top: int, width: int) -> None:
    """Large figures beside each other, each over its label."""
    share = width // len(box.rows)
    size = 44 if len(box.rows) < 4 else 30
    for number, (label, value) in enumerate(box.rows):
        shape = slide.shapes.add_textbox(Emu(left + number * share), top, Emu(share), Inches(BOX_HEIGHT))
        shape.name = f"{value} {label}"
        frame = shape.text_frame
        frame.word_wrap, frame.margin_left = True, 0
        figure, words = frame.paragraphs[0].add_run(), frame.add_paragraph().add_run()
        figure.text, figure.font.size, figure.font.bold = value, Pt(size), True
        figure.font.color.rgb = PETROL
        words.text, words.font.size = label, Pt(18)
        words.font.color.rgb = QUIET


def add_table(slide: Any, table: Table, left: int, top: int, width: int, height: int) -> int:
    """A real table with a header row; how high it is likely to become (EMU)."""
    wide, tall = Emu(width).inches, Emu(height).inches
    size = table_size(table, wide, tall)
    widths = column_widths(table, wide, size)
    heights = row_heights(table, widths, size)
    shape = slide.shapes.add_table(
        len(table.rows) + 1, len(table.header), left, top, width, Inches(sum(heights))
    )
    describe(shape, table.caption, f"Tabel: {table.caption}")
    native = shape.table
    _plain(native)
    for column, each in zip(native.columns, widths, strict=True):
        column.width = Inches(each)
    right = number_columns(table)
    for place, (row, each) in enumerate(zip(native.rows, heights, strict=True)):
        row.height = Inches(each)
        texts = table.rows[place - 1] if place else table.header
        is_total = bool(place) and texts[0] == "I alt"
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _cell(cell, text, size, right=column in right, bold=not place or is_total, head=not place)
    return Inches(sum(heights))


def _plain(native: Any) -> None:
    properties = native._tbl.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = PLAIN_TABLE


def _cell(cell: Any, text: str, size: int, *, right: bool, bold: bool, head: bool) -> None:
    cell.margin_left, cell.margin_right = (Inches(0.12), 0) if right else (0, Inches(0.12))
    cell.margin_top = cell.margin_bottom = Inches(0.07)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = whole(text), Pt(size), bold
    run.font.color.rgb = INK
    width, colour = (19050, "1A1A1A") if head else (6350, "C8C8C8")
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    line = f'<a:lnB xmlns:a="{MAIN}" w="{width}">{fill}</a:lnB>'
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(0, parse_xml(line))


def add_chart(slide: Any, picture: Picture, left: int, top: int, width: int, height: int) -> Any:
    """The chart as the program's own, so that its figures can be seen and changed there."""
    chart = chart_of(picture)
    values = {(point.x, point.series): point.value for point in chart.points}
    data = CategoryChartData(number_format=NUMBERS)
    data.categories = [str(place) for place in chart.places]
    for name in chart.series:
        data.add_series(name, [values.get((place, name)) for place in chart.places])
    shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, left, top, width, height, data)
    describe(shape, picture.caption, picture.description)
    _calm(shape.chart, len(chart.series))
    return shape


def _calm(native: Any, series: int) -> None:
    """Bars with their figure at the end, the first category on top, and nothing that the figures say already."""
    native.has_title, native.has_legend = False, series > 1
    native.font.size = Pt(16)
    native.font.color.rgb = INK
    if native.has_legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    down, across = native.category_axis, native.value_axis
    down.reverse_order, down.format.line.color.rgb = True, QUIET
    down.major_tick_mark = XL_TICK_MARK.NONE
    across.has_major_gridlines, across.visible = False, False
    across.minimum_scale, across.tick_label_position = 0, XL_TICK_LABEL_POSITION.NONE
    plot = native.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 45, -5, True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = NUMBERS, False
    labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(16)
    for each, fill in zip(plot.series, (PALE, PETROL) if series > 1 else (PETROL,), strict=False):
        each.format.fill.solid()
        each.format.fill.fore_color.rgb = fill
        each.format.line.color.rgb = PETROL


def describe(shape: Any, title: str, text: str) -> None:
    """The words that a screen reader has for a table or a chart."""
    properties = shape._element.nvGraphicFramePr.cNvPr
    properties.set("name", title)
    properties.set("title", title)
    properties.set("descr", text)


def whole(text: str) -> str:
    """A provision is never broken between two lines."""
    return PROVISION.sub(NBSP, text)
