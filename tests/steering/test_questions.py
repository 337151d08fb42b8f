"""The five questions: what is said, what is hidden, what is missing, and what a run keeps of an answer."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.models import Course, Party
from mentorkorps.domain.paper import choices
from mentorkorps.domain.questions import ANSWERS, Answer
from mentorkorps.domain.questions.answer import hours, kroner, percent
from mentorkorps.domain.questions.others import of_courses
from mentorkorps.ledger.actions.budget import adopt_budget
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.models import Role
from mentorkorps.steering.actions.runs import make_run, repeat
from mentorkorps.steering.queries import questions as q
from mentorkorps.steering.queries.cooperation import cooperation_inputs, marks_around
from mentorkorps.steering.queries.outcomes import effect_inputs
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


def published(group: str, goal: int | None, share: list[int] | None) -> dict[str, Any]:
    """A row of a publication of sixty people."""
    people = {"n": 60, "goal_52": goal, "other": 0, "lost": None}
    return {"group": group, "people": people, "shares": {"52": share}}


def effect(*rows: dict[str, Any]) -> Answer:
    return ANSWERS["effekt"]({"status_on": "2026-06-30" if rows else None, "rows": list(rows)})


def test_amounts_and_hours_are_read_at_a_glance() -> None:
    assert kroner(110_000_000_00) == "110,0\u00a0mio.\u00a0kr."
    assert (kroner(9_999_999_50), kroner(-150_00), kroner(None)) == (
        "10.000.000\u00a0kr.",
        "−150\u00a0kr.",
        "mangler",
    )
    assert (hours(90), hours(60), hours(74_000)) == ("1,5\u00a0timer", "1\u00a0time", "1.233\u00a0timer")
    assert (percent(1, 3), percent(0, 0)) == ("33\u00a0%", "–")


def test_effect_says_the_published_shares_alone_and_never_as_a_cause() -> None:
    everybody, may, must = (
        published("", 30, [50, 40, 60]),
        published("may", 12, [20, 12, 32]),
        published("must", None, None),
    )
    answer = effect(may, everybody, must)
    who = "Blandt borgere, som kommunen kunne vælge at give en mentor,"
    assert answer.sentence.startswith(f"{who} kom 20 af 100 i job eller uddannelse inden 12 måneder.")
    assert "Det viser ikke, hvad mentoren gjorde" in answer.sentence
    assert answer.table.rows == (
        ("Alle", "60", "30", "50 % (40–60)", "0", "skjult"),
        ("Skal", "60", "skjult", "skjult", "0", "skjult"),
        ("Kan", "60", "12", "20 % (12–32)", "0", "skjult"),
    )
    assert [(each.key, each.value) for each in answer.figures] == [
        ("people", 60),
        ("share-must", None),
        ("share-may", 20),
    ]
    assert not any(each.opens for each in answer.figures), (
        "the people behind a publication are open for nobody"
    )


def test_effect_without_a_publication_or_a_share_says_why() -> None:
    assert "der er ikke gjort op" in effect().sentence
    assert [each.shown for each in effect().figures] == ["mangler"]
    few = effect(published("", 30, None), published("may", 30, None))
    assert "for få er fulgt" in few.sentence and few.table.rows[1][3] == "for få fulgt"


def test_what_keeping_the_level_sets_free_is_told_beside_what_others_lack() -> None:
    may = NO_COST | {"minutes": 6000, "cost": 40_000_00, "measured": 6000, "above": 960, "below": 480}
    must = NO_COST | {"minutes": 600, "measured": 600, "above": 480, "below": 0, "unpriced": 600}
    answer = ANSWERS["omkostninger"](
        {"obligations": {"may": may, "must": must}, "kinds": {"internal": must}, "weeks": 8}
    )
    assert "3\u00a0timer fri om ugen, heraf 2\u00a0timer i det, kommunen kan give" in answer.sentence
    assert "Andre bevillinger ligger 1\u00a0time under" in answer.sentence
    assert answer.sentence.startswith("De sidste 8 uger har kostet 40.000\u00a0kr. Holdt alle")
    assert [each.shown for each in answer.figures][2] == "41.600\u00a0kr."  # 104 hours at 400 kr.
    assert any("har ingen pris" in limit for limit in answer.limits)


def test_without_a_level_nothing_is_said_of_saving() -> None:
    answer = ANSWERS["omkostninger"]({"obligations": {"may": NO_COST}, "kinds": {}, "weeks": 8})
    assert answer.sentence.startswith("Om der er noget at spare, kan vi ikke svare på endnu")
    assert answer.table.rows[0][2:] == ("mangler", "mangler", "–", "–")


def test_a_price_that_nobody_has_written_is_missing_and_never_nothing() -> None:
    row = {"key": "a", "label": "Social mentor", "minutes_per_week": 60, "weeks": 26}
    who = {
        "internal": {"price": 300_00, **of_courses(43, 9, 10)},
        "supplier": {"price": None, **of_courses(3, 4, 4)},
        "company": {"price": None, **of_courses(7, 0, 0)},
        "volunteers": {"price": None},
    }
    answer = ANSWERS["andre"]({"row": row, "who": who})
    assert answer.table.rows[0][:5] == (
        "Egne mentorer",
        "300\u00a0kr.",
        "7.800\u00a0kr.",
        "90\u00a0%",
        "40–44",
    )
    assert answer.table.rows[1][:5] == ("Mentorer hos leverandør", "mangler", "mangler", "skjult", "under 5")
    assert answer.table.rows[2][3:5] == ("mangler", "5–9")
    assert of_courses(3, 4, 4) == of_courses(0, 0, 0), "what is kept does not tell of few"
    assert answer.table.rows[3][1:5] == ("mangler",) * 4
    assert "mangler for mentorer hos leverandør, faglige mentorer og frivillige" in answer.sentence
    priced = ANSWERS["andre"]({"row": row, "who": who | {"volunteers": {"price": 95_00}}})
    assert "2.470\u00a0kr. hos frivillige" in priced.sentence
    assert priced.table.rows[3][1:5] == ("95\u00a0kr.", "2.470\u00a0kr.", "mangler", "mangler")
    assert "ingen opgave i serviceniveauet" in ANSWERS["andre"]({"row": None, "who": who}).sentence


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "inden for rammen, med 10.000\u00a0kr. tilbage"),
        ({"middle": 120_000_00}, "20.000\u00a0kr. over rammen"),
        ({"high": 105_000_00}, "105.000\u00a0kr., og den ligger imellem."),
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
        "effekt": (1, lambda: effect_inputs(TODAY)),
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
    found = marks_around(TODAY)
    assert found[cast.jens.pk] == {
        "social",
        "social/help",
        "social/no_step",
        "social/late",
        "home_support",
    }
    running = set(Course.objects.filter(q.running_on(TODAY)).values_list("citizen", flat=True))
    assert found.keys() == {cast.jens.pk, cast.karla.pk} & running
    assert [each.citizen for each in q.courses_behind("samarbejde", "home:", TODAY)] == [cast.jens]
    assert not q.courses_behind("samarbejde", "several:", TODAY)


@pytest.mark.django_db
def test_what_is_kept_of_an_answer_holds_no_count_of_people_but_what_is_shown(
    cast: Cast,
) -> None:
    asked = cooperation_inputs(TODAY)
    assert set(asked["counts"].values()) == {None}, "one citizen is told nowhere"
    who = q.others_inputs(TODAY, None)["who"]
    assert who.pop("volunteers") == {"price": None}, "nobody records what volunteers do"
    assert all(each.keys() == {"price", "courses", "kept_percent"} for each in who.values())
    assert {each["courses"] for each in who.values()} == {None}


@pytest.mark.django_db
def test_a_question_without_rows_behind_it_opens_none(cast: Cast) -> None:
    for question in ("budget", "effekt"):
        with pytest.raises(KeyError):
            q.courses_behind(question, "", TODAY)


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
