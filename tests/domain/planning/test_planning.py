"""Plans and suggestions one can follow by hand."""

import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from mentorkorps.domain.planning import Citizen, Load, Match, Mentor, State, Weights, age_band, match, suggest
from mentorkorps.domain.planning import optimal as optimal_module
from mentorkorps.domain.planning.board import lay_out
from mentorkorps.domain.planning.order import even_out, keep_order, squeeze_in
from mentorkorps.domain.planning.rooms import Rooms

LONE = Mentor(
    "Lone",
    600,
    10,
    languages=frozenset({"dansk", "Arabisk"}),
    districts=frozenset({"Nord"}),
    skills=frozenset({"psykiatri", "unge"}),
    gender="kvinde",
    age="from_50",
)
KARIM = Mentor("Karim", 600, 10, languages=frozenset({"dansk"}), districts=frozenset({"Syd"}), gender="mand")
KARLA = Citizen(
    "Karla",
    120,
    "must",
    languages=frozenset({"arabisk"}),
    district="nord",
    needs=frozenset({"unge", "bolig"}),
    wishes_gender="Kvinde",
)
PLAIN = Citizen("Per", 60, "may")
EMPTY = State()


def board_of(mentors, citizens, current=None):
    return lay_out(citizens, mentors, State.of(citizens, current or {}), Weights())


@pytest.mark.parametrize(
    ("citizen", "points"),
    [
        (PLAIN, 500 + 10),
        (replace(PLAIN, languages=frozenset({"ARABISK", "polsk"})), 510 + 40),
        (replace(PLAIN, needs=frozenset({"unge", "bolig", "gæld"})), 510 + 10),
        (replace(PLAIN, needs=frozenset({"unge"})), 510 + 30),
        (replace(PLAIN, wishes_gender="kvinde"), 510 + 25),
        (replace(PLAIN, wishes_age="from_50"), 510 + 20),
        (replace(PLAIN, wishes_age="30_to_49"), 510),
        (replace(PLAIN, district="Nord"), 510 + 15),
        (replace(PLAIN, district="Syd"), 510),
        (KARLA, 510 + 40 + 15 + 15 + 25),
    ],
)
def test_points(citizen: Citizen, points: int) -> None:
    assert suggest(citizen, [LONE], EMPTY)[0].score == points


def test_points_for_staying_and_for_room() -> None:
    """Half of Lone's week is taken by others: 5 of 10 points, and 200 for the mentor one has."""
    state = State(minutes={"Lone": 360}, citizens={"Lone": 4}, current={"Per": "Lone"})
    assert suggest(PLAIN, [LONE], state)[0].score == 500 + 200 + 5
    assert suggest(PLAIN, [LONE], state, Weights(continuity=0, balance=0))[0].score == 500


@pytest.mark.parametrize(
    ("wish", "says_for", "says_against"),
    [
        ("from_50", ("Er 50 år eller ældre, som borgeren ønsker.",), ()),
        ("under_30", (), ("Er ikke under 30 år, som borgeren ønsker.",)),
        (None, (), ()),
    ],
)
def test_a_wished_age_is_said_for_and_against(
    wish: str | None, says_for: tuple[str, ...], says_against: tuple[str, ...]
) -> None:
    [found] = suggest(replace(PLAIN, wishes_age=wish), [LONE], EMPTY)
    assert found.reasons_for == (*says_for, "Har plads til 1\u00a0t. om ugen.")
    assert found.reasons_against == says_against


def test_an_unknown_age_gives_no_points_and_is_not_a_no() -> None:
    [found] = suggest(replace(PLAIN, wishes_age="under_30"), [replace(LONE, age=None)], EMPTY)
    assert (found.score, found.reasons_against) == (510, ("Mentorens alder er ikke oplyst.",))


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (1997, "under_30"), (1996, "30_to_49"), (1977, "30_to_49"), (1976, "from_50"), (None, None),
    ],
)  # fmt: skip
def test_the_age_is_the_one_that_is_reached_in_the_year(born: int | None, band: str | None) -> None:
    assert age_band(born, date(2026, 1, 1)) == age_band(born, date(2026, 12, 31)) == band


