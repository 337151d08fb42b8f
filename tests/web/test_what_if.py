"""Hvad nu hvis: København's figures to the krone, what is missing, who may, and the runs that are saved."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from mentorkorps.domain import exact_json
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions.prices import set_price, set_wage
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Mentor, MentorHours, Municipality, Role
from mentorkorps.municipality.queries import forget_municipality
from mentorkorps.steering.actions import runs as verbs
from mentorkorps.steering.actions.full_time import set_full_time
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import FullTime, Run
from mentorkorps.steering.queries.what_if import counted, ground
from tests.cast import Cast, signed_in
from tests.ledger import test_hours
from tests.steering.inputs import CITIZENS, koebenhavn

DAY = date(2014, 8, 27)
MONEY = {
    "budget": "110.000.000",
    "pris": "413",
    "procent": "50",
    "loft": "111.000.000",
    "loft_over": "spending",
    "uger": "52",
}
STATE = {"dato": "27-08-2014", **MONEY, **{f"n-{key}": str(count) for key, count in CITIZENS.items()}}
HTMX = {"HX-Request": "true"}


def level_of_2014() -> None:
    level = load_level("koebenhavn-2014", by=None)
    first = date(2014, 1, 1)
    adopt_level(level, committee="BIU", case_number="", adopted_on=first, in_force_from=first, by=None)


@pytest.fixture
def leader(cast: Cast) -> Client:
    """A leader where København's level of 2014 is in force."""
    level_of_2014()
    return signed_in(cast.people[Role.LEADER])


def said(response) -> str:
    """The words of a page, with plain spaces."""
    text = re.sub(r"<(head|script)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ").split())


def asked(client: Client, **changed: str) -> str:
    state = {key.replace("__", "-"): value for key, value in changed.items()}
    response = client.get(reverse("what_if"), STATE | {k: v for k, v in state.items() if v is not None})
    assert response.status_code == 200
    return said(response)


# The figures of the source


def test_koebenhavn_as_adopted(leader: Client) -> None:
    text = asked(leader)
    for words in (
        "giver 4.425 timer om ugen til 4.450 borgere med social mentor.",
        "Med 140 borgere, der har faglig mentor, er det 5.125 timer om ugen, og 266.500 timer om året.",
        "Det koster 110.064.500 kr. om året.",
        "Staten betaler 55.032.250 kr., og kommunen resten, 55.032.250 kr.",
        "Udgiften er 64.500 kr. over budgettet.",
        "Loftet over refusion bliver ikke nået.",
        "En time mere koster kommunen 206,50 kr., før loftet er nået, og 413 kr. efter.",
        "Forslag 1 ændrer ingenting endnu.",
    ):
        assert words in text


def test_sixty_minutes_to_those_with_a_duty(leader: Client) -> None:
    text = asked(leader, **{"a__ret-og-pligt": "60"})
    for words in (
        "Forslag 1 giver 900 timer flere om ugen, 46.800 timer flere om året.",
        "Det koster 19.328.400 kr. mere om året. Efter refusion betaler kommunen 18.860.650 kr. mere.",
        "Loftet over refusion bliver nået i uge 45.",
        "Forslag 1 ændrer tiden for 3.600 borgere",
        "Udgift, kr. 110.064.500 129.392.900 +19.328.400",
        "45 → 60",
    ):
        assert words in text


def test_two_proposals_stand_beside_the_adopted(leader: Client) -> None:
    text = asked(
        leader, **{"to": "1", "a__ret-og-pligt": "60", "b__revalidender": "60", "bu__sygedagpenge": "13"}
    )
    assert "Vedtaget Forslag 1 Forslag 2" in text
    assert "Timer om ugen 5.125 6.025 +900 4.925 −200" in text
    assert "26 → 13 uger" in text
    assert "Forslag 2 ændrer tiden for 300 borgere" in text


