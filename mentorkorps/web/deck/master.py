"""The master and its four layouts in 16:9, in the house's colours, made of the library's own default template."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, RIGHT = Inches(0.75), Inches(12.583)
TOP, BOTTOM = Inches(1.75), Inches(6.75)  # of what a slide says
WIDE = Emu(RIGHT - LEFT)
INK, QUIET = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x59, 0x59, 0x59)
PETROL, PALE = RGBColor(0x0B, 0x4F, 0x5E), RGBColor(0xC3, 0xDA, 0xDE)
FONT = "Arial"
THEME = {
    "dk1": "1A1A1A", "lt1": "FFFFFF", "dk2": "0B4F5E", "lt2": "F2F5F5", "accent1": "0B4F5E", "accent2": "C3DADE",
    "accent3": "4B2482", "accent4": "8F7FC0", "accent5": "707070", "accent6": "8A5A00", "hlink": "004D99",
    "folHlink": "004D99",
}  # fmt: skip
KEPT = {
    "Title Slide": "Forside",
    "Title and Content": "Tekst",
    "Comparison": "To spalter",
    "Title Only": "Overskrift",
}
TITLE, BODY, HEADINGS, COLUMNS = 0, 1, (1, 3), (2, 4)  # idx of the placeholders of the layouts
RULE = (
    '<p:cxnSp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvCxnSpPr><p:cNvPr id="90" name="Linje"/>'
    '<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
    '<a:ext cx="{width}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    '<a:ln w="19050"><a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
)
WHITE_LETTERS = (
    '<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" marL="0" indent="0" algn="l">'
    '<a:buNone/><a:defRPr sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:defRPr>'
    "</a:lvl1pPr>"
)
HALF = Emu((WIDE - Inches(0.6)) // 2)
SECOND = Emu(LEFT + HALF + Inches(0.6))


def new_presentation() -> Any:
    """An empty presentation with the house's master; `layouts` are found by `layout`."""
    made = Presentation()
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    for each in list(made.slide_layouts):
        if each.name not in KEPT:
            made.slide_layouts.remove(each)
    _theme(made.slide_master)
    _master(made.slide_master)
    for each in made.slide_layouts:
        _layout(each)
    return made


def layout(made: Any, name: str) -> Any:
    """A layout by its Danish name."""
    return next(each for each in made.slide_layouts if each.name == name)


def _theme(master: Any) -> None:
    """The house's colours and font, so that what somebody adds in the program looks like the rest."""
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    root = etree.fromstring(part.blob)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    for name, colour in THEME.items():
        slot = scheme.find(qn(f"a:{name}"))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr"), val=colour)
    for latin in root.iterfind(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _master(master: Any) -> None:
    for shape in master.placeholders:
        kind = shape.placeholder_format.type.name
        if kind == "TITLE":
            place(shape, LEFT, Inches(0.5), WIDE, Inches(1))
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
            shape.text_frame.margin_left = 0
        elif kind == "BODY":
            place(shape, LEFT, TOP, WIDE, Emu(BOTTOM - TOP))
            shape.text_frame.margin_left = 0
        elif kind == "FOOTER":
            place(shape, LEFT, Inches(6.95), Inches(10), Inches(0.35))
            shape.text_frame.margin_left = 0
        elif kind == "SLIDE_NUMBER":
            place(shape, Inches(11.58), Inches(6.95), Inches(1), Inches(0.35))
            shape.text_frame.margin_right = 0
        else:
            shape._element.getparent().remove(shape._element)
    _rule(master)
    styles = master._element.find(qn("p:txStyles"))
    _style(styles.find(qn("p:titleStyle")), size=32, bold=True)
    _style(styles.find(qn("p:bodyStyle")), size=24, bold=False)
    _foot(master)


def _rule(master: Any) -> None:
    """The line under the title: on the master, where a screen reader passes over it."""
    line = RULE.format(left=LEFT, top=Inches(1.58), width=WIDE)
    master.shapes._spTree.append(etree.fromstring(line))


def _style(levels: Any, *, size: int, bold: bool) -> None:
    """Left, dark and of one size on every level; bullets hang, and lines have air."""
    for level in levels:
        if not level.tag.endswith("pPr"):
            continue
        level.set("algn", "l")
        run = level.find(qn("a:defRPr"))
        if run is not None:
            run.set("sz", str(size * 100))
            run.set("b", "1" if bold else "0")
            run.set("lang", "da-DK")


def _foot(owner: Any) -> None:
    """Footer and number: small, grey, the one left and the other right."""
    for shape in owner.placeholders:
        kind = shape.placeholder_format.type.name
        if kind in ("FOOTER", "SLIDE_NUMBER"):
            for run in shape._element.iter(qn("a:defRPr"), qn("a:rPr"), qn("a:endParaRPr")):
                run.set("sz", "1200")
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l" if kind == "FOOTER" else "r")


def _layout(each: Any) -> None:
    """Placeholders stand where the master has them, but for the front page and the two columns."""
    english = each.name
    each.name = KEPT[english]
    for shape in list(each.placeholders):
        kind = shape.placeholder_format.type.name
        if kind == "DATE":
            shape._element.getparent().remove(shape._element)
        elif kind in ("TITLE", "FOOTER", "SLIDE_NUMBER") or (kind == "OBJECT" and english != "Comparison"):
            _inherit(shape)
    if english == "Comparison":
        _columns(each)
    if english == "Title Slide":
        _front(each)


def _inherit(shape: Any) -> None:
    """The master decides where it stands and how its text is set."""
    properties = shape._element.spPr
    for found in properties.findall(qn("a:xfrm")):
        properties.remove(found)
    for body in shape._element.iter(qn("a:bodyPr")):
        for name in list(body.attrib):
            del body.attrib[name]


def _columns(each: Any) -> None:
    by_idx = {shape.placeholder_format.idx: shape for shape in each.placeholders}
    for number, left in enumerate((LEFT, SECOND)):
        heading, body = by_idx[HEADINGS[number]], by_idx[COLUMNS[number]]
        heading.text_frame.margin_left = body.text_frame.margin_left = 0
        place(heading, left, TOP, HALF, Inches(0.5))
        place(body, left, Inches(2.35), HALF, Emu(BOTTOM - Inches(2.35)))
        heading.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        for level in heading._element.iter(qn("a:defRPr")):
            level.set("sz", "2000")
            level.set("b", "1")
        for level in body._element.iter(qn("a:defRPr")):
            level.attrib.pop("sz", None)


def _front(each: Any) -> None:
    """White letters on petrol: the one slide with a ground of its own, and without the line."""
    each.background.fill.solid()
    each.background.fill.fore_color.rgb = PETROL
    each._element.set("showMasterSp", "0")
    for shape in list(each.placeholders):
        kind = shape.placeholder_format.type.name
        if kind == "CENTER_TITLE":
            _white(shape, size=44, bold=True)
            place(shape, LEFT, Inches(1.9), WIDE, Inches(2))
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        elif kind == "SUBTITLE":
            _white(shape, size=24, bold=False)
            place(shape, LEFT, Inches(4.15), WIDE, Inches(1.4))
        else:
            shape._element.getparent().remove(shape._element)


def _white(shape: Any, *, size: int, bold: bool) -> None:
    shape.text_frame.margin_left = 0
    styles = shape._element.txBody.find(qn("a:lstStyle"))
    for found in list(styles):
        styles.remove(found)
    styles.append(etree.fromstring(WHITE_LETTERS.format(size=size * 100, bold=int(bold))))


def place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    """Puts a shape somewhere."""
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)