def test_staying_outweighs_every_wish_and_a_mentor_outweighs_both() -> None:
    weights = Weights()
    wishes = sum(vars(weights).values()) - weights.served - weights.continuity
    assert wishes == 140 < weights.continuity
    assert wishes + weights.continuity < weights.served


def test_two_unknown_districts_are_no_match() -> None:
    nowhere = replace(LONE, districts=frozenset(), gender=None)
    assert suggest(PLAIN, [nowhere], EMPTY)[0].score == 510


def test_suggestions_say_why_and_why_not() -> None:
    karla = replace(KARLA, avoid=frozenset({"Bo"}))
    full, short, avoided = Mentor("Ida", 600, 4), Mentor("Eva", 130, 10), Mentor("Bo", 600, 10)
    state = State(minutes={"Ida": 100, "Eva": 40}, citizens={"Ida": 4})
    found = suggest(karla, [KARIM, full, short, avoided, LONE], state)
    assert [s.mentor for s in found[:2]] == ["Lone", "Karim"]
    assert found[0].reasons_for == (
        "Taler arabisk.",
        "Har det køn, borgeren ønsker: Kvinde.",
        "Har erfaring med unge.",
        "Arbejder i Nord, hvor borgeren bor.",
        "Har plads til 2\u00a0t. om ugen.",
    )
    assert found[0].reasons_against == ("Har ikke erfaring med bolig.",)
    assert found[0].free_minutes == 600 and found[0].why_not is None
    assert found[1].reasons_against == (
        "Taler ikke arabisk.",
        "Har ikke det køn, borgeren ønsker: Kvinde.",
        "Mentorens erfaring er ikke oplyst.",
        "Arbejder i Syd, borgeren bor i nord.",
    )
    assert {s.mentor: s.why_not for s in found[2:]} == {
        "Ida": "Har allerede sit højeste antal borgere: 4.",
        "Eva": "Borgeren skal have 2\u00a0t. om ugen, og kun 1\u00a0t.\u00a030\u00a0min. er ledig.",
        "Bo": "Borgeren skal ikke have denne mentor.",
    }


def test_a_present_mentor_has_room_for_the_citizen_who_is_there() -> None:
    state = State(minutes={"Lone": 600}, citizens={"Lone": 10}, current={"Karla": "Lone"})
    here = suggest(KARLA, [LONE], state)[0]
    assert here.why_not is None and here.free_minutes == 120
    assert here.reasons_for[0] == "Er borgerens mentor i dag, et kendt ansigt."
    assert here.reasons_against[-2:] == ("Får ingen ledig tid tilbage.", "Får sit højeste antal borgere.")


def test_must_comes_before_right_and_right_before_may() -> None:
    """Room for one: whoever is strongest gets it, however well the others match."""
    one = replace(LONE, max_citizens=1)
    perfect = replace(KARLA, obligation="may")
    people = [perfect, Citizen("Ras", 60, "right"), Citizen("Mia", 60, "must")]
    assert [a.citizen for a in match([one], people).assignments] == ["Mia"]
    assert [a.citizen for a in match([one], people[:2]).assignments] == ["Ras"]


def test_a_chain_is_found_for_one_with_must() -> None:
    """Ane can only have Lone, who is full of Bo; Bo can have Karim, if Eva with a may-mentor goes."""
    lone, karim = replace(LONE, minutes=60), replace(KARIM, minutes=60)
    ane = Citizen("Ane", 60, "must", avoid=frozenset({"Karim"}))
    bo, eva = Citizen("Bo", 60, "must", languages=frozenset({"arabisk"})), Citizen("Eva", 60, "may")
    plan = match([lone, karim], [bo, eva, ane])
    assert {a.citizen: a.mentor for a in plan.assignments} == {"Ane": "Lone", "Bo": "Karim"}


