"""The printed letter is tagged PDF/UA-1 with title, language and headings, and a grant is one page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from mentorkorps.domain.letter import Document, Paragraph, Section, Table
from mentorkorps.web import pdf
from mentorkorps.web.pdf import render_html, render_pdf

from .golden_files import DOCUMENTS

GRANTS = sorted(name for name in DOCUMENTS if name.endswith("-grant"))


def opened(document: Document) -> pikepdf.Pdf:
    """The printed letter, read back."""
    return pikepdf.open(BytesIO(render_pdf(document)))


def structure(printed: pikepdf.Pdf) -> list[str]:
    """The names of all structure elements in reading order."""
    names: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                names.append(str(node.S).lstrip("/"))
            if "/K" in node:
                walk(node.K)

    walk(printed.Root.StructTreeRoot)
    return names


def test_pdf_is_tagged_and_names_title_language_and_standard() -> None:
    document = DOCUMENTS["R4-grant"]
    printed = opened(document)
    assert printed.Root.MarkInfo.Marked
    assert str(printed.Root.Lang) == "da"
    assert printed.Root.ViewerPreferences.DisplayDocTitle
    with printed.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == document.title == "Du får en mentor"


def test_structure_has_the_headings_lists_and_tables_of_the_letter() -> None:
    document = DOCUMENTS["R4-change"]
    names = structure(opened(document))
    blocks = [block for section in document.sections for block in section.blocks]
    assert names.count("H1") == 1
    assert names.count("H2") == sum(section.heading is not None for section in document.sections)
    assert names.count("Caption") == sum(isinstance(block, Table) for block in blocks) == 1
    assert {"L", "LI", "LBody", "Table", "THead", "TH", "TD"} <= set(names)


@pytest.mark.parametrize("name", [*GRANTS, "agreement", "company-agreement", "handover"])
def test_paper_is_one_page(name: str) -> None:
    assert len(opened(DOCUMENTS[name]).pages) == 1


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_letter_is_over_two_pages(name: str) -> None:
    assert len(opened(DOCUMENTS[name]).pages) <= 2


def test_every_font_is_embedded() -> None:
    printed = opened(DOCUMENTS["R4-grant"])
    descriptors = [item for item in printed.objects if "/FontName" in keys(item)]
    assert descriptors
    assert all(any(f"/FontFile{kind}" in keys(item) for kind in ("", "2", "3")) for item in descriptors)


@pytest.fixture
def no_vendored_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The program without its fetched browser files, as on a fresh clone."""
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    pdf.letter_style.cache_clear()
    yield
    pdf.letter_style.cache_clear()


@pytest.mark.usefixtures("no_vendored_fonts")
def test_letter_prints_without_the_vendored_fonts() -> None:
    printed = opened(DOCUMENTS["R4-grant"])
    assert "H1" in structure(printed)
    assert not any("IBM" in str(item.FontName) for item in printed.objects if "/FontName" in keys(item))


def keys(item: pikepdf.Object) -> set[str]:
    """The keys of a PDF dictionary; none for anything else."""
    return set(item.keys()) if isinstance(item, pikepdf.Dictionary) else set()


def test_same_letter_gives_the_same_bytes() -> None:
    document = DOCUMENTS["R4-grant"]
    assert render_pdf(document) == render_pdf(Document.from_json(document.as_json()))


def test_html_has_one_heading_per_section_and_the_answer_first() -> None:
    document = DOCUMENTS["R4-refusal"]
    html = render_html(document)
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Du får ikke en mentor"]
    assert re.findall(r"<h2>(.*?)</h2>", html) == [s.heading for s in document.sections if s.heading]
    assert html.startswith('<article class="letter" lang="da">')
    assert "<strong>senest 4\u00a0uger efter, at du har fået brevet</strong>" in html


def test_html_carries_no_style_or_script_of_its_own() -> None:
    assert not re.search(r"style=|<style|<script|data:|https?:", render_html(DOCUMENTS["status"]))


@pytest.mark.parametrize("field", ["title", "greeting", "footer", "case_number"])
def test_text_is_escaped_everywhere(field: str) -> None:
    attack = '<img src="https://example.org/x">&'
    sections = (Section(attack, (Paragraph(attack), Table((attack,), ((attack,),), attack))),)
    html = render_html(replace(DOCUMENTS["R4-grant"], sections=sections, **{field: attack}))
    assert "<img" not in html
    assert html.count("&lt;img src=&quot;https://example.org/x&quot;&gt;&amp;") == 6
