"""Letters are stored unchanged, never leave a blank, and never go against a citizen without what the law demands."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mentorkorps.domain.letter import (
    Change,
    DecisionInput,
    Document,
    Incomplete,
    compose_agreement,
    compose_decision,
    compose_handover,
    compose_hearing,
    compose_status,
)
from mentorkorps.domain.letter.complete import missing, texts_of

from .cast import IN_PART, R1, R2, R3, R4, STORIES
from .golden_files import DOCUMENTS
from .papers import AGREEMENT, HANDOVER, HEARING, PAPERS, STATUS


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_stored_letter_comes_back_unchanged(name: str) -> None:
    document = DOCUMENTS[name]
    assert Document.from_json(json.loads(json.dumps(document.as_json()))) == document


def assessed(given: DecisionInput, **changes: object) -> DecisionInput:
    """The same decision with other words in its assessment."""
    return replace(given, assessment=replace(given.assessment, **changes))


GRANT, REFUSAL = R4.decision("grant"), R4.decision("refusal")


@pytest.mark.parametrize(
    ("given", "field", "label"),
    [
        (assessed(GRANT, situation=" "), "situation", "borgerens situation"),
        (assessed(GRANT, citizen_view=""), "citizen_view", "borgerens egen mening"),
        (assessed(GRANT, prospect=None), "prospect", "hjælpe borgeren videre"),
        (assessed(REFUSAL, considerations=()), "considerations", "lagt mest vægt på"),
        (assessed(REFUSAL, facts=()), "facts", "vigtigste oplysninger"),
        (assessed(REFUSAL, other_help=()), "other_help", "anden hjælp"),
        (replace(REFUSAL, hearing=None), "hearing", "partshøringen"),
        (replace(REFUSAL, basis=replace(REFUSAL.basis, rule_says=None)), "rule_says", "hvad reglen siger"),
        (replace(REFUSAL, basis=replace(REFUSAL.basis, citation="")), "citation", "paragraf"),
        (
            replace(
                GRANT, head=replace(GRANT.head, recipient=replace(GRANT.head.recipient, address_lines=()))
            ),
            "address_lines",
            "adressen",
        ),
    ],
)
def test_missing_text_is_named_in_danish(given: DecisionInput, field: str, label: str) -> None:
    with pytest.raises(Incomplete, match=label) as error:
        compose_decision(given)
    assert error.value.field == field


def test_must_and_right_ask_for_no_prospect() -> None:
    for given in (R1.decision("refusal"), R3.decision("grant")):
        assert compose_decision(assessed(given, prospect=None)).title.startswith("Du får")


@pytest.mark.parametrize("kind", ["refusal", "early_stop", "non_extension"])
@pytest.mark.parametrize("regime", sorted(STORIES))
def test_no_adverse_letter_without_hearing_or_its_reason(regime: str, kind: str) -> None:
    with pytest.raises(Incomplete) as error:
        compose_decision(replace(STORIES[regime].decision(kind), hearing=None))
    assert error.value.field == "hearing"


def test_change_is_adverse_only_where_time_or_length_shrinks() -> None:
    given = R1.decision("change")
    assert isinstance(given.answer, Change)
    now, before = given.answer.support, given.answer.previous
    shorter = replace(given, answer=Change(replace(now, end=date(2015, 8, 1)), before))
    less = replace(given, answer=Change(replace(now, minutes_per_week=30), before))
    assert [given.adverse, shorter.adverse, less.adverse] == [False, True, True]


def test_grant_in_part_owes_the_same_reasons_as_a_refusal() -> None:
    assert not R4.decision("grant").adverse
    for given in (
        replace(IN_PART, hearing=None),
        assessed(IN_PART, facts=()),
        assessed(IN_PART, considerations=()),
    ):
        with pytest.raises(Incomplete):
            compose_decision(given)


def test_letters_from_february_2026_do_not_say_jobcenteret() -> None:
    basis = replace(GRANT.basis, authority="jobcenteret")
    with pytest.raises(Incomplete, match="kommunen"):
        compose_decision(replace(GRANT, basis=basis))
    before = replace(GRANT, basis=basis, head=replace(GRANT.head, dated=date(2026, 1, 31)))
    assert "Jobcenteret har besluttet" in compose_decision(before).as_text()


def test_grant_without_a_mentor_says_that_one_will_be_found() -> None:
    text = compose_decision(R2.decision("grant")).as_text()
    assert "Vi finder en mentor til dig og skriver." in text
    assert "Første gang" not in text


def test_second_approver_and_money_have_no_field() -> None:
    names = {name for name, _ in texts_of(REFUSAL)}
    assert not names & {"second_approver", "budget", "ceiling", "sanction"}


def test_hearing_wants_a_deadline_after_the_letter() -> None:
    with pytest.raises(Incomplete) as error:
        compose_hearing(replace(HEARING, answer_by=HEARING.head.dated))
    assert error.value.field == "answer_by"


@pytest.mark.parametrize("field", ["tasks", "not_tasks", "citations"])
def test_agreement_names_tasks_and_what_is_not_a_task(field: str) -> None:
    with pytest.raises(Incomplete) as error:
        compose_agreement(replace(AGREEMENT, **{field: ()}))
    assert error.value.field == field


def test_agreement_has_the_six_items_and_a_line_for_each_signer() -> None:
    text = DOCUMENTS["company-agreement"].as_text()
    for item in (
        "Dit mål",
        "Lone Prøve, tlf.",
        "Det hjælper Lone dig med",
        "Hvornår",
        "5 timer om ugen",
        "klage",
    ):
        assert item in text
    assert text.count("Dato og underskrift") == 3


@pytest.mark.parametrize("number", ["010192-1234", "0101921234", "010192 1234"])
def test_handover_refuses_a_cpr_number(number: str) -> None:
    with pytest.raises(Incomplete, match="CPR") as error:
        compose_handover(replace(HANDOVER, safety=(f"Ring først ({number})",)))
    assert error.value.field == "safety"


def test_handover_lasts_until_the_mentor_is_back() -> None:
    text = compose_handover(replace(HANDOVER, back="Fatima Eksempel")).as_text().replace("\u00a0", " ")
    assert ", til Fatima Eksempel er tilbage, dog højst til " in text


def test_handover_shows_first_name_and_initial_only() -> None:
    assert "Eksempel" not in DOCUMENTS["handover-bare"].as_text().replace("Fatima Eksempel", "")


def test_status_says_not_answered_and_no_contact_duty() -> None:
    text = compose_status(replace(STATUS, contacts=None, scores=(), deviations=())).as_text()
    assert "Ikke besvaret" in DOCUMENTS["status"].as_text()
    for words in ("ingen fast kontakt", "ikke målt fremgang", "gik som aftalt"):
        assert words in text


def test_every_text_field_has_a_danish_name() -> None:
    codes = {"obligation", "every", "by", "planned", "stage", "reached", "advice"}
    inputs: list[object] = [story.decision(kind) for story in STORIES.values() for kind in story.decisions]
    for name in {name for given in (*inputs, *PAPERS.values()) for name, _ in texts_of(given)} - codes:
        assert missing(name).field == name


def blanked(compose: Callable[..., Document], given: object, field: str) -> None:
    with pytest.raises(Incomplete) as error:
        compose(replace(given, **{field: " "}))
    assert error.value.field == field


def test_blank_texts_stop_the_other_papers_too() -> None:
    blanked(compose_hearing, HEARING, "plan")
    blanked(compose_agreement, AGREEMENT, "goal")
    blanked(compose_handover, HANDOVER, "goal")
    blanked(compose_status, STATUS, "citizen_view")
