"""A committee's paper as HTML for a page and as tagged PDF/UA-1, from the same finished document."""

import re
from base64 import b64encode
from decimal import Decimal
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from mentorkorps.domain.letter import Block, Picture, Table
from mentorkorps.domain.paper import AgendaItem, Part
from mentorkorps.web.charts import Chart, Point, svg
from mentorkorps.web.pdf import block_html, letter_style

MANY = 6  # columns, from which the letters of a table are smaller
NUMBER = re.compile(r"[−-]?[\d.]+(?:,\d+)?(?:\s(?:kr\.|t\.|min\.|%))*(?:\s\d+\smin\.)?")
STYLE = Path(__file__).parent / "static" / "letter" / "agenda.css"


def chart_of(picture: Picture) -> Chart:
    """The chart of a picture as it is drawn; figures come back exact."""
    chart = dict(picture.chart)
    points = tuple(
        Point(place, series, None if value is None else Decimal(value))
        for place, series, value in chart.pop("points")
    )
    return Chart(**chart, points=points)


def render_html(item: AgendaItem) -> str:
    """The paper as an `article` for a page, which brings `letter/letter.css` and `letter/agenda.css`."""
    return _article(item, inline=True)


def block_on_page(block: Block) -> str:
    """One block as HTML for a page, a chart drawn in it."""
    return _block(block, inline=True)


def render_pdf(item: AgendaItem) -> bytes:
    """The paper as PDF/UA-1: A4, tagged, with title, language and page numbers. The same paper gives the same bytes."""
    style, fonts = letter_style()
    page = HTML(string=_page(item), url_fetcher=URLFetcher(allowed_protocols=("file", "data")))
    own = CSS(string=STYLE.read_text(encoding="utf-8"), font_config=fonts)
    pdf: bytes = page.write_pdf(stylesheets=[style, own], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


def _page(item: AgendaItem) -> str:
    return (
        f'<!doctype html><html lang="{item.language}"><head><meta charset="utf-8"><title>{escape(item.title)}</title>'
        f'<meta name="author" content="{escape(item.author)}">'
        f'<meta name="dcterms.created" content="{item.dated.isoformat()}">'
        f'</head><body class="letter-page agenda-page"><p class="letter-foot">{escape(item.running)}</p>'
        f"{_article(item, inline=False)}</body></html>"
    )


def _article(item: AgendaItem, *, inline: bool) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in item.facts
    )
    parts = "\n".join(_part(part, inline) for part in item.parts)
    running = f'<p class="agenda-running">{escape(item.running)}</p>'
    return (
        f'<article class="letter agenda" lang="{item.language}">\n{running}<h1>{escape(item.title)}</h1>\n'
        f'<table class="agenda-facts"><tbody>{rows}</tbody></table>\n{parts}\n</article>'
    )


def _part(part: Part, inline: bool) -> str:
    begins = ' class="agenda-annex"' if part.new_page else ""
    blocks = "\n".join(_block(block, inline=inline) for block in part.blocks)
    return f"<section{begins}>\n<h{part.level}>{escape(part.heading)}</h{part.level}>\n{blocks}\n</section>"


def number_columns(table: Table) -> set[int]:
    """The columns that hold a number, or nothing, in some row: those are set to the right."""
    return {
        place
        for place in range(1, len(table.header))
        if any(NUMBER.fullmatch(row[place]) for row in table.rows)
    }


def _table(table: Table) -> str:
    right = dict.fromkeys(number_columns(table), ' class="num"')
    columns = "".join(
        f'<th scope="col"{right.get(place, "")}>{escape(cell)}</th>'
        for place, cell in enumerate(table.header)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td{right.get(n, '')}>{escape(cell)}</td>" for n, cell in enumerate(row[1:], start=1))
        + "</tr>"
        for row in table.rows
    )
    wide = " agenda-wide" if len(table.header) >= MANY else ""
    return (
        f'<table class="letter-table{wide}"><caption>{escape(table.caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _block(block: Block, *, inline: bool) -> str:
    if isinstance(block, Table):
        return _table(block)
    if not isinstance(block, Picture):
        return block_html(block)
    drawn = svg(chart_of(block))
    if not inline:
        source = b64encode(drawn.encode()).decode()
        drawn = f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(block.description)}">'
    return f'<figure class="agenda-figure">{drawn}<figcaption>{escape(block.caption)}</figcaption></figure>'
