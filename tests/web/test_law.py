"""The law's pages: asked without a person, read back to their sources, corrected by two people and taken back."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from mentorkorps.cases.actions import visitation as visitation_verbs
from mentorkorps.cases.facts import law_answer
from mentorkorps.cases.models import Course, Decision, Visitation
from mentorkorps.domain import law
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.actions import approve_correction, propose_correction
from mentorkorps.municipality.models import Role, RuleCorrection
from tests.cast import Cast, signed_in
from tests.web.stage import FACTS, answer_for, decision_for, own_and_foreign

CASH = {
    "target_group": "kontanthjaelp_aktivitetsparat",
    "can_take_part_in_offers": "false",
    "first_right_and_duty_offer": "true",
    "age": "40",
}


def ask(cast: Cast, on: str, *, htmx: bool = False, **facts: str) -> str:
    """What the explain page answers the secretary, who sees no citizen."""
    client = signed_in(cast.people[Role.SECRETARY])
    headers = {"HX-Request": "true"} if htmx else {}
    response = client.post(reverse("law"), {"on": on, **facts}, headers=headers)
    assert response.status_code == 200
    return text_of(response)


def text_of(response: Any) -> str:
    """A page's words on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def propose(cast: Cast, role: str = Role.ADMINISTRATOR, **fields: str) -> Any:
    """Anna fills in the form as it stands and changes the paragraph from 1 December 2026, unless said otherwise."""
    said = {
        "citation": "LAB § 168, stk. 1", "valid_from": "01-01-2020", "valid_to": "", "certainty": "found",
        "at_most": "6 måneder", "at_least": "", "contact": "", "in_force_from": "01-12-2026",
        "source": "LBK 280/2024, læst 19-11-2026", "reason": "Paragraffen er flyttet",
    }  # fmt: skip
    return signed_in(cast.people[role]).post(reverse("propose_correction", args=["R3-01"]), said | fields)


def approved(cast: Cast, **fields: Any) -> RuleCorrection:
    said = {
        "rule": "R3-01", "row_from": date(2020, 1, 1), "changes": {"citation": "LAB § 168, stk. 1"},
        "in_force_from": date(2026, 12, 1), "reason": "Flyttet", "source": "LBK 280/2024",
    }  # fmt: skip
    made = propose_correction(**(said | fields), by=cast.people[Role.ADMINISTRATOR])
    approve_correction(made, by=cast.people[Role.LEADER])
    return made


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("31-12-2013", "Det afhænger af oplysninger, der mangler"),
        (
            "02-03-2015",
            "Personen skal have mentor som ret og pligt i stedet for det første tilbud efter LAB § 93",
        ),
        ("02-03-2017", "kontakt mindst hver 14. dag"),
        ("02-03-2021", "Det afhænger af oplysninger, der mangler"),
    ],
)
def test_moving_the_day_moves_the_answer(cast: Cast, on: str, answer: str) -> None:
    assert answer in ask(cast, on, **CASH)


def test_a_shift_button_moves_the_day_and_keeps_the_facts(cast: Cast) -> None:
    page = ask(cast, "02-03-2015", to="01-01-2016", **CASH)
    assert "Svaret gælder 1. januar 2016." in page
    assert "skal have mentor som ret og pligt" in page


def test_rows_on_both_sides_of_the_day_stand_side_by_side(cast: Cast) -> None:
    page = ask(cast, "31-12-2019", **CASH)
    after = page[page.index("Før, på dagen og efter") :]
    assert "Efter 1. januar 2020" in after
    assert "Falder bort" in after and "Kommer til" in after
    assert re.search(r"R1-05 .*LAB § 93 .* Opfyldt .*Ingen regel Falder bort", after)


def test_htmx_gets_the_answer_alone(cast: Cast) -> None:
    page = ask(cast, "02-03-2015", htmx=True, **CASH)
    assert "Gå til indhold" not in page
    assert "skal have mentor som ret og pligt" in page


