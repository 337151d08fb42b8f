"""Postings, closed months and the year's budget: amounts add up to the øre, and what is missing is never nothing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentorkorps.cases.models import Agreement, Course, Decision, Grant
from mentorkorps.domain.refusal import Refusal
from mentorkorps.followup.models import Contact
from mentorkorps.journal.models import Entry
from mentorkorps.ledger.actions.budget import adopt_budget, write_ceiling
from mentorkorps.ledger.actions.month import approve_month, prepare_month, return_month
from mentorkorps.ledger.actions.prices import set_overhead, set_price, set_wage, withdraw_price
from mentorkorps.ledger.models import Budget, MonthClose, Posting, Price
from mentorkorps.ledger.queries.accounts import (
    difference,
    digest,
    frozen_lines,
    lines_between,
    table_of,
    total_of,
)
from mentorkorps.ledger.queries.budget import budget_on, ceiling_on, spent_between, year_outlook
from mentorkorps.ledger.queries.forecast import rest_of
from mentorkorps.ledger.queries.months import closed_months, corrections, month_accounts
from mentorkorps.municipality.models import Municipality
from mentorkorps.municipality.queries import forget_municipality
from tests.cast import TODAY, Cast
from tests.ledger.company_scene import four_hours
from tests.ledger.invoice_scene import SOURCE, Scene, grant_and_agree, invoice_scene, meet

OCTOBER, LAST = date(2026, 10, 1), date(2026, 10, 31)
WAGE = 25_033  # øre: odd on purpose


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Viktor's eight hours at 420 kr., Jens' odd minutes at a wage, Nadia's four hours at the agreement's wage."""
    made = invoice_scene(cast)
    grant_and_agree(cast.course, cast)
    meet(cast.course, date(2026, 10, 5), date(2026, 10, 12), minutes=47)
    set_wage(mentor=cast.fatima, ore=WAGE, first=date(2026, 1, 1), source=SOURCE, by=made.controller)
    set_overhead(percent=Decimal(30), first=date(2026, 1, 1), source=SOURCE, by=made.controller)
    four_hours(cast)
    return made


def lines(first: date = OCTOBER, last: date = LAST) -> dict[str, Any]:
    """The month's lines by the first name of the citizen."""
    names = dict(Course.objects.values_list("id", "citizen__first_name"))
    return {names[line.course]: line for line in lines_between(first, last)}


def price_of_2017(scene: Scene, ore: int) -> None:
    """A price for that year alone."""
    year = {"first": date(2017, 1, 1), "last": date(2017, 12, 31)}
    set_price(scene.cast.provider, ore=ore, source=SOURCE, by=scene.controller, **year)


def test_a_line_is_minutes_times_the_price_of_its_day(scene: Scene) -> None:
    found = lines()
    assert {name: (line.minutes, line.cost) for name, line in found.items()} == {
        "Viktor": (480, 336_000),
        "Jens": (94, 39_218),  # 94/60 × 250,33 kr. = 392,1836…
        "Nadia": (240, 80_000),  # the wage in the agreement
    }
    assert found["Viktor"].full == 336_000, "a price has no overhead"
    assert found["Jens"].full == 50_984  # 325,43 kr. an hour
    assert all(line.percent == 0 and line.reimbursement == 0 for line in found.values())
    assert {line.account for line in found.values()} == {"5.68.90"}
    assert all(line.missing == ("grouping",) for line in found.values())


