"""A level on a population, and a proposal against it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.codes import OBLIGATIONS
from mentorkorps.domain.economy import parse_economy
from mentorkorps.domain.given import BadInput
from mentorkorps.domain.service_level import Level, LevelRow, shipped_level
from mentorkorps.domain.simulation import compare, simulate

KOEBENHAVN = shipped_level("koebenhavn-2014")
AUGUST_2014 = {
    "ret-og-pligt": 3600,
    "aktivitetsparate-under-30": 150,
    "aktivitetsparate-over-30": 300,
    "uddannelses-og-jobparate": 100,
    "sygedagpenge": 100,
    "revalidender": 200,
    "faglig-mentor": 140,
}
YEAR = Decimal(52)
MEANS = parse_economy(
    "budget = 110_000_000\nprice_per_hour = 413\nweeks_per_year = 52\nreimbursement_percent = 50\n"
    'reimbursement_ceiling = 111_000_000\nceiling_on = "spending"\n'
)


def with_minutes(level: Level, **minutes: int) -> Level:
    changes = {key.replace("_", "-"): value for key, value in minutes.items()}
    rows = tuple(
        replace(row, minutes_per_week=changes.get(row.key, row.minutes_per_week)) for row in level.rows
    )
    return replace(level, rows=rows)


def test_koebenhavns_social_mentors_give_4425_hours_a_week():
    social = replace(KOEBENHAVN, rows=KOEBENHAVN.rows[:-1])
    found = simulate(social, AUGUST_2014, YEAR, None)
    assert (found.total.citizens, found.total.minutes_per_week) == (4450, 4425 * 60)
    assert found.total.minutes_per_year == 230_100 * 60
    assert found.account is None


def test_with_company_mentors_there_are_5125_hours_by_obligation():
    found = simulate(KOEBENHAVN, AUGUST_2014, YEAR, None)
    hours = {name: load.minutes_per_week // 60 for name, load in found.by_obligation.items()}
    assert hours == {"must": 2700, "right": 0, "may": 2425}
    assert found.total.minutes_per_week == 5125 * 60


def test_a_row_without_citizens_or_hours_is_refused_and_named():
    with pytest.raises(BadInput) as error:
        simulate(KOEBENHAVN, {"ret-og-pligt": 1}, YEAR, None)
    assert (error.value.row, error.value.field) == ("aktivitetsparate-under-30", "citizens")
    slagelse = shipped_level("slagelse-2015")
    with pytest.raises(BadInput) as error:
        simulate(slagelse, {row.key: 1 for row in slagelse.rows}, YEAR, None)
    assert (error.value.row, error.value.field) == ("ret-og-pligt", "minutes_per_week")


def test_a_proposal_is_compared_row_by_row_and_by_obligation():
    now = simulate(KOEBENHAVN, AUGUST_2014, YEAR, MEANS)
    proposal = with_minutes(KOEBENHAVN, aktivitetsparate_over_30=120, sygedagpenge=150)
    found = compare(now, simulate(proposal, AUGUST_2014, YEAR, MEANS))
    assert found.rows["aktivitetsparate-over-30"].minutes_per_week == -30 * 300
    assert found.rows["aktivitetsparate-over-30"].touched == 300
    assert found.rows["ret-og-pligt"].touched == 0
    assert found.total.minutes_per_week == -30 * 300 + 30 * 100
    assert found.total.minutes_per_year == Fraction(-6000 * 52)
    assert {name: change.touched for name, change in found.by_obligation.items()} == {
        "must": 0,
        "right": 0,
        "may": 400,
    }
    assert found.proposed.account is not None
    assert found.proposed.account.cost == (266_500 - 5_200) * 413_00


def test_a_changed_obligation_moves_citizens_and_touches_them_where_they_were():
    rows = tuple(
        replace(row, obligation="right") if row.key == "revalidender" else row for row in KOEBENHAVN.rows
    )
    now = simulate(KOEBENHAVN, AUGUST_2014, YEAR, None)
    found = compare(now, simulate(replace(KOEBENHAVN, rows=rows), AUGUST_2014, YEAR, None)).by_obligation
    assert (found["right"].citizens, found["may"].citizens) == (200, -200)
    assert (found["right"].touched, found["may"].touched) == (0, 200)


rows = st.lists(
    st.tuples(st.sampled_from(OBLIGATIONS), st.integers(0, 600), st.integers(0, 600), st.integers(0, 5000)),
    min_size=1,
    max_size=8,
)


@given(rows, st.decimals("0.5", "53", places=1))
def test_parts_make_the_whole_and_differences_are_differences(rows, weeks):
    def level(which: int) -> Level:
        return Level(
            "Prøve",
            "",
            True,
            tuple(LevelRow(f"r{n}", "R", row[0], row[which], 26) for n, row in enumerate(rows)),
        )

    population = {f"r{n}": row[3] for n, row in enumerate(rows)}
    now, proposed = (simulate(level(which), population, weeks, None) for which in (1, 2))
    for result in (now, proposed):
        parts = result.by_obligation.values()
        assert sum(part.minutes_per_week for part in parts) == result.total.minutes_per_week
        assert sum(part.citizens for part in parts) == result.total.citizens == sum(population.values())
        assert result.total.minutes_per_year == result.total.minutes_per_week * Fraction(weeks)
    found = compare(now, proposed)
    assert found.total.minutes_per_week == proposed.total.minutes_per_week - now.total.minutes_per_week
    assert found.total.touched == sum(row[3] for row in rows if row[1] != row[2])
    assert sum(change.minutes_per_week for change in found.rows.values()) == found.total.minutes_per_week
    assert sum(part.touched for part in found.by_obligation.values()) == found.total.touched