def test_the_page_counts_the_running_courses_of_the_day(cast: Cast, monkeypatch) -> None:
    part = {key: (citizens // 50, minutes) for key, (citizens, minutes) in test_hours.KOEBENHAVN.items()}
    monkeypatch.setattr(test_hours, "KOEBENHAVN", part)
    test_hours.build_koebenhavn(cast.people[Role.LEADER])
    Municipality.objects.update(synthetic=True, world_date=DAY)
    forget_municipality()
    text = said(signed_in(cast.people[Role.CONTROLLER]).get(reverse("what_if")))
    assert "88,5 timer om ugen til 89 borgere med social mentor" in text
    assert "Antallet af borgere er de forløb, der løber 27. august 2014." in text
    rows = ground(DAY).rows  # type: ignore[union-attr]
    assert counted(DAY, rows).citizens == {key: citizens for key, (citizens, _) in part.items()}
    assert counted(DAY, rows[1:]).elsewhere == ((rows[0].label, 72),)


# What is missing, odd or wrong


def test_missing_money_is_said_and_what_hangs_on_it_is_missing_too(leader: Client) -> None:
    text = asked(leader, pris="", loft="", loft_over="")
    assert "Vi mangler en pris for en time og et loft over refusion." in text
    assert "Udgift, kr. mangler mangler" in text
    assert "Timer om ugen 5.125" in text
    assert "Det koster" not in text
    without_budget = asked(leader, budget="")
    assert "Vi mangler et budget. Derfor kan vi ikke sige om pengene rækker." in without_budget
    assert "Udgift, kr. 110.064.500" in without_budget
    assert "Tilbage af budgettet, kr. mangler" in without_budget


def test_without_a_known_ceiling_the_refund_is_the_most_it_can_be(leader: Client) -> None:
    text = asked(leader, loft="", loft_over="")
    assert "Staten betaler højst 55.032.250 kr." in text
    assert "Loftet nås mangler mangler" in text


def test_a_ceiling_on_the_refund_itself(leader: Client) -> None:
    text = asked(leader, loft="50.000.000", loft_over="reimbursement")
    assert "Staten betaler 50.000.000 kr." in text
    assert "Loftet over refusion bliver nået i uge 48." in text  # 52 * 50 / 55.03 = 47.2


def test_nobody_and_nothing(leader: Client) -> None:
    text = asked(leader, **{f"n__{key}": "0" for key in CITIZENS}, budget="0")
    assert "giver 0 timer om ugen til 0 borgere, og 0 timer om året." in text
    assert "Udgiften er præcis som budgettet." in text


def test_a_lower_duty_is_warned_of_and_a_lower_may_is_not(leader: Client) -> None:
    warning = "Et serviceniveau kan ikke skære i en skal-opgave eller en ret."
    assert warning in asked(leader, **{"a__ret-og-pligt": "30"})
    assert warning in asked(leader, **{"au__ret-og-pligt": "13"})
    assert warning not in asked(leader, a__revalidender="30")
    assert warning not in asked(leader, **{"a__ret-og-pligt": "60"})


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("n-sygedagpenge", "mange", "“mange” er ikke et tal"),
        ("n-sygedagpenge", "-1", "mindst 0"),
        ("n-sygedagpenge", "", "Skriv 0, hvis det er nul"),
        ("a-sygedagpenge", "10081", "højst 10.080"),
        ("a-sygedagpenge", "12,5", "Skriv et helt tal"),
        ("au-sygedagpenge", "0", "mere end 0"),
        ("uger", "54", "højst 53"),
        ("procent", "101", "højst 100"),
        ("pris", "1e9", "er ikke et tal"),
        ("loft_over", "", "Vælg, om loftet er over udgiften"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_keeps_what_was_typed(
    leader: Client, field: str, value: str, problem: str
) -> None:
    page = leader.get(reverse("what_if"), STATE | {field: value})
    assert problem in said(page)
    assert "Der er tal, der ikke kan bruges." in said(page)
    assert f'href="#id_{field}"' in page.content.decode()
    if value and field != "loft_over":
        assert f'value="{value}"' in page.content.decode()


def test_a_level_with_open_hours_has_nothing_adopted_to_compare_with(cast: Cast) -> None:
    level = load_level("slagelse-2015", by=None)
    first = date(2026, 1, 1)
    adopt_level(level, committee="AU", case_number="", adopted_on=first, in_force_from=first, by=None)
    rows = level.rows.values_list("key", flat=True)
    client = signed_in(cast.people[Role.SECRETARY])
    assert "Skriv et tal" in said(client.get(reverse("what_if")))
    filled = (
        {f"n-{key}": "1" for key in rows}
        | {f"a-{key}": "60" for key in rows}
        | {f"au-{key}": "26" for key in rows}
    )
    text = said(client.get(reverse("what_if"), filled))
    assert "Timerne er ikke fastsat i alle rækker." in text
    assert "Vedtaget" not in text.split("Svar")[1].split("Hvem bliver berørt")[0]


def test_without_a_level_the_page_says_what_will_come(cast: Cast) -> None:
    text = said(signed_in(cast.people[Role.LEADER]).get(reverse("what_if"), {"dato": "1. januar 1990"}))
    assert "Der gælder intet serviceniveau 1. januar 1990" in text


def test_a_day_that_cannot_be_read_is_said(leader: Client) -> None:
    assert "Dagen kan ikke læses." in said(leader.get(reverse("what_if"), {"dato": "i går"}))


def test_a_full_time_mentor_makes_hours_into_mentors(cast: Cast, leader: Client) -> None:
    assert "Fuldtidsmentorer mangler mangler" in asked(leader)
    set_full_time(
        valid_from=date(2014, 1, 1), minutes_per_year=936 * 60, source="Skøn", by=cast.people[Role.LEADER]
    )
    page = leader.get(reverse("what_if"), STATE | {"a-ret-og-pligt": "60"})
    assert "Fuldtidsmentorer 245,8 295,8 +50" in said(page)  # 4,425 and 5,325 hours in 52 weeks, by 936
    assert "Kilde: Skøn, fra 01-01-2014" in said(page)


# The answer while a figure is moved


def test_a_moved_figure_gets_only_the_answer_and_the_whole_state_as_address(leader: Client) -> None:
    response = leader.get(reverse("what_if"), STATE | {"a-ret-og-pligt": "60"}, headers=HTMX)
    text = response.content.decode()
    assert "<html" not in text
    assert 'id="d-a-ret-og-pligt" hx-swap-oob="true">+900<' in text
    address = response.headers["HX-Replace-Url"]
    assert "a-ret-og-pligt=60" in address
    assert "a-revalidender" not in address
    assert said(leader.get(address)) == asked(leader, **{"a__ret-og-pligt": "60"})


def test_the_price_is_that_of_the_corps_by_its_minutes(leader: Client, cast: Cast) -> None:
    controller, said_by = cast.people[Role.CONTROLLER], {"first": date(2014, 1, 1), "source": "Aftale"}
    MentorHours.objects.all().delete()
    assert "price_per_hour" not in ground(DAY).assumed, "nobody has hours"
    for mentor, minutes in ((cast.peter, 1_200), (cast.ditte, 400)):
        MentorHours.objects.create(mentor=mentor, valid_from=date(2014, 1, 1), minutes_per_week=minutes)
    Mentor.objects.update(active_from=date(2014, 1, 1))
    set_price(cast.provider, ore=50_000, by=controller, **said_by)
    found = ground(DAY).assumed["price_per_hour"]
    assert (found.value, "for 1 mentor 27" in found.source) == (Decimal(500), True)
    set_wage(mentor=cast.peter, ore=30_000, by=controller, **said_by)
    assert ground(DAY).assumed["price_per_hour"].value == Decimal(350)
    state = {key: value for key, value in STATE.items() if key != "pris"}
    assert "for 2 mentorer 27-08-2014" in said(leader.get(reverse("what_if"), state))


def test_a_moved_figure_asks_few_questions_of_the_database(
    leader: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(19):
        leader.get(reverse("what_if"), STATE | {"a-ret-og-pligt": "60"}, headers=HTMX)


def test_the_pictures_come_with_their_tables(leader: Client) -> None:
    text = leader.get(reverse("what_if_charts"), STATE | {"a-ret-og-pligt": "60"}).content.decode()
    assert text.count('role="img"') == text.count("Vis som tabel") == 2
    assert "Forslag 1 når loftet i uge 45" in text
    assert "style=" not in text
    assert leader.get(reverse("what_if_charts"), STATE | {"uger": "x"}).status_code == 200


# Another population


@pytest.mark.parametrize("as_file", [True, False], ids=["file", "typed"])
def test_a_table_gives_the_citizens_and_nothing_is_stored(leader: Client, as_file: bool) -> None:
    table = "row,citizens\n" + "".join(f"{key},{2 * count}\n" for key, count in CITIZENS.items())
    given = {"file": SimpleUploadedFile("t.csv", table.encode())} if as_file else {"table": table}
    response = leader.post(
        reverse("what_if_table"), {"state": "dato=27-08-2014&pris=413", **given}, follow=True
    )
    assert "giver 8.850 timer om ugen til 8.900 borgere med social mentor" in said(response)
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (b"", "kolonnen skal"),
        (b"row,citizens\nukendt,1\n", "ukendt"),
        (b"row,citizens\nret-og-pligt,x\n", "ret-og-pligt"),
        (b"row,citizens\nret-og-pligt,1\n", "mangler; skriv 0"),
        (b"row,citizens\n\xff,1\n", "UTF-8"),
        (b"x" * 200_001, "for stor"),
    ],
)
def test_a_table_that_cannot_be_used_changes_nothing(leader: Client, table: bytes, problem: str) -> None:
    state = "&".join(f"{key}={value}" for key, value in STATE.items())
    file = SimpleUploadedFile("t.csv", table or b"a")
    text = said(leader.post(reverse("what_if_table"), {"state": state, "file": file}, follow=True))
    assert "Tabellen kan ikke bruges" in text
    assert problem in text
    assert "4.450 borgere" in text


# Saved runs


def save(client: Client, title: str = "60 minutter", **changed: str):
    state = STATE | {key.replace("__", "-"): value for key, value in changed.items()}
    given = {
        "state": "&".join(f"{key}={value}" for key, value in state.items()),
        "title": title,
        "forslag": "a",
    }
    return client.post(reverse("save_what_if"), given, follow=True)


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "to\x00"])
def test_a_title_that_cannot_be_kept_saves_nothing(leader: Client, title: str) -> None:
    assert "Hvad nu hvis" in said(save(leader, title))
    assert not Run.objects.exists()


