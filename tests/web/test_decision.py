"""From visitation to a sent letter, and what may stand in the way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mentorkorps.cases.actions.course import follow_grants
from mentorkorps.cases.actions.decision import approve as approve_verb
from mentorkorps.cases.actions.decision import (
    ask_second_person,
    decide,
    draft_on_course,
    send_hearing,
    send_letter,
    waive_hearing,
)
from mentorkorps.cases.actions.visitation import reassess, save_visitation
from mentorkorps.cases.models import Complaint, Course, Decision, Hearing, Visitation
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, TaskTemplate
from tests.cases.scenes import RIGHT, grant_draft, level, refusal_draft, running_course, visitation_of
from tests.cast import TODAY, Cast, signed_in

GRANT = {
    "kind": "grant", "rule": "R3-01", "start": "23-11-2026", "end": "22-05-2027", "minutes_per_week": "120",
    "situation": "Du mangler et sted at bo.", "prospect": "Du vil i praktik.", "citizens_view": "Du vil gerne.",
}  # fmt: skip
REFUSAL = GRANT | {
    "kind": "refusal", "reasons": "Du får hjælp fra din bostøtte.", "help_housing": "Du får det allerede.",
}  # fmt: skip


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def draft(cast: Cast, visitation: Visitation, form: dict[str, Any]) -> HttpResponse:
    return signed_in(cast.helle).post(reverse("new_decision", args=[visitation.id]), form)


def look(cast: Cast, decision: Decision, by: str = Role.CASEWORKER) -> str:
    return text_of(signed_in(cast.people[by]).get(reverse("decision", args=[decision.id])))


def act(cast: Cast, decision: Decision, do: str, **fields: Any) -> HttpResponse:
    return signed_in(cast.helle).post(reverse("decision", args=[decision.id]), {"do": do} | fields)


def seal_on(text: str) -> str:
    return text.split('name="read" value="')[1].split('"')[0]


def take(cast: Cast, decision: Decision) -> HttpResponse:
    """Reads the letter and takes the decision, as a person would."""
    return act(cast, decision, "decide", read=seal_on(look(cast, decision)))


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


# --- A refusal ---


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


# --- On a running course ---

LESS = {
    "start": "30-11-2026", "minutes_per_week": "60", "reasons": "Du klarer mere selv.", "situation": "Du bor fast nu.",
    "prospect": "Du er godt på vej.", "citizens_view": "Du er enig.",
}  # fmt: skip


def on_course(cast: Cast, course: Course, kind: str, **form: Any) -> HttpResponse:
    return signed_in(cast.helle).post(reverse("course_decision", args=[course.id, kind]), form)


def test_less_time_is_heard_and_then_changes_the_course(cast: Cast) -> None:
    course = running_course(cast)
    decision = Decision.objects.get(id=on_course(cast, course, "change", **LESS).url.split("/")[-2])
    assert decision.situation == "Du bor fast nu."
    assert "Vi overvejer at ændre din mentorstøtte" in look(cast, decision)
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    take(cast, decision)
    follow_grants(on=date(2026, 11, 30))
    course.refresh_from_db()
    assert course.minutes_per_week == 60
    assert "Mentorstøtten er ændret" in look(cast, decision)


@pytest.mark.parametrize("kind", ["early_stop", "non_extension"])
def test_a_stop_has_a_letter_too(cast: Cast, kind: str) -> None:
    course = running_course(cast)
    words = {key: LESS[key] for key in ("reasons", "situation", "prospect", "citizens_view")}
    response = on_course(cast, course, kind, end="30-11-2026", help_housing="Du får det.", **words)
    decision = Decision.objects.get(id=response.url.split("/")[-2])
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    take(cast, decision)
    decision.refresh_from_db()
    course.refresh_from_db()
    assert decision.state == "decided"
    assert course.end == (date(2026, 11, 30) if kind == "early_stop" else date(2026, 12, 20))
    assert look(cast, decision)


@pytest.mark.parametrize(
    ("kind", "form", "said"),
    [
        ("change", {"minutes_per_week": ""}, "Skriv, hvor mange minutter"),
        ("change", {"minutes_per_week": "120"}, "allerede 120 min."),
        ("change", {"start": "01-01-2027"}, "Vælg en dag fra i dag"),
        ("change", {"reasons": ""}, "lagt vægt på"),
        ("early_stop", {"end": ""}, "Vælg en sidste dag"),
        ("early_stop", {"end": "20-12-2026"}, "udløber af sig selv"),
    ],
)
def test_what_is_wrong_on_a_course(cast: Cast, kind: str, form: dict, said: str) -> None:
    course = running_course(cast)
    assert said in text_of(on_course(cast, course, kind, **(LESS | {"help_housing": "Du får det."} | form)))
    assert course.decisions.count() == 1


def test_a_kind_that_does_not_exist_is_absent(cast: Cast) -> None:
    place = reverse("course_decision", args=[running_course(cast).id, "grant"])
    assert signed_in(cast.helle).get(place).status_code == 404
    assert Entry.objects.latest("id").refused


def test_a_course_without_a_grant_goes_back_to_its_page(cast: Cast) -> None:
    place = reverse("course_decision", args=[cast.course.id, "change"])
    assert signed_in(cast.helle).get(place).url == reverse("course", args=[cast.course.id])


def test_no_new_period_from_a_reassessment(cast: Cast) -> None:
    visitation = reassess(running_course(cast), on=TODAY, by=cast.helle)
    page = text_of(signed_in(cast.helle).get(reverse("new_decision", args=[visitation.id])))
    assert "Ingen ny periode" in page
    assert 'value="21-12-2026"' in page, "the day after the running period"
    draft(cast, visitation, REFUSAL | {"kind": "non_extension"})
    decision = Decision.objects.get(kind="non_extension")
    act(cast, decision, "waive", common="Du har selv bedt om det.")
    take(cast, decision)
    assert "Der følger ingen ny periode" in look(cast, decision)


# --- Letters ---


def test_letters_are_read_and_printed_and_both_are_journalled(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    assert "Du får en mentor" in text_of(signed_in(cast.helle).get(reverse("letter", args=[decision.id])))
    response = signed_in(cast.people[Role.LEADER]).get(reverse("letter_pdf", args=[decision.id]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.shown) == ("print", str(cast.karla.id))


def test_the_hearing_is_printed(cast: Cast) -> None:
    decision = refusal_draft(cast, visitation_of(cast))
    place = reverse("hearing_pdf", args=[decision.id])
    assert signed_in(cast.helle).get(place).status_code == 302
    send_hearing(decision, on=TODAY, by=cast.helle)
    assert signed_in(cast.helle).get(place).content.startswith(b"%PDF")


def test_before_the_decision_there_is_no_letter(cast: Cast) -> None:
    decision = grant_draft(cast, visitation_of(cast))
    for name in ("letter", "letter_pdf"):
        assert signed_in(cast.helle).get(reverse(name, args=[decision.id])).url == reverse(
            "decision", args=[decision.id]
        )
    signed_in(cast.helle).post(reverse("send_letter", args=[decision.id]))
    decision.refresh_from_db()
    assert decision.letter_sent_on is None


def test_a_letter_is_sent_once(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    send_letter(decision, on=TODAY - timedelta(days=1), by=cast.helle)
    response = signed_in(cast.helle).post(reverse("send_letter", args=[decision.id]), follow=True)
    assert "allerede sendt" in text_of(response)


def test_words_in_a_letter_are_text_and_not_markup(cast: Cast) -> None:
    visitation = visitation_of(cast, situation="Du <script>alert(1)</script> bor ude.")
    text = look(cast, grant_draft(cast, visitation))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


# --- Complaints ---


def complain(cast: Cast, decision: Decision, **form: Any) -> HttpResponse:
    given = {"received_on": "20-11-2026", "text": "Borgeren er ikke enig."} | form
    return signed_in(cast.helle).post(reverse("complaint", args=[decision.id]), given)


def test_a_complaint_has_four_weeks_and_an_outcome(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    complain(cast, decision)
    complaint = Complaint.objects.get()
    assert complaint.reassess_by == TODAY + timedelta(weeks=4)
    assert "Genvurdér klagen" in look(cast, decision)
    place = reverse("reassess_complaint", args=[complaint.id])
    assert "Borgeren er ikke enig." in text_of(signed_in(cast.helle).get(place))
    assert "Vælg udfaldet" in text_of(signed_in(cast.helle).post(place, {"outcome_reason": "x"}))
    assert "Skriv begrundelsen" in text_of(signed_in(cast.helle).post(place, {"outcome": "sent_on"}))
    signed_in(cast.helle).post(place, {"outcome": "sent_on", "outcome_reason": "Intet nyt."})
    assert "sendt til Ankestyrelsen" in look(cast, decision)
    assert signed_in(cast.helle).get(place).url == reverse("decision", args=[decision.id])


@pytest.mark.parametrize(
    ("form", "said"),
    [({"text": " "}, "Få ord er nok"), ({"received_on": "21-11-2026"}, "mellem afgørelsen og i dag"),
     ({"received_on": "19-11-2026"}, "mellem afgørelsen og i dag"), ({"received_on": "x"}, "ikke en dato")],
)  # fmt: skip
def test_a_complaint_that_cannot_be(cast: Cast, form: dict, said: str) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    assert said in text_of(complain(cast, decision, **form))
    assert not Complaint.objects.exists()


def test_others_complaints_are_absent(cast: Cast) -> None:
    decision = decide(grant_draft(cast, visitation_of(cast)), on=TODAY, by=cast.helle)
    complain(cast, decision)
    place = reverse("reassess_complaint", args=[Complaint.objects.get().id])
    assert (
        signed_in(cast.karl).post(place, {"outcome": "withdrawn", "outcome_reason": "x"}).status_code == 404
    )
    assert Complaint.objects.get().outcome == ""


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
