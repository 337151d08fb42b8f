"""A refusal: heard, reasoned, and of a right only by two persons."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.decision import (
    approve,
    ask_second_person,
    decide,
    record_answer,
    send_back,
    send_hearing,
    waive_hearing,
)
from mentorkorps.cases.facts import needs_second_person, withheld
from mentorkorps.cases.models import CaseNote, Decision, Hearing
from mentorkorps.domain.refusal import Refusal
from tests.cases.problems import fields_of
from tests.cases.scenes import (
    MAY,
    RIGHT,
    grant_draft,
    refusal_draft,
    visitation_of,
)
from tests.cast import TODAY, Cast


def test_a_refusal_needs_a_hearing_or_a_reason_for_none(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    with pytest.raises(Refusal) as refused:
        decide(draft, on=TODAY, by=cast.helle)
    assert refused.value.provision == "FVL § 19"
    waive_hearing(draft, reason="Du har selv givet os alle oplysningerne.", on=TODAY, by=cast.helle)
    decision = decide(draft, on=TODAY, by=cast.helle)
    assert decision.letter["title"] == "Du får ikke en mentor"
    assert "alle oplysningerne" in str(decision.letter)
    assert decision.course is None


@pytest.mark.parametrize(
    ("changes", "field"), [({"reasons": " "}, "reasons"), ({"other_help": ""}, "other_help")]
)
def test_a_refusal_says_why_and_what_else_was_considered(cast: Cast, changes: dict, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        refusal_draft(cast, visitation_of(cast), **changes)
    assert fields_of(error) == {field}


def test_the_hearing_waits_for_its_answer(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    hearing = send_hearing(draft, on=TODAY, by=cast.helle)
    assert hearing.answer_by == TODAY + timedelta(days=14)
    with pytest.raises(ValidationError, match="i partshøring"):
        decide(draft, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError) as error:
        record_answer(draft, answer="", on=TODAY, by=cast.helle)
    assert fields_of(error) == {"answer"}
    record_answer(draft, answer="Du er ikke enig.", on=TODAY, by=cast.helle)
    assert "Du er ikke enig." in str(decide(draft, on=TODAY, by=cast.helle).letter)


def test_silence_after_the_deadline_is_an_answer(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    hearing = send_hearing(draft, on=TODAY, by=cast.helle)
    record_answer(draft, answer="", on=hearing.answer_by + timedelta(days=1), by=cast.helle)
    assert "Du har ikke svaret." in str(decide(draft, on=TODAY + timedelta(days=16), by=cast.helle).letter)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_term_nobody_can_answer_within(cast: Cast, days: int) -> None:
    draft = refusal_draft(cast, visitation_of(cast))
    with pytest.raises(ValidationError) as error:
        send_hearing(draft, on=TODAY, by=cast.helle, answer_by=TODAY + timedelta(days=days))
    assert fields_of(error) == {"answer_by"}
    assert not Hearing.objects.exists()


def test_a_draft_mended_after_the_hearing_keeps_the_answer(cast: Cast) -> None:
    visitation = visitation_of(cast)
    draft = refusal_draft(cast, visitation)
    send_hearing(draft, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="i partshøring"):
        refusal_draft(cast, visitation)
    record_answer(draft, answer="Du er ikke enig.", on=TODAY, by=cast.helle)
    mended = refusal_draft(cast, visitation, reasons="Du har fortalt, at du er flyttet.")
    assert mended.pk == draft.pk
    assert mended.hearing.answer == "Du er ikke enig."


def test_nobody_is_heard_on_good_news(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast))
    with pytest.raises(ValidationError, match="ikke borgeren imod"):
        send_hearing(draft, on=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="ikke borgeren imod"):
        waive_hearing(draft, reason="x", on=TODAY, by=cast.helle)


# --- Four eyes ---


def heard_refusal_of_a_right(cast: Cast) -> Decision:
    draft = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    waive_hearing(draft, reason="Du har selv givet os alle oplysningerne.", on=TODAY, by=cast.helle)
    return draft


def test_a_right_is_not_refused_by_one_person(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    with pytest.raises(Refusal, match="En anden") as refused:
        decide(draft, on=TODAY, by=cast.helle)
    assert refused.value.provision == "LAB § 167, stk. 2"
    ask_second_person(draft, reason="Du er allerede i et andet forløb.", by=cast.helle)
    approve(draft, by=cast.people["leader"])
    assert decide(draft, on=TODAY, by=cast.helle).second_by == cast.people["leader"]


def test_a_right_is_not_refused_under_the_name_of_a_weaker_rule(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-01")
    assert [finding.rule for finding in withheld(draft)] == ["R3-02b"]


def test_a_right_that_is_only_open_is_not_refused_by_one_person(cast: Cast) -> None:
    draft = refusal_draft(
        cast, visitation_of(cast, facts=MAY | {"psychiatric_admission": None}), rule="R3-01"
    )
    assert needs_second_person(draft)


def test_a_may_alone_needs_no_second_person(cast: Cast) -> None:
    assert not needs_second_person(refusal_draft(cast, visitation_of(cast)))


def test_nobody_approves_their_own(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    ask_second_person(draft, reason="Grund", by=cast.helle)
    with pytest.raises(Refusal, match="selv skrevet"):
        approve(draft, by=cast.helle)
    with pytest.raises(Refusal, match="selv skrevet"):
        send_back(draft, reason="x", by=cast.helle)


def test_the_second_person_can_send_it_back_with_a_reason(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    ask_second_person(draft, reason="Grund", by=cast.helle)
    with pytest.raises(ValidationError) as error:
        send_back(draft, reason=" ", by=cast.people["leader"])
    assert fields_of(error) == {"reason"}
    send_back(draft, reason="Se på udskrivningen igen.", by=cast.people["leader"])
    draft.refresh_from_db()
    assert (draft.state, draft.second_by) == ("draft", None)
    assert "udskrivningen" in CaseNote.objects.get().text


def test_the_second_person_reads_the_answer_first(cast: Cast) -> None:
    draft = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    with pytest.raises(Refusal, match="Hør borgeren først"):
        ask_second_person(draft, reason="Grund", by=cast.helle)


def test_words_changed_after_the_approval_are_approved_anew(cast: Cast) -> None:
    draft = heard_refusal_of_a_right(cast)
    ask_second_person(draft, reason="Grund", by=cast.helle)
    approve(draft, by=cast.people["leader"])
    mended = refusal_draft(cast, draft.visitation, rule="R3-02b", reasons="Noget andet")
    with pytest.raises(Refusal, match="En anden"):
        decide(mended, on=TODAY, by=cast.helle)


def test_only_what_needs_it_is_sent_to_another(cast: Cast) -> None:
    draft = grant_draft(cast, visitation_of(cast))
    with pytest.raises(ValidationError, match="kræver ikke"):
        ask_second_person(draft, reason="Grund", by=cast.helle)