def test_why_a_citizen_is_left_out() -> None:
    people = [
        Citizen("Ane", 60, "must", avoid=frozenset({"Lone"})),
        Citizen("Bo", 900, "must"),
        Citizen("Eva", 600, "must"),
        Citizen("Ib", 60, "may"),
    ]
    why = {u.citizen: u.why for u in match([LONE], people[:3]).unassigned}
    assert why["Ane"].startswith("Der er ingen mentor, som borgeren må få")
    assert why["Bo"].startswith("Ingen mentor, som borgeren må få, har 15\u00a0t. om ugen.")
    left = match([LONE], people[2:]).unassigned[0]
    assert (left.citizen, left.why) == (
        "Ib",
        "Ingen mentor, som borgeren må få, har plads til 1\u00a0t. om ugen: pladserne er givet til andre borgere.",
    )


def test_the_order_is_mended_with_the_fewest_points_lost() -> None:
    """Both mentors are full of citizens with may; the one who is worth least gives way."""
    small = [Mentor("a", 60, 1), Mentor("b", 60, 1, languages=frozenset({"dansk"}))]
    people = [
        Citizen("x", 60, "may"),
        Citizen("y", 60, "may", languages=frozenset({"dansk"})),
        Citizen("z", 60, "must"),
    ]
    mended = keep_order(board_of(small, people), np.array([0, 1, -1]))
    assert mended.tolist() == [-1, 1, 0]


def test_one_is_squeezed_in_by_moving_another() -> None:
    mentors = [Mentor("a", 100, 5), Mentor("b", 60, 5)]
    people = [Citizen("x", 60, "may"), Citizen("y", 90, "may")]
    assert squeeze_in(board_of(mentors, people), np.array([0, -1])).tolist() == [1, 0]


def test_a_plan_that_is_a_minute_too_full_is_cut_to_fit() -> None:
    people = [Citizen("x", 60, "may"), Citizen("y", 61, "may")]
    assert Rooms.fitting(board_of([Mentor("a", 120, 9)], people), np.array([0, 0])).plan.tolist() == [0, -1]


def test_loads_are_evened_out_where_points_are_equal() -> None:
    mentors = [Mentor("a", 240, 9), Mentor("b", 240, 9)]
    people = [Citizen(str(n), 60, "may") for n in range(4)]
    assert sorted(even_out(board_of(mentors, people), np.zeros(4, dtype=np.int64)).tolist()) == [0, 0, 1, 1]


def test_nobody_and_nothing() -> None:
    assert match([], []) == Match((), (), {}, 0, 0, "optimal", None)
    assert match([LONE], []).loads == {"Lone": Load(0, 600, 0)}
    assert match([], [PLAIN]).unassigned[0].citizen == "Per"
    assert match([], []).gap_percent == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"mentors": [LONE, LONE]},
        {"citizens": [PLAIN, PLAIN]},
        {"current": {"Per": "Ukendt"}},
        {"current": {"Ukendt": "Lone"}},
        {"citizens": [replace(PLAIN, minutes=-1)]},
        {"stability": -1},
    ],
)
def test_what_cannot_be_planned_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError):
        match(**{"mentors": [LONE], "citizens": [PLAIN], **wrong})


def test_without_the_solver_the_plan_is_greedy_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    plan = match([LONE, KARIM], [KARLA, PLAIN])
    assert plan.method == "greedy"
    assert plan.fallback == "Løseren HiGHS er ikke installeret. Planen er lagt med metoden greedy."
    assert plan.total_score <= plan.upper_bound and len(plan.assignments) == 2


def test_out_of_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(optimal_module._OPTIONS, "time_limit", 0.0)
    plan = match([LONE, KARIM], [KARLA, PLAIN])
    assert plan.fallback is not None and len(plan.assignments) == 2
    assert plan.total_score <= plan.upper_bound


def test_weights_are_never_negative() -> None:
    with pytest.raises(ValueError):
        Weights(language=-1)