def test_expected_law_is_named_and_never_answers(cast: Cast) -> None:
    page = ask(cast, "01-02-2027", purpose_work_or_education="true")
    assert "Ny hovedlov (ventet)" in page and "efter LAB § 167, stk. 1" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": "31-12-2002"}, "Der mangler en regel"),
        ({"on": "32-13-2015"}, "ikke"),
        ({"on": ""}, "Skriv en dato."),
        ({"on": "02-03-2015", "age": "300"}, "Skriv en alder under 111."),
        ({"on": "02-03-2015", "discharge_date": "i morgen"}, "er ikke en dato"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_page_still_answers(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    page = ask(cast, **fields)
    assert said in page
    assert "Det siger loven" in page


def test_asking_leaves_no_trace_of_facts(cast: Cast) -> None:
    before = Entry.objects.count(), Visitation.objects.count()
    ask(cast, "02-03-2015", **CASH)
    assert (Entry.objects.count(), Visitation.objects.count()) == before


def test_the_picture_has_a_bar_and_a_row_for_each_answer(cast: Cast) -> None:
    response = signed_in(cast.people[Role.DPO]).get(reverse("law_overview"))
    page, spans = response.content.decode(), [law.spans(situation) for situation in law.SITUATIONS]
    assert page.count('role="row"') == sum(len(each) for each in spans)
    # Two situations weekly and then every second week, and later offers from 2016.
    assert page.count('class="law-must"') == 5
    assert page.count("law-expected") == len(law.SITUATIONS) + 1
    assert "/lov/regel/R1-05/?paa=01-01-2014" in page
    assert "1.240" not in page


def test_a_rule_says_its_source_its_readings_and_what_replaced_it(cast: Cast) -> None:
    response = signed_in(cast.helle).get(reverse("law_rule", args=["R1-05"]), {"paa": "12-05-2015"})
    page = text_of(response)
    assert "København 2014; Ankestyrelsen 2015; L 66 (2015-16)" in page
    assert "Ikke efterset" in page
    assert (
        "senest 11. november 2015" in page and "Højst 26 uger København 2014 senest 9. november 2015" in page
    )
    assert "Afløst af LAB § 167, stk. 1" in page and "Afløste LAB § 78, stk. 1" in page
    assert "/lov/regel/R3-01/?paa=01-01-2020" in response.content.decode()


@pytest.mark.parametrize(
    ("rule", "paa", "said"),
    [
        ("R1-03", "05-05-2015", "LAB § 31 b, stk. 1"),
        ("R1-03", "05-05-2021", "LAB § 167, stk. 1"),
        ("R1-05", "05-05-2021", "Reglen gjaldt ikke 5. maj 2021."),
        ("R1-05", "i går", "LAB § 93"),
        ("R5-01", "", "Ikke vedtaget."),
        ("R3-10", "", "Usikker regel."),
        ("R1-04b", "", "Slagelse 2015 læser reglen som skal"),
    ],
)
def test_a_rule_on_a_day(cast: Cast, rule: str, paa: str, said: str) -> None:
    page = text_of(signed_in(cast.helle).get(reverse("law_rule", args=[rule]), {"paa": paa}))
    assert said in page


def test_every_rule_has_a_page(cast: Cast) -> None:
    client = signed_in(cast.people[Role.SECRETARY])
    for row in law.SHIPPED.rules:
        for paa in ("", f"{row.valid_from:%d-%m-%Y}"):
            assert client.get(reverse("law_rule", args=[row.id]), {"paa": paa}).status_code == 200


def test_no_such_rule(cast: Cast) -> None:
    for name in ("law_rule", "propose_correction"):
        client = signed_in(cast.people[Role.ADMINISTRATOR])
        assert client.get(reverse(name, args=["R9-99"])).status_code == 404
    assert signed_in(cast.people[Role.ADMINISTRATOR]).get("/lov/regel/R5-01/ret/").status_code == 404


def test_the_courses_under_a_rule_are_those_that_one_may_see(cast: Cast) -> None:
    place = reverse("law_rule_courses", args=["R3-01"])
    page = text_of(signed_in(cast.helle).get(place))
    assert "Jens" in page and "Olga" not in page
    assert signed_in(cast.people[Role.ADMINISTRATOR]).get(place).status_code == 404
    assert str(cast.jens.id) in Entry.objects.filter(kind="list").latest("id").shown


def test_a_proposal_is_only_what_was_changed(cast: Cast) -> None:
    response = propose(cast, at_most="3 måneder")
    made = RuleCorrection.objects.get()
    assert response.status_code == 302
    assert made.changes == {"citation": "LAB § 168, stk. 1", "at_most": {"months": 3}}
    assert law_of_today(cast) == "LAB § 167, stk. 1"


def law_of_today(cast: Cast, on: date = date(2026, 12, 1)) -> str:
    visitation = Visitation(citizen=cast.jens, law_on=on, facts=FACTS)
    return law_answer(visitation).finding("R3-01").citation


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"citation": "LAB § 167, stk. 1"}, "Ret mindst ét felt"),
        ({"citation": ""}, "Skal udfyldes."),
        ({"reason": ""}, "Skal udfyldes."),
        ({"source": " "}, "Skal udfyldes."),
        ({"at_most": "et halvt år"}, "Skriv fx 6 måneder eller 26 uger"),
        ({"at_most": "0 uger"}, "Skriv fx 6 måneder eller 26 uger"),
        ({"in_force_from": "31-12-2002"}, "Reglerne her begynder 01-01-2003"),
        ({"valid_to": "31-12-2019"}, "Sidste dag ligger før første dag."),
        ({"valid_to": "01-11-2026"}, "Reglen gælder kun til og med 01-11-2026"),
        ({"certainty": "sure"}, "Marker en gyldig valgmulighed"),
    ],
)
def test_a_proposal_that_does_not_fit_is_said_at_its_field(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    response = propose(cast, **fields)
    assert response.status_code == 200
    assert said in text_of(response)
    assert "Paragraffen er flyttet" in text_of(response) or "reason" in fields
    assert not RuleCorrection.objects.exists()


def test_a_row_of_its_own_time_can_be_chosen(cast: Cast) -> None:
    client = signed_in(cast.people[Role.ADMINISTRATOR])
    page = client.get(
        reverse("propose_correction", args=["R1-03"]), {"raekke": "01-01-2014"}
    ).content.decode()
    assert 'value="LAB § 31 b, stk. 1"' in page
    assert client.get("/lov/regel/R1-03/ret/", {"raekke": "02-02-2014"}).status_code == 404


def test_the_form_shows_the_row_as_corrected(cast: Cast) -> None:
    approved(cast, in_force_from=date(2026, 1, 1))
    page = signed_in(cast.people[Role.ADMINISTRATOR]).get("/lov/regel/R3-01/ret/").content.decode()
    assert 'value="LAB § 168, stk. 1"' in page
    assert 'value="01-01-2020"' in page


def test_a_reading_is_offered_only_where_the_row_names_it(cast: Cast) -> None:
    client = signed_in(cast.people[Role.ADMINISTRATOR])
    assert "Slagelse 2015" in client.get("/lov/regel/R1-04b/ret/").content.decode()
    assert 'name="obligation"' not in client.get("/lov/regel/R3-01/ret/").content.decode()
    assert 'name="at_most"' not in client.get("/lov/regel/R3-10/ret/").content.decode()


def test_a_correction_round_trip(cast: Cast) -> None:
    own_and_foreign(cast)
    RuleCorrection.objects.all().delete()
    stored = {row.pk: (row.answer, row.letter) for row in Decision.objects.all()}
    propose(cast)
    made = RuleCorrection.objects.get()
    place = reverse("correction", args=[made.pk])
    assert "2 Afgørelser" in text_of(signed_in(cast.people[Role.LEADER]).get(place))
    signed_in(cast.people[Role.LEADER]).post(reverse("approve_correction", args=[made.pk]))
    assert law_of_today(cast) == "LAB § 168, stk. 1"
    assert law_of_today(cast, date(2026, 11, 30)) == "LAB § 167, stk. 1"
    assert {row.pk: (row.answer, row.letter) for row in Decision.objects.all()} == stored
    rule = text_of(signed_in(cast.helle).get(reverse("law_rule", args=["R3-01"])))
    assert "LAB § 168, stk. 1" in rule and "Rettet her i kommunen" in rule
    back = {"withdrawn_reason": "Læst forkert"}
    signed_in(cast.people[Role.ADMINISTRATOR]).post(reverse("withdraw_correction", args=[made.pk]), back)
    assert law_of_today(cast) == "LAB § 167, stk. 1"
    page = text_of(signed_in(cast.people[Role.LEADER]).get(place))
    assert "Trukket tilbage af Anna Prøve" in page and "Læst forkert" in page
    assert {row.pk: (row.answer, row.letter) for row in Decision.objects.all()} == stored


def test_nobody_approves_their_own(cast: Cast) -> None:
    propose(cast)
    made = RuleCorrection.objects.get()
    client = signed_in(cast.people[Role.ADMINISTRATOR])
    assert "Godkend rettelsen" not in client.get(reverse("correction", args=[made.pk])).content.decode()
    response = client.post(reverse("approve_correction", args=[made.pk]), follow=True)
    assert "En anden end den" in text_of(response)
    assert law_of_today(cast) == "LAB § 167, stk. 1"


def test_withdrawing_needs_a_reason(cast: Cast) -> None:
    made = approved(cast)
    client = signed_in(cast.people[Role.LEADER])
    response = client.post(reverse("withdraw_correction", args=[made.pk]), {"withdrawn_reason": " "})
    assert "Skal udfyldes." in text_of(response)
    assert law_of_today(cast) == "LAB § 168, stk. 1"


def test_names_in_the_preview_are_for_those_who_may_see_citizens(cast: Cast) -> None:
    own_and_foreign(cast)
    made = RuleCorrection.objects.get()
    place = reverse("correction", args=[made.pk])
    leader, worker, admin = (
        text_of(signed_in(user).get(place))
        for user in (cast.people[Role.LEADER], cast.helle, cast.people[Role.ADMINISTRATOR])
    )
    assert "Jens" in leader and "Olga" in leader
    assert "Jens" in worker and "Olga" not in worker
    assert "Jens" not in admin and "Forløb Jobindsats Nord" in admin
    shown = Entry.objects.filter(kind="list", actor_id=cast.helle.id).latest("id").shown
    assert str(cast.jens.id) in shown and len(shown.splitlines()) == 1


def test_a_decision_without_a_course_and_an_ended_course_are_not_counted(cast: Cast) -> None:
    decision_for(cast.jens, cast.helle, state="decided")
    decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    Course.objects.update(ended_on=date(2026, 11, 1), end_reason="goals_met")
    propose(cast)
    page = signed_in(cast.people[Role.LEADER]).get(
        reverse("correction", args=[RuleCorrection.objects.get().pk])
    )
    assert "Løbende forløb, hvis de blev vurderet igen 0" in text_of(page)


def test_an_open_visitation_on_a_later_day_is_counted(cast: Cast) -> None:
    visitation = visitation_verbs.open_visitation(cast.referral, on=date(2026, 12, 2), by=cast.helle)
    Visitation.objects.filter(pk=visitation.pk).update(facts=FACTS)
    propose(cast)
    place = reverse("correction", args=[RuleCorrection.objects.get().pk])
    assert "Åbne visitationer 1" in text_of(signed_in(cast.people[Role.LEADER]).get(place))


def test_an_uncertain_rule_shows_in_a_visitation_and_blocks_nothing(cast: Cast) -> None:
    approved(cast, changes={"certainty": "uncertain"}, in_force_from=date(2026, 11, 1))
    visitation = visitation_verbs.open_visitation(cast.referral, on=date(2026, 11, 20), by=cast.helle)
    Visitation.objects.filter(pk=visitation.pk).update(facts=FACTS)
    page = text_of(signed_in(cast.helle).get(reverse("visitation", args=[visitation.pk])))
    assert "Usikker regel. Ordlyden af LAB § 167, stk. 1" in page
    assert "Du kan fortsætte" in page and "Videre til afgørelse" in page


def test_the_list_of_corrections(cast: Cast) -> None:
    client = signed_in(cast.people[Role.SECRETARY])
    assert "Ingen har rettet en regel endnu" in text_of(client.get(reverse("law_corrections")))
    made = approved(cast)
    assert "R3-01 Mentorstøtte Hjemmel" in text_of(client.get(reverse("law_corrections")))
    RuleCorrection.objects.filter(pk=made.pk).update(row_from=date(2021, 5, 5))
    assert "Passer ikke længere" in text_of(client.get(reverse("law_corrections")))
    assert client.get(reverse("correction", args=[made.pk])).status_code == 200


@pytest.mark.parametrize("name", ["law", "law_overview", "law_corrections"])
def test_pages_cost_few_queries(cast: Cast, name: str, django_assert_max_num_queries: Any) -> None:
    approved(cast)
    client = signed_in(cast.people[Role.SECRETARY])
    client.get(reverse(name))
    with django_assert_max_num_queries(8):
        client.get(reverse(name))


def test_the_preview_costs_the_same_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    own_and_foreign(cast)
    made, client = RuleCorrection.objects.get(), signed_in(cast.people[Role.LEADER])
    for _ in range(10):
        decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    with django_assert_max_num_queries(16):
        client.get(reverse("correction", args=[made.pk]))


@pytest.mark.parametrize("role", [Role.MENTOR, Role.COMPANY_MENTOR, Role.PROVIDER, Role.CONTROLLER])
def test_the_law_is_for_those_who_decide_or_watch(cast: Cast, role: str) -> None:
    client = signed_in(cast.people[role])
    for name in ("law", "law_overview", "law_corrections"):
        assert client.get(reverse(name)).status_code == 404
    assert "Lov" not in text_of(client.get("/min-konto/")).split("Min konto")[0]


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR, Role.LEADER, Role.SECRETARY, Role.DPO])
def test_only_an_administrator_proposes(cast: Cast, role: str) -> None:
    client = signed_in(cast.people[role])
    assert "Foreslå en rettelse" not in client.get("/lov/regel/R3-01/").content.decode()
    assert client.get("/lov/regel/R3-01/ret/").status_code == 404
    assert propose(cast, role).status_code == 404
    assert not RuleCorrection.objects.exists()


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR, Role.SECRETARY, Role.DPO])
def test_only_leader_and_administrator_decide_on_a_correction(cast: Cast, role: str) -> None:
    made = approved(cast)
    client = signed_in(cast.people[role])
    for name in ("approve_correction", "withdraw_correction"):
        assert client.post(reverse(name, args=[made.pk]), {"withdrawn_reason": "x"}).status_code == 404
    assert law_of_today(cast) == "LAB § 168, stk. 1"


