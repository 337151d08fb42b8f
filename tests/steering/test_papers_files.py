"""The paper as Word and as PDF says the same, and somebody who cannot see the page can follow it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from mentorkorps.domain import law
from mentorkorps.domain.letter import Bullets, Numbered, Paragraph, Picture, Table
from mentorkorps.domain.paper import AgendaItem, Part, law_text, may_must_annex
from mentorkorps.domain.service_level import shipped_level
from mentorkorps.web.agenda import render_html, render_pdf
from mentorkorps.web.docx import render_docx
from tests.letters.test_pdf import structure

ON = date(2015, 11, 3)
CHART = {
    "title": "Timer om ugen", "description": "Flest timer til mentorer.", "kind": "bar", "x_label": "Opgave",
    "y_label": "Timer", "unit": "timer", "points": (("Mentor", "I dag", "12.5"), ("Andet", "I dag", None)),
}  # fmt: skip
TABLE = Table(("Opgave", "Borgere"), (("Mentor & støtte", "1.200"), ("Andet", "mangler")), "Borgere i dag")


def item() -> AgendaItem:
    """A paper with one of every block, and an annex."""
    rules = law.rules_on(ON)
    parts = (
        Part("Baggrund", 2, (Paragraph("Første <afsnit> & mere."), Bullets(("et", "to")))),
        Part("Retligt grundlag", 2, (Paragraph(law_text(rules, ON)),)),
        Part("Økonomi", 2, (TABLE, Picture("Timer om ugen", "Flest timer til mentorer.", CHART))),
        Part("Indstilling", 2, (Numbered(("at godkende",)),)),
        Part("Indstilling igen", 2, (Numbered(("at drøfte", "at følge op")),)),
        Part("Fraværende", 3, (Paragraph("Ingen."),)),
        *may_must_annex(
            rules, shipped_level("slagelse-2015").rows, on=ON, number=1, level="Slagelse", ore_per_hour=None
        ),
    )
    facts = (("Sagsnr.", "330-2015-63716"), ("Adgang", "Åbent punkt"))
    return AgendaItem(
        "4. Serviceniveau (D)", "Prøveby · Udvalget", facts, tuple(parts), author="Prøveby", dated=ON
    )


@pytest.fixture(scope="module")
def word() -> docx.document.Document:
    return docx.Document(BytesIO(render_docx(item())))


@pytest.fixture(scope="module")
def printed() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(render_pdf(item()))) as opened:
        yield opened


def test_word_knows_its_title_language_and_page(word: docx.document.Document) -> None:
    assert word.core_properties.title == "4. Serviceniveau (D)"
    assert word.core_properties.language == "da-DK"
    spoken = word.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert spoken.get(qn("w:val")) == "da-DK"
    assert round(word.sections[0].page_width.cm, 1) == 21


def test_word_has_headings_in_order_and_real_lists(word: docx.document.Document) -> None:
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "4. Serviceniveau (D)")
    assert [style for style, _ in headings].count("Heading 1") == 1
    assert ("Heading 2", "Baggrund") in headings
    assert ("Heading 3", "Fraværende") in headings
    assert [p.text for p in word.paragraphs if p.style.name == "List Bullet"] == ["et", "to"]


def test_a_numbered_list_begins_at_one_again(word: docx.document.Document) -> None:
    numbers = {p.text: p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"}
    assert numbers["at drøfte"] == numbers["at følge op"] != numbers["at godkende"]


def test_tables_of_word_have_a_header_row_and_a_name(word: docx.document.Document) -> None:
    assert len(word.tables) == 4
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["Mentor & støtte", "1.200"]


def test_the_picture_of_word_is_told_in_words(word: docx.document.Document) -> None:
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == "Flest timer til mentorer."


def test_pages_of_word_are_numbered(word: docx.document.Document) -> None:
    foot = word.sections[0].footer.paragraphs[0]._p.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot


def test_an_annex_begins_on_a_page_of_its_own(word: docx.document.Document) -> None:
    heading = next(p for p in word.paragraphs if p.text.startswith("Bilag 1"))
    assert heading.paragraph_format.page_break_before


def test_pdf_is_tagged_with_title_language_and_standard(printed: pikepdf.Pdf) -> None:
    assert printed.Root.MarkInfo.Marked
    assert str(printed.Root.Lang) == "da-DK"
    assert printed.Root.ViewerPreferences.DisplayDocTitle
    with printed.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "4. Serviceniveau (D)"


def test_pdf_has_the_headings_lists_tables_and_figure_of_the_paper(printed: pikepdf.Pdf) -> None:
    names = structure(printed)
    parts = item().parts
    assert names.count("H1") == 1
    assert names.count("H2") == sum(part.level == 2 for part in parts)
    assert names.count("H3") == 1
    assert names.count("Caption") >= 4
    assert {"L", "LI", "Table", "THead", "TH", "TD", "Figure"} <= set(names)


def test_the_figure_of_the_pdf_is_told_in_words(printed: pikepdf.Pdf) -> None:
    told = [
        str(found.Alt)
        for found in printed.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure" and "/Alt" in found
    ]
    assert told == ["Flest timer til mentorer."]


def test_page_and_pdf_escape_what_somebody_wrote() -> None:
    page = render_html(item())
    assert "Første &lt;afsnit&gt; &amp; mere." in page
    assert "Mentor &amp; støtte" in page
    assert " style=" not in page


def test_the_same_paper_gives_the_same_pdf() -> None:
    assert render_pdf(item()) == render_pdf(AgendaItem.from_json(item().as_json()))
