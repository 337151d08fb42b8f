"""Prices and wages by date: missing is missing, rows never overlap, and a wrong one is taken back in the open."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.ledger.actions.prices import (
    make_pay_group,
    put_in_pay_group,
    set_overhead,
    set_price,
    set_tolerance,
    set_volunteer_price,
    set_wage,
    withdraw_price,
)
from mentorkorps.ledger.models import Price
from mentorkorps.ledger.queries.prices import price_book, price_on, tolerance_on, volunteers_on
from mentorkorps.municipality.models import Role, User
from tests.cast import Cast

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
SAID = {"source": "Rammeaftale 2026", "first": JANUARY}


@pytest.fixture
def by(cast: Cast) -> User:
    return cast.people[Role.CONTROLLER]


def test_a_price_that_is_not_written_is_missing(cast: Cast, by: User) -> None:
    assert price_on(cast.provider, JANUARY) is None
    assert price_on(cast.fatima, JANUARY) is None
    set_price(cast.provider, ore=42_000, by=by, **SAID)
    assert price_on(cast.provider, date(2025, 12, 31)) is None
    assert price_on(cast.provider, JANUARY) == 42_000
    assert price_on(cast.ditte, JULY) == 42_000, "a bought mentor costs what the supplier takes"


def test_a_new_price_ends_the_one_before(cast: Cast, by: User) -> None:
    set_price(cast.provider, ore=42_000, by=by, **SAID)
    set_price(cast.provider, ore=43_500, first=JULY, source="Regulering", by=by)
    assert [price_on(cast.provider, day) for day in (date(2026, 6, 30), JULY)] == [42_000, 43_500]
    assert Price.objects.get(first=JANUARY).last == date(2026, 6, 30)


def test_prices_never_overlap(cast: Cast, by: User) -> None:
    set_price(cast.provider, ore=42_000, by=by, **SAID)
    for first in (JANUARY, date(2025, 6, 1)):
        with pytest.raises(ValidationError) as wrong:
            set_price(cast.provider, ore=1, first=first, source="x", by=by)
        assert "first" in wrong.value.error_dict
    set_price(cast.provider, ore=1_000_000, per="course", by=by, **SAID)


def test_a_wrong_price_is_taken_back_and_stays_to_be_read(cast: Cast, by: User) -> None:
    wrong = set_price(cast.provider, ore=4_200, by=by, **SAID)
    with pytest.raises(ValidationError):
        withdraw_price(wrong, reason=" ", by=by)
    withdraw_price(wrong, reason="Et nul for lidt", by=by)
    assert price_on(cast.provider, JULY) is None
    set_price(cast.provider, ore=42_000, by=by, **SAID)
    assert price_on(cast.provider, JULY) == 42_000
    assert Price.objects.count() == 2
    with pytest.raises(ValidationError):
        withdraw_price(wrong, reason="Igen", by=by)


def test_a_mentors_own_wage_goes_before_the_groups(cast: Cast, by: User) -> None:
    group = make_pay_group("Socialrådgivere, trin 5", by=by)
    put_in_pay_group(cast.fatima, group, by=by, **SAID)
    assert price_on(cast.fatima, JULY) is None
    set_wage(group=group, ore=28_000, by=by, **SAID)
    assert price_on(cast.fatima, JULY) == 28_000
    set_wage(mentor=cast.fatima, ore=30_150, first=JULY, source="Lønaftale", by=by)
    assert [price_on(cast.fatima, day) for day in (date(2026, 6, 30), JULY)] == [28_000, 30_150]
    assert price_on(cast.peter, JULY) is None


def test_overhead_is_apart_from_the_wage_and_missing_where_none_is_written(cast: Cast, by: User) -> None:
    set_wage(mentor=cast.fatima, ore=30_001, by=by, **SAID)
    assert price_book().full_cost_on(cast.fatima, JULY) is None
    set_overhead(percent=Decimal("22.5"), by=by, **SAID)
    assert price_book().full_cost_on(cast.fatima, JULY) == 36_751
    assert price_on(cast.fatima, JULY) == 30_001


def test_a_bought_mentor_has_no_wage_of_ours(cast: Cast, by: User) -> None:
    with pytest.raises(ValidationError, match="ikke ansat"):
        set_wage(mentor=cast.ditte, ore=30_000, by=by, **SAID)


@pytest.mark.parametrize("changes", [{"ore": 0}, {"ore": -5}, {"source": " "}, {"last": date(2025, 1, 1)}])
def test_a_price_without_an_amount_or_a_source_is_refused(cast: Cast, by: User, changes: dict) -> None:
    with pytest.raises(ValidationError):
        set_price(cast.provider, by=by, **{"ore": 42_000, **SAID, **changes})


def test_no_tolerance_holds_until_one_is_decided(cast: Cast, by: User) -> None:
    assert tolerance_on(JULY) is None
    set_tolerance(minutes=15, ore=10_000, by=by, **SAID)
    found = tolerance_on(JULY)
    assert found is not None
    assert found.minutes == 15


def test_volunteers_cost_what_is_written_from_its_day_and_nothing_is_missing(by: User) -> None:
    assert volunteers_on(JULY) is None
    made = set_volunteer_price(ore=9_500, by=by, **SAID)
    assert [volunteers_on(day) for day in (date(2025, 12, 31), JULY)] == [None, 9_500]
    with pytest.raises(ValidationError):
        set_volunteer_price(ore=0, first=JULY, source="Regnskab", by=by)
    withdraw_price(made, reason="Uden udlæg", by=by)
    assert volunteers_on(JULY) is None


def test_the_book_is_read_in_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(4):
        book = price_book()
        for mentor in (cast.fatima, cast.peter, cast.ditte):
            book.on(mentor, JULY)