def test_tables_add_up_to_the_ore(scene: Scene) -> None:
    found = lines_between(OCTOBER, LAST)
    parts, whole = [total for _, total in table_of(found)], total_of(found)
    for name in ("lines", "minutes", "cost", "full", "reimbursement", "unpriced"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name
    assert whole.cost == 336_000 + 39_218 + 80_000


def test_a_missing_price_is_named_and_not_zero(scene: Scene) -> None:
    withdraw_price(Price.objects.get(), reason="Forkert aftale", by=scene.controller)
    line = lines()["Viktor"]
    assert (line.price, line.cost, line.full, line.reimbursement) == (None, None, None, None)
    assert "price" in line.missing
    spent = spent_between(OCTOBER, LAST)
    assert (spent.cost, spent.unpriced) == (39_218 + 80_000, 480)
    outlook = year_outlook(2026, TODAY)
    assert outlook.without_price == ("Prøvehuset A/S",)


def test_nothing_is_counted_before_the_agreement_is_signed(scene: Scene) -> None:
    Agreement.objects.filter(course=scene.course).update(signed_on=date(2026, 10, 10))
    both = [line for line in lines_between(OCTOBER, LAST) if line.course == scene.course.id]
    assert {(line.agreed_on, line.minutes, line.cost) for line in both} == {
        (None, 240, None), (date(2026, 10, 10), 240, 168_000),
    }  # fmt: skip


def test_a_price_that_changes_within_the_month(scene: Scene) -> None:
    set_price(scene.cast.provider, ore=48_000, first=date(2026, 10, 10), source=SOURCE, by=scene.controller)
    both = [line for line in lines_between(OCTOBER, LAST) if line.course == scene.course.id]
    assert {(line.price, line.minutes, line.cost) for line in both} == {
        (42_000, 240, 168_000),
        (48_000, 240, 192_000),
    }


def test_the_group_of_the_grant_decides(scene: Scene) -> None:
    Grant.objects.filter(course=scene.course).update(target_group="ressourceforloeb")
    line = lines()["Viktor"]
    assert (line.target_group, line.grouping, line.missing) == ("ressourceforloeb", "114", ())


@pytest.mark.parametrize(
    ("group", "percent", "grouping"),
    [
        ("kontanthjaelp_aktivitetsparat", 50, "017"),
        ("sygedagpenge", 50, "019"),
        ("dagpenge", 0, "018"),
        ("jobafklaring", None, ""),
    ],
)
def test_reimbursement_by_the_law_of_2017(
    scene: Scene, group: str, percent: int | None, grouping: str
) -> None:
    """The same hours in 2017: what comes back follows the group when the agreement was made."""
    first, last = date(2017, 3, 1), date(2017, 3, 31)
    Agreement.objects.filter(course=scene.course).update(signed_on=date(2017, 1, 2), start=date(2017, 1, 2))
    Grant.objects.filter(course=scene.course).update(start=date(2017, 1, 2), target_group=group)
    set_price(
        scene.cast.provider,
        ore=40_001,
        first=date(2017, 1, 1),
        last=date(2017, 12, 31),
        source=SOURCE,
        by=scene.controller,
    )
    meet(scene.course, date(2017, 3, 6), minutes=60)
    (line,) = lines_between(first, last)
    assert (line.percent, line.grouping) == (percent, grouping)
    assert line.reimbursement == (None if percent is None else [0, 20_001][percent == 50])


def test_reading_a_month_costs_the_same_whatever_is_in_it(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        lines_between(OCTOBER, LAST)


# Months


def close(scene: Scene, month: date = OCTOBER) -> MonthClose:
    return approve_month(prepare_month(month, today=TODAY, by=scene.controller), by=scene.leader)


def test_a_closed_month_stays_as_it_was(scene: Scene) -> None:
    before = total_of(lines_between(OCTOBER, LAST))
    closed = close(scene)
    meet(scene.course, date(2026, 10, 29), minutes=60)
    set_wage(
        mentor=scene.cast.fatima, ore=30_000, first=date(2026, 10, 1), source=SOURCE, by=scene.controller
    )
    frozen = month_accounts(OCTOBER)
    assert total_of(frozen.own) == before
    assert digest(frozen_lines(close=closed)) == closed.digest
    assert spent_between(OCTOBER, LAST).cost == before.cost


def test_what_changes_later_comes_as_a_difference_in_the_next_month(scene: Scene) -> None:
    close(scene)
    meet(scene.course, date(2026, 10, 29), minutes=60)
    (found,) = corrections(date(2026, 11, 1))
    assert (found.about, found.course, found.minutes, found.cost) == (OCTOBER, scene.course.id, 60, 42_000)
    december = date(2026, 12, 2)
    november = approve_month(
        prepare_month(date(2026, 11, 1), today=december, by=scene.controller), by=scene.leader
    )
    assert [row.cost_ore for row in november.postings.filter(month=OCTOBER)] == [42_000]
    assert corrections(date(2026, 12, 1)) == [], "a difference is booked once"
    now, booked = total_of(lines_between(OCTOBER, LAST)), total_of(frozen_lines(month=OCTOBER))
    assert (booked.minutes, booked.cost, booked.full) == (now.minutes, now.cost, now.full)


def test_a_price_written_late_takes_the_missing_away(scene: Scene) -> None:
    price = Price.objects.get()
    withdraw_price(price, reason="Forkert", by=scene.controller)
    close(scene)
    set_price(scene.cast.provider, ore=42_000, first=date(2026, 1, 1), source=SOURCE, by=scene.controller)
    found = corrections(date(2026, 11, 1))
    assert sorted((line.minutes, line.cost) for line in found if line.cost is not None) == [(480, 336_000)]
    assert [line.minutes for line in found if line.cost is None] == [-480]


def test_the_one_who_prepared_cannot_approve(scene: Scene) -> None:
    prepared = prepare_month(OCTOBER, today=TODAY, by=scene.controller)
    with pytest.raises(Refusal, match="To personer"):
        approve_month(prepared, by=scene.controller)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthClose.objects.filter(pk=prepared.pk).update(
            approved_by=scene.controller, approved_at=prepared.prepared_at
        )
    assert approve_month(prepared, by=scene.leader).approved_by == scene.leader


def test_sent_twice_is_closed_once(scene: Scene) -> None:
    closed = close(scene)
    approve_month(closed, by=scene.leader)
    with pytest.raises(ValidationError, match="allerede"):
        prepare_month(OCTOBER, today=TODAY, by=scene.controller)
    assert Entry.objects.filter(verb="afsluttet måned").count() == 1
    assert closed_months()[0].minutes == 480 + 94 + 240


@pytest.mark.parametrize(
    ("month", "said"), [(date(2026, 11, 1), "ikke slut"), (date(2026, 12, 1), "ikke slut")]
)
def test_a_month_that_runs_is_not_closed(scene: Scene, month: date, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        prepare_month(month, today=TODAY, by=scene.controller)


def test_months_are_closed_in_order(scene: Scene) -> None:
    close(scene, date(2026, 8, 1))
    with pytest.raises(ValidationError, match="september 2026"):
        prepare_month(OCTOBER, today=TODAY, by=scene.controller)
    prepare_month(date(2026, 9, 1), today=TODAY, by=scene.controller)
    with pytest.raises(ValidationError, match="venter på godkendelse"):
        prepare_month(OCTOBER, today=TODAY, by=scene.controller)


def test_rows_that_were_tampered_with_are_not_approved(scene: Scene) -> None:
    prepared = prepare_month(OCTOBER, today=TODAY, by=scene.controller)
    Posting.objects.filter(close=prepared, cost_ore=336_000).update(cost_ore=1)
    with pytest.raises(ValidationError, match="ikke dem"):
        approve_month(prepared, by=scene.leader)


def test_a_prepared_month_goes_back_with_a_reason_and_a_closed_one_never(scene: Scene) -> None:
    prepared = prepare_month(OCTOBER, today=TODAY, by=scene.controller)
    with pytest.raises(ValidationError):
        return_month(prepared, reason=" ", by=scene.leader)
    returned = return_month(prepared, reason=" Se på Viktor ", by=scene.leader)
    assert (returned.month, returned.reason) == (OCTOBER, "Se på Viktor")
    assert not Posting.objects.exists()
    with pytest.raises(ValidationError, match="åbnes ikke igen"):
        return_month(close(scene), reason="Fortryd", by=scene.leader)


def test_no_difference_between_the_same_lines(scene: Scene) -> None:
    found = lines_between(OCTOBER, LAST)
    assert difference(found, found) == []
    assert {line.minutes for line in difference([], found)} == {-480, -94, -240}
    assert digest(found) == digest(reversed(found))


# Budget


def test_the_budget_adopted_last_is_the_years(scene: Scene) -> None:
    said = {"year": 2026, "adopted_by": "Byrådet", "source": "Sag 1", "by": scene.controller}
    adopt_budget(ore=800_000_00, adopted_on=date(2025, 10, 9), **said)
    adopt_budget(ore=900_000_00, adopted_on=date(2026, 6, 18), **said)
    adopt_budget(ore=900_000_00, adopted_on=date(2026, 6, 18), **said)
    assert Budget.objects.count() == 2
    assert [budget_on(2026, day).ore for day in (date(2026, 6, 17), date(2026, 6, 18))] == [
        800_000_00,
        900_000_00,
    ]
    assert budget_on(2027, TODAY) is None
    with pytest.raises(ValidationError):
        adopt_budget(ore=1, adopted_on=date(2026, 6, 18), **said)


def test_a_ceiling_that_is_not_known_is_missing(scene: Scene) -> None:
    assert ceiling_on(2026, TODAY) is None
    outlook = year_outlook(2026, TODAY)
    assert (outlook.ceiling, outlook.ceiling_week, outlook.budget, outlook.headroom) == (
        None,
        None,
        None,
        None,
    )


def test_a_year_in_which_half_comes_back_until_the_ceiling(scene: Scene) -> None:
    """The scene's hours moved to 2017: one hour more is half before the ceiling and whole after it."""
    Municipality.objects.update(world_date=date(2017, 10, 15))
    forget_municipality()
    Contact.objects.exclude(course=scene.course).delete()
    Agreement.objects.filter(course=scene.course).update(signed_on=date(2017, 1, 2), start=date(2017, 1, 2))
    grants = Grant.objects.filter(course=scene.course)
    grants.update(start=date(2015, 1, 5), end=date(2017, 12, 31))
    Decision.objects.filter(grant__in=grants).update(decided_on=date(2015, 1, 5))
    set_price(
        scene.cast.provider,
        ore=40_000,
        first=date(2017, 1, 1),
        last=date(2017, 12, 31),
        source=SOURCE,
        by=scene.controller,
    )
    meet(scene.course, *(date(2017, month, 6) for month in range(2, 10)), minutes=240)
    meet(scene.course, *(date(2015, 1, 7) + timedelta(weeks=week) for week in range(103)), minutes=60)
    write_ceiling(
        year=2017,
        ore=1_300_000,
        counts="spending",
        known_on=date(2017, 1, 1),
        source="FL",
        by=scene.controller,
    )
    outlook = year_outlook(2017, date(2017, 10, 15))
    assert (outlook.spent.cost, outlook.spent.reimbursement) == (8 * 160_000, 640_000)
    assert (outlook.next_hour, outlook.next_hour_after) == (20_000, 40_000)
    assert outlook.end is not None and outlook.ceiling_week is not None
    assert outlook.refund == 640_000
    assert outlook.end.low is not None and outlook.end.high is not None
    assert outlook.spent.cost <= outlook.end.low < outlook.end.middle < outlook.end.high
    assert not outlook.is_close


def test_a_young_year_has_a_forecast_and_no_band(scene: Scene, django_assert_num_queries: Any) -> None:
    """Ten weeks of the past carry a forecast, and no earlier one that could say how wrong it is."""
    first = TODAY - timedelta(weeks=10)
    grants = Grant.objects.filter(course=scene.course)
    grants.update(start=first, end=date(2026, 12, 31))
    Decision.objects.filter(grant__in=grants).update(decided_on=first)
    Contact.objects.all().delete()
    meet(scene.course, *(first + timedelta(weeks=week) for week in range(9)), minutes=60)
    adopt_budget(
        year=2026, ore=10_000_00, adopted_by="Byrådet", adopted_on=date(2026, 1, 1), source="Sag 1", note="",
        by=scene.controller,
    )  # fmt: skip
    outlook = year_outlook(2026, TODAY)
    assert outlook.end is not None and (outlook.end.low, outlook.end.high) == (None, None)
    assert outlook.headroom == 1_000_000 - outlook.end.middle and not outlook.is_close
    with django_assert_num_queries(2):
        rest = rest_of(outlook.until + timedelta(days=1), date(2026, 12, 31))
    assert rest == outlook.hours and rest is not None and not rest.has_year
