"""The pages of plans, and the part of a plan that the choice of a mentor shows."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentorkorps.cases.models import Avoidance, Course
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions import plans as making
from mentorkorps.ledger.models import Plan, PlanLine, PlanWeights
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast, citizen, course_for, signed_in
from tests.ledger.plan_scene import a_line, a_plan
from tests.ledger.test_plans import swapped

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def browser(cast: Cast) -> Client:
    return signed_in(cast.people[Role.COORDINATOR])


@pytest.fixture
def line(cast: Cast) -> PlanLine:
    return a_line(cast.course, cast.helle)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def see(browser: Client, name: str, *args: Any, query: str = "") -> str:
    return text_of(browser.get(reverse(name, args=args) + query))


def answer(browser: Client, line: PlanLine, answer: str, **fields: str) -> str:
    place = reverse("plan_line", args=[line.pk]) + "?side=1"
    return text_of(browser.post(place, {"answer": answer} | fields, follow=True))


def test_the_empty_list_says_what_a_plan_is(browser: Client) -> None:
    text = see(browser, "plans")
    assert "Her kommer planer for korpset" in text and "Programmets udgangspunkt" in text


def test_a_plan_is_asked_for_and_shown(cast: Cast, browser: Client) -> None:
    course_for(citizen("Vita", "Prøve", "0505929991", cast.unit), None, cast.helle)
    text = text_of(browser.post(reverse("new_plan"), {"scope": "waiting"}, follow=True))
    assert "Vita Prøve" in text and "Har plads til 2\xa0t. om ugen." in text
    assert "Den grundige, med løseren HiGHS" in text and "Kan højst forbedres" in text
    entry = Entry.objects.filter(verb="plan", kind="list").latest("id")
    assert entry.shown == str(Course.objects.get(citizen__first_name="Vita").citizen_id)


def test_a_plan_for_nobody_is_refused_at_the_field(browser: Client) -> None:
    text = text_of(browser.post(reverse("new_plan"), {"scope": "waiting"}))
    assert "Der er ingen forløb at lægge en plan for." in text
    assert not Plan.objects.exists()


def test_a_whole_plan_shows_what_moving_costs(cast: Cast, browser: Client) -> None:
    text = text_of(browser.post(reverse("new_plan"), {"scope": "all", "stability": "15"}, follow=True))
    assert "Bedre match eller færre skift" in text and "<svg" in text
    assert "Aldrig for et bedre match" in text and "denne plan" in text


def test_a_plan_that_waits_says_so(cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    text = text_of(browser.post(reverse("new_plan"), {"scope": "all"}, follow=True))
    assert "Planen bliver regnet ud" in text
    assert "Regnes ud. Se igen om lidt." in see(browser, "plans")


def test_a_fallback_is_said_loudly(cast: Cast, browser: Client) -> None:
    plan = a_plan(cast.helle, fallback="Tiden løb ud, før den bedste plan var fundet.", method="greedy")
    text = see(browser, "plan", plan.pk)
    assert "note-warn" in text and "Tiden løb ud" in text and "Den hurtige, uden løser" in text


def test_a_line_is_followed_and_taken_back(cast: Cast, browser: Client, line: PlanLine) -> None:
    assert "Ditte Eksempel" in see(browser, "plan", line.plan_id)
    text = answer(browser, line, "take", first="20-11-2026")
    assert "Ditte Eksempel er mentor for Jens." in text
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.ditte
    assert "Fulgt" in see(browser, "plan", line.plan_id, query="?vis=fulgt")
    assert "Svaret er taget tilbage." in answer(browser, line, "undo")
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.fatima


def test_what_no_longer_fits_is_said_and_changes_nothing(cast: Cast, browser: Client, line: PlanLine) -> None:
    cast.ditte.max_citizens = 1
    cast.ditte.save()
    assert "Lav en ny plan" in answer(browser, line, "take", first="20-11-2026")
    text = answer(browser, line, "take", first="x9")
    assert 'href="#id_first">Fra: “x9” er ikke en dato.' in text and 'value="x9"' in text
    assert f"“{'x' * 40}…” er ikke en dato." in answer(browser, line, "take", first="x" * 10_000)
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.fatima


def test_only_what_can_be_followed_today_is_shown(cast: Cast, browser: Client, line: PlanLine) -> None:
    assert "Jens Eksempel får Ditte Eksempel" in see(browser, "plan", line.plan_id, query="?vis=kan")
    cast.ditte.max_citizens = 1
    cast.ditte.save()
    assert "Ingen linjer kan følges i dag" in see(browser, "plan", line.plan_id, query="?vis=kan")
    text = see(browser, "plan", line.plan_id)
    assert "Ditte Eksempel har ikke plads længere." in text and "får Ditte Eksempel" not in text


def test_a_plan_is_taken_away_and_printed_without_cpr(cast: Cast, browser: Client, line: PlanLine) -> None:
    place = reverse("plan", args=[line.plan_id])
    text = browser.get(place, {"som": "csv"}).content.decode()
    assert "Jens Eksempel;Kan;2,00;Fatima Eksempel;Ditte Eksempel;40;Taler arabisk." in text
    assert "140376" not in text
    book = browser.get(place, {"som": "xlsx", "vis": "fulgt"})
    assert book.headers["Content-Disposition"] == 'attachment; filename="plan-2026-11-20.xlsx"'
    told = Entry.objects.filter(verb="plan", kind="export").order_by("id")
    assert [entry.shown for entry in told] == [str(cast.jens.pk), ""]
    text = see(browser, "plan", line.plan_id, query="?som=udskrift&vis=kan")
    assert "Kan følges i dag: 1 linje i planen" in text and "Mentorens erfaring er ikke oplyst." in text
    assert Entry.objects.get(verb="plan", kind="print").shown == str(cast.jens.pk)
    assert "Forslag" in see(browser, "plan", line.plan_id, query="?som=x&vis=x")


def test_a_no_needs_its_reason(browser: Client, line: PlanLine) -> None:
    text = answer(browser, line, "decline", reason="")
    assert 'href="#id_reason">Hvorfor passer forslaget ikke: Skal udfyldes.' in text
    assert "grunden er gemt" in answer(browser, line, "decline", reason="Jens vil blive")
    assert "Jens vil blive" in see(browser, "plan", line.plan_id, query="?vis=afvist")


def test_half_a_swap_that_is_undone_says_what_it_leaves(cast: Cast, browser: Client) -> None:
    line, other = swapped(cast)
    answer(browser, line, "swap", first="20-11-2026")
    assert "Olga Prøve har stadig Fatima Eksempel." in answer(browser, line, "undo")
    assert "har stadig" not in answer(browser, other, "undo")


def test_an_answer_nobody_knows_changes_nothing(browser: Client, line: PlanLine) -> None:
    answer(browser, line, "x")
    line.refresh_from_db()
    assert line.state == "open"


def test_a_plan_is_put_away(browser: Client, line: PlanLine) -> None:
    assert "lagt væk" in text_of(browser.post(reverse("close_plan", args=[line.plan_id]), follow=True))
    assert "Planen er lagt væk" in see(browser, "plan_line", line.pk)


@pytest.mark.parametrize("lines", [2, 30])
def test_queries_do_not_grow_with_the_plan(
    cast: Cast, browser: Client, lines: int, django_assert_max_num_queries: Any
) -> None:
    plan = a_plan(cast.helle)
    for n in range(lines):
        who = course_for(citizen("Vita", f"Prøve{n}", f"06059299{n:02}", cast.unit), cast.peter, cast.helle)
        a_line(who, cast.helle, plan)
    with django_assert_max_num_queries(22):
        assert "Vita Prøve0" in see(browser, "plan", plan.pk)


def test_the_points_are_the_municipalitys_with_their_source(browser: Client) -> None:
    assert "Kommunen har ikke vedtaget egne point." in see(browser, "plan_points")
    fields = {"first": "20-11-2026", "adopted_by": "Ledelsen", "source": "Referat 12"}
    fields |= dict.fromkeys(("continuity", "language", "needs", "gender", "age", "district", "balance"), "10")
    assert "Skal udfyldes." in text_of(browser.post(reverse("new_plan_points"), fields))
    text = text_of(browser.post(reverse("new_plan_points"), fields | {"served": "1,5"}))
    assert "Skriv et helt tal, fx 20." in text and 'value="1,5"' in text
    text = text_of(browser.post(reverse("new_plan_points"), fields | {"served": "200"}, follow=True))
    assert "Vedtaget af Ledelsen, gælder fra 20-11-2026: Referat 12" in text
    assert "Alder, borgeren ønsker" in text
    row = PlanWeights.objects.get()
    assert (row.served, row.age) == (200, 10)
    take_back = reverse("withdraw_plan_points")
    assert "Skriv, hvorfor" in text_of(browser.post(take_back, {"linje": row.pk}, follow=True))
    text = text_of(browser.post(take_back, {"linje": row.pk, "hvorfor": "Forkert møde"}, follow=True))
    assert "programmets udgangspunkt" in text.lower() and "Forkert møde" in text
    for wrong in ("", "x", "9" * 30, "4711"):
        assert browser.post(take_back, {"linje": wrong, "hvorfor": "x"}).status_code == 404


def test_the_choice_of_a_mentor_shows_the_suggestion(cast: Cast, line: PlanLine) -> None:
    browser = signed_in(cast.helle)
    place = reverse("assign_mentor", args=[cast.course.pk])
    assert "En plan foreslår Ditte Eksempel." in text_of(browser.get(place))
    fields = {"mentor": str(cast.peter.pk), "first": "20-11-2026"}
    assert "Skriv, hvorfor det skal være Peter Prøve" in text_of(browser.post(place, fields))
    text_of(browser.post(place, fields | {"reason": "Kender familien"}, follow=True))
    line.refresh_from_db()
    assert (line.state, line.reason, line.answered_by) == ("declined", "Kender familien", cast.helle)


def test_a_mentor_is_avoided_and_can_be_chosen_again(cast: Cast) -> None:
    browser = signed_in(cast.helle)
    place = reverse("avoid_mentor", args=[cast.course.pk])
    assert "Vælg en grund." in text_of(browser.post(place, {"mentor": str(cast.peter.pk)}))
    text = text_of(browser.post(place, {"mentor": str(cast.peter.pk), "reason": "family"}, follow=True))
    assert "bliver aldrig foreslået til Jens" in text and "fravalgt for borgeren" in text
    chosen = {"mentor": str(cast.peter.pk), "first": "20-11-2026", "reason": "Alligevel"}
    text = text_of(browser.post(reverse("assign_mentor", args=[cast.course.pk]), chosen))
    assert "Peter Prøve er fravalgt for borgeren: familie eller bekendte." in text
    text_of(browser.post(reverse("end_avoidance", args=[Avoidance.objects.get().pk]), follow=True))
    assert Avoidance.objects.get().ended_on == TODAY
