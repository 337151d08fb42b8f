"""A stored letter as HTML for a page and as tagged PDF/UA-1, from the same small templates.

No Django, no network: style and fonts are read from the program's own static files.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter import (
    Block,
    Box,
    Bullets,
    Document,
    Numbered,
    Paragraph,
    Picture,
    Recipient,
    Section,
    Sender,
    Signature,
    Signer,
    Table,
)

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "letter" / "letter.css"
FONTS = STATIC / "vendor" / "dkfds" / "fonts"
FONT_WEIGHTS = {400: "IBMPlexSans-Regular.woff2", 600: "IBMPlexSans-SemiBold.woff2"}


def render_html(document: Document) -> str:
    """The letter as an `article` with headings, all text escaped; the page brings `letter/letter.css`."""
    return _article(document, [*_content(document), _foot(document)])


def render_pdf(document: Document, *more: Document) -> bytes:
    """The letter as PDF/UA-1: A4, tagged, with title and language. The same letter gives the same bytes.

    Where there are more, each begins on a page of its own, under the title, language and foot of the first.
    """
    style, fonts = letter_style()
    page = HTML(string=_page(document, *more), url_fetcher=URLFetcher(allowed_protocols=("file",)))
    pdf: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


@lru_cache(maxsize=1)
def letter_style() -> tuple[CSS, FontConfiguration]:
    """The style sheet with those IBM Plex files that are there; without them the letter falls back to Liberation."""
    fonts = FontConfiguration()
    faces = "".join(_font_face(weight, name) for weight, name in FONT_WEIGHTS.items())
    return CSS(string=faces + STYLE.read_text(encoding="utf-8"), font_config=fonts), fonts


def _font_face(weight: int, name: str) -> str:
    source = next(iter(sorted(FONTS.rglob(name))), None)
    if source is None:
        return ""
    return f'@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; src: url("{source.as_uri()}"); }}\n'


def _page(document: Document, *more: Document) -> str:
    # A running foot must come before what it runs under, or the first page goes without.
    body = _foot(document) + "".join(_article(each, _content(each)) for each in (document, *more))
    language, title = escape(document.language), escape(document.title)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="author" content="{escape(document.sender.municipality)}">'
        f'<meta name="dcterms.created" content="{document.dated.isoformat()}">'
        f'</head><body class="letter-page">{body}</body></html>'
    )


def _article(document: Document, parts: Iterable[str]) -> str:
    content = "\n".join(parts)
    return f'<article class="letter" lang="{escape(document.language)}">\n{content}\n</article>'


def _content(document: Document) -> Iterator[str]:
    yield _head(document)
    yield f"<h1>{escape(document.title)}</h1>"
    if document.greeting:
        yield f"<p>{escape(document.greeting)}</p>"
    yield from map(_section, document.sections)
    if document.signature:
        yield _signature(document.signature)


def _foot(document: Document) -> str:
    return f'<p class="letter-foot">{escape(document.footer)}</p>'


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(escape(line) for line in lines)


def _head(document: Document) -> str:
    return (
        f'<div class="letter-head">{_recipient(document.recipient)}'
        f"{_sender(document.sender, long_date(document.dated), document.case_number)}</div>"
    )


def _recipient(recipient: Recipient) -> str:
    return f'<p class="letter-to">{_lines((recipient.name, *recipient.address_lines))}</p>'


def _sender(sender: Sender, dated: str, case_number: str) -> str:
    case = (f"Sag {case_number}",) if case_number else ()
    lines = (sender.unit, dated, *case, f"{sender.name}, tlf. {sender.phone}")
    return f'<p class="letter-from"><strong>{escape(sender.municipality)}</strong><br>{_lines(lines)}</p>'


def _section(section: Section) -> str:
    heading = f"<h2>{escape(section.heading)}</h2>\n" if section.heading else ""
    blocks = "\n".join(block_html(block) for block in section.blocks)
    return f"<section>\n{heading}{blocks}\n</section>"


def block_html(block: Block) -> str:
    """One block of a document as HTML, all text escaped."""
    match block:
        case Paragraph(text=text, strong=strong):
            return f"<p>{_emphasised(text, strong)}</p>"
        case Bullets(items=items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case Numbered(items=items):
            return f"<ol>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ol>"
        case Picture(caption=caption, description=description):
            return f"<p>{escape(caption)}: {escape(description)}</p>"
        case Box(rows=rows):
            return f'<table class="letter-box"><tbody>{"".join(map(_row, rows))}</tbody></table>'
        case Table(header=header, rows=rows, caption=caption):
            columns = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
            return (
                f'<table class="letter-table"><caption>{escape(caption)}</caption>'
                f"<thead><tr>{columns}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>"
            )


def _emphasised(text: str, strong: str) -> str:
    if not strong:
        return escape(text)
    before, found, after = text.partition(strong)
    return f"{escape(before)}<strong>{escape(found)}</strong>{escape(after)}"


def _row(cells: tuple[str, ...]) -> str:
    first, *rest = cells
    values = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row">{escape(first)}</th>{values}</tr>'


def _signature(signature: Signature) -> str:
    if signature.by_hand:
        people = "".join(map(_by_hand, signature.signers))
        people = f'<div class="letter-sign-by-hand">{people}</div>'
    else:
        people = "".join(map(_typed, signature.signers))
    return f'<div class="letter-sign"><p>{escape(signature.closing)}</p>{people}</div>'


def _typed(signer: Signer) -> str:
    return f"<p><strong>{escape(signer.name)}</strong>, {escape(signer.role)}</p>"


def _by_hand(signer: Signer) -> str:
    return f"<p>Dato og underskrift<br><strong>{escape(signer.name)}</strong>, {escape(signer.role)}</p>"
