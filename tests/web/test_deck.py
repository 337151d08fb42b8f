"""The pages of slides, and the file: titles, native charts and tables, alternative texts, notes and language."""

from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from pptx import Presentation
from pptx.oxml.ns import qn

from mentorkorps.domain.letter import Bullets, Paragraph, Table
from mentorkorps.journal.models import Entry, Kind
from mentorkorps.municipality.models import Role
from mentorkorps.steering.models import Deck, DeckVersion
from mentorkorps.steering.queries.decks import composed_deck
from mentorkorps.web.deck import PPTX, render_pptx
from mentorkorps.web.deck.fit import column_widths, parted, text_height, text_size
from tests.cast import Cast, signed_in
from tests.steering.scenes import a_deck


def body(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def deck(cast: Cast) -> Deck:
    return a_deck(cast.people[Role.SECRETARY])


@pytest.fixture
def stine(cast: Cast, deck: Deck) -> Any:
    return signed_in(cast.people[Role.SECRETARY])


def at(name: str, deck: Deck) -> str:
    return reverse(name, args=[deck.pk])


@pytest.fixture
def slides(deck: Deck) -> Any:
    return Presentation(BytesIO(render_pptx(composed_deck(deck, every=True)))).slides


def test_every_slide_has_a_title_notes_and_danish(slides: Any) -> None:
    assert len(slides) == 17
    for slide in slides:
        assert slide.shapes.title.text
        assert slide.notes_slide.notes_text_frame.text
        runs = [run.rPr for run in slide._element.iter(qn("a:r"))]
        assert {run.get("lang") for run in runs} == {"da-DK"}


def test_tables_and_charts_are_the_program_s_own_with_words_for_who_cannot_see_them(slides: Any) -> None:
    frames = [shape for slide in slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert sum(shape.has_chart for shape in frames) == 2
    assert sum(shape.has_table for shape in frames) == 4
    for shape in frames:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert shape.has_chart or shape.table.first_row
    chart = next(shape.chart for shape in frames if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [2700, 225, 750, 150, 200, 400, 700]
    assert chart.part.chart_workbook.xlsx_part is not None


def test_what_a_slide_says_stays_on_it_and_is_read_in_order(slides: Any) -> None:
    for slide in slides:
        shapes = list(slide.shapes)
        assert len({shape.shape_id for shape in shapes}) == len(shapes)
        assert shapes[0] == slide.shapes.title
        for shape in shapes:
            if shape.top is not None:
                assert shape.top + shape.height <= 6_858_000
                assert shape.left + shape.width <= 12_192_000
    economy = next(slide for slide in slides if slide.shapes.title.text == "Økonomien")
    assert economy.shapes[1].text_frame.text.startswith("110,0")


def test_letters_are_large_and_become_smaller_before_anything_runs_over() -> None:
    few, many = [Paragraph("Kort")], [Bullets(("Et punkt med en del ord, som skal have plads",) * 12)]
    assert text_size(few, 11, 5) == 28
    size = text_size(many, 5.5, 5)
    assert size < 20
    assert text_height(many, 5.5, size) <= 5
    long = Table(("A", "B"), (("Navn", "Ord " * 40),) * 30, "Lang")
    parts = parted(long, 11.8, 5)
    assert len(parts) > 1
    assert [row for part in parts for row in part.rows] == list(long.rows)
    assert sum(column_widths(long, 11.8, 14)) == pytest.approx(11.8)


def test_a_coordinator_reads_and_does_not_write(cast: Cast, deck: Deck) -> None:
    client = signed_in(cast.people[Role.COORDINATOR])
    page = body(client.get(f"{at('deck', deck)}?lysbillede=target"))
    assert "textarea" not in page
    assert "Lås som version" not in page
    assert client.post(at("save_deck_slide", deck), {"slide": "target"}).status_code == 404


def test_new_slides_begin_from_a_saved_what_if(stine: Any, deck: Deck) -> None:
    given = {"title": "Nyt", "committee": "Udvalget", "meeting_on": "01-12-2026", "run": deck.run_id}
    assert "Skal udfyldes" in body(stine.post(reverse("new_deck"), given | {"run": ""}))
    place = stine.post(reverse("new_deck"), given).url
    assert "LAB § 167" in body(stine.get(place))
    Deck.objects.exclude(pk=deck.pk).get(title="Nyt", authority="Fjordby Kommune")


def test_a_slide_is_written_and_what_cannot_be_saved_is_still_there(stine: Any, deck: Deck) -> None:
    given = {"slide": "target", "title": "Borgerne", "text": "{{ nix }} <b>", "shown": "on", "revision": "0"}
    page = body(stine.post(at("save_deck_slide", deck), given))
    assert "Tallet nix findes ikke" in page
    assert "{{ nix }} &lt;b&gt;</textarea>" in page
    stine.post(at("save_deck_slide", deck), given | {"text": "<b>Ro</b>"})
    assert "&lt;b&gt;Ro&lt;/b&gt;" in body(stine.get(at("deck", deck)))
    assert deck.slides.get(key="target").title == "Borgerne"
    assert stine.post(at("save_deck_slide", deck), given | {"slide": "nix\x00"}).status_code == 404


def test_somebody_judges_before_the_slides_are_locked(stine: Any, deck: Deck) -> None:
    deck.slides.filter(key="case_1").update(text="En 37-årig kvinde med ADHD.", shown=True)
    assert "alder (37-årig), køn (kvinde) og helbred (ADHD)" in body(stine.get(at("deck", deck)))
    stine.post(at("lock_deck", deck))
    assert not DeckVersion.objects.exists()
    stine.post(at("lock_deck", deck), {"judged": "1"})
    assert "Fingeraftrykket passer." in body(stine.get(at("deck", deck)))


def test_the_file_is_journalled_and_a_version_is_as_it_was(stine: Any, deck: Deck) -> None:
    stine.post(at("lock_deck", deck))
    deck.slides.filter(key="agenda").update(title="Noget andet")
    response = stine.get(f"{at('deck_file', deck)}?version=1")
    assert response["Content-Type"] == PPTX
    assert 'filename="mentor-efter-reformen-version-1.pptx"' in response["Content-Disposition"]
    old = Presentation(BytesIO(response.content)).slides
    now = Presentation(BytesIO(stine.get(at("deck_file", deck)).content)).slides
    assert (old[1].shapes.title.text, now[1].shapes.title.text) == ("Formål og indhold", "Noget andet")
    assert stine.get(f"{at('deck_file', deck)}?version=9").status_code == 404
    assert Entry.objects.filter(kind=Kind.EXPORT, verb="oplæg").count() == 2


def test_the_editor_reads_as_much_whatever_was_locked(
    stine: Any, deck: Deck, django_assert_max_num_queries: Any
) -> None:
    stine.post(at("lock_deck", deck))
    with django_assert_max_num_queries(16):
        stine.get(at("deck", deck))
