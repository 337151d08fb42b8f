"""A chart as SVG and as PNG. Drawings are kept by content: each takes some 30 ms to make."""

import hashlib
from functools import lru_cache

import vl_convert
from lxml import etree

from mentorkorps.web.charts.marks import NARROW_BY, specification
from mentorkorps.web.charts.model import Chart

SVG = "{http://www.w3.org/2000/svg}"
LOCALE = "da-DK"


@lru_cache(maxsize=256)
def svg(chart: Chart, *, narrow: bool = False) -> str:
    """The chart as one `<svg role="img">` with title and description, without styles or scripts of its own."""
    drawn = vl_convert.vegalite_to_svg(specification(chart, narrow=narrow), format_locale=LOCALE)
    return _named(drawn, chart, hashlib.sha256(f"{chart!r}{narrow}".encode()).hexdigest()[:12])


def narrow_svg(chart: Chart) -> str:
    """The chart drawn for a phone's width, or nothing for the kinds that are not."""
    return svg(chart, narrow=True) if chart.kind in NARROW_BY else ""


@lru_cache(maxsize=64)
def png(chart: Chart, scale: int = 2) -> bytes:
    """The chart as a picture for a document; scale 1 is some 700 pixels wide. Its alternative text is `description`."""
    made: bytes = vl_convert.vegalite_to_png(specification(chart), scale=scale, format_locale=LOCALE)
    return made


def _named(drawn: str, chart: Chart, digest: str) -> str:
    """Says what the picture is, and makes its inner ids its own, since a page may hold several."""
    root = etree.fromstring(drawn.encode())
    key = f"chart-{digest}"
    for element in root.iter():
        _own_ids(element, key)
        _silence(element)
    for place, (tag, text) in enumerate((("title", chart.title), ("desc", chart.description))):
        child = etree.Element(f"{SVG}{tag}", id=f"{key}-{tag}")
        child.text = text
        root.insert(place, child)
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    return etree.tostring(root, encoding="unicode")


def _own_ids(element: etree._Element, key: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"{key}-{value}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{key}-"))


def _silence(element: etree._Element) -> None:
    """The parts of a drawing say nothing by themselves: the whole is one image with a name."""
    for name in [name for name in element.attrib if name == "role" or name.startswith("aria-")]:
        del element.attrib[name]