def test_a_saved_run_has_its_figures_and_goes_out_as_files(leader: Client) -> None:
    text = said(save(leader, **{"a__ret-og-pligt": "60"}))
    run = Run.objects.get()
    assert "60 minutter" in text
    assert "Udgift, kr. 110.064.500 129.392.900" in text
    assert "Loftet nås nås ikke uge 45" in text
    assert run.result == verbs.simulation(koebenhavn(ret_og_pligt=60) | {"proposal": run.inputs["proposal"]})
    place = reverse("run", args=[run.pk])
    assert (
        leader.get(place, {"som": "json"}).content.decode() == f"{exact_json.write(run.result, indent=2)}\n"
    )
    assert json.loads(leader.get(place, {"som": "grundlag"}).content)["population"] == CITIZENS
    rows = list(load_workbook(BytesIO(leader.get(place, {"som": "xlsx"}).content)).active.values)
    assert ("Resultat", "proposal.economy.cost", 129_392_900) in rows
    assert Entry.objects.filter(kind="export", verb="beregning").count() == 3


def test_a_second_post_makes_no_second_run_and_a_title_is_needed(leader: Client) -> None:
    save(leader)
    save(leader)
    assert Run.objects.count() == 1
    assert "Giv beregningen en titel" in said(save(leader, title=" "))
    assert "Et tal kan ikke bruges" in said(save(leader, title="x", uger="x"))
    assert Run.objects.count() == 1


