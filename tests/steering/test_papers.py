"""Papers: written with bound figures, sent and frozen, postponed with questions, answered and decided."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mentorkorps.domain.paper import AgendaItem, template, template_for
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Municipality, Role, User
from mentorkorps.municipality.queries import level_in_force
from mentorkorps.steering.actions.papers import (
    add_annex,
    begin_next_reading,
    change_head,
    create_paper,
    drop_figure,
    fetch_figure,
    fingerprint,
    record_decision,
    save_text,
    send_paper,
)
from mentorkorps.steering.actions.proposals import change_row, propose
from mentorkorps.steering.actions.runs import make_run, repeat
from mentorkorps.steering.models import Paper, PaperFigure, PaperVersion, Proposal, Run
from mentorkorps.steering.queries.papers import answer_key, composed, current_reading, judged, sections
from tests.cast import TODAY, Cast
from tests.steering.test_proposals import FIRST, ROW

MEETING, NEXT = date(2026, 12, 1), date(2027, 1, 12)


@pytest.fixture
def stine(cast: Cast) -> User:
    return cast.people[Role.SECRETARY]


@pytest.fixture
def paper(cast: Cast, stine: User) -> Paper:
    return make_paper(stine)


def make_paper(by: User, **given: Any) -> Paper:
    head = {
        "title": "Serviceniveau for mentorstøtte", "kind": "B", "authority": "Fjordby Kommune",
        "committee": "Arbejdsmarkedsudvalget", "meeting_on": MEETING, "item_number": 4, "case_number": "2026-7",
        "on": TODAY, "by": by,
    }  # fmt: skip
    return create_paper(**(head | given))


def make_run_of(citizens: int, by: User) -> Run:
    rows = [
        {"key": "social", "label": "Social mentor", "obligation": "may", "minutes_per_week": 90, "weeks": 26},
        {"key": "pligt", "label": "Ret og pligt", "obligation": "must", "minutes_per_week": 45, "weeks": 26},
    ]
    inputs = {"level": {"name": "Prøve", "row": rows}, "population": {"social": citizens, "pligt": 40}}
    return make_run(kind="simulation", title="Prøveberegning", inputs=inputs, by=by)


def write(paper: Paper, key: str, text: str, by: User) -> None:
    found = {section.key: section for section in sections(Paper.objects.get(pk=paper.pk))}[key]
    save_text(paper, key, text, revision=found.revision, by=by)


def send(paper: Paper, by: User, on: date = TODAY, **texts: str) -> PaperVersion:
    number = current_reading(Paper.objects.get(pk=paper.pk)).number
    write(paper, f"recommendation-{number}", "Chefen indstiller,\n\n1. at udvalget godkender forslaget.", by)
    for key, text in texts.items():
        write(paper, key, text, by)
    return send_paper(paper, on=on, by=by)


def heading_texts(document: dict[str, Any]) -> dict[str, str]:
    return {part["heading"]: str(part["blocks"]) for part in document["parts"]}


# Layout


@pytest.mark.parametrize(
    ("municipality", "on", "code"),
    [
        ("Slagelse Kommune", date(2015, 11, 3), "slagelse-2014"),
        ("Slagelse Kommune", date(2021, 12, 31), "slagelse-2014"),
        ("Slagelse Kommune", date(2022, 1, 1), "slagelse-2022"),
        ("Slagelse Kommune", date(2025, 1, 1), "general"),
        ("Fjordby Kommune", date(2026, 12, 1), "general"),
    ],
)
def test_the_layout_is_the_municipality_s_of_the_day(municipality: str, on: date, code: str) -> None:
    found = template_for(municipality, on)
    assert found is not None and found.code == code


def test_a_meeting_before_any_layout_is_told_at_its_day(stine: User) -> None:
    with pytest.raises(ValidationError) as wrong:
        make_paper(stine, meeting_on=date(1900, 1, 1))
    assert list(wrong.value.message_dict) == ["meeting_on"] and not Paper.objects.exists()


def test_the_two_forms_of_slagelse_begin_differently() -> None:
    assert template("slagelse-2014").sections[0][0] == "theme"
    assert template("slagelse-2022").sections[0][0] == "decision"
    assert template("slagelse-2022").heading("background") == "Sagens indhold"


def test_a_new_paper_begins_with_the_law_of_the_meeting(stine: User) -> None:
    old = make_paper(stine, meeting_on=date(2015, 11, 3))
    new = make_paper(stine)
    assert "LAB § 93:" in old.texts.get(key="law").text
    assert "LAB § 167" in new.texts.get(key="law").text
    assert "LAB § 93:" not in new.texts.get(key="law").text


# Texts


def test_a_text_is_saved_once_and_never_over_another_s(paper: Paper, stine: User) -> None:
    first = save_text(paper, "theme", "Vi skal beslutte noget.", revision=0, by=stine)
    again = save_text(paper, "theme", "Vi skal beslutte noget.", revision=0, by=stine)
    assert (first.revision, again.revision) == (1, 1)
    with pytest.raises(ValidationError, match="En anden har skrevet"):
        save_text(paper, "theme", "Noget andet", revision=0, by=stine)
    assert paper.texts.get(key="theme").text == "Vi skal beslutte noget."


@pytest.mark.parametrize("key", ["decision", "annexes", "recommendation-2", "answer-1", "findes-ikke"])
def test_only_the_texts_of_the_paper_are_written(paper: Paper, stine: User, key: str) -> None:
    with pytest.raises(ValidationError, match="låst"):
        save_text(paper, key, "Hej", revision=0, by=stine)


@pytest.mark.parametrize(
    "text", ["Det er {{ timer }}.", "Det er {{ total.hours }}.", "Det er {{ .", "}} nej"]
)
def test_a_figure_that_is_not_there_is_refused(paper: Paper, stine: User, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        save_text(paper, "economy", text, revision=0, by=stine)
    assert "text" in refused.value.message_dict


# Figures


def test_a_figure_is_frozen_and_leads_back_to_its_run(paper: Paper, stine: User) -> None:
    run = make_run_of(60, stine)
    figure = fetch_figure(paper, run=run, path="total.hours_per_week", name="timer", on=TODAY, by=stine)
    write(paper, "economy", "Forslaget tager {{ timer }} om ugen.", stine)
    assert (figure.shown, figure.run) == ("120\u00a0timer", run)
    assert repeat(run).same
    make_run_of(61, stine)
    text = heading_texts(composed(Paper.objects.get(pk=paper.pk)).as_json())
    assert "Forslaget tager 120\xa0timer om ugen." in text[
        "Økonomiske og personalemæssige konsekvenser"
    ].replace("\\xa0", "\xa0")
    assert run.input_hash[:8] in text["Tallenes grundlag"]


@pytest.mark.parametrize("path", ["total.findes_ikke", "", "rows.nej.citizens", "level.name", "total"])
def test_a_path_that_leads_nowhere_is_refused(paper: Paper, stine: User, path: str) -> None:
    with pytest.raises(ValidationError, match="findes ikke i beregningen"):
        fetch_figure(paper, run=make_run_of(60, stine), path=path, name="tal", on=TODAY, by=stine)


def test_the_database_itself_keeps_a_frozen_figure(paper: Paper, stine: User) -> None:
    fetch_figure(paper, run=make_run_of(60, stine), path="total.citizens", name="tal", on=TODAY, by=stine)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperFigure.objects.update(shown="7")


def test_a_figure_in_use_is_not_taken_out(paper: Paper, stine: User) -> None:
    fetch_figure(paper, run=make_run_of(60, stine), path="total.citizens", name="tal", on=TODAY, by=stine)
    write(paper, "theme", "{{ tal }}", stine)
    with pytest.raises(ValidationError, match="står i teksten"):
        drop_figure(paper, "tal", by=stine)
    write(paper, "theme", "", stine)
    drop_figure(paper, "tal", by=stine)
    assert not paper.figures.exists()


@pytest.mark.parametrize(("path", "block"), [("rows", "table"), ("rows:chart", "picture")])
def test_rows_come_as_a_table_and_as_a_chart(paper: Paper, stine: User, path: str, block: str) -> None:
    fetch_figure(paper, run=make_run_of(60, stine), path=path, name="tal", on=TODAY, by=stine)
    write(paper, "economy", "Se her:\n\n{{ tal }}", stine)
    document = composed(Paper.objects.get(pk=paper.pk)).as_json()
    part = next(part for part in document["parts"] if part["heading"].startswith("Økonomiske"))
    assert [each["block"] for each in part["blocks"]] == ["paragraph", block]


# Sending


def test_a_sent_paper_is_frozen_with_its_fingerprint(paper: Paper, stine: User) -> None:
    version = send(paper, stine, theme="Vi skal beslutte noget.")
    stored = PaperVersion.objects.get(pk=version.pk)
    assert fingerprint(stored.document) == stored.sha256
    assert AgendaItem.from_json(stored.document).title == "4. Serviceniveau for mentorstøtte (B)"
    with pytest.raises(ValidationError, match="låst"):
        save_text(paper, "theme", "Noget andet", revision=1, by=stine)
    for act in (
        lambda: change_head(paper, meeting_on=NEXT, item_number=1, by=stine),
        lambda: send_paper(paper, on=TODAY, by=stine),
        lambda: add_annex(paper, title="Nyt", on=TODAY, by=stine),
    ):
        with pytest.raises(ValidationError):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperVersion.objects.update(sha256="0")


def test_a_paper_without_a_recommendation_is_not_sent(paper: Paper, stine: User) -> None:
    with pytest.raises(ValidationError, match="ingen indstilling"):
        send_paper(paper, on=TODAY, by=stine)


def test_a_corrected_annex_stands_beside_the_first(paper: Paper, stine: User) -> None:
    first = add_annex(paper, title="Serviceniveau", document_number="11", on=TODAY, by=stine)
    send(paper, stine)
    add_annex(paper, title="Serviceniveau", document_number="12", corrects=first, on=MEETING, by=stine)
    with pytest.raises(ValidationError, match="rettet allerede"):
        add_annex(paper, title="Igen", corrects=first, on=MEETING, by=stine)
    version = record_decision(paper, outcome="noted", decision="Drøftet.", absent="", on=MEETING, by=stine)
    listed = heading_texts(version.document)["Bilag"]
    assert "Bilag 1: Serviceniveau, 11, erstattet af et rettet bilag" in listed
    assert "Bilag 1: Serviceniveau, 12, rettet, omdelt" in listed


def test_the_annex_prints_the_law_and_the_level_and_says_what_is_open(cast: Cast, stine: User) -> None:
    slagelse = make_paper(stine, meeting_on=date(2015, 11, 3), level=load_level("slagelse-2015", by=None))
    add_annex(slagelse, title="Kan og skal", made="may_must", on=TODAY, by=stine)
    annex = composed(slagelse).parts[-1]
    tables = [block for block in annex.blocks if hasattr(block, "rows")]
    assert [table.caption for table in tables] == ["Skal", "Ret", "Kan"]
    assert all(cell == "ikke fastsat" for row in tables[0].rows for cell in row[-2:])
    example = make_paper(stine, level=load_level("eksempel-2026", by=None))
    add_annex(example, title="Kan", made="may_must", ore_per_hour=41_300, on=TODAY, by=stine)
    rows = [
        row for block in composed(example).parts[-1].blocks if hasattr(block, "rows") for row in block.rows
    ]
    discharge = next(row for row in rows if row[2] == "Udskrivningskoordinator")
    assert discharge[3:] == ("2\u00a0t.", "39", "78\u00a0t.", "32.214\u00a0kr.")


# The way through the committee


def test_postponed_answered_and_taken_up_with_both_recommendations(paper: Paper, stine: User) -> None:
    first = send(paper, stine)
    record_decision(
        paper, outcome="postponed", decision="Sagen udsættes.", absent="Ib Prøve", on=MEETING,
        questions=["Hvad koster det?", "Kan andre?"], by=stine,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="udsat 01-12-2026"):
        begin_next_reading(paper, meeting_on=TODAY, item_number=4, by=stine)
    begin_next_reading(paper, meeting_on=NEXT, item_number=2, by=stine)
    asked = list(paper.readings.get(number=1).questions.all())
    write(paper, answer_key(asked[0]), "Intet endnu.", stine)
    write(paper, "recommendation-2", "1. at udvalget drøfter sagen.", stine)
    with pytest.raises(ValidationError, match="låst"):
        save_text(paper, "recommendation-1", "Andet", revision=1, by=stine)
    second = send_paper(paper, on=date(2027, 1, 5), by=stine)
    told = heading_texts(second.document)
    assert "godkender" in told["Indstilling til mødet 1.\u00a0december\u00a02026"]
    assert "drøfter" in told["Indstilling til mødet 12.\u00a0januar\u00a02027"]
    assert "Ib Prøve" in told["Fraværende"]
    assert "Intet endnu." in told["Hvad koster det?"]
    assert "Ikke besvaret endnu." in told["Kan andre?"]
    assert fingerprint(PaperVersion.objects.get(pk=first.pk).document) == first.sha256 != second.sha256


def test_a_meeting_is_not_decided_before_it_is_held(paper: Paper, stine: User) -> None:
    with pytest.raises(ValidationError, match="ligger ikke hos udvalget"):
        record_decision(paper, outcome="noted", decision="Ja", absent="", on=MEETING, by=stine)
    send(paper, stine)
    with pytest.raises(ValidationError, match="Mødet er først"):
        record_decision(paper, outcome="noted", decision="Ja", absent="", on=TODAY, by=stine)
    with pytest.raises(ValidationError, match="Skriv beslutningen"):
        record_decision(paper, outcome="noted", decision=" ", absent="", on=MEETING, by=stine)


def test_the_proposal_follows_its_paper_to_a_level_in_force(cast: Cast, stine: User) -> None:
    base = load_level("eksempel-2026", by=None)
    adopt_level(
        base, committee="AU", case_number="1", adopted_on=TODAY, in_force_from=date(2026, 1, 1), by=None
    )
    proposal = propose(name="2027", purpose="", base=base, in_force_from=FIRST, on=TODAY, by=stine)
    change_row(proposal, ROW, reason="Mangler", by=stine)
    paper = make_paper(stine, proposal=proposal)
    send(paper, stine)
    assert Proposal.objects.get().state == "put_forward"
    record_decision(
        paper,
        outcome="postponed",
        decision="Udsættes.",
        absent="",
        on=MEETING,
        questions=["Hvorfor?"],
        by=stine,
    )
    assert Proposal.objects.get().versions.get(number=1).questions == ["Hvorfor?"]
    begin_next_reading(paper, meeting_on=NEXT, item_number=None, by=stine)
    assert Proposal.objects.get().state == "second_reading"
    send(paper, stine, on=date(2027, 1, 5))
    record_decision(paper, outcome="adopted", decision="Godkendt.", absent="", on=NEXT, by=stine)
    level = level_in_force(FIRST)
    assert level is not None
    assert (level.name, level.case_number, level.adopted_on) == ("2027", "2026-7", NEXT)


def test_what_somebody_should_judge_is_listed(paper: Paper, stine: User) -> None:
    fetch_figure(paper, run=make_run_of(3, stine), path="rows", name="tabel", on=TODAY, by=stine)
    write(
        paper,
        "assessment",
        "En 37-årig kvinde med ADHD fik hjælp.\n\n{{ tabel }}\n\nFire borgere ventede.",
        stine,
    )
    write(paper, "background", "Unge enlige forsørgere har ret til støtte. Borgerne er over 30 år.", stine)
    found = [(each.kind, each.found) for each in judged(Paper.objects.get(pk=paper.pk))]
    assert found == [
        ("case", "alder (37-årig), køn (kvinde) og helbred (ADHD)"),
        ("few", "Social mentor, borgere: 3"),
        ("few", "Fire borgere"),
    ]


def test_the_municipality_s_name_is_frozen_too(paper: Paper, stine: User) -> None:
    version = send(paper, stine)
    Municipality.objects.update(name="Nyby Kommune")
    assert PaperVersion.objects.get(pk=version.pk).document["author"] == "Fjordby Kommune"
