"""A committee's paper as a Word document that a screen reader can follow: styles, headings, header rows, alt text."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt, RGBColor

from mentorkorps.domain.letter import Block, Box, Bullets, Numbered, Paragraph, Picture, Table
from mentorkorps.domain.paper import AgendaItem, Part
from mentorkorps.web.agenda import MANY, chart_of, number_columns
from mentorkorps.web.charts import png

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
TEXT_WIDTH = Cm(16.6)
WIDEST, PADDING, ON_A_LINE = 24, 4, 100  # letters of a column, beside its words, and of the page at 9 points
SIZES = {"Heading 1": 18, "Heading 2": 13, "Heading 3": 11}


def render_docx(item: AgendaItem) -> bytes:
    """The paper as DOCX, A4, in Danish, with title, headings 1 to 3, real tables and numbered pages."""
    word = new_document()
    _lay_out(word, item)
    word.add_paragraph(item.running, style="Subtitle")
    word.add_heading(item.title, level=1)
    _facts(word, item.facts)
    for part in item.parts:
        _part(word, part)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _lay_out(word: Word, item: AgendaItem) -> None:
    about = word.core_properties
    about.title, about.author, about.language = item.title, item.author, item.language
    about.created = about.modified = datetime.combine(item.dated, time(12), UTC)
    about.comments = ""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    _styles(word, item.language)
    _foot(page.footer.paragraphs[0], item.running)


def _styles(word: Word, language: str) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.15
    for name in ("Normal", *SIZES, "Subtitle", "Caption", "List Bullet", "List Number"):
        style = word.styles[name]
        _speak(style, language)
        style.font.name = FONT
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        if name in SIZES:
            style.font.size, style.font.bold = Pt(SIZES[name]), True
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(3)
    word.styles["Footer"].font.size = Pt(8.5)  # of its own runs alone, a field's number would be larger
    for name in ("Subtitle", "Caption"):
        style = word.styles[name]
        style.font.italic, style.font.size, style.font.bold = False, Pt(10), name == "Caption"
        style.paragraph_format.keep_with_next = True
        for spaced in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spaced)


def _speak(style: Any, language: str) -> None:
    """The language that a style is read in, and the same font for every script."""
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:lang")):
        properties.remove(found)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _foot(paragraph: Any, running: str) -> None:
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{running}\tSide ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" af ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word works out when it shows the page."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _facts(word: Word, facts: tuple[tuple[str, str], ...]) -> None:
    for label, value in facts:
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(3.2))
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(3.2), Cm(-3.2)
        line.add_run(f"{label}\t").bold = True
        line.add_run(value)


def _part(word: Word, part: Part) -> None:
    heading = word.add_heading(part.heading, level=part.level)
    heading.paragraph_format.page_break_before = part.new_page
    for block in part.blocks:
        _block(word, block)


def _block(word: Word, block: Block) -> None:
    match block:
        case Paragraph(text=text):
            word.add_paragraph(text)
        case Bullets(items=items):
            for item in items:
                word.add_paragraph(item, style="List Bullet")
        case Numbered(items=items):
            _numbered(word, items)
        case Picture():
            _picture(word, block)
        case Box(rows=rows):
            _facts(word, rows)
        case Table():
            word.add_paragraph(block.caption, style="Caption")
            _table(word, block)


def _numbered(word: Word, items: tuple[str, ...]) -> None:
    """A list that begins at 1: Word would go on from the list before, unless it is told."""
    numbering = word.part.numbering_part.numbering_definitions._numbering
    style = word.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(style).abstractNumId.val
    own = numbering.add_num(abstract)
    own.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items:
        properties = word.add_paragraph(item, style="List Number")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = own.numId


def _table(word: Word, block: Table) -> None:
    table = word.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.autofit = False
    _describe(table, block.caption)
    right, widths = number_columns(block), _widths(block)
    _fill(table.rows[0].cells, block.header, right, widths, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        _fill(table.add_row().cells, row, right, widths, bold=False)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(block: Table) -> list[Length]:
    """The page's width shared by what the columns hold: a few words each, or one where there is no room."""
    columns = list(zip(block.header, *block.rows, strict=True))
    words = [PADDING + max(len(word) for cell in column for word in cell.split(" ")) for column in columns]
    roomy = [
        max(word, PADDING + min(WIDEST, max(map(len, column))))
        for word, column in zip(words, columns, strict=True)
    ]
    needs = roomy if sum(roomy) <= ON_A_LINE else words
    return [Emu(TEXT_WIDTH * need // sum(needs)) for need in needs]


def _describe(table: Any, caption: str) -> None:
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    table._tbl.tblPr.append(title)


def _fill(cells: Any, texts: tuple[str, ...], right: set[int], widths: list[Length], *, bold: bool) -> None:
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.width = widths[place]
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if place in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(9 if len(texts) < MANY else 8)


def _picture(word: Word, block: Picture) -> None:
    word.add_paragraph(block.caption, style="Caption")
    shape = word.add_picture(BytesIO(png(chart_of(block))), width=TEXT_WIDTH)
    properties = shape._inline.docPr
    properties.set("descr", block.description)
    properties.set("title", block.caption)