def test_a_run_is_made_again_on_request(leader: Client, monkeypatch) -> None:
    save(leader, **{"a__ret-og-pligt": "60"})
    place = reverse("run", args=[Run.objects.get().pk])
    assert "Samme cifre." in said(leader.get(place, {"igen": "1"}))
    monkeypatch.setitem(verbs.KINDS, "simulation", lambda inputs: {"total": {"citizens": 1}})
    text = said(leader.get(place, {"igen": "1"}))
    assert "Ikke de samme cifre." in text
    assert "total.citizens 4.590 1" in text
    monkeypatch.delitem(verbs.KINDS, "simulation")
    assert "Beregningen kan ikke laves igen." in said(leader.get(place, {"igen": "1"}))


def test_one_goes_on_from_where_a_run_stood(leader: Client) -> None:
    save(leader, **{"a__ret-og-pligt": "60"})
    page = leader.get(reverse("run", args=[Run.objects.get().pk])).content.decode()
    place = unescape(re.search(r'href="([^"]*hvad-nu-hvis/\?[^"]*)"', page).group(1))  # type: ignore[union-attr]
    onward = place.replace("dato=20-11-2026", "dato=27-08-2014")
    assert "Forslag 1 giver 900 timer flere om ugen" in said(leader.get(onward))


