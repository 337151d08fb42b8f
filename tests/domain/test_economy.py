"""Price, reimbursement and ceiling: exact øre, both readings of the ceiling, and what is missing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.economy import (
    Ceiling,
    Economy,
    account,
    cost_of,
    parse_economy,
    reimbursement_of,
    round_ore,
)
from mentorkorps.domain.given import BadInput

KRONER = 100


def economy(**changes) -> Economy:
    values = {
        "budget": 110_000_000 * KRONER,
        "price_per_hour": 413 * KRONER,
        "weeks_per_year": Decimal(52),
        "reimbursement_percent": Decimal(50),
        "ceiling": Ceiling(111_000_000 * KRONER, "spending"),
    }
    return Economy(**(values | changes))


def test_koebenhavn_2014_is_just_over_its_budget_and_under_the_ceiling():
    found = account(5125 * 60, economy())
    assert found.cost == 110_064_500 * KRONER
    assert found.reimbursement == found.net == 55_032_250 * KRONER
    assert (found.within_budget, found.headroom) == (False, -64_500 * KRONER)
    assert found.cost_per_hour_at_budget == 412_76
    assert (found.ceiling_reached, found.ceiling_week) == (False, None)


@pytest.mark.parametrize(
    ("amount", "ore"),
    [
        (Fraction(1, 2), 1),
        (Fraction(49, 100), 0),
        (Fraction(3, 2), 2),
        (Fraction(-1, 2), -1),
        (Fraction(-49, 100), 0),
        (7, 7),
    ],
)
def test_half_an_ore_is_rounded_away_from_zero(amount, ore):
    assert round_ore(Fraction(amount)) == ore


def test_fractions_are_rounded_once_at_the_end():
    assert cost_of(Fraction(1), 100) == Fraction(5, 3)
    found = account(
        1, economy(price_per_hour=100, weeks_per_year=Decimal(3), reimbursement_percent=Decimal("12.5"))
    )
    assert (found.cost, found.reimbursement, found.net) == (5, 1, 4)


def test_a_ceiling_on_spending_caps_what_counts_and_one_on_reimbursement_what_comes_back():
    hundred = Fraction(100 * KRONER)
    half = Decimal(50)
    assert reimbursement_of(hundred, half, Ceiling(60 * KRONER, "spending")) == 30 * KRONER
    assert reimbursement_of(hundred, half, Ceiling(60 * KRONER, "reimbursement")) == 50 * KRONER
    assert reimbursement_of(hundred, half, Ceiling(40 * KRONER, "reimbursement")) == 40 * KRONER
    assert reimbursement_of(hundred, half, Ceiling(0, "spending")) == 0


# One hour a week at 100 kr. in ten weeks: 1,000 kr. a year, 500 kr. of it refunded.
def ten_weeks(ceiling: Ceiling | None, **changes) -> Economy:
    return economy(price_per_hour=100 * KRONER, weeks_per_year=Decimal(10), ceiling=ceiling, **changes)


@pytest.mark.parametrize(
    ("kroner", "on", "week"),
    [
        (300, "spending", 3),
        (301, "spending", 4),
        (1000, "spending", 10),
        (1001, "spending", None),
        (0, "spending", 1),
        (300, "reimbursement", 6),
        (500, "reimbursement", 10),
        (501, "reimbursement", None),
    ],
)
def test_the_week_in_which_the_ceiling_is_reached(kroner, on, week):
    found = account(60, ten_weeks(Ceiling(kroner * KRONER, on)))
    assert (found.ceiling_reached, found.ceiling_week) == (week is not None, week)


def test_nothing_spent_or_nothing_refunded_reaches_no_ceiling():
    assert account(0, ten_weeks(Ceiling(1, "spending"))).ceiling_week is None
    no_refund = ten_weeks(Ceiling(1, "reimbursement"), reimbursement_percent=Decimal(0))
    assert account(60, no_refund).ceiling_week is None


def test_a_missing_ceiling_is_unknown_and_never_zero():
    found = account(60, ten_weeks(None))
    assert (found.ceiling, found.ceiling_reached, found.ceiling_week) == (None, None, None)
    assert found.reimbursement == 500 * KRONER


def test_one_hour_more_costs_the_municipality_twice_as_much_after_the_ceiling():
    assert account(60, ten_weeks(Ceiling(1100 * KRONER, "spending"))).next_hour == 50 * KRONER
    assert account(60, ten_weeks(Ceiling(1050 * KRONER, "spending"))).next_hour == 75 * KRONER
    assert account(60, ten_weeks(Ceiling(1000 * KRONER, "spending"))).next_hour == 100 * KRONER


def test_no_hours_have_no_price_at_the_budget():
    assert account(0, economy()).cost_per_hour_at_budget is None
    assert account(0, economy()).within_budget


def test_cost_equal_to_the_budget_is_within_it():
    found = account(60, ten_weeks(None, budget=1000 * KRONER))
    assert (found.within_budget, found.headroom) == (True, 0)


ceilings = st.none() | st.builds(
    Ceiling, st.integers(0, 10**9), st.sampled_from(["spending", "reimbursement"])
)
economies = st.builds(
    Economy,
    budget=st.integers(0, 10**9),
    price_per_hour=st.integers(0, 10**5),
    weeks_per_year=st.decimals("0.5", "53", places=1),
    reimbursement_percent=st.decimals("0", "100", places=1),
    ceiling=ceilings,
)


@given(st.integers(0, 10**6), economies)
def test_the_parts_of_an_account_always_fit(minutes, means):
    found = account(minutes, means)
    assert found.cost == found.reimbursement + found.net
    assert 0 <= found.reimbursement <= found.cost
    assert found.headroom == means.budget - found.cost
    if means.ceiling and means.ceiling.on == "reimbursement":
        assert found.reimbursement <= means.ceiling.ore
    if found.ceiling_week is not None:
        assert 1 <= found.ceiling_week <= means.weeks_per_year + 1
        assert found.ceiling_reached


TEXT = """budget = 1_000
price_per_hour = 412.75
weeks_per_year = 45.5
reimbursement_percent = 50
reimbursement_ceiling = 600
ceiling_on = "reimbursement"
"""


def test_amounts_are_kroner_with_two_exact_decimals():
    assert parse_economy(TEXT) == Economy(
        100_000, 412_75, Decimal("45.5"), Decimal(50), Ceiling(60_000, "reimbursement")
    )


def test_without_a_ceiling_the_file_still_counts():
    for lines in (
        ("reimbursement_ceiling = 600",),
        ("reimbursement_ceiling = 600", 'ceiling_on = "reimbursement"'),
    ):
        text = TEXT
        for line in lines:
            text = text.replace(line, "")
        assert parse_economy(text).ceiling is None


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("budget = 1_000", "", "budget"),
        ("budget = 1_000", "budget = -1", "budget"),
        ("412.75", "412.755", "price_per_hour"),
        ("412.75", '"413"', "price_per_hour"),
        ("412.75", "nan", "price_per_hour"),
        ("412.75", "inf", "price_per_hour"),
        ("412.75", "true", "price_per_hour"),
        ("45.5", "0", "weeks_per_year"),
        ("45.5", "54", "weeks_per_year"),
        ("= 50", "= 101", "reimbursement_percent"),
        ("reimbursement_percent = 50", "", "reimbursement_percent"),
        ("= 600", "= -600", "reimbursement_ceiling"),
        ('ceiling_on = "reimbursement"', "", "ceiling_on"),
        ('"reimbursement"', '"budget"', "ceiling_on"),
    ],
)
def test_an_unusable_amount_is_named(old, new, field):
    assert old in TEXT
    with pytest.raises(BadInput) as error:
        parse_economy(TEXT.replace(old, new))
    assert error.value.field == field
