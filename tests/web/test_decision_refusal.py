"""A refusal on its pages: heard first, reasoned, and never for the budget's sake."""

import pytest
from django.urls import reverse

from mentorkorps.cases.actions.decision import (
    waive_hearing,
)
from mentorkorps.cases.models import Decision, Hearing
from tests.cases.scenes import RIGHT, refusal_draft, visitation_of
from tests.cast import TODAY, Cast, signed_in
from tests.web.decision_pages import REFUSAL, act, draft, look, take, text_of


def test_a_refusal_hears_first_then_decides(cast: Cast) -> None:
    draft(cast, visitation_of(cast), REFUSAL)
    decision = Decision.objects.get()
    text = look(cast, decision)
    assert "Hør borgeren først" in text
    assert "Partshøringen, som den vil se ud" in text
    assert "Vi overvejer at sige nej til en mentor" in text
    assert 'value="04-12-2026"' in text
    act(cast, decision, "hear", answer_by="07-12-2026")
    waiting = look(cast, decision)
    assert "Venter på borgerens svar" in waiting
    assert "Senest mandag den 7.\u00a0december\u00a02026" in waiting
    assert "Skriv borgerens svar" in text_of(act(cast, decision, "answer", answer=""))
    act(cast, decision, "answer", answer="Du er ikke enig.")
    assert "Du er ikke enig." in look(cast, decision)
    take(cast, decision)
    assert "Karla får ikke en mentor" in look(cast, decision)


@pytest.mark.parametrize(
    ("answer_by", "said"),
    [
        ("20-11-2026", "efter i dag"),
        ("01-01-2030", "90 dage"),
        ("", "Skal udfyldes"),
        ("snart", "ikke en dato"),
    ],
)
def test_a_hearing_has_a_term(cast: Cast, answer_by: str, said: str) -> None:
    decision = refusal_draft(cast, visitation_of(cast))
    assert said in text_of(act(cast, decision, "hear", answer_by=answer_by))
    assert not Hearing.objects.exists()


def test_no_hearing_needs_a_reason_in_the_letter(cast: Cast) -> None:
    decision = refusal_draft(cast, visitation_of(cast))
    assert "Skriv, hvorfor borgeren ikke høres." in text_of(act(cast, decision, "waive"))
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    assert "Vi har ikke skrevet til dig først. Du har selv bedt om det." in look(cast, decision)


@pytest.mark.parametrize(
    ("missing", "said"), [("reasons", "lagt vægt på"), ("help_housing", "anden hjælp der er overvejet")]
)
def test_a_refusal_that_says_too_little(cast: Cast, missing: str, said: str) -> None:
    visitation = visitation_of(cast, other_help="")
    assert said in text_of(draft(cast, visitation, REFUSAL | {missing: ""}))
    assert not Decision.objects.exists()


def test_a_refused_right_names_what_a_second_person_must_see(cast: Cast) -> None:
    decision = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-01")
    waive_hearing(decision, reason="Du har selv bedt om det.", on=TODAY, by=cast.helle)
    text = look(cast, decision)
    assert "En anden skal godkende" in text
    assert "LAB § 167, stk. 2, udskrivningskoordinator efter psykiatrisk indlæggelse: opfyldt" in text
    assert 'value="decide"' not in text
    assert "Skriv, hvorfor noget" in text_of(act(cast, decision, "second", second_reason=" "))
    act(cast, decision, "second", second_reason="Et andet forløb dækker.")
    assert "Venter på anden godkender" in look(cast, decision)
    act(cast, decision, "decide")
    decision.refresh_from_db()
    assert decision.state == "second"


def test_budget_is_never_offered_as_a_reason(cast: Cast) -> None:
    text = text_of(signed_in(cast.helle).get(reverse("new_decision", args=[visitation_of(cast).id])))
    assert "ikke en grund til at afslå" in text