def test_money_that_no_row_knows_comes_from_the_newest_run_and_says_so(leader: Client) -> None:
    save(leader)
    text = said(leader.get(reverse("what_if"), {"dato": "27-08-2014"}))
    assert (
        "Kilde: beregningen “60 minutter” fra 20-11-2026" in text
        or "Kilde: beregningen “60 minutter” fra" in text
    )
    assert "Vi mangler" not in text


def test_the_list_of_runs_is_paged_and_asks_the_same_of_the_database(
    cast: Cast, django_assert_max_num_queries
) -> None:
    for number in range(60):
        make_run(
            kind="simulation", title=f"nr. {number}", inputs=koebenhavn(), by=cast.people[Role.SECRETARY]
        )
    client = signed_in(cast.people[Role.COORDINATOR])
    with django_assert_max_num_queries(12):
        page = client.get(reverse("runs"))
    assert "Viser 1–50 af 60" in said(page)
    assert "nr. 59" in said(page)
    assert "nr. 9 Hvad nu hvis" in said(client.get(reverse("runs"), {"side": "2"}))


def test_who_reads_may_not_save(cast: Cast) -> None:
    level_of_2014()
    reader = signed_in(cast.people[Role.COORDINATOR])
    assert "Gem som beregning" not in asked(reader)
    assert save(reader).status_code == 404
    assert reader.get(reverse("full_time")).status_code == 404
    assert not Run.objects.exists()


def test_the_full_time_figure_is_set_with_its_source(cast: Cast) -> None:
    client = signed_in(cast.people[Role.CONTROLLER])
    given = {"hours": "936,5", "valid_from": "01-01-2026", "source": "Budget 2026"}
    assert "Tallet er gemt." in said(client.post(reverse("full_time"), given, follow=True))
    assert FullTime.objects.get().minutes_per_year == 56_190
    for changed, problem in (
        ({}, "Der er allerede et tal fra 01-01-2026"),
        ({"hours": "0"}, "mere end 0"),
        ({"hours": "936,123"}, "hele minutter"),
        ({"source": ""}, "Skal udfyldes"),
    ):
        assert problem in said(client.post(reverse("full_time"), given | changed))
    assert FullTime.objects.count() == 1
