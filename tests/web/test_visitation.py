"""The visitation's pages: begun, read, saved as typed, and never another's."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.actions.decision import decide
from mentorkorps.cases.actions.visitation import open_visitation
from mentorkorps.cases.models import Referral, Visitation
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role, ServiceLevelRow
from mentorkorps.web.pages.visitation.assessment import help_as_fields, help_as_text
from mentorkorps.web.pages.visitation.facts import QUESTIONS
from mentorkorps.web.pages.visitation.form import VisitationForm
from tests.cases.scenes import MAY, RIGHT, grant_draft, level, running_course, visitation_of
from tests.cast import TODAY, Cast, signed_in

HTMX = {"HX-Request": "true"}


def typed(visitation: Visitation, **changes: Any) -> dict[str, Any]:
    """The whole form as the browser would post it, with changes."""
    form = VisitationForm(visitation=visitation)
    shown = {field.name: field.value() for field in form}
    text = {name: form[name].field.widget.format_value(value) for name, value in shown.items()}
    flat = {name: value[0] if isinstance(value, list) else value for name, value in text.items()}
    return {name: value or "" for name, value in flat.items()} | changes


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def lit(text: str) -> set[str]:
    """The facts that the page asks to find out."""
    return set(re.findall(r'id="say_(\w+)">\s*<span class="lit">', text))


def save(cast: Cast, visitation: Visitation, *, quietly: bool = False, **changes: Any) -> HttpResponse:
    place, headers = reverse("save_visitation", args=[visitation.id]), HTMX if quietly else {}
    return signed_in(cast.helle).post(place, typed(visitation, **changes), headers=headers)


def page(cast: Cast, visitation: Visitation) -> str:
    return text_of(signed_in(cast.helle).get(reverse("visitation", args=[visitation.id])))


# --- Who may ---


@pytest.mark.parametrize("name", ["visitation", "save_visitation"])
def test_others_citizens_are_absent_and_journalled(cast: Cast, name: str) -> None:
    visitation = visitation_of(cast)
    client = signed_in(cast.karl)
    place = reverse(name, args=[visitation.id])
    response = (
        client.get(place) if name == "visitation" else client.post(place, typed(visitation, situation="x"))
    )
    assert response.status_code == 404
    assert Entry.objects.latest("id").refused
    visitation.refresh_from_db()
    assert visitation.situation != "x"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASEWORKER}))
def test_only_caseworkers_visitate(cast: Cast, role: str) -> None:
    place = reverse("visitation", args=[visitation_of(cast).id])
    assert signed_in(cast.people[role]).get(place).status_code == 404
    assert Entry.objects.latest("id").refused


def test_nobody_signs_in_first_and_nothing_is_swapped_into_the_case(cast: Cast) -> None:
    visitation = visitation_of(cast)
    place = reverse("save_visitation", args=[visitation.id])
    response = signed_in(None).post(place, typed(visitation, situation="x"), headers=HTMX)
    assert response.url.startswith("/konto/login/")
    visitation.refresh_from_db()
    assert visitation.situation != "x"


# --- Begun ---


def test_one_click_from_the_referral(cast: Cast) -> None:
    client = signed_in(cast.helle)
    first = client.post(reverse("begin_visitation", args=[cast.referral.id]))
    again = client.post(reverse("begin_visitation", args=[cast.referral.id]))
    assert first.url == again.url == reverse("visitation", args=[Visitation.objects.get().id])


def test_a_closed_referral_says_so(cast: Cast) -> None:
    Referral.objects.update(state="withdrawn")
    response = signed_in(cast.helle).post(reverse("begin_visitation", args=[cast.referral.id]))
    assert response.url == reverse("referral", args=[cast.referral.id])
    assert not Visitation.objects.exists()


def test_a_new_period_is_begun_from_the_course(cast: Cast) -> None:
    course = running_course(cast)
    response = signed_in(cast.helle).post(reverse("begin_reassessment", args=[course.id]))
    text = text_of(signed_in(cast.helle).get(response.url))
    assert "Ny vurdering" in text
    assert "Seneste afgørelse" in text


def test_a_look_at_the_address_begins_nothing(cast: Cast) -> None:
    assert signed_in(cast.helle).get(reverse("begin_visitation", args=[cast.referral.id])).status_code == 405


# --- What the law says ---


def test_the_verdict_names_the_missing_fact(cast: Cast) -> None:
    text = page(cast, visitation_of(cast, facts=MAY | {"psychiatric_admission": True}))
    assert (
        "Karla har ret til udskrivningskoordinator efter psykiatrisk indlæggelse</strong>, hvis Karla udskrives"
        in text
    )
    assert "Indtil det er afklaret: Karla kan få mentorstøtte." in text
    assert lit(text) == {"discharge_date"}


def test_a_right_is_said_to_be_one(cast: Cast) -> None:
    text = page(cast, visitation_of(cast, facts=RIGHT))
    assert "Karla har ret til udskrivningskoordinator" in text
    assert "Afslag kan ikke gives med et klik" in text


def test_nothing_met_is_said_in_words(cast: Cast) -> None:
    text = page(cast, visitation_of(cast, facts=NOTHING))
    assert "Ingen af reglerne giver Karla en mentor" in text


NOTHING = {
    "target_group": "kontanthjaelp_aktivitetsparat", "purpose_work_or_education": False, "wants_mentor": True,
    "psychiatric_admission": False, "integration_programme": False, "starting_or_in_education": False,
}  # fmt: skip


def test_what_waits_for_an_admission_is_not_asked_before_it(cast: Cast) -> None:
    text = page(cast, visitation_of(cast, facts={"purpose_work_or_education": True}))
    assert lit(text) == {"wants_mentor", "psychiatric_admission"}


def test_expected_law_is_named_and_never_used(cast: Cast) -> None:
    text = page(cast, visitation_of(cast))
    assert "Ny hovedlov (ventet)." in text
    assert "indgår ikke i vurderingen" in text
    assert "R5-01" not in text


def test_other_readings_stand_with_their_source(cast: Cast) -> None:
    facts = {"can_take_part_in_offers": False, "first_right_and_duty_offer": True}
    text = page(cast, visitation_of(cast, facts=facts, law_on=PAST))
    assert "Karla skal have mentor som ret og pligt" in text
    assert "højst 26\u00a0uger</strong>: København 2014" in text
    assert "kontakt mindst hver uge" in text


PAST = date(2015, 3, 2)


# --- The level beside ---


def test_the_level_is_beside_the_law_and_no_limit(cast: Cast) -> None:
    level(minutes=90)
    text = page(cast, visitation_of(cast))
    assert "90 min. om ugen" in text
    assert "Prøveniveau, vedtaget 3.\u00a0marts\u00a02026, række 1: Social mentor" in text
    assert "2\u00a0t. om ugen, mere end niveauet" in text


def test_open_hours_are_not_none(cast: Cast) -> None:
    level(minutes=None)
    assert "Timer ikke fastsat" in page(cast, visitation_of(cast))


def test_no_level_in_force_is_said(cast: Cast) -> None:
    assert "Intet i kraft" in page(cast, visitation_of(cast))


def test_a_level_that_is_silent_is_said(cast: Cast) -> None:
    level()
    ServiceLevelRow.objects.update(functions=["company_mentor"])
    assert "Ingen række" in page(cast, visitation_of(cast))


# --- Saved ---


def test_a_quiet_save_answers_with_the_findings(cast: Cast) -> None:
    visitation = visitation_of(cast)
    text = text_of(
        save(cast, visitation, quietly=True, psychiatric_admission="true", situation="Du bor hos en ven.")
    )
    visitation.refresh_from_db()
    assert visitation.facts["psychiatric_admission"] is True
    assert visitation.situation == "Du bor hos en ven."
    assert "Karla har ret til" in text
    assert "Kladde gemt kl." in text
    assert 'id="src_psychiatric_admission" hx-swap-oob="true"' in text
    assert f'value="{visitation.saved_at.isoformat()}" hx-swap-oob="true"' in text
    assert "<html" not in text


def test_without_script_the_button_saves_and_comes_back(cast: Cast) -> None:
    visitation = visitation_of(cast)
    response = save(cast, visitation, prospect="Du vil gerne i gang.", then="stay")
    assert response.url == reverse("visitation", args=[visitation.id])
    assert save(cast, Visitation.objects.get(), then="decide").url == reverse(
        "new_decision", args=[visitation.id]
    )


def test_today_sets_the_laws_date(cast: Cast) -> None:
    visitation = visitation_of(cast, law_on=PAST)
    save(cast, visitation, then="today")
    visitation.refresh_from_db()
    assert visitation.law_on == TODAY


def test_unknown_is_kept_apart_from_no(cast: Cast) -> None:
    visitation = visitation_of(cast)
    save(cast, visitation, wants_mentor="", psychiatric_admission="false", quietly=True)
    visitation.refresh_from_db()
    assert "wants_mentor" not in visitation.facts
    assert visitation.facts["psychiatric_admission"] is False


def test_a_fact_that_is_not_sent_stays(cast: Cast) -> None:
    visitation = visitation_of(cast)
    form = typed(visitation)
    del form["wants_mentor"]
    signed_in(cast.helle).post(reverse("save_visitation", args=[visitation.id]), form)
    visitation.refresh_from_db()
    assert visitation.facts["wants_mentor"] is True


def test_the_source_is_told_and_stays_until_the_fact_changes(cast: Cast) -> None:
    visitation = visitation_of(cast)
    told = {"source_wants_mentor": "Samtale med mor", "source_on_wants_mentor": "18-11-2026"}
    save(cast, visitation, quietly=True, **told)
    visitation.refresh_from_db()
    assert visitation.sources["wants_mentor"] == {"source": "Samtale med mor", "on": "2026-11-18"}
    save(cast, visitation, quietly=True, wants_mentor="false")
    visitation.refresh_from_db()
    assert visitation.sources["wants_mentor"]["source"] == "Oplyst til Helle Prøve"


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("discharge_date", "31-02-2026", "findes ikke"),
        ("discharge_date", "i morgen", "er ikke en dato"),
        ("discharge_date", "01-01-0126", "kan ikke passe"),
        ("law_on", "", "vælg I dag"),
        ("target_group", "opfundet", "findes ikke i loven"),
        ("minutes_per_week", "0", "mindst 1"),
        ("minutes_per_week", "-5", "mindst 1"),
        ("minutes_per_week", "9999999", "10.080"),
        ("minutes_per_week", "to timer", "helt antal"),
        ("situation", "x" * 10_000, "Højst 4.000 tegn. Du har skrevet 10000"),
        ("help_housing", "x" * 301, "300"),
        ("wants_mentor", "maybe", "maybe"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_stands_at_its_field_and_the_rest_is_saved(
    cast: Cast, field: str, wrong: str, said: str
) -> None:
    visitation = visitation_of(cast)
    before = (visitation.situation, visitation.minutes_per_week, dict(visitation.facts), visitation.law_on)
    text = text_of(save(cast, visitation, quietly=True, **{field: wrong}, prospect="Du vil videre."))
    assert said in text
    assert "undtagen det, der er fejl i" in text
    page_again = text_of(save(cast, Visitation.objects.get(), **{field: wrong}))
    assert said in page_again
    assert wrong[:60] in page_again or field in ("target_group", "wants_mentor"), "what was typed stays"
    visitation.refresh_from_db()
    assert visitation.prospect == "Du vil videre."
    assert (visitation.situation, visitation.minutes_per_week, visitation.facts, visitation.law_on) == before


def test_the_law_before_it_began(cast: Cast) -> None:
    visitation = visitation_of(cast)
    assert "Der mangler en regel" in text_of(save(cast, visitation, quietly=True, law_on="01-01-1999"))
    visitation.refresh_from_db()
    assert visitation.law_on == TODAY


def test_two_windows_never_overwrite_each_other_unasked(cast: Cast) -> None:
    visitation = visitation_of(cast)
    old = typed(visitation, citizens_view="Du vil det hele.")
    save(cast, visitation, quietly=True, situation="Fra det andet vindue.")
    client, place = signed_in(cast.helle), reverse("save_visitation", args=[visitation.id])
    assert "ændret i et andet vindue" in text_of(client.post(place, old, headers=HTMX))
    full = text_of(client.post(place, old))
    assert "Gem det, der står her" in full
    assert "Du vil det hele." in full, "what was typed stays"
    visitation.refresh_from_db()
    assert visitation.situation == "Fra det andet vindue."
    client.post(place, old | {"then": "mine"})
    visitation.refresh_from_db()
    assert visitation.citizens_view == "Du vil det hele."


def test_a_locked_visitation_is_read_only(cast: Cast) -> None:
    visitation = visitation_of(cast)
    form = typed(visitation, situation="Noget andet")
    decision = decide(grant_draft(cast, visitation), on=TODAY, by=cast.helle)
    text = page(cast, visitation)
    assert "Låst" in text
    assert reverse("decision", args=[decision.id]) in text
    assert "<textarea" not in text
    response = signed_in(cast.helle).post(reverse("save_visitation", args=[visitation.id]), form)
    assert "låst" in text_of(response)
    visitation.refresh_from_db()
    assert visitation.situation == "Du mangler et sted at bo."


def test_every_fact_of_the_law_can_be_told() -> None:
    from mentorkorps.domain.law.facts import KINDS

    asked = {question.name for question in QUESTIONS}
    assert asked == set(KINDS) - {"birth_date", "agreement_date"}, (
        "CPR gives the birth date, the law's date the other"
    )


def test_other_help_is_lines_and_comes_apart_again() -> None:
    fields = {
        "help_housing": "Du har søgt.",
        "help_sps": "Du får det.",
        "other_help": "Din mor hjælper.\nOg din bror.",
    }
    text = help_as_text(fields)
    assert text.splitlines()[0] == "Bostøtte efter servicelovens § 85: Du har søgt."
    assert help_as_fields(text) == fields
    assert help_as_fields("") == {"other_help": ""}


# --- Cost ---


def warm(cast: Cast, visitation: Visitation) -> Client:
    """A browser whose session has been noted as seen."""
    client = signed_in(cast.helle)
    client.get(reverse("visitation", args=[visitation.id]))
    return client


def test_the_page_costs_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    level()
    visitation = visitation_of(cast)
    client = warm(cast, visitation)
    with django_assert_max_num_queries(9):
        client.get(reverse("visitation", args=[visitation.id]))


def test_a_quiet_save_costs_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    level()
    visitation = visitation_of(cast)
    client, form = warm(cast, visitation), typed(visitation, psychiatric_admission="true")
    with django_assert_max_num_queries(12):
        client.post(reverse("save_visitation", args=[visitation.id]), form, headers=HTMX)


def test_a_visitation_without_a_known_group_opens(cast: Cast) -> None:
    Referral.objects.update(target_group="")
    visitation = open_visitation(Referral.objects.get(), on=TODAY, by=cast.helle)
    assert "Målgruppe" in page(cast, visitation)
