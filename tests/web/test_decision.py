"""From visitation to a sent letter, and what may stand in the way."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.actions.decision import approve as approve_verb
from mentorkorps.cases.actions.decision import (
    ask_second_person,
    decide,
    draft_on_course,
    waive_hearing,
)
from mentorkorps.cases.actions.visitation import save_visitation
from mentorkorps.cases.models import Course, Decision
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, TaskTemplate
from tests.cases.scenes import RIGHT, grant_draft, level, refusal_draft, running_course, visitation_of
from tests.cast import TODAY, Cast, signed_in
from tests.web.decision_pages import GRANT, REFUSAL, act, draft, look, seal_on, take, text_of

# --- Who may ---

OF_DECISION = ("decision", "letter", "letter_pdf", "hearing_pdf", "complaint")


@pytest.mark.parametrize("name", [*OF_DECISION, "send_letter"])
def test_others_decisions_are_absent_and_journalled(cast: Cast, name: str) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    client, place = signed_in(cast.karl), reverse(name, args=[decision.id])
    response = client.post(place) if name == "send_letter" else client.get(place)
    assert response.status_code == 404
    assert Entry.objects.latest("id").refused
    decision.refresh_from_db()
    assert decision.letter_sent_on is None


def test_others_visitations_and_courses_are_absent(cast: Cast) -> None:
    visitation, course = visitation_of(cast), cast.course
    for place in (
        reverse("new_decision", args=[visitation.id]),
        reverse("course_decision", args=[course.id, "change"]),
    ):
        assert signed_in(cast.karl).post(place, GRANT).status_code == 404
        assert Entry.objects.latest("id").refused
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVIDER, Role.COMPANY_MENTOR, Role.CONTROLLER, Role.DPO])
def test_roles_that_may_not(cast: Cast, role: str) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    for name in OF_DECISION:
        assert signed_in(cast.people[role]).get(reverse(name, args=[decision.id])).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.COORDINATOR])
def test_who_only_reads_takes_no_step(cast: Cast, role: str) -> None:
    decision = grant_draft(cast, visitation_of(cast))
    text = look(cast, decision, by=role)
    assert "Træf afgørelse" not in text
    response = signed_in(cast.people[role]).post(reverse("decision", args=[decision.id]), {"do": "decide"})
    assert response.status_code == 404
    assert Entry.objects.latest("id").refused


def test_nobody_signs_in_first(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast))
    for name in OF_DECISION:
        assert signed_in(None).get(reverse(name, args=[decision.id])).url.startswith("/konto/login/")


# --- A grant, from the visitation to the sent letter ---


def test_a_grant_without_adversity_is_a_few_steps(cast: Cast) -> None:
    TaskTemplate.objects.create(kind="social", title="at komme til læge", source="prøve")
    TaskTemplate.objects.create(kind="not_mentor", title="at gøre rent", source="prøve")
    visitation = visitation_of(cast)
    form = GRANT | {
        "tasks": ["at komme til læge"],
        "more_tasks": "at få en cykel\n",
        "not_tasks": ["at gøre rent"],
    }
    response = draft(cast, visitation, form)
    decision = Decision.objects.get()
    assert response.url == reverse("decision", args=[decision.id])
    text = look(cast, decision)
    assert "Brevet, som det vil se ud" in text
    assert "Ikke sendt" in text
    assert "at få en cykel" in text
    assert take(cast, decision).url == response.url
    receipt = look(cast, decision)
    assert "Karla får en mentor" in receipt
    assert "Vælg mentor" in receipt
    assert "24.\u00a0april\u00a02027" in receipt, "the status is due four weeks before the end"
    signed_in(cast.helle).post(reverse("send_letter", args=[decision.id]))
    assert "Borgeren kan klage til og med 18.\u00a0december\u00a02026" in look(cast, decision)
    titles = list(Course.objects.get(citizen=cast.karla).tasks.values_list("title", "mine"))
    assert titles == [("at komme til læge", True), ("at få en cykel", True), ("at gøre rent", False)]


def test_nothing_is_chosen_but_the_strongest_rule(cast: Cast) -> None:
    level(minutes=90)
    text = text_of(signed_in(cast.helle).get(reverse("new_decision", args=[visitation_of(cast).id])))
    assert 'name="kind" value="grant" checked' not in text.replace("\n", " ")
    assert text.count("checked") == 1
    assert 'value="R3-01"' in text.split("checked")[0].rsplit("<input", 1)[1]
    assert 'value="23-11-2026"' in text, "next Monday"
    assert 'value="22-05-2027"' in text, (
        "26 weeks of the level end a day before the law's six months, so 22 or 23"
    )


def test_the_minimum_of_a_right_is_proposed_whatever_the_level(cast: Cast) -> None:
    row = level(minutes=60, weeks=4)
    row.functions, row.obligation = ["discharge_coordinator"], "right"
    row.save()
    visitation = visitation_of(cast, facts=RIGHT)
    text = text_of(signed_in(cast.helle).get(reverse("new_decision", args=[visitation.id])))
    assert 'value="22-05-2027"' in text
    assert "Mindst til og med 22.\u00a0maj\u00a02027 i alt." in text


def test_a_shorter_period_than_the_right_is_said(cast: Cast) -> None:
    visitation = visitation_of(cast, facts=RIGHT)
    text = look(cast, grant_draft(cast, visitation, rule="R3-02b", end=date(2027, 2, 22)))
    assert "Retten er mindst 6\u00a0måneder i alt." in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Vælg, hvad du afgør."),
        ({"kind": "non_extension"}, "ikke en af"),
        ({"rule": ""}, "Vælg den regel"),
        ({"rule": "R1-05"}, "ikke en af"),
        ({"rule": "R3-02b"}, "Det er ikke opfyldt"),
        ({"start": "31-02-2027"}, "findes ikke"),
        ({"start": ""}, "Skriv bevillingens første dag."),
        ({"end": "22-11-2026"}, "Sidste dag ligger før første dag."),
        ({"end": "23-05-2027"}, "den sidste mulige dag 22-05-2027"),
        ({"end": "22-05-2029"}, "længere end to år"),
        ({"minutes_per_week": "0"}, "mindst 1"),
        ({"minutes_per_week": "-1"}, "mindst 1"),
        ({"minutes_per_week": "mange"}, "helt antal"),
        ({"minutes_per_week": "9999999"}, "10.080"),
        ({"minutes_per_week": ""}, "Skriv, hvor mange minutter"),
        ({"situation": ""}, "Beskriv borgerens situation."),
        ({"prospect": " "}, "Beskriv udsigten"),
        ({"situation": "x" * 10_000}, "Højst 4.000 tegn"),
        ({"more_tasks": "x" * 201}, "En opgave er højst 200 tegn"),
        ({"asked_for_more": "on"}, "Skriv, hvad du har lagt vægt på"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_on_the_page_and_nothing_is_written(cast: Cast, wrong: dict, said: str) -> None:
    visitation = visitation_of(cast)
    response = draft(cast, visitation, GRANT | wrong)
    assert response.status_code == 200
    text = text_of(response)
    assert said in text
    assert "Du vil gerne." in text, "what was typed stays"
    assert not Decision.objects.exists()
    visitation.refresh_from_db()
    assert visitation.citizens_view != "Du vil gerne."


def test_a_refusal_by_law_is_grey_with_its_provision(cast: Cast) -> None:
    text = text_of(draft(cast, visitation_of(cast), GRANT | {"rule": "R3-02b"}))
    assert "note-calm" in text
    assert "Det giver reglerne ikke mulighed for." in text
    assert "note-err" not in text


def test_two_submits_make_one_decision(cast: Cast) -> None:
    visitation = visitation_of(cast)
    assert draft(cast, visitation, GRANT).url == draft(cast, visitation, GRANT).url
    decision = Decision.objects.get()
    seal = seal_on(look(cast, decision))
    act(cast, decision, "decide", read=seal)
    assert "er i mellemtiden blevet: afgjort" in text_of(act(cast, decision, "decide", read=seal))
    assert Course.objects.filter(citizen=cast.karla).count() == 1


def test_nobody_decides_on_a_letter_they_have_not_read(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decision = grant_draft(cast, visitation)
    seal = seal_on(look(cast, decision))
    draft(cast, visitation, GRANT | {"minutes_per_week": "60"})
    assert "Brevet er ændret, siden du så det." in text_of(act(cast, decision, "decide", read=seal))
    assert "Brevet er ændret" in text_of(act(cast, decision, "decide"))
    decision.refresh_from_db()
    assert decision.state == "draft"


def test_facts_changed_after_the_draft_are_noticed(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decision = grant_draft(cast, visitation)
    save_visitation(visitation, by=cast.helle, on=TODAY, facts={"purpose_work_or_education": False})
    assert "ændret efter kladden" in text_of(take(cast, decision))
    assert not Course.objects.filter(citizen=cast.karla).exists()


def test_a_draft_is_mended_with_what_it_had(cast: Cast) -> None:
    visitation = visitation_of(cast)
    grant_draft(cast, visitation, tasks=["at få en cykel"], end=date(2027, 3, 1))
    text = text_of(signed_in(cast.helle).get(reverse("new_decision", args=[visitation.id])))
    assert "at få en cykel" in text
    assert 'value="01-03-2027"' in text
    assert text.count("checked") == 2


def test_a_draft_can_be_given_up(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decision = grant_draft(cast, visitation)
    act(cast, decision, "drop")
    assert "Kladden er opgivet" in look(cast, decision)
    assert signed_in(cast.helle).get(reverse("new_decision", args=[visitation.id])).status_code == 200


def test_a_step_that_does_not_exist_does_nothing(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast))
    assert act(cast, decision, "publish").status_code == 302
    decision.refresh_from_db()
    assert decision.state == "draft"


def test_after_the_decision_the_visitation_takes_no_other(cast: Cast) -> None:
    visitation = visitation_of(cast)
    decide(grant_draft(cast, visitation), on=TODAY, by=cast.helle)
    assert draft(cast, visitation, REFUSAL).url == reverse("visitation", args=[visitation.id])
    assert Decision.objects.count() == 1


# --- Cost ---


@pytest.mark.parametrize("state", ["draft", "second", "decided"])
def test_a_decision_costs_few_queries(cast: Cast, state: str, django_assert_max_num_queries: Any) -> None:
    decision = refusal_draft(cast, visitation_of(cast, facts=RIGHT), rule="R3-02b")
    waive_hearing(decision, reason="Du har selv bedt om det.", on=TODAY, by=cast.helle)
    if state != "draft":
        ask_second_person(decision, reason="Grund", by=cast.helle)
    if state == "decided":
        approve_verb(decision, by=cast.people[Role.LEADER])
        decide(decision, on=TODAY, by=cast.helle)
    client, place = signed_in(cast.helle), reverse("decision", args=[decision.id])
    client.get(place)
    with django_assert_max_num_queries(8):
        client.get(place)


def test_the_form_costs_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    level()
    client, place = signed_in(cast.helle), reverse("new_decision", args=[visitation_of(cast).id])
    client.get(place)
    with django_assert_max_num_queries(10):
        client.get(place)


def test_a_change_asks_for_the_grant_as_it_is(cast: Cast) -> None:
    draft_on_course(
        running_course(cast), kind="change", on=TODAY, by=cast.helle, minutes=180, start=date(2026, 11, 30),
        reasons="Du har brug for mere.",
    )  # fmt: skip
    text = look(cast, Decision.objects.get(kind="change"))
    assert "Hør borgeren først" not in text, "more time takes nothing away"
    assert 'value="decide"' in text
