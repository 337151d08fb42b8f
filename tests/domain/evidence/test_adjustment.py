"""The adjusted comparison on made-up courses whose true difference is known."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.evidence import World, coverage, make_courses, true_difference
from mentorkorps.domain.evidence import Course, Horizon, compare, statement, tabulate
from mentorkorps.domain.evidence.adjustment import (
    NO_COVARIATES,
    NO_INTERVAL,
    NO_OVERLAP,
    NOTHING_VARIES,
    TOO_MANY_COLUMNS,
    Adjusted,
)
from mentorkorps.domain.evidence.covariates import design
from mentorkorps.domain.evidence.intervals import effective, student_95
from mentorkorps.domain.evidence.sensitivity import e_value, sensitivity
from mentorkorps.domain.evidence.weighting import fit

Cells = Callable[[int], dict[str, str | float | None]]


def courses_with(cells: Cells, n: int = 400, providers: int = 20) -> list[Course]:
    """Every other course must; half of all reach work, from week 1 to 40; the rest are seen for 60 weeks."""
    return [
        Course(
            course=str(i),
            citizen=str(i),
            group="must" if i % 2 else "may",
            provider=f"L{i // 2 % providers}",
            weeks_observed=float(1 + i % 40) if i // 2 % 2 else 60.0,
            event=1 if i // 2 % 2 else 0,
            covariates=cells(i),
        )
        for i in range(n)
    ]


def at_52(courses: list[Course]) -> Horizon:
    return compare(tabulate(courses), [52])[0]


@pytest.fixture(scope="module")
def confounded() -> Horizon:
    return compare(make_courses(World(courses=8000), seed=3), [52])[0]


def test_confounding_turns_the_sign_and_adjusting_turns_it_back(confounded: Horizon) -> None:
    truth = true_difference(World(), 52)
    assert truth == pytest.approx(0.069, abs=0.001)
    assert confounded.unadjusted is not None and confounded.unadjusted < -0.05
    assert confounded.adjusted.value == pytest.approx(truth, abs=0.025)
    assert confounded.adjusted.low is not None and confounded.adjusted.high is not None
    assert confounded.adjusted.low < truth < confounded.adjusted.high


def test_two_strata_by_hand() -> None:
    # to work: heavy 21 of 70 must, 6 of 30 may; light 12 of 20 must, 40 of 80 may. As it is 33/90 - 46/110;
    # as if all 200 had each: (30 % + 60 %) / 2 - (20 % + 50 %) / 2 = 10 points
    cells = [
        ("must", "tung", 70, 21),
        ("may", "tung", 30, 6),
        ("must", "let", 20, 12),
        ("may", "let", 80, 40),
    ]
    rows = [
        Course(
            f"{group}{kind}{i}", f"{group}{kind}{i}", group, f"L{i % 10}", 30.0, int(i < work), {"kind": kind}
        )
        for group, kind, courses, work in cells
        for i in range(courses)
    ]
    found = at_52(rows).unadjusted, compare(tabulate(rows), [30])[0]
    assert found[0] is None  # nobody is followed for 52 weeks
    assert found[1].unadjusted == pytest.approx(33 / 90 - 46 / 110)
    assert found[1].adjusted.value == pytest.approx(0.10, abs=1e-4)


def test_what_is_unseen_cannot_be_adjusted_for() -> None:
    blind = compare(make_courses(World(courses=8000, hidden=True), seed=3), [52])[0]
    assert blind.adjusted.value is not None and blind.adjusted.value < -0.03
    assert "Skjulte forskelle mellem grupperne kan ikke udelukkes." in statement(blind)


def test_the_interval_holds_the_truth_about_95_times_of_100() -> None:
    # 150 simulations: 95 % ± 2.3 standard errors of 1.8 points
    found = coverage(World(courses=400, providers=16), simulations=150, weeks=(52,))
    assert 0.91 <= found["coverage"][0] <= 0.99
    assert found["adjusted"][0] == pytest.approx(found["truth"][0], abs=0.015)


def test_the_same_courses_in_another_order_give_the_same_answer() -> None:
    rows = courses_with(lambda i: {"alder": float(i % 37), "bydel": "ABC"[i % 3]})
    assert at_52(rows).adjusted.low == at_52(rows).adjusted.low
    assert at_52(rows).adjusted.low == pytest.approx(at_52(rows[::-1]).adjusted.low, abs=1e-9)


def test_fitted_chances_match_the_shares_in_a_two_by_two_table() -> None:
    covariate = np.repeat([0.0, 1.0], [100, 100])
    stronger = np.concatenate([np.arange(100) < 20, np.arange(100) < 70])
    coded = design({"x": covariate.tolist()}, 200)
    weight = fit(coded.columns, stronger).weights()[:, 0]
    assert weight[[0, 50, 100, 199]] == pytest.approx([1 / 0.2, 1 / 0.8, 1 / 0.7, 1 / 0.3], rel=1e-3)


def test_the_short_cut_of_the_resamples_is_near_a_new_fit() -> None:
    draw = np.random.default_rng(7)
    columns = draw.normal(size=(3000, 2))
    stronger = draw.random(3000) < 1 / (1 + np.exp(-columns[:, 0]))
    drawn = draw.multinomial(3000, np.full(3000, 1 / 3000)).astype(float)
    again = np.repeat(np.arange(3000), drawn.astype(int))
    model = fit(columns, stronger)
    moved = model.coefficients + model.influence.T @ (drawn - 1)
    anew = fit(columns[again], stronger[again]).coefficients
    assert np.abs(moved - anew).max() < 0.2 * np.abs(anew - model.coefficients).max() + 0.01


def test_no_covariates_is_said_and_nothing_is_called_an_effect() -> None:
    bare = at_52(courses_with(lambda i: {}))
    assert (bare.adjusted.value, bare.adjusted.why) == (None, NO_COVARIATES)
    assert bare.basis.trimmed is None
    assert NO_COVARIATES in statement(bare)
    assert "effekt" not in statement(bare).lower()


def test_a_constant_covariate_is_named_as_unused() -> None:
    found = at_52(courses_with(lambda i: {"by": "Fjordby", "alder": float(i % 37)}))
    assert found.basis.used == ("alder",)
    assert "kunne ikke justeres for by" in statement(found)
    assert at_52(courses_with(lambda i: {"by": "Fjordby"})).adjusted.value is None


def test_text_becomes_one_column_a_level_but_the_first() -> None:
    coded = design({"bydel": ["A", "B", "C"] * 10 + ["D"]}, 31)
    assert coded.names == ("bydel", "bydel", "bydel")  # B, C and the rest; A is what they are measured from


def test_missing_is_not_zero() -> None:
    cells: list[str | float | None] = ["10", None, "30", None]
    value, missing = design({"alder": cells}, 4).columns.T
    assert value[1] == value[3] == 0.0  # the mean of the known
    assert value[0] == -value[2] != 0.0
    assert missing.tolist() == [-1, 1, -1, 1]


def test_a_covariate_for_nearly_every_course_is_not_adjusted_for() -> None:
    unique = at_52(courses_with(lambda i: {"kode": f"K{i}"}))
    assert unique.adjusted.value is None
    many = at_52(courses_with(lambda i: {f"x{k}": float((i * (k + 3)) % 11) for k in range(60)}))
    assert many.adjusted.why == TOO_MANY_COLUMNS


@pytest.mark.parametrize("n", [60, 400])
def test_groups_wholly_apart_have_no_overlap(n: int) -> None:
    apart = at_52(courses_with(lambda i: {"indlagt": float(i % 2)}, n=n))
    assert (apart.adjusted.value, apart.adjusted.why) == (None, NO_OVERLAP)
    assert apart.basis.trimmed == 1.0
    assert "effekt" not in statement(apart).lower()


def test_courses_without_a_counterpart_are_left_out_and_said() -> None:
    def cells(i: int) -> dict[str, str | float | None]:
        return {"ramme": "kun skal" if i % 8 == 1 else "begge", "alder": float(i % 37)}

    found = at_52(courses_with(cells))
    assert found.basis.trimmed == pytest.approx(1 / 8)
    assert found.adjusted.value is not None
    assert "12,5 pct. af forløbene er ikke med" in statement(found)


@pytest.mark.parametrize("providers", [1, 2, 3])
def test_few_providers_give_a_wide_interval_and_a_word(providers: int) -> None:
    alder: Cells = lambda i: {"alder": float(i % 37)}  # noqa: E731
    few, many = at_52(courses_with(alder, providers=providers)), at_52(courses_with(alder))
    assert few.adjusted.low is not None and few.adjusted.high is not None
    assert few.adjusted.low < 0 < few.adjusted.high
    assert "leverandør" in statement(few)
    assert "leverandør" not in statement(many)


def test_a_provider_for_each_group_leaves_no_interval() -> None:
    rows = [replace(c, provider=c.group) for c in courses_with(lambda i: {"alder": float(i % 37)})]
    found = at_52(rows)
    assert found.adjusted.value is not None
    assert (found.adjusted.low, found.adjusted.why) == (None, NO_INTERVAL)
    assert "effekt" not in statement(found).lower()


@pytest.mark.parametrize(("event", "weeks", "reached"), [(0, 60.0, 0), (2, 9.0, 0), (1, 9.0, 1)])
def test_nothing_to_adjust_where_nobody_or_everybody_reaches_work(
    event: int, weeks: float, reached: int
) -> None:
    rows = [
        replace(c, event=event, weeks_observed=weeks)
        for c in courses_with(lambda i: {"alder": float(i % 37)})
    ]
    found = at_52(rows)
    assert set(found.incidence.values()) == {reached}
    assert found.adjusted == Adjusted(why=NOTHING_VARIES)
    assert NOTHING_VARIES in statement(found)


def test_nobody_followed_to_the_horizon_gives_no_number_and_says_why() -> None:
    far = compare(tabulate(courses_with(lambda i: {"alder": float(i % 37)})), [61])[0]
    assert far.unadjusted is None and far.adjusted.value is None
    assert far.incidence == {"must": None, "may": None}
    assert "ingen i en af grupperne er fulgt så længe" in statement(far)
    assert far.suppressed == ()


def test_e_value_of_the_published_example() -> None:
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)  # VanderWeele & Ding 2017
    assert e_value(1 / 3.9) == pytest.approx(e_value(3.9))
    assert e_value(1.0) == 1.0


def test_sensitivity_of_the_end_nearest_to_none() -> None:
    found = sensitivity(weaker=0.2, value=0.1, low=0.02, high=0.18)
    assert found is not None
    assert found.e_value == pytest.approx(1.5 + 0.75**0.5)
    assert found.e_value_interval == pytest.approx(1.1 + 0.11**0.5)
    across = sensitivity(weaker=0.2, value=0.1, low=-0.02, high=0.22)
    assert across is not None and across.e_value_interval == 1.0
    assert sensitivity(weaker=0.0, value=0.1, low=0.0, high=0.2) is None


def test_students_t_against_the_printed_table() -> None:
    table = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.980}
    for freedom, value in table.items():
        assert student_95(freedom) == pytest.approx(value, rel=0.01)


def test_one_large_provider_counts_for_little_more_than_one() -> None:
    assert effective(np.repeat([0, 1, 2, 3], 10)) == pytest.approx(4)
    assert effective(np.repeat([0, 1, 2, 3], [97, 1, 1, 1])) == pytest.approx(1.063, abs=0.001)
