"""The five questions: what is said, what is hidden, what is missing, and what a run keeps of an answer."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.models import Course, Party
from mentorkorps.domain.paper import choices
from mentorkorps.domain.questions import ANSWERS, Answer
from mentorkorps.domain.questions.answer import hours, kroner, percent, safe, safe_words
from mentorkorps.ledger.actions.budget import adopt_budget
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Role
from mentorkorps.steering.actions.runs import make_run, repeat
from mentorkorps.steering.queries import questions as q
from mentorkorps.steering.queries.cooperation import cooperation_inputs
from tests.cast import TODAY, Cast

NO_COST = {
    "minutes": 0,
    "cost": None,
    "unpriced": 0,
    "measured": 0,
    "above": None,
    "below": None,
    "unmeasured": 0,
}
BUDGET: dict[str, Any] = {
    "question": "budget", "year": "2026", "until": "15. november 2026", "frame": 100_000_00, "spent": 60_000_00,
    "low": 80_000_00, "middle": 90_000_00, "high": 95_000_00, "ceiling": None, "missing": [],
}  # fmt: skip


def text_of(answer: Answer) -> str:
    return str(answer.as_json())


def effect(**ended: dict[str, int]) -> Answer:
    return ANSWERS["effekt"]({"months": 12, "ended": ended, "running": {"may": 30, "must": 3}})


def test_counts_of_few_people_are_hidden_and_so_is_what_tells_them() -> None:
    assert [safe(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]
    assert (safe(28, 30), safe(30, 30), safe(25, 30)) == (None, 30, 25)
    assert (safe_words(3), safe_words(28, 30)) == ("under 5", "skjult")


def test_amounts_and_hours_are_read_at_a_glance() -> None:
    assert kroner(110_000_000_00) == "110,0\u00a0mio.\u00a0kr."
    assert (kroner(9_999_999_50), kroner(-150_00), kroner(None)) == (
        "10.000.000\u00a0kr.",
        "−150\u00a0kr.",
        "mangler",
    )
    assert (hours(90), hours(60), hours(74_000)) == ("1,5\u00a0timer", "1\u00a0time", "1.233\u00a0timer")
    assert (percent(1, 3), percent(0, 0)) == ("33\u00a0%", "–")


def test_one_small_outcome_hides_another_so_that_the_sum_does_not_tell() -> None:
    row = effect(may={"job": 20, "goals_met": 3, "offer": 9, "wish": 12}).table.rows[-1]
    assert row == ("Kan", "30", "44", "20", "skjult", "skjult", "12")
    assert effect(may={"job": 20, "offer": 3}).table.rows[-1][3:] == ("skjult", "skjult", "0", "0")
    assert effect(may={"job": 3}).table.rows[0] == ("Skal", "under 5", "0", "0", "0", "0", "0")


def test_effect_is_said_of_enough_courses_alone_and_never_as_a_cause() -> None:
    said = effect(may={"job": 20, "wish": 20}, must={"education": 6, "expired": 24}).sentence
    assert "20\u00a0% af de 30 skal-forløb og 50\u00a0% af de 40 kan-forløb" in said
    assert "Det viser ikke, hvad mentoren gjorde" in said
    assert "Det kan vi ikke svare på endnu" in effect(may={"job": 19}).sentence


def test_what_keeping_the_level_sets_free_is_told_beside_what_others_lack() -> None:
    may = NO_COST | {"minutes": 6000, "cost": 40_000_00, "measured": 6000, "above": 960, "below": 480}
    must = NO_COST | {"minutes": 600, "measured": 600, "above": 480, "below": 0, "unpriced": 600}
    answer = ANSWERS["omkostninger"](
        {"obligations": {"may": may, "must": must}, "kinds": {"internal": must}, "weeks": 8}
    )
    assert "3\u00a0timer fri om ugen, heraf 2\u00a0timer i det, kommunen kan give" in answer.sentence
    assert "Andre bevillinger ligger 1\u00a0time under" in answer.sentence
    assert [each.shown for each in answer.figures][2] == "41.600\u00a0kr."  # 104 hours at 400 kr.
    assert any("har ingen pris" in limit for limit in answer.limits)


def test_without_a_level_nothing_is_said_of_saving() -> None:
    answer = ANSWERS["omkostninger"]({"obligations": {"may": NO_COST}, "kinds": {}, "weeks": 8})
    assert "Det kan vi ikke svare på endnu" in answer.sentence
    assert answer.table.rows[0][2:] == ("mangler", "mangler", "–", "–")


def test_a_price_that_nobody_has_written_is_missing_and_never_nothing() -> None:
    row = {"key": "a", "label": "Social mentor", "minutes_per_week": 60, "weeks": 26}
    who = {
        "internal": {"price": 300_00, "courses": 40, "kept": 9, "owed": 10},
        "supplier": {"price": None, "courses": 3},
    }
    answer = ANSWERS["andre"]({"row": row, "who": who})
    assert answer.table.rows[0][:5] == ("Egne mentorer", "300\u00a0kr.", "7.800\u00a0kr.", "90\u00a0%", "40")
    assert answer.table.rows[1][:5] == ("Mentorer hos leverandør", "mangler", "mangler", "mangler", "under 5")
    assert answer.table.rows[3][1:5] == ("mangler",) * 4
    assert "mangler for mentorer hos leverandør, faglige mentorer og frivillige" in answer.sentence
    assert "ingen opgave i serviceniveauet" in ANSWERS["andre"]({"row": None, "who": who}).sentence


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "inden for rammen, med 10.000\u00a0kr. tilbage"),
        ({"middle": 120_000_00}, "20.000\u00a0kr. over rammen"),
        ({"middle": None}, "for få uger eller priser"),
        ({"frame": None}, "der er ikke skrevet et budget for 2026"),
    ],
)
def test_the_frame_is_kept_or_not_or_nobody_knows(changed: dict[str, Any], said: str) -> None:
    answer = ANSWERS["budget"](BUDGET | changed)
    assert said in answer.sentence
    assert any("aldrig en grund til at sige nej" in limit for limit in answer.limits)


@pytest.mark.django_db
def test_each_question_is_answered_of_the_day_in_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    level = load_level("eksempel-2026", by=cast.people[Role.LEADER])
    adopt_level(
        level, committee="Udvalget", case_number="1", adopted_on=TODAY, in_force_from=date(2026, 1, 1),
        by=cast.people[Role.LEADER],
    )  # fmt: skip
    adopt_budget(
        year=2026, ore=100_00, adopted_by="Byrådet", adopted_on=date(2026, 1, 1), source="prøve",
        by=cast.people[Role.CONTROLLER],
    )  # fmt: skip
    reads = {
        "effekt": (2, lambda: q.effect_inputs(TODAY)),
        "omkostninger": (30, lambda: q.cost_inputs(TODAY)),
        "andre": (20, lambda: q.others_inputs(TODAY, q.priced_rows(TODAY)[0])),
        "samarbejde": (2, lambda: cooperation_inputs(TODAY)),
        "budget": (90, lambda: q.budget_inputs(TODAY)),
        "organisering": (2, lambda: q.organisation_inputs(TODAY)),
    }
    for name, (most, read) in reads.items():
        with django_assert_max_num_queries(most):
            inputs = read()
        assert inputs["question"] == name
        assert ANSWERS[name](inputs).sentence.endswith(".")


@pytest.mark.django_db
def test_shared_citizens_are_counted_once_on_each_side_and_led_to(cast: Cast) -> None:
    Party.objects.create(
        citizen=cast.jens, name="Bostøtten", kind="home_support", gives="bostøtte", minutes_per_week=60
    )
    Party.objects.create(
        citizen=cast.jens, name="Socialforvaltningen", kind="social", next_step="Svar", due=date(2026, 1, 1)
    )
    Party.objects.create(citizen=cast.jens, name="Læge", kind="doctor", closed_on=date(2026, 6, 1))
    Party.objects.create(citizen=cast.jens, name="Søster", kind="relative")
    Party.objects.create(citizen=cast.karla, name="Læge", kind="doctor")
    found = cooperation_inputs(TODAY)
    running = set(Course.objects.filter(q.running_on(TODAY)).values_list("citizen", flat=True))
    assert found["citizens"] == len(running)
    assert (found["shared"], found["several"], found["home_support"]) == (
        1 + (cast.karla.pk in running),
        0,
        1,
    )
    assert found["groups"]["social"] == {"citizens": 1, "help": 1, "no_step": 1, "late": 1}
    assert [each.citizen for each in q.courses_behind("samarbejde", "home:", TODAY)] == [cast.jens]
    assert not q.courses_behind("samarbejde", "several:", TODAY)
    assert "under 5" in text_of(ANSWERS["samarbejde"](found))


@pytest.mark.django_db
def test_what_ended_within_the_year_is_counted_and_led_to(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(ended_on=date(2026, 3, 1), end_reason="job")
    under = cast.course.obligation
    assert q.effect_inputs(TODAY)["ended"] == {under: {"job": 1}}
    assert [each.pk for each in q.courses_behind("effekt", f"ended:{under}", TODAY)] == [cast.course.pk]
    assert q.effect_inputs(date(2027, 3, 1))["ended"] == {}
    with pytest.raises(KeyError):
        q.courses_behind("budget", "alt", TODAY)


@pytest.mark.django_db
def test_an_answer_is_kept_as_a_run_whose_figures_a_paper_can_have(cast: Cast) -> None:
    by = cast.people[Role.SECRETARY]
    run = make_run(kind="answer", title="Budgettet", inputs=BUDGET, by=by)
    assert repeat(run).same
    found = {each.path: each for each in choices(run.result)}
    assert found["figures.frame.value"].shown == "100.000\u00a0kr."
    assert found["table"].block.rows[0][:2] == ("Rammen", "100.000\u00a0kr.")
    with pytest.raises(ValidationError):
        make_run(kind="answer", title="Ukendt", inputs={"question": "vejret"}, by=by)