def test_from_a_letter_of_2015_to_its_rule_its_source_and_what_replaced_it(cast: Cast) -> None:
    on, facts = (
        date(2015, 3, 2),
        FACTS | {"can_take_part_in_offers": False, "first_right_and_duty_offer": True},
    )
    decision = decision_for(cast.jens, cast.helle, course=cast.course, state="decided")
    Decision.objects.filter(pk=decision.pk).update(
        law_on=on, facts=facts, answer=answer_for(facts, on), rule="R1-05", obligation="must"
    )
    client = signed_in(cast.helle)
    letter = client.get(reverse("letter", args=[decision.pk])).content.decode()
    [to_rule] = re.findall(r'href="(/lov/regel/[^"]+)"', letter)
    assert to_rule == "/lov/regel/R1-05/?paa=02-03-2015"
    assert to_rule in client.get(reverse("decision", args=[decision.pk])).content.decode()
    rule = client.get(to_rule)
    assert "Sådan gjaldt reglen 2. marts 2015" in text_of(rule)
    assert "Kilde København 2014; Ankestyrelsen 2015" in text_of(rule)
    successor = client.get("/lov/regel/R3-01/?paa=01-01-2020")
    assert "/lov/regel/R3-01/?paa=01-01-2020" in rule.content.decode()
    assert "Afløste" in text_of(successor) and "LAB § 93" in text_of(successor)
