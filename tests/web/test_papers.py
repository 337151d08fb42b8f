"""The pages of papers: texts saved as one writes and never lost, figures from runs, and the way through a meeting."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.journal.models import Entry, Kind
from mentorkorps.municipality.models import Municipality, Role
from mentorkorps.municipality.queries import forget_municipality
from mentorkorps.steering.models import Paper, PaperVersion, Proposal, Reading
from tests.cast import TODAY, Cast, signed_in
from tests.steering.scenes import a_paper
from tests.steering.test_papers import MEETING, make_run_of, write

HTMX = {"HX-Request": "true"}


def body(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def paper(cast: Cast) -> Paper:
    return a_paper(cast.people[Role.SECRETARY])


@pytest.fixture
def stine(cast: Cast, paper: Paper) -> Any:
    return signed_in(cast.people[Role.SECRETARY])


def at(name: str, paper: Paper) -> str:
    return reverse(name, args=[paper.pk])


def on_the_day_of_the_meeting() -> None:
    Municipality.objects.update(world_date=MEETING)
    forget_municipality()


def test_a_coordinator_reads_and_does_not_write(cast: Cast, paper: Paper) -> None:
    client = signed_in(cast.people[Role.COORDINATOR])
    page = body(client.get(f"{at('paper', paper)}?afsnit=theme"))
    assert "textarea" not in page
    assert "Lås og send" not in page
    assert client.post(at("save_paper_text", paper), {"section": "theme", "text": "Nej"}).status_code == 404
    assert client.get(at("paper_pdf", paper)).status_code == 200


def test_a_text_is_saved_as_one_writes(stine: Any, paper: Paper) -> None:
    place = at("save_paper_text", paper)
    first = body(stine.post(place, {"section": "theme", "text": "Vi", "revision": "0"}, headers=HTMX))
    assert "Gemt kl." in first
    assert 'name="revision" value="1"' in first
    second = stine.post(place, {"section": "theme", "text": "Vi skal", "revision": "1"}, headers=HTMX)
    assert 'value="2"' in body(second)
    assert paper.texts.get(key="theme").text == "Vi skal"


def test_what_cannot_be_saved_is_still_there(stine: Any, paper: Paper) -> None:
    place = at("save_paper_text", paper)
    wrong = {"section": "economy", "text": "Det er {{ nix }} <b>timer</b>", "revision": "0"}
    assert "Ikke gemt" in body(stine.post(place, wrong, headers=HTMX))
    page = body(stine.post(place, wrong))
    assert "Det er {{ nix }} &lt;b&gt;timer&lt;/b&gt;</textarea>" in page
    assert "Tallet nix findes ikke i sagen" in page
    stine.post(place, {"section": "economy", "text": "Først", "revision": "0"})
    late = body(stine.post(place, {"section": "economy", "text": "Sidst", "revision": "0"}))
    assert "En anden har skrevet" in late
    assert ">Sidst</textarea>" in late


def test_what_was_typed_while_another_sent_the_paper_can_be_copied(stine: Any, paper: Paper) -> None:
    Reading.objects.filter(paper=paper).update(sent_on=TODAY)
    page = body(
        stine.post(at("save_paper_text", paper), {"section": "theme", "text": "Min <b>", "revision": "0"})
    )
    assert "Afsnittet er låst" in page and "readonly>Min &lt;b&gt;</textarea>" in page


def test_a_null_character_is_left_out_of_what_is_typed(stine: Any, paper: Paper) -> None:
    said = {"section": "theme", "text": "Vi\x00 skal", "revision": "0"}
    assert stine.post(at("save_paper_text", paper), said).status_code == 302
    assert paper.texts.get(key="theme").text == "Vi skal"
    assert stine.post(at("drop_paper_figure", paper), {"name": "tal\x00"}).status_code == 302


def test_without_scripts_one_goes_on_to_the_next_text(stine: Any, paper: Paper) -> None:
    given = {"section": "theme", "text": "Vi", "revision": "0", "then": "next"}
    place = stine.post(at("save_paper_text", paper), given).url
    assert place.endswith("?afsnit=background#afsnit-background")
    assert 'id="id_text"' in body(stine.get(place))


def test_a_figure_is_fetched_and_leads_to_its_run(cast: Cast, stine: Any, paper: Paper) -> None:
    run = make_run_of(60, cast.people[Role.SECRETARY])
    place = f"{at('paper_figures', paper)}?beregning={run.pk}"
    assert "timer om ugen <b>120\u00a0timer</b>" in body(stine.get(place))
    assert "findes ikke i beregningen" in body(stine.post(place, {"path": "nix", "name": "tal"}))
    assert "Brug små bogstaver" in body(stine.post(place, {"path": "total.citizens", "name": "Mit tal"}))
    stine.post(place, {"path": "total.hours_per_week", "name": "timer"})
    write(paper, "economy", "Det er {{ timer }}.", cast.people[Role.SECRETARY])
    page = body(stine.get(at("paper", paper)))
    assert f'<a class="fig" href="{reverse("run", args=[run.pk])}" title="I alt: timer om ugen">' in page


def test_a_closed_item_says_why(stine: Any, paper: Paper) -> None:
    head = {
        "title": "Ny titel", "kind": "D", "committee": "Udvalget", "meeting_on": "02-12-2026", "is_open": "0"
    }  # fmt: skip
    assert "Skriv, hvorfor punktet er lukket" in body(stine.post(at("paper_head", paper), head))
    stine.post(at("paper_head", paper), head | {"closed_reason": "Personoplysninger"})
    stored = Paper.objects.get()
    assert (stored.title, stored.is_open, stored.closed_reason) == ("Ny titel", False, "Personoplysninger")
    assert stored.readings.get().meeting_on.day == 2


def test_a_new_paper_takes_the_municipality_s_name_and_the_law(cast: Cast, stine: Any) -> None:
    head = {"title": "To", "kind": "O", "committee": "Udvalget", "meeting_on": "01-12-2026", "is_open": "1"}
    place = stine.post(reverse("new_paper"), head).url
    made = Paper.objects.get(title="To")
    assert (made.authority, made.template) == ("Fjordby Kommune", "general")
    assert "LAB § 167" in body(stine.get(place))


def test_somebody_must_judge_what_could_give_a_citizen_away(cast: Cast, stine: Any, paper: Paper) -> None:
    write(paper, "background", "En 37-årig kvinde med ADHD.", cast.people[Role.SECRETARY])
    place = at("send_paper", paper)
    assert "alder (37-årig), køn (kvinde) og helbred (ADHD)" in body(stine.get(place))
    assert "Sæt kryds" in body(stine.post(place))
    assert not PaperVersion.objects.exists()
    assert stine.post(place, {"judged": "1"}).url == at("paper_history", paper)
    assert PaperVersion.objects.get().number == 1


def test_from_sent_to_postponed_to_adopted(stine: Any, paper: Paper) -> None:
    stine.post(at("send_paper", paper))
    early = {"outcome": "postponed", "decision": "Udsat.", "questions": "Hvad koster det?\n\nKan andre?"}
    assert "Mødet er først" in body(stine.post(at("paper_decision", paper), early))
    on_the_day_of_the_meeting()
    stine.post(at("paper_decision", paper), early)
    assert "Kan andre?" in body(stine.get(at("paper_history", paper)))
    stine.post(at("take_up_paper", paper), {"meeting_on": "02-12-2026"})
    page = body(stine.get(at("paper", paper)))
    assert "Svar: Hvad koster det?" in page
    stine.post(at("send_paper", paper))
    Municipality.objects.update(world_date="2026-12-02")
    forget_municipality()
    stine.post(
        at("paper_decision", paper), {"outcome": "adopted", "decision": "Ja", "in_force_from": "01-02-2027"}
    )
    assert Proposal.objects.get().state == "adopted"
    assert [version.stage for version in PaperVersion.objects.all()] == ["agenda", "minutes"] * 2


def test_files_are_journalled_and_versions_are_found(stine: Any, paper: Paper) -> None:
    stine.post(at("send_paper", paper))
    word = stine.get(f"{at('paper_word', paper)}?version=1")
    assert (
        word["Content-Disposition"] == 'attachment; filename="serviceniveau-for-mentorstoette-version-1.docx"'
    )
    assert word.content.startswith(b"PK")
    assert stine.get(at("paper_pdf", paper)).content.startswith(b"%PDF")
    for version in ("2", "0", "vrøvl"):
        assert stine.get(f"{at('paper_pdf', paper)}?version={version}").status_code == 404
    exports = Entry.objects.filter(kind=Kind.EXPORT, verb="udvalgssag")
    assert [entry.detail["file"] for entry in exports.order_by("id")] == ["docx", "pdf"]
    assert "stemmer med dokumentet" in body(stine.get(at("paper_history", paper)))


def test_lists_cost_the_same_for_many(
    cast: Cast, stine: Any, paper: Paper, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        made = Paper.objects.create(
            title=f"Sag {number}", kind="B", authority="Fjordby", committee="Udvalget", template="general",
            created_by=cast.helle, created_on=MEETING,
        )  # fmt: skip
        made.readings.create(number=1, meeting_on=MEETING)
    with django_assert_max_num_queries(10):
        assert "Viser 1–50 af 61" in body(stine.get(reverse("papers")))
    with django_assert_max_num_queries(16):
        stine.get(at("paper", paper))
