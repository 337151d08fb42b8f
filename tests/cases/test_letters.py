"""What the letters of a case are composed from: the decision's own words, sources and dates, and nothing else."""

from datetime import date

from mentorkorps.cases.actions.decision import (
    decide,
    draft_on_course,
    record_answer,
    send_hearing,
    waive_hearing,
)
from mentorkorps.cases.actions.visitation import save_visitation
from mentorkorps.cases.facts import decision_letter
from mentorkorps.cases.models import Decision
from mentorkorps.domain.letter import Document
from tests.cases.scenes import RIGHT, grant_draft, level, refusal_draft, running_course, visitation_of
from tests.cast import TODAY, Cast


def text_of(stored: dict | None) -> str:
    return Document.from_json(stored or {}).as_text()


def test_a_grant_says_what_was_assessed(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast), tasks=["at komme til læge"], not_tasks=["rengøring"])
    text = text_of(decide(decision, on=TODAY, by=cast.helle).letter)
    for said in (
        "Kommunen har besluttet, at du får en mentor fra", "2 timer om ugen", "at komme til læge", "rengøring",
        "Du mangler et sted at bo.", "Du vil gerne have en, der tager med første gang.", "§ 167, stk. 1",
        "Ankestyrelsen", "Helle Prøve, sagsbehandler",
    ):  # fmt: skip
        assert said in text, said


def test_the_citizens_words_are_never_made_up(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast, citizens_view=""))
    assert "Du har ikke udtalt dig om det." in text_of(decide(decision, on=TODAY, by=cast.helle).letter)


def test_only_the_rule_that_was_used_is_cited(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    text = text_of(decide(decision, on=TODAY, by=cast.helle).letter)
    assert "§ 167, stk. 2" in text
    assert "§ 167, stk. 1" not in text


def test_a_departure_from_the_level_is_told(cast: Cast) -> None:
    level(minutes=90)
    decision = grant_draft(cast, visitation_of(cast), deviation_reason="Du skal følges ofte den første tid.")
    text = text_of(decide(decision, on=TODAY, by=cast.helle).letter)
    assert "1 time og 30 minutter om ugen. Du får mere. Du skal følges ofte den første tid." in text


def test_the_hearing_names_where_each_fact_comes_from(cast: Cast) -> None:
    visitation = visitation_of(cast, facts=RIGHT)
    told = {"source": "Afdelingens brev", "on": "2026-11-13"}
    save_visitation(visitation, by=cast.helle, on=TODAY, sources={"psychiatric_admission": told})
    draft = refusal_draft(cast, visitation, rule="R3-02b")
    text = text_of(send_hearing(draft, on=TODAY, by=cast.helle).letter)
    assert "Afdelingens brev, 13. november 2026" in text
    assert "Fagsystem, 16. november 2026" in text
    assert "Senest fredag den 4. december 2026" in text
    assert "har ikke besluttet det endnu" in text


def test_what_is_unknown_or_unmet_is_said_to_be(cast: Cast) -> None:
    visitation = visitation_of(cast, facts={"purpose_work_or_education": None})
    draft = refusal_draft(cast, visitation)
    waive_hearing(draft, reason="Du har selv givet os alle oplysningerne.", on=TODAY, by=cast.helle)
    Decision.objects.update(second_by=cast.people["leader"])
    draft.refresh_from_db()
    assert "Vi ved ikke, om du skal have hjælp til" in text_of(decide(draft, on=TODAY, by=cast.helle).letter)


def test_a_change_tells_before_and_after(cast: Cast) -> None:
    draft = draft_on_course(
        running_course(cast), kind="change", on=TODAY, by=cast.helle, minutes=60, start=date(2026, 12, 7),
        reasons="Du klarer mere selv.",
    )  # fmt: skip
    send_hearing(draft, on=TODAY, by=cast.helle)
    record_answer(draft, answer="Du er enig.", on=TODAY, by=cast.helle)
    text = text_of(decide(draft, on=TODAY, by=cast.helle).letter)
    for said in ("Du får mindre tid med en mentor", "2 timer", "1 time", "15. juni 2026", "Du er enig."):
        assert said in text, said


def test_a_stored_letter_is_not_composed_again(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    decision.refresh_from_db()
    cast.karla.first_name = "Karin"
    cast.karla.save()
    assert "Kære Karla" in text_of(decision.letter)


def test_before_february_2026_the_authority_was_the_jobcentre(cast: Cast) -> None:
    decision = running_course(cast).decisions.get()
    decision.decided_on = date(2026, 1, 31)
    assert "Jobcenteret har besluttet" in decision_letter(decision, signer=cast.helle).as_text()
